import { fullerThan, hasAllAttributes } from '../../api/dialect-facets';
import { formValue } from '../../forms/customer-form';
import { addressEntityCreate, customerEntity, customerEntityToCreate } from '../../api/entities';
import { FaultError, ToolkitError } from '../../api/errors';
import { isList, isRecord, type MutableRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { fullCustomer, type CustomerCopy } from './customer-copy';
import { readAddresses } from './addresses';
import { readCustomer, type Caller, type Difference } from './customer-save';
import { noteOf } from '../wire/note';
import { graceful, looking } from '../calls/grace';
import { MASK, maskRecord } from '../masking/mask';

/** What a restored customer got. */
export interface Restored {
  readonly customerId: string;
  /** Whether it has the number it had. */
  readonly sameId: boolean;
  /** What differs from the copy, apart from what the store sets by itself; empty where it could not be read back. */
  readonly differences: readonly Difference[];
  /** Addresses of the copy that the customer has now. */
  readonly addresses: number;
  /** Addresses that the store refused, with the reason. */
  readonly refused: readonly ToolkitError[];
  /** What ended it before every address was tried. Restoring the same copy again goes on there. */
  readonly error: ToolkitError | undefined;
}

/** How a customer is restored. */
export interface RestoreOptions {
  /** Stops between two requests; the one under way gets a little time to end. */
  readonly signal?: AbortSignal | undefined;
  /** The user confirmed this write to a production store. */
  readonly confirmed?: boolean | undefined;
  /** Told as soon as the customer is there, so that it is not created twice when the rest is cut off. */
  readonly onCreated?: ((customerId: string) => Promise<void>) | undefined;
}

/**
 * Whether a store answers over V1. Only V1 takes the day of registration: created over V2 or WS-I, a customer is registered today, or,
 * with its old number on OpenMage, on no day at all.
 * @param customerId any number; the customer need not exist
 * @throws {ToolkitError} only when cancelled
 */
export async function answersV1(client: Caller, customerId: string, signal: AbortSignal | undefined): Promise<boolean> {
  const fuller = fullerThan(client.dialect);
  if (fuller === undefined) return hasAllAttributes(client.dialect);
  try {
    await client.call('customer.info', { customerId, attributes: ['customer_id'] }, { dialect: fuller, signal });
    return true;
  } catch (error) {
    if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
    return error instanceof FaultError && error.code === '102';
  }
}

/**
 * Creates a customer and its addresses anew from a copy, under its old number where that is free. Over V1 where the store answers it,
 * since only that keeps the day of registration. Where an earlier attempt was cut off ({@link CustomerCopy.restoredAs}), it goes on with
 * the addresses that are missing.
 * @throws {ToolkitError} when the customer is not there; what happened to its addresses is told in the result
 */
export async function restoreCustomer(client: Caller, copy: CustomerCopy, options: RestoreOptions = {}): Promise<Restored> {
  const grace = graceful(options.signal);
  try {
    const oldId = formValue('customer_id', soap(copy.customer)['customer_id']);
    const earlier = copy.restoredAs === undefined ? undefined : await whoHas(client, copy.restoredAs, options.signal);
    const holder = earlier ?? (await whoHas(client, oldId, options.signal));
    // Another customer cannot have both the number and the e-mail address, so an earlier attempt restored this one.
    const back = holder !== undefined && isSame(holder, soap(copy.customer)) ? formValue('customer_id', holder['customer_id']) : undefined;
    const customerId =
      back ??
      (await createAnew(
        client,
        copy,
        { number: holder === undefined ? oldId : '', v1: await answersV1(client, oldId, options.signal) },
        { ...options, signal: grace.signal },
      ));
    if (back === undefined) await options.onCreated?.(customerId);
    const { addresses, refused, error } = await addAddresses(client, customerId, copy, back !== undefined, {
      ...options,
      writing: grace.signal,
    });
    return {
      customerId,
      sameId: customerId === oldId,
      addresses,
      refused,
      error,
      differences: error === undefined ? await differencesNow(client, customerId, copy, options.signal) : [],
    };
  } finally {
    grace.end();
  }
}

/** What V1 alone takes when a customer is created. */
const registration = ['created_at', 'created_in'];

/**
 * @param how number to have, empty for any that is free; and whether the store answers over V1
 */
async function createAnew(
  client: Caller,
  copy: CustomerCopy,
  { number, v1 }: { readonly number: string; readonly v1: boolean },
  options: RestoreOptions,
): Promise<string> {
  const known = customerEntityToCreate.fields.map(({ name }) => name);
  const data = writable(soap(copy.customer), v1 ? [...known, ...registration] : known);
  delete data['customer_id'];
  if (data['created_at'] !== undefined) data['created_at'] = localTime(formValue('created_at', data['created_at']));
  // A create with the number of another customer would overwrite that customer (wire v1/110), so it was looked up before.
  if (number !== '') data['customer_id'] = Number(number);
  try {
    const { value } = await client.call('customer.create', { customerData: data }, v1 ? { ...options, dialect: 'v1' } : options);
    return formValue('customer_id', value);
  } catch (error) {
    const found = noteOf(error).execution === 'unknown' ? await lookedUp(client, data, looking(options.signal)) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/** The customer that a create whose answer was lost has made, when it is there with everything that was sent. */
async function lookedUp(client: Caller, data: SoapRecord, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    const { value } = await client.call(
      'customer.list',
      { filters: { email: data['email'] ?? '', ...(data['website_id'] === undefined ? {} : { website_id: data['website_id'] }) } },
      { signal },
    );
    const rows = isList(value) ? value.filter(isRecord) : [];
    const same = rows.find((row) =>
      ['firstname', 'lastname', 'group_id', 'dob'].every((code) => formValue(code, row[code]) === formValue(code, data[code])),
    );
    return same === undefined ? undefined : formValue('customer_id', same['customer_id']);
  } catch (error) {
    // That the answer was lost is what has to be said.
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}

/** A time that `customer.info` gave, as a store takes it: its own local time without an offset (facts §4, wire v1/120). */
function localTime(value: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)/.exec(value);
  return parts === null ? value : `${parts[1]} ${parts[2]}`;
}

interface Added {
  readonly addresses: number;
  readonly refused: readonly ToolkitError[];
  readonly error: ToolkitError | undefined;
}

async function addAddresses(
  client: Caller,
  customerId: string,
  copy: CustomerCopy,
  some: boolean,
  options: RestoreOptions & { readonly writing: AbortSignal },
): Promise<Added> {
  const refused: ToolkitError[] = [];
  let addresses = 0;
  try {
    const there = some ? await addressesOf(client, customerId, options.signal) : [];
    for (const address of inOrder(copy.addresses)) {
      const known = there.indexOf(looks(soap(address)));
      if (known >= 0) there.splice(known, 1);
      else if (!(await added(client, customerId, soap(address), refused, options))) continue;
      addresses++;
    }
    return { addresses, refused, error: undefined };
  } catch (error) {
    if (error instanceof ToolkitError) return { addresses, refused, error };
    throw error;
  }
}

/** Addresses by their old numbers: the new ones follow each other in the same order. */
function inOrder(addresses: CustomerCopy['addresses']): CustomerCopy['addresses'] {
  const number = (address: SoapRecord): number => Number(formValue('customer_address_id', address['customer_address_id'])) || 0;
  return [...addresses].sort((one, other) => number(soap(one)) - number(soap(other)));
}

/** @throws {ToolkitError} for what would stop every other address as well */
async function added(
  client: Caller,
  customerId: string,
  address: SoapRecord,
  refused: ToolkitError[],
  { signal, writing, confirmed }: RestoreOptions & { readonly writing: AbortSignal },
): Promise<boolean> {
  if (signal?.aborted === true) throw new ToolkitError('transport', { code: 'cancelled', what: t('Cancelled.') });
  try {
    await client.call('customer_address.create', { customerId, addressData: addressData(address) }, { signal: writing, confirmed });
    return true;
  } catch (error) {
    if (!(error instanceof FaultError) || error.code === '2' || noteOf(error).execution === 'unknown') throw error;
    refused.push(error);
    return false;
  }
}

/** The addresses that a customer has, as {@link looks} says them. */
async function addressesOf(client: Caller, customerId: string, signal: AbortSignal | undefined): Promise<string[]> {
  return (await readAddresses(client, customerId, signal)).map(looks);
}

/** What tells one address from another: everything but its number and its uses, which change. */
function looks(address: SoapRecord): string {
  const uses = new Set(['customer_address_id', 'is_default_billing', 'is_default_shipping']);
  return JSON.stringify(addressEntityCreate.fields.map(({ name }) => (uses.has(name) ? '' : formValue(name, address[name]))));
}

async function differencesNow(
  client: Caller,
  customerId: string,
  copy: CustomerCopy,
  signal: AbortSignal | undefined,
): Promise<readonly Difference[]> {
  try {
    return differences(soap(copy.customer), await fullCustomer(client, customerId, looking(signal)));
  } catch (error) {
    // The customer was restored whole. That it cannot be read now does not change that.
    if (error instanceof ToolkitError) return [];
    throw error;
  }
}

/** The customer with this number; `undefined` when it is free. */
async function whoHas(client: Caller, customerId: string, signal: AbortSignal | undefined): Promise<SoapRecord | undefined> {
  if (customerId === '') return undefined;
  try {
    return await readCustomer(client, customerId, { signal });
  } catch (error) {
    if (error instanceof FaultError && error.code === '102') return undefined;
    throw error;
  }
}

function isSame(one: SoapRecord, other: SoapRecord): boolean {
  return ['email', 'website_id'].every((code) => formValue(code, one[code]).toLowerCase() === formValue(code, other[code]).toLowerCase());
}

/** The values of a copy that can be written back: known to the store, set, and without a mask, which is left out rather than written. */
function writable(values: SoapRecord, codes: readonly string[]): MutableRecord {
  const known = new Set(codes);
  return Object.fromEntries(
    Object.entries(values).filter(
      ([code, value]) => known.has(code) && value !== null && value !== '' && !(typeof value === 'string' && value.includes(MASK)),
    ),
  );
}

function addressData(values: SoapRecord): SoapRecord {
  const data = writable(
    values,
    addressEntityCreate.fields.map(({ name }) => name),
  );
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

function soap(values: CustomerCopy['customer']): SoapRecord {
  return values;
}
