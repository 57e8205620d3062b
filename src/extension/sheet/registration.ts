import { momentOf } from '../../api/moments';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import type { Caller } from '../../store/customers/customer-save';
import { text } from '../customer/customer-summary';

/**
 * The registration date of a customer as the list gives it, in UTC. Needed where the customer alone does not tell the time zone of its own
 * value (Maho 26.7). A value that a list has already shown is not read again.
 * @param row the customer as `customer.info` gave it
 * @param listed the customer as a list gave it
 * @returns `undefined` where it is not needed, or where the store does not list the customer
 * @throws {ToolkitError} when the store does not answer
 */
export async function registrationInList(
  client: Caller,
  customerId: string,
  row: SoapRecord,
  listed: SoapRecord | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const own = text(row['created_at']);
  const known = text(listed?.['created_at']);
  const zoneKnown = (from: string | undefined): boolean => momentOf('created_at', own, { by: 'info', listed: from })?.zone !== 'unknown';
  if (zoneKnown(undefined)) return undefined;
  if (known !== '' && zoneKnown(known)) return known;
  const { value } = await client.call('customer.list', { filters: { customer_id: customerId } }, { signal });
  const found = isList(value) ? value.filter(isRecord).find((candidate) => text(candidate['customer_id']) === customerId) : undefined;
  const asked = text(found?.['created_at']);
  return asked === '' ? undefined : asked;
}
