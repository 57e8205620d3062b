import { formCodes, formValue, formValues } from '../../api/customer-form';
import type { Dialect } from '../../api/dialect';
import { addressEntity, customerEntity } from '../../api/entities';
import { FaultError, toToolkitError } from '../../api/errors';
import { explainFault } from '../../api/faults';
import type { SheetAddress, SheetPlace, SheetResult, SheetState, SheetUndo, SheetWords } from '../../api/messages';
import { sheetSections, unreadReason } from '../../api/sheet';
import type { StoreKnowledge } from '../../api/traps';
import type { SoapRecord } from '../../api/value';
import type { SaveOutcome } from '../../store/customer-save';
import type { KeptSave } from '../../store/customer-undo';
import { maskRecord } from '../../store/mask';
import type { Store } from '../stores/store';
import { summarize, text } from '../tree/customer-summary';
import type { Places } from '../tree/places';

/** What a sheet is made of. */
export interface SheetParts {
  readonly place: SheetPlace;
  readonly store: Store;
  /** The customer; `undefined` for one that is to be created. */
  readonly row: SoapRecord | undefined;
  /** Dialect that the customer was read over. */
  readonly read: Dialect;
  readonly revealed: ReadonlySet<string>;
  readonly groups: ReadonlyMap<number, string>;
  /** Websites and store views that were seen in this store. */
  readonly places: Places;
  readonly exchange: boolean;
  /** The last save that is kept. */
  readonly save: KeptSave | undefined;
}

/** Everything that the sheet shows; secrets that nobody revealed are not in it. */
export function sheetState({ place, store, row, read, revealed, groups, places, exchange, save }: SheetParts): SheetState {
  const { name, email, id } = summarize(row ?? {});
  const dialect = store.connection?.dialect ?? read;
  const mode = row === undefined ? 'new' : 'edit';
  const values = formValues(row ?? {});
  const knowledge: StoreKnowledge = groups.size === 0 ? {} : { groups: [...groups.keys()] };
  return {
    place,
    mode,
    title: mode === 'new' ? 'New customer' : name !== '' ? name : email !== '' ? email : `Customer ${id}`,
    email,
    id,
    store: store.config?.name ?? store.name,
    environment: store.environment,
    readOnly: store.config?.readOnly === true,
    dialect,
    read,
    unread: unreadReason(read),
    sections: row === undefined ? [] : sheetSections(row, read, revealed, maskRecord(row)),
    values: mode === 'new' ? { ...Object.fromEntries(formCodes('new').map((code) => [code, ''])), ...newcomer([...places.websites.keys()], groups) } : values,
    unreadable: row === undefined || read === 'v1' ? [] : customerEntity.fields.filter((field) => field.v1Only === true).map((field) => field.name),
    groups: labelled(groups),
    websites: labelled(places.websites),
    stores: labelled(places.stores),
    knowledge,
    exchange,
    undo: row === undefined || save === undefined ? undefined : undoOf(save, row),
  };
}

/** What of a save can be put back; `undefined` where everything stands as it did before. */
export function undoOf({ changes, unknown }: KeptSave, row: SoapRecord): SheetUndo | undefined {
  const open = changes.filter(({ code, to }) => formCodes('edit').includes(code) && formValue(code, row[code]) !== to);
  return open.length === 0 ? undefined : { changes: open, unknown };
}

function labelled(names: ReadonlyMap<number, string>): Record<string, string> {
  return Object.fromEntries([...names].map(([number, label]) => [String(number), label]));
}

/** What a new customer mostly has: the only website that is known, and the group General. */
function newcomer(websites: readonly number[], groups: ReadonlyMap<number, string>): Record<string, string> {
  const shops = websites.filter((website) => website !== 0);
  return { ...(shops.length === 1 ? { website_id: String(shops[0]) } : {}), ...(groups.has(1) ? { group_id: '1' } : {}) };
}

/** An address for the sheet, secrets masked: modules add attributes to addresses too. */
export function sheetAddress(address: SoapRecord): SheetAddress {
  const row = maskRecord(address);
  const part = (code: string): string => text(row[code]).trim();
  const joined = (codes: readonly string[], glue = ' '): string => codes.map(part).filter((value) => value !== '').join(glue);
  const known = new Map(addressEntity.fields.map((field) => [field.name, field]));
  return {
    id: part('customer_address_id'),
    lines: [joined(['prefix', 'firstname', 'middlename', 'lastname', 'suffix']), part('company'), ...part('street').split('\n'), joined(['postcode', 'city']), joined(['region', 'country_id'], ', ')].filter((line) => line !== ''),
    billing: isTrue(part('is_default_billing')),
    shipping: isTrue(part('is_default_shipping')),
    fields: Object.keys(row).map((code) => ({ code, title: known.get(code)?.title ?? code, role: known.get(code)?.role, value: part(code) })).filter(({ value }) => value !== ''),
  };
}

function isTrue(value: string): boolean {
  return value === 'true' || value === '1';
}

/** An error as the sheet shows it. */
export function sheetWords(error: unknown): SheetWords {
  const { what, said, why, next } = toToolkitError(error).words;
  return { what, said, why, next };
}

/** What came of saving, for the sheet. */
export function sheetResult(outcome: SaveOutcome, creating: boolean): SheetResult {
  switch (outcome.kind) {
    case 'conflict':
      return { kind: 'conflict', theirs: Object.fromEntries(outcome.conflicts.map(({ code, theirs }) => [code, theirs])) };
    case 'saved':
      return { kind: 'saved', differences: outcome.differences, unverified: outcome.unverified, unread: outcome.unread === undefined ? undefined : sheetWords(outcome.unread) };
    case 'unclear':
      return { kind: 'unclear', words: sheetWords(outcome.error), held: outcome.held, created: creating };
  }
}

/** A refusal, with the attribute it is about where that is known. */
export function refusal(error: unknown, method: string): SheetResult {
  const entry = error instanceof FaultError ? explainFault(error.fault, { phase: 'call', method }).entry : undefined;
  return { kind: 'refused', words: sheetWords(error), attribute: entry?.attribute };
}
