import { addressCodes, defaultFlags, isDefaultFlag, FLAG_SET, type DefaultFlag } from '../../forms/address-fields';
import { addressData, addressValue, addressValues } from '../../forms/address-form';
import type { FieldChange, FormValues } from '../../forms/form-rules';
import { ToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import { t } from '../../l10n/texts';
import { checkingSignal } from '../calls/grace';
import { noteOf } from '../wire/note';
import type { AddressOrder, AddressUndo, DefaultBack } from './address-undo';
import { readAddresses } from './addresses';
import type { Caller, Conflict, Difference, SaveOptions } from './customer-save';

/** The result of writing an address. `rows` are all addresses of the customer as the store then has them. */
export type AddressResult =
  /** Nothing was sent: another user changed the same attributes. */
  | { readonly kind: 'conflict'; readonly conflicts: readonly Conflict[]; readonly rows: readonly SoapRecord[] }
  /** The store accepted the write. */
  | {
      readonly kind: 'saved';
      /** ID of the address that was written, created or deleted. */
      readonly address: string;
      /** `undefined` when they could not be read back. `unread` is then the reason. */
      readonly rows: readonly SoapRecord[] | undefined;
      readonly unread: ToolkitError | undefined;
      readonly differences: readonly Difference[];
      /** The reason why an earlier default address was not made the default again after the other writes. */
      readonly defaultsRefused: ToolkitError | undefined;
      readonly undo: AddressUndo;
    }
  /** The write was sent, and no answer came. It is never sent again: the store's current content is read instead. */
  | {
      readonly kind: 'unclear';
      readonly error: ToolkitError;
      readonly rows: readonly SoapRecord[] | undefined;
      /** Whether the store has the values that were sent; `undefined` when it could not be read. */
      readonly held: boolean | undefined;
      /** `undefined` if nothing was written, or if that is not known. */
      readonly undo: AddressUndo | undefined;
    };

/**
 * Writes an address without losing other changes. It reads the customer's addresses again and stops if another user changed the same
 * attribute. It sends only the changed attributes, reads them back, and reports values that the store keeps differently.
 * @throws {ToolkitError} when nothing was written: the store or its settings refused, or it could not be reached
 */
export async function saveAddress(
  client: Caller,
  customerId: string,
  order: AddressOrder,
  options: Pick<SaveOptions, 'signal' | 'confirmed'> = {},
): Promise<AddressResult> {
  const before = await readAddresses(client, customerId, options.signal);
  const conflicts = conflictsOf(order, before);
  if (conflicts.length > 0) return { kind: 'conflict', conflicts, rows: before };
  let address: string;
  try {
    address = await write(client, customerId, order, options);
  } catch (error) {
    if (!(error instanceof ToolkitError) || noteOf(error).execution !== 'unknown') throw error;
    return await afterLostAnswer(client, customerId, { order, before, error }, options.signal);
  }
  const defaultsRefused = await makeDefaults(client, order.defaults, options);
  try {
    const rows = await readAddresses(client, customerId, checkingSignal(options.signal));
    return {
      kind: 'saved',
      address,
      rows,
      unread: undefined,
      differences: differencesOf(order, rowOf(rows, address)),
      defaultsRefused,
      undo: undoOf(order, address, before, rows),
    };
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    const undo = undoOf(order, address, before, undefined);
    return { kind: 'saved', address, rows: undefined, unread: error, differences: [], defaultsRefused, undo };
  }
}

/**
 * Another user's changes to the attributes that are to be written. For an address that is to be deleted, their changes to any attribute.
 */
function conflictsOf(order: AddressOrder, before: readonly SoapRecord[]): readonly Conflict[] {
  if (order.kind === 'create') return [];
  const row = rowOf(before, order.address);
  if (row === undefined)
    throw new ToolkitError('input', {
      code: 'address-gone',
      what: t('Address {address} is no longer in the store.', { address: order.address }),
      why: t('It was deleted, or it now belongs to another customer.'),
      next: t('Read the customer again.'),
    });
  const changes: readonly FieldChange[] =
    order.kind === 'update' ? order.changes : Object.entries(order.seen).map(([code, from]) => ({ code, from, to: '' }));
  return changes.flatMap((change): Conflict[] => {
    const theirs = addressValue(change.code, row[change.code]);
    if (theirs === (change.from ?? '')) return [];
    return order.kind === 'update' && theirs === change.to ? [] : [{ ...change, theirs }];
  });
}

/** @returns ID of the address */
async function write(
  client: Caller,
  customerId: string,
  order: AddressOrder,
  options: Pick<SaveOptions, 'signal' | 'confirmed'>,
): Promise<string> {
  switch (order.kind) {
    case 'create': {
      const { value } = await client.call(
        'customer_address.create',
        { customerId, addressData: addressData(given(order.values)) },
        options,
      );
      return addressValue('customer_address_id', value);
    }
    case 'update': {
      const values = Object.fromEntries(order.changes.map(({ code, to }) => [code, to]));
      await client.call('customer_address.update', { addressId: order.address, addressData: addressData(values) }, options);
      return order.address;
    }
    case 'delete':
      await client.call('customer_address.delete', { addressId: order.address }, options);
      return order.address;
  }
}

/** Makes earlier default addresses the default again. @returns the error of the first one that was refused */
async function makeDefaults(
  client: Caller,
  defaults: readonly DefaultBack[],
  options: Pick<SaveOptions, 'signal' | 'confirmed'>,
): Promise<ToolkitError | undefined> {
  try {
    for (const { address, flag } of defaults)
      await client.call('customer_address.update', { addressId: address, addressData: { [flag]: true } }, options);
    return undefined;
  } catch (error) {
    // Return the error instead of throwing it: the address itself is written, and the caller has to report that first.
    if (error instanceof ToolkitError) return error;
    throw error;
  }
}

interface Lost {
  readonly order: AddressOrder;
  readonly before: readonly SoapRecord[];
  readonly error: ToolkitError;
}

async function afterLostAnswer(
  client: Caller,
  customerId: string,
  { order, before, error }: Lost,
  signal: AbortSignal | undefined,
): Promise<AddressResult> {
  let rows: readonly SoapRecord[];
  try {
    rows = await readAddresses(client, customerId, checkingSignal(signal));
  } catch (again) {
    // Report the lost answer. The missing rows show that the store could not be read either.
    if (!(again instanceof ToolkitError)) throw again;
    return { kind: 'unclear', error, rows: undefined, held: undefined, undo: undefined };
  }
  const address = order.kind === 'create' ? newAddress(order.values, before, rows) : order.address;
  const held =
    order.kind === 'delete'
      ? rowOf(rows, order.address) === undefined
      : address !== undefined && differencesOf(order, rowOf(rows, address)).length === 0;
  return { kind: 'unclear', error, rows, held, undo: held && address !== undefined ? undoOf(order, address, before, rows) : undefined };
}

/** The address that a create with a lost answer has made, if there is a new one with all values that were sent. */
function newAddress(values: FormValues, before: readonly SoapRecord[], after: readonly SoapRecord[]): string | undefined {
  const old = new Set(before.map(idOf));
  return after
    .filter((row) => !old.has(idOf(row)))
    .filter((row) => Object.entries(given(values)).every(([code, text]) => addressValue(code, row[code]) === text))
    .map(idOf)[0];
}

/** The attributes whose value in the store differs from the value that was sent. */
function differencesOf(order: AddressOrder, row: SoapRecord | undefined): readonly Difference[] {
  if (order.kind === 'delete') return [];
  const sent = order.kind === 'create' ? given(order.values) : Object.fromEntries(order.changes.map(({ code, to }) => [code, to]));
  return Object.entries(sent)
    .map(([code, text]) => ({ code, sent: text, kept: addressValue(code, row?.[code]) }))
    .filter((pair) => pair.sent !== pair.kept);
}

/** The order that undoes a write. @param after `undefined` if the addresses could not be read back; the sent values then count as theirs */
function undoOf(
  order: AddressOrder,
  address: string,
  before: readonly SoapRecord[],
  after: readonly SoapRecord[] | undefined,
): AddressUndo {
  const row = rowOf(before, address);
  const now = after === undefined ? undefined : rowOf(after, address);
  const holders = defaultFlags.map((flag) => ({ flag, was: holder(before, flag), is: expected(order, address, flag, before, after) }));
  const moved = holders.filter(({ was, is }) => was !== is);
  const defaults = moved.flatMap(({ flag, was }) => (was === undefined || was === address ? [] : [{ address: was, flag }]));
  switch (order.kind) {
    case 'create': {
      // Deleting the address also removes the default.
      const values = now === undefined ? { ...empty, ...given(order.values) } : addressValues(now);
      return { order: { kind: 'delete', address, seen: values, defaults }, lost: [] };
    }
    case 'delete':
      return { order: { kind: 'create', values: row === undefined ? empty : addressValues(row), defaults }, lost: [...lostOf(row)] };
    case 'update': {
      const changes = order.changes
        .filter(({ code }) => !isDefaultFlag(code))
        .map(({ code, to }) => ({
          code,
          from: now === undefined ? to : addressValue(code, now[code]),
          to: addressValue(code, row?.[code]),
        }))
        .filter(({ from, to }) => from !== to);
      const back = moved.flatMap(({ flag, was }) => (was === address ? [{ code: flag, from: '', to: FLAG_SET }] : []));
      const lost = moved.flatMap(({ flag, was }) => (was === undefined ? [flag] : []));
      return { order: backTo(address, [...changes, ...back], defaults), lost };
    }
  }
}

/** An update that is not empty. If the only thing to restore is the default of another address, the order updates that address. */
function backTo(address: string, changes: FieldChange[], defaults: DefaultBack[]): AddressOrder {
  const [first] = defaults;
  if (changes.length > 0 || first === undefined) return { kind: 'update', address, changes, defaults };
  const same = defaults.filter((one) => one.address === first.address);
  return {
    kind: 'update',
    address: first.address,
    changes: same.map(({ flag }) => ({ code: flag, from: '', to: FLAG_SET })),
    defaults: defaults.filter((one) => one.address !== first.address),
  };
}

/** The address that is a default after a write. */
function expected(
  order: AddressOrder,
  address: string,
  flag: DefaultFlag,
  before: readonly SoapRecord[],
  after: readonly SoapRecord[] | undefined,
): string | undefined {
  if (after !== undefined) return holder(after, flag);
  const back = order.defaults.find((one) => one.flag === flag)?.address;
  if (back !== undefined) return back;
  const was = holder(before, flag);
  if (order.kind === 'delete') return was === address ? undefined : was;
  const sent = order.kind === 'create' ? order.values[flag] : order.changes.find(({ code }) => code === flag)?.to;
  return sent === FLAG_SET ? address : was;
}

/** Attributes that the form of an address does not have. They are not restored with it. */
function lostOf(row: SoapRecord | undefined): readonly string[] {
  return Object.entries(row ?? {})
    .filter(([code, value]) => !addressCodes.includes(code) && !own.has(code) && addressValue(code, value) !== '')
    .map(([code]) => code);
}

/** The attributes that the store sets itself. */
const own: ReadonlySet<string> = new Set(['customer_address_id', 'created_at', 'updated_at', 'increment_id']);

const empty: FormValues = Object.fromEntries(addressCodes.map((code) => [code, '']));

function given(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ''));
}

function holder(rows: readonly SoapRecord[], flag: DefaultFlag): string | undefined {
  const row = rows.find((candidate) => addressValue(flag, candidate[flag]) === FLAG_SET);
  return row === undefined ? undefined : idOf(row);
}

function rowOf(rows: readonly SoapRecord[], address: string): SoapRecord | undefined {
  return rows.find((row) => idOf(row) === address);
}

function idOf(row: SoapRecord): string {
  return addressValue('customer_address_id', row['customer_address_id']);
}
