import { isList, isRecord, type SoapRecord } from '../../api/value';
import type { StoreClient } from '../calls/client';

/** The addresses of a customer, one request. @throws {ToolkitError} when the store does not give them */
export async function readAddresses(
  client: Pick<StoreClient, 'call'>,
  customerId: string,
  signal: AbortSignal | undefined,
): Promise<readonly SoapRecord[]> {
  const { value } = await client.call('customer_address.list', { customerId }, { signal });
  return isList(value) ? value.filter(isRecord) : [];
}
