import { helpAddress } from '../topics';
import { later, translated } from '../../l10n/texts';
import { customerRulesOver, formCodes, formValue, formValues } from '../../forms/customer-form';
import type { Dialect } from '../../api/dialect';
import type { Generation } from '../../api/generations';
import { isReturned } from '../../api/dialect-facets';
import { addressEntity, customerEntity } from '../../api/entities';
import { FaultError, toToolkitError } from '../../api/errors';
import { explainFault } from '../../api/faults/faults';
import type { SheetAddress, SheetForm, SheetHint, SheetResult, SheetReview, SheetUndo, SheetWords } from '../../pages/sheet-messages';
import { roleOfValue, sheetSections, type SheetSection } from '../../forms/sheet-sections';
import type { Finding } from '../../api/traps';
import type { SoapRecord } from '../../api/value';
import type { AddressResult } from '../../store/customers/address-save';
import type { AddressOrder, KeptAddress } from '../../store/customers/address-undo';
import type { SaveResult } from '../../store/customers/customer-save';
import type { KeptSave } from '../../store/customers/customer-undo';
import { maskRecord } from '../../store/masking/mask';
import { text } from '../customer/customer-summary';
import type { WebsiteNames } from '../customer/websites';
import { isSecretField, type Draft, type DraftBase } from './draft';

/** A customer that was read, or the facts about the store for a new customer. */
export interface ReadCustomer {
  /** `undefined` for a new customer. */
  readonly row: SoapRecord | undefined;
  /** The dialect that the customer was read over. */
  readonly read: Dialect;
  /** The dialect that writes go over. */
  readonly dialect: Dialect;
  readonly groups: ReadonlyMap<number, string>;
  /** The websites and store views that were seen in this store. */
  readonly websiteNames: WebsiteNames;
  /** The kept values from before the last save. */
  readonly save: KeptSave | undefined;
  /** The kept values from before the last write to an address. */
  readonly address?: KeptAddress | undefined;
  /** The generation of the store's product, where it is known. */
  readonly generation?: Generation | undefined;
}

/** The basis of a customer's form. */
export function draftBase({ row, read, dialect, groups, websiteNames }: ReadCustomer): DraftBase {
  return {
    rules: customerRulesOver(dialect),
    mode: row === undefined ? 'new' : 'edit',
    values:
      row === undefined
        ? { ...Object.fromEntries(formCodes('new').map((code) => [code, ''])), ...newcomer([...websiteNames.websites.keys()], groups) }
        : formValues(row),
    unreadable: row === undefined ? [] : customerEntity.fields.filter((field) => !isReturned(read, field)).map((field) => field.name),
    dialect,
    knowledge: groups.size === 0 ? {} : { groups: [...groups.keys()] },
  };
}

/** The likely values of a new customer: the only website that is known, and the group General. */
function newcomer(websites: readonly number[], groups: ReadonlyMap<number, string>): Record<string, string> {
  const shops = websites.filter((website) => website !== 0);
  return { ...(shops.length === 1 ? { website_id: String(shops[0]) } : {}), ...(groups.has(1) ? { group_id: '1' } : {}) };
}

/**
 * Everything that is shown about a customer, without secrets that were not revealed.
 * @param addresses the addresses, where they are known. They tell the defaults where a dialect leaves them out of the customer
 */
export function shownSections(
  row: SoapRecord,
  read: Dialect,
  revealed: ReadonlySet<string>,
  addresses: readonly SheetAddress[] | undefined,
): readonly SheetSection[] {
  const sections = sheetSections(row, read, revealed, maskRecord(row));
  if (addresses === undefined) return sections;
  const uses: Readonly<Record<string, SheetAddress | undefined>> = {
    default_billing: addresses.find(({ billing }) => billing),
    default_shipping: addresses.find(({ shipping }) => shipping),
  };
  return sections.map((section) => ({
    ...section,
    fields: section.fields.map((field) => {
      if (!(field.code in uses)) return field;
      const used = uses[field.code];
      if (used !== undefined) return { ...field, value: used.id, missing: undefined };
      return field.missing === 'unread' ? { ...field, missing: 'unset' as const } : field;
    }),
  }));
}

/**
 * The addresses of a customer, secrets masked. The addresses themselves tell which one is a default. If none does, the customer tells it.
 */
export function sheetAddresses(rows: readonly SoapRecord[], customer: SoapRecord | undefined): readonly SheetAddress[] {
  const addresses = rows.map((row) => sheetAddress(row));
  const [billing, shipping] = [text(customer?.['default_billing']), text(customer?.['default_shipping'])];
  const says = { billing: addresses.some((address) => address.billing), shipping: addresses.some((address) => address.shipping) };
  return addresses.map((address) => ({
    ...address,
    billing: says.billing ? address.billing : address.id !== '' && address.id === billing,
    shipping: says.shipping ? address.shipping : address.id !== '' && address.id === shipping,
  }));
}

/** An address for the sheet. Secrets are masked, because modules add attributes to addresses, too. */
export function sheetAddress(address: SoapRecord): SheetAddress {
  const row = maskRecord(address);
  const part = (code: string): string => text(row[code]).trim();
  const joined = (codes: readonly string[], glue = ' '): string =>
    codes
      .map(part)
      .filter((value) => value !== '')
      .join(glue);
  const known = new Map(addressEntity.fields.map((field) => [field.name, field]));
  return {
    id: part('customer_address_id'),
    lines: [
      joined(['prefix', 'firstname', 'middlename', 'lastname', 'suffix']),
      part('company'),
      ...part('street').split('\n'),
      joined(['postcode', 'city']),
      joined(['region', 'country_id'], ', '),
    ].filter((line) => line !== ''),
    billing: isTrue(part('is_default_billing')),
    shipping: isTrue(part('is_default_shipping')),
    fields: Object.keys(row)
      .map((code) => ({
        code,
        title: translated(known.get(code)?.title ?? code),
        role: known.get(code)?.role ?? roleOfValue(row[code]),
        value: part(code),
      }))
      .filter(({ value }) => value !== ''),
  };
}

function isTrue(value: string): boolean {
  return value === 'true' || value === '1';
}

/** The form for the page. A typed secret is not sent back: the page only learns that there is one. */
export function sheetForm(draft: Draft): SheetForm {
  const hints = draft.hints();
  const fields = draft.codes.map((code) => {
    const value = draft.value(code);
    const secret = isSecretField(code, value);
    const problem = draft.problem(code);
    return {
      code,
      value: secret ? '' : value,
      filled: secret && value !== '',
      changed: draft.isChanged(code),
      problem,
      // A value that cannot be sent at all needs no further hints.
      hints: problem === undefined ? (hints.get(code) ?? []).map(sheetHint) : [],
      unread: draft.isUnread(code),
    };
  });
  return { fields, count: draft.size };
}

/** Everything that would be written. @param revision identifies exactly these rows */
export function sheetReview(draft: Draft, revision: number): SheetReview {
  const hints = draft.hints();
  const changes =
    draft.mode === 'new'
      ? draft.codes.filter((code) => draft.value(code) !== '').map((code) => ({ code, from: undefined, to: draft.value(code) }))
      : draft.changes;
  const rows = changes.map(({ code, from, to }) => {
    const secret = isSecretField(code, to);
    return { code, from, to: secret ? '' : to, secret, theirs: draft.theirs.get(code), hints: (hints.get(code) ?? []).map(sheetHint) };
  });
  const general = [...hints]
    .filter(([code]) => code === '' || (draft.mode === 'new' && draft.value(code) === ''))
    .flatMap(([, findings]) => findings.map(sheetHint));
  return { revision, rows, hints: general, conflict: draft.theirs.size > 0 };
}

function sheetHint({ severity, message, why, fixes }: Finding): SheetHint {
  return {
    severity,
    message,
    why,
    fixes: fixes.flatMap(({ title, edits }) => {
      const [edit, ...others] = edits;
      return edit?.kind === 'set' && others.length === 0 && typeof edit.value === 'string' ? [{ title, value: edit.value }] : [];
    }),
  };
}

/** The part of a save that can be put back. `undefined` if the customer already has its earlier values. */
export function undoOf({ changes, unknown }: SheetUndo, row: SoapRecord): SheetUndo | undefined {
  const open = changes.filter(({ code, to }) => formCodes('edit').includes(code) && formValue(code, row[code]) !== to);
  return open.length === 0 ? undefined : { changes: open, unknown };
}

/** Names by their number, as an object for the page. */
export function labelled(names: ReadonlyMap<number, string>): Record<string, string> {
  return Object.fromEntries([...names].map(([number, label]) => [String(number), label]));
}

/** An error as the sheet shows it. */
export function sheetWords(error: unknown): SheetWords {
  const { words } = toToolkitError(error);
  const { what, said, why, next } = words;
  return { what, said, why, next, help: helpAddress(words) };
}

/** The result of a save that was sent, for the sheet. */
export function sheetResult(outcome: Exclude<SaveResult, { kind: 'conflict' }>, creating: boolean): SheetResult {
  if (outcome.kind === 'unclear') return { kind: 'unclear', words: sheetWords(outcome.error), held: outcome.held, created: creating };
  return {
    kind: 'saved',
    differences: outcome.differences,
    unverified: outcome.unverified,
    unread: outcome.unread === undefined ? undefined : sheetWords(outcome.unread),
  };
}

const doneWords = { create: later('Address created.'), update: later('Address saved.'), delete: later('Address deleted.') } as const;

/** The result of a write to an address, for the sheet. */
export function addressResult(outcome: Exclude<AddressResult, { kind: 'conflict' }>, { kind }: AddressOrder): SheetResult {
  if (outcome.kind === 'unclear')
    return { kind: 'unclear', words: sheetWords(outcome.error), held: outcome.held, created: kind === 'create', address: true };
  return {
    kind: 'saved',
    done: doneWords[kind],
    differences: outcome.differences,
    unverified: [],
    unread: outcome.unread === undefined ? undefined : sheetWords(outcome.unread),
    refused: outcome.defaultsRefused === undefined ? undefined : sheetWords(outcome.defaultsRefused),
  };
}

/** A refusal, with its attribute where that is known. */
export function refusal(error: unknown, method: string): SheetResult {
  const entry = error instanceof FaultError ? explainFault(error.fault, { phase: 'call', method }).entry : undefined;
  return { kind: 'refused', words: sheetWords(error), attribute: entry?.attribute };
}
