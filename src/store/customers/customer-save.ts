import { customerData, formValue } from '../../forms/customer-form';
import type { FieldChange, FormValues } from '../../forms/form-rules';
import type { Dialect } from '../../api/dialect';
import { isReturned } from '../../api/dialect-facets';
import { customerEntity } from '../../api/entities';
import { ToolkitError } from '../../api/errors';
import { isRecord, type SoapRecord } from '../../api/value';
import { t } from '../../l10n/texts';
import type { StoreClient } from '../calls/client';
import { checkingSignal } from '../calls/grace';
import { noteOf } from '../wire/note';

/** The part of a client that is used here. */
export type Caller = Pick<StoreClient, 'call' | 'dialect'>;

/** How a customer is saved. */
export interface SaveOptions {
  /** Stops the request that is under way. A request that was sent may have been executed even so. */
  readonly signal?: AbortSignal | undefined;
  /** The user confirmed this write to a production store. */
  readonly confirmed?: boolean | undefined;
  /** Dialect over which the customer was read, if not the store's own: V1 shows more (facts §4). */
  readonly reading?: Dialect | undefined;
}

/** An attribute that another user changed in the meantime. */
export interface Conflict extends FieldChange {
  readonly theirs: string;
}

/** An attribute whose value in the store differs from the value that was sent: cut, with question marks, as another number. */
export interface Difference {
  readonly code: string;
  readonly sent: string;
  readonly kept: string;
}

/** The values that a save overwrote. Sent as changes, they restore the earlier values. */
export interface Overwritten {
  /** Changes from the values since the save to the values before it. */
  readonly changes: readonly FieldChange[];
  /** Changed attributes that this dialect does not return, so that their earlier values are unknown. */
  readonly unknown: readonly string[];
}

/** The result of saving a customer. */
export type SaveResult =
  /** Nothing was sent: another user changed the same attributes. */
  | { readonly kind: 'conflict'; readonly conflicts: readonly Conflict[]; readonly row: SoapRecord }
  /** The store accepted the save. */
  | {
      readonly kind: 'saved';
      readonly customerId: string;
      /** The customer in the store now. `undefined` when it could not be read back; `unread` is then the reason. */
      readonly row: SoapRecord | undefined;
      readonly unread: ToolkitError | undefined;
      readonly differences: readonly Difference[];
      /** Attributes that were sent but cannot be read back over this dialect. */
      readonly unverified: readonly string[];
      /** `undefined` for a customer that was created. */
      readonly overwritten: Overwritten | undefined;
    }
  /** The save was sent, and no answer came. It is never sent again: the store's current content is read instead. */
  | {
      readonly kind: 'unclear';
      readonly error: ToolkitError;
      /** The customer in the store, if it could be read. */
      readonly row: SoapRecord | undefined;
      /** Whether the store has the values that were sent; `undefined` when that could not be read or cannot be told. */
      readonly held: boolean | undefined;
      /** The overwritten values, if any. `undefined` for a customer that was created, and if the store has none of the sent values. */
      readonly overwritten: Overwritten | undefined;
    };

/**
 * Saves changes to a customer without losing other changes. It reads the customer again and stops if another user changed the same
 * attribute. It sends only the changed attributes, reads them back, and reports values that the store keeps differently.
 * @throws {ToolkitError} when nothing was saved: the store or its settings refused, or it could not be reached
 */
export async function saveCustomer(
  client: Caller,
  customerId: string,
  changes: readonly FieldChange[],
  options: SaveOptions = {},
): Promise<SaveResult> {
  const before = await readCustomer(client, customerId, { ...options, again: true });
  const conflicts = changes.flatMap((change): Conflict[] => {
    const theirs = formValue(change.code, before[change.code]);
    return change.from === undefined || theirs === change.from || theirs === change.to ? [] : [{ ...change, theirs }];
  });
  if (conflicts.length > 0) return { kind: 'conflict', conflicts, row: before };
  const values = Object.fromEntries(changes.map(({ code, to }) => [code, to]));
  try {
    await client.call(
      'customer.update',
      { customerId, customerData: customerData(values) },
      { signal: options.signal, confirmed: options.confirmed },
    );
  } catch (error) {
    const lost = lostAnswer(error);
    const row = await ifReadable(
      async () => await readCustomer(client, customerId, { reading: options.reading, signal: checkingSignal(options.signal) }),
    );
    const held = row === undefined ? undefined : holds(row, values);
    return {
      kind: 'unclear',
      error: lost,
      row,
      held,
      overwritten: held === false ? undefined : overwrittenBy(values, before, row, options.reading ?? client.dialect),
    };
  }
  const saved = await readBack(client, customerId, values, options);
  return { ...saved, overwritten: overwrittenBy(values, before, saved.row, options.reading ?? client.dialect) };
}

/**
 * Creates a customer and reads it back.
 * @param values the values of the form; empty texts are not sent
 * @throws {ToolkitError} when nothing was created
 */
export async function createCustomer(client: Caller, values: FormValues, options: SaveOptions = {}): Promise<SaveResult> {
  const given = Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ''));
  let customerId: string;
  try {
    const { value } = await client.call(
      'customer.create',
      { customerData: customerData(given) },
      { signal: options.signal, confirmed: options.confirmed },
    );
    customerId = formValue('customer_id', value);
  } catch (error) {
    const lost = lostAnswer(error);
    const found = await ifReadable(async () => await findByEmail(client, given, checkingSignal(options.signal)));
    // A password cannot be read back.
    const readable = Object.fromEntries(Object.entries(given).filter(([code]) => code !== 'password'));
    // An older customer may have the same e-mail address: on another website, or the store refused this create because of it.
    const created = found?.find((row) => holds(row, readable) === true);
    return {
      kind: 'unclear',
      error: lost,
      row: created ?? found?.[0],
      held: created !== undefined ? true : found?.length === 0 ? false : undefined,
      overwritten: undefined,
    };
  }
  return await readBack(client, customerId, given, options);
}

/**
 * Reads a customer with the attributes of its form.
 * @throws {ToolkitError} of kind `decode` when the answer is not a customer
 */
export async function readCustomer(
  client: Caller,
  customerId: string,
  { signal, reading, again }: Pick<SaveOptions, 'signal' | 'reading'> & { readonly again?: boolean } = {},
): Promise<SoapRecord> {
  const { value } = await client.call('customer.info', { customerId }, { signal, dialect: reading, again });
  if (isRecord(value)) return value;
  throw new ToolkitError('decode', {
    code: 'no-customer',
    what: t('The store did not return a customer.'),
    next: t('Show the exchange to see what it sent.'),
  });
}

/** The values that a save replaced. Values that stay the same are left out. */
function overwrittenBy(values: FormValues, before: SoapRecord, after: SoapRecord | undefined, dialect: Dialect | undefined): Overwritten {
  const unknown = Object.keys(values).filter((code) => !isReadable(dialect, code));
  const changes = Object.entries(values)
    .filter(([code]) => !unknown.includes(code) && code !== 'password')
    .map(([code, sent]) => ({ code, from: after === undefined ? sent : formValue(code, after[code]), to: formValue(code, before[code]) }))
    .filter(({ from, to }) => from !== to);
  return { changes, unknown };
}

const fields = new Map(customerEntity.fields.map((field) => [field.name, field]));

function isReadable(dialect: Dialect | undefined, code: string): boolean {
  return isReturned(dialect, fields.get(code) ?? { name: code });
}

async function readBack(
  client: Caller,
  customerId: string,
  sent: FormValues,
  { reading, signal }: SaveOptions,
): Promise<Extract<SaveResult, { kind: 'saved' }>> {
  const saved = { kind: 'saved', customerId, overwritten: undefined } as const;
  try {
    const row = await readCustomer(client, customerId, { reading, signal: checkingSignal(signal) });
    const dialect = reading ?? client.dialect;
    const readable = (code: string): boolean => code !== 'password' && isReadable(dialect, code);
    const differences = Object.entries(sent)
      .filter(([code]) => readable(code))
      .map(([code, text]) => ({ code, sent: text, kept: formValue(code, row[code]) }))
      .filter((pair) => pair.sent !== pair.kept);
    return { ...saved, row, unread: undefined, differences, unverified: Object.keys(sent).filter((code) => !readable(code)) };
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return { ...saved, row: undefined, unread: error, differences: [], unverified: Object.keys(sent) };
  }
}

/** Returns the error of a write that may have been executed, and throws every other error. */
function lostAnswer(error: unknown): ToolkitError {
  if (error instanceof ToolkitError && noteOf(error).execution === 'unknown') return error;
  throw error;
}

async function ifReadable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    // Report the lost answer. The missing customer shows that the store could not be read either.
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}

/** Whether a customer has these values, as far as they can be read. `undefined` if none can be read. */
function holds(row: SoapRecord, values: FormValues): boolean | undefined {
  const readable = Object.entries(values).filter(([code]) => code !== 'gender' || code in row);
  return readable.length === 0 ? undefined : readable.every(([code, text]) => formValue(code, row[code]) === text);
}

async function findByEmail(
  client: Caller,
  { email, website_id: website }: FormValues,
  signal: AbortSignal | undefined,
): Promise<readonly SoapRecord[] | undefined> {
  if (email === undefined) return undefined;
  const { value } = await client.call(
    'customer.list',
    { filters: { email, ...(website === undefined ? {} : { website_id: website }) } },
    { signal },
  );
  return Array.isArray(value) ? value.filter(isRecord) : undefined;
}
