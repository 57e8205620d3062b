import * as z from 'zod/mini';
import { formValue } from '../api/customer-form';
import { addressEntityCreate, customerEntity, customerEntityToCreate } from '../api/entities';
import { FaultError, ToolkitError } from '../api/errors';
import { isList, isRecord, type MutableRecord, type SoapRecord, type SoapValue } from '../api/value';
import { readCustomer, type Caller, type Difference } from './customer-save';
import { MASK, maskRecord } from './mask';

const record = z.record(z.string(), z.json());

/** A customer with its addresses, as kept before it is deleted. Secrets are masked. */
export const customerCopy = z.object({
  version: z.literal(1),
  /** When it was read, ISO 8601. */
  at: z.string(),
  /** Name of the store it came from, and the ID under which the extension knows it. */
  store: z.string(),
  storeId: z.string(),
  customer: record,
  addresses: z.array(record),
});

export type CustomerCopy = z.infer<typeof customerCopy>;

/**
 * Reads everything about a customer that can be kept. Over V1 where the store answers it, since V1 shows more (facts §4).
 * @throws {ToolkitError} when the customer or its addresses cannot be read: then nothing should be deleted either
 */
export async function copyCustomer(client: Caller, customerId: string, signal?: AbortSignal): Promise<Pick<CustomerCopy, 'customer' | 'addresses'>> {
  const customer = await fullCustomer(client, customerId, signal);
  const { value } = await client.call('customer_address.list', { customerId }, { signal });
  return { customer: json(maskRecord(customer)), addresses: isList(value) ? value.filter(isRecord).map((address) => json(maskRecord(address))) : [] };
}

async function fullCustomer(client: Caller, customerId: string, signal: AbortSignal | undefined): Promise<SoapRecord> {
  if (client.dialect === 'v1') return await readCustomer(client, customerId, { signal });
  try {
    return await readCustomer(client, customerId, { signal, reading: 'v1' });
  } catch (error) {
    // V1 may be switched off or live elsewhere; a customer that is gone is gone in every dialect.
    if (!(error instanceof ToolkitError) || error.code === '102' || signal?.aborted === true) throw error;
    return await readCustomer(client, customerId, { signal });
  }
}

/** What a restored customer got. */
export interface Restored {
  readonly customerId: string;
  /** Whether it has the number it had. */
  readonly sameId: boolean;
  /** What differs from the copy, apart from what the store sets by itself. */
  readonly differences: readonly Difference[];
  readonly addresses: number;
  /** Addresses that the store refused, with the reason. */
  readonly refused: readonly ToolkitError[];
}

/**
 * Creates a customer and its addresses anew from a copy, under its old number where that is free.
 * @throws {ToolkitError} when the customer was not created; addresses that are refused are told in the result
 */
export async function restoreCustomer(client: Caller, copy: CustomerCopy, options: { readonly signal?: AbortSignal | undefined; readonly confirmed?: boolean | undefined } = {}): Promise<Restored> {
  const oldId = formValue('customer_id', soap(copy.customer)['customer_id']);
  const sameId = oldId !== '' && (await isFree(client, oldId, options.signal));
  const data = writable(soap(copy.customer), customerEntityToCreate.fields.map(({ name }) => name));
  delete data['customer_id'];
  // A create with the number of somebody else would overwrite them (wire v1/110), so the number is looked up first.
  if (sameId) data['customer_id'] = Number(oldId);
  const created = await client.call('customer.create', { customerData: data }, options);
  const customerId = formValue('customer_id', created.value);
  const refused: ToolkitError[] = [];
  for (const address of copy.addresses) {
    try {
      await client.call('customer_address.create', { customerId, addressData: addressData(soap(address)) }, options);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      refused.push(error);
    }
  }
  const now = await fullCustomer(client, customerId, options.signal);
  return { customerId, sameId, differences: differences(soap(copy.customer), now), addresses: copy.addresses.length - refused.length, refused };
}

async function isFree(client: Caller, customerId: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await readCustomer(client, customerId, { signal });
    return false;
  } catch (error) {
    if (error instanceof FaultError && error.code === '102') return true;
    throw error;
  }
}

/** The values of a copy that can be written back: known to the store, set, and no mask. */
function writable(values: SoapRecord, codes: readonly string[]): MutableRecord {
  const known = new Set(codes);
  return Object.fromEntries(Object.entries(values).filter(([code, value]) => known.has(code) && value !== null && value !== '' && value !== MASK));
}

function addressData(values: SoapRecord): SoapRecord {
  const data = writable(values, addressEntityCreate.fields.map(({ name }) => name));
  // It comes as one text and is sent as lines (facts §4).
  if (typeof data['street'] === 'string') data['street'] = data['street'].split('\n');
  for (const flag of ['is_default_billing', 'is_default_shipping']) if (flag in data) data[flag] = truth(data[flag]);
  return data;
}

function truth(value: SoapValue | undefined): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}

/** What the store sets itself whenever a customer is made, and what a copy does not hold. */
const ownAffairs = new Set(['customer_id', 'updated_at', 'default_billing', 'default_shipping']);

/** What V2 and WS-I leave out because they cannot return it says nothing; what they could return is not set. */
const v1Only = new Set(customerEntity.fields.filter((field) => field.v1Only === true).map(({ name }) => name));

function differences(copy: SoapRecord, now: SoapRecord): readonly Difference[] {
  return Object.keys(copy)
    .filter((code) => !ownAffairs.has(code) && (code in now || !v1Only.has(code)))
    .map((code) => ({ code, sent: formValue(code, copy[code]), kept: formValue(code, maskRecord(now)[code]) }))
    .filter(({ sent, kept }) => sent !== kept);
}

/** JSON has no other values than SOAP's; the schema of the file says it in its own words. */
function json(values: SoapRecord): z.infer<typeof record> {
  return record.parse(values);
}

function soap(values: z.infer<typeof record>): SoapRecord {
  return values;
}
