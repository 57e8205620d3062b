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
import { writingSignal, checkingSignal } from '../calls/grace';
import { MASK, maskRecord } from '../masking/mask';

/** The result of restoring a customer. */
export interface Restored {
  readonly customerId: string;
  /** Whether it has its old ID. */
  readonly sameId: boolean;
  /** Differences from the copy, except in attributes that the store sets itself. Empty if the customer could not be read back. */
  readonly differences: readonly Difference[];
  /** Number of addresses of the copy that the customer has now. */
  readonly addresses: number;
  /** The errors of the addresses that the store refused. */
  readonly refused: readonly ToolkitError[];
  /** The error that ended it before every address was tried. Restoring the same copy again continues there. */
  readonly error: ToolkitError | undefined;
}

/** How a customer is restored. */
export interface RestoreOptions {
  /** Stops between two requests. The request that is under way gets a short time to end. */
  readonly signal?: AbortSignal | undefined;
  /** The user confirmed this write to a production store. */
  readonly confirmed?: boolean | undefined;
  /** Called as soon as the customer exists, so that it is not created twice if the rest fails. */
  readonly onCreated?: ((customerId: string) => Promise<void>) | undefined;
}

/**
 * Whether a store answers over V1. Only V1 accepts the date of registration. A customer created over V2 or WS-I is registered today, or,
 * with its old ID on OpenMage, without a date.
 * @param customerId any ID; the customer need not exist
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
 * Creates a customer and its addresses again from a copy, with its old ID if that is free. Uses V1 if the store answers it,
 * since only V1 keeps the date of registration. If an earlier attempt stopped early ({@link CustomerCopy.restoredAs}), it continues with
 * the missing addresses.
 * @throws {ToolkitError} when the customer was not restored; what happened to its addresses is in the result
 */
export async function restoreCustomer(client: Caller, copy: CustomerCopy, options: RestoreOptions = {}): Promise<Restored> {
  const grace = writingSignal(options.signal);
  try {
    const oldId = formValue('customer_id', soap(copy.customer)['customer_id']);
    const earlier = copy.restoredAs === undefined ? undefined : await customerWithId(client, copy.restoredAs, options.signal);
    const holder = earlier ?? (await customerWithId(client, oldId, options.signal));
    // No other customer can have both the ID and the e-mail address, so an earlier attempt restored this one.
    const back = holder !== undefined && isSame(holder, soap(copy.customer)) ? formValue('customer_id', holder['customer_id']) : undefined;
    const customerId =
      back ??
      (await createAnew(
        client,
        copy,
        { wantedId: holder === undefined ? oldId : '', v1: await answersV1(client, oldId, options.signal) },
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

/** The attributes that only V1 accepts when a customer is created. */
const registration = ['created_at', 'created_in'];

/** @param how the ID to use, or an empty text for any free ID; and whether the store answers over V1 */
async function createAnew(
  client: Caller,
  copy: CustomerCopy,
  { wantedId, v1 }: { readonly wantedId: string; readonly v1: boolean },
  options: RestoreOptions,
): Promise<string> {
  const known = customerEntityToCreate.fields.map(({ name }) => name);
  const data = writable(soap(copy.customer), v1 ? [...known, ...registration] : known);
  delete data['customer_id'];
  if (data['created_at'] !== undefined) data['created_at'] = localTime(formValue('created_at', data['created_at']));
  // A create with the ID of another customer would overwrite that customer (wire v1/110), so the caller checked that the ID is free.
  if (wantedId !== '') data['customer_id'] = Number(wantedId);
  try {
    const { value } = await client.call('customer.create', { customerData: data }, v1 ? { ...options, dialect: 'v1' } : options);
    return formValue('customer_id', value);
  } catch (error) {
    const found = noteOf(error).execution === 'unknown' ? await findCreated(client, data, checkingSignal(options.signal)) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/** The customer that a create with a lost answer has made, if there is one with the values that were sent. */
async function findCreated(client: Caller, data: SoapRecord, signal: AbortSignal | undefined): Promise<string | undefined> {
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
    // The caller reports the lost answer.
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}

/** A time from `customer.info` in the form that a store accepts: its own local time without an offset (facts §4, wire v1/120). */
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
      const known = there.indexOf(addressContent(soap(address)));
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

/** Addresses in the order of their old IDs. Their new IDs then have the same order. */
function inOrder(addresses: CustomerCopy['addresses']): CustomerCopy['addresses'] {
  const number = (address: SoapRecord): number => Number(formValue('customer_address_id', address['customer_address_id'])) || 0;
  return [...addresses].sort((one, other) => number(soap(one)) - number(soap(other)));
}

/** @throws {ToolkitError} for an error that would occur for every other address too */
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

/** The addresses of a customer, as texts of {@link addressContent}. */
async function addressesOf(client: Caller, customerId: string, signal: AbortSignal | undefined): Promise<string[]> {
  return (await readAddresses(client, customerId, signal)).map(addressContent);
}

/** The content that distinguishes one address from another: everything but its ID and its default flags, which may change. */
function addressContent(address: SoapRecord): string {
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
    return differences(soap(copy.customer), await fullCustomer(client, customerId, checkingSignal(signal)));
  } catch (error) {
    // The customer was restored completely, even if it cannot be read now.
    if (error instanceof ToolkitError) return [];
    throw error;
  }
}

/** The customer with this ID; `undefined` when the ID is free. */
async function customerWithId(client: Caller, customerId: string, signal: AbortSignal | undefined): Promise<SoapRecord | undefined> {
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

/** The values of a copy that can be written back: known to the store, set, and without a mask. A masked value is left out. */
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
  // The street comes as one text and is sent as lines (facts §4).
  if (typeof data['street'] === 'string') data['street'] = data['street'].split('\n');
  for (const flag of ['is_default_billing', 'is_default_shipping']) if (flag in data) data[flag] = isTruthy(data[flag]);
  return data;
}

function isTruthy(value: SoapValue | undefined): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}

/** Attributes that the store sets itself whenever it creates a customer, and IDs, which differ in a restored customer. */
const setByStore = new Set(['customer_id', 'updated_at', 'default_billing', 'default_shipping']);

/** Attributes that V2 and WS-I cannot return. If one is missing, its value is unknown. Any other missing attribute is not set. */
const v1Only = new Set(customerEntity.fields.filter((field) => field.v1Only === true).map(({ name }) => name));

function differences(copy: SoapRecord, now: SoapRecord): readonly Difference[] {
  return Object.keys(copy)
    .filter((code) => !setByStore.has(code) && (code in now || !v1Only.has(code)))
    .map((code) => ({ code, sent: formValue(code, copy[code]), kept: formValue(code, maskRecord(now)[code]) }))
    .filter(({ sent, kept }) => sent !== kept);
}

function soap(values: CustomerCopy['customer']): SoapRecord {
  return values;
}
