import type { Dialect } from '../../api/dialect';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import type { StoreClient } from '../calls/client';

/**
 * The addresses of a customer, in one request.
 * @param dialect to read over; the store's own by default
 * @throws {ToolkitError} when the store does not return them
 */
export async function readAddresses(
  client: Pick<StoreClient, 'call'>,
  customerId: string,
  signal: AbortSignal | undefined,
  dialect?: Dialect,
): Promise<readonly SoapRecord[]> {
  const { value } = await client.call('customer_address.list', { customerId }, { signal, dialect });
  return isList(value) ? value.filter(isRecord) : [];
}
