import { translated, t } from '../l10n/texts';
import { dialectLabels, type Dialect } from '../api/dialect';
import type { SoapRecord, SoapValue } from '../api/value';
import { addressFields } from './address-fields';
import { addressValue } from './address-form';
import { sheetSections, unreadReason, type SheetField } from './sheet-sections';
import { flagWords, groupWords } from './shown-value';

/** An address, and the same address with secrets masked. */
export interface ComparedAddress {
  readonly row: SoapRecord;
  readonly masked: SoapRecord;
}

/** A customer as one store returned it, or as one store returned it over one dialect. */
export interface ComparedCustomer {
  /** Name of this side, such as `V1` or `Staging DE`. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly row: SoapRecord;
  /** The same row with secrets masked. */
  readonly masked: SoapRecord;
  readonly addresses: readonly ComparedAddress[];
  /** Names of customer groups by their ID, as far as they are known. */
  readonly groups: ReadonlyMap<number, string>;
}

/** One attribute of both customers. */
export interface ComparedAttribute {
  readonly code: string;
  readonly title: string;
  /** The text that each side shows: the value, or why it has no value. Secrets are masked. */
  readonly left: string;
  readonly right: string;
  /** The difference in words, such as `only over V1`; `undefined` where the values are the same. */
  readonly difference: string | undefined;
}

/** Attributes under one heading. */
export interface ComparedSection {
  readonly title: string;
  /** Set where only one side has the whole section, such as an address that the other customer does not have. */
  readonly only: 'left' | 'right' | undefined;
  /** Whether this is one of the addresses. */
  readonly isAddress: boolean;
  readonly attributes: readonly ComparedAttribute[];
}

/** Shown instead of a secret. */
const MASKED = '••••••';

function notSet(): string {
  return t('not set');
}

/** Attributes that identify an address. They are not part of its content. */
const addressIdentity: ReadonlySet<string> = new Set(['customer_address_id', 'customer_id', 'created_at', 'updated_at', 'increment_id']);

/**
 * Compares two readings of a customer, attribute by attribute: from two stores, or over two dialects of one store. Attributes that neither
 * side has are left out. Addresses of one store are paired by their ID, others by their content.
 */
export function compareCustomers(left: ComparedCustomer, right: ComparedCustomer, sameStore: boolean): readonly ComparedSection[] {
  const words = sideWords(left, right, sameStore);
  const sides = [left, right].map(({ row, dialect, masked }) => sheetSections(row, dialect, new Set(), masked)) as [Sections, Sections];
  const titles = [...new Set(sides.flatMap((sections) => sections.map(({ title }) => title)))];
  const attributes = titles.map((title): ComparedSection => {
    const [of, other] = sides.map((sections) => sections.find((section) => section.title === title)?.fields ?? []) as [Fields, Fields];
    const codes = [...new Set([...of, ...other].map(({ code }) => code))];
    return {
      title,
      only: undefined,
      isAddress: false,
      attributes: codes.map((code) =>
        compared(
          sideOf(
            left,
            code,
            of.find((field) => field.code === code),
          ),
          sideOf(
            right,
            code,
            other.find((field) => field.code === code),
          ),
          code,
          words,
        ),
      ),
    };
  });
  return [...attributes, ...addressSections(left, right, sameStore, words)];
}

type Sections = ReturnType<typeof sheetSections>;
type Fields = readonly SheetField[];

/** One side of an attribute. */
interface Side {
  readonly title: string;
  readonly text: string;
  /** The value that is compared, unmasked; `undefined` where there is none. */
  readonly value: string | undefined;
  readonly unread: boolean;
  readonly masked: boolean;
}

/** The words for a value that only one side has. */
interface SideWords {
  readonly left: string;
  readonly right: string;
}

function sideWords(left: ComparedCustomer, right: ComparedCustomer, sameStore: boolean): SideWords {
  const only = ({ name, dialect }: ComparedCustomer): string =>
    sameStore ? t('only over {dialect}', { dialect: dialectLabels[dialect] }) : t('only on {name}', { name });
  return { left: only(left), right: only(right) };
}

function sideOf({ row, dialect, groups }: ComparedCustomer, code: string, field: SheetField | undefined): Side {
  const title = field?.title ?? code;
  const value = plain(row[code]);
  if (field?.missing === 'masked')
    return { title, text: value === undefined ? notSet() : MASKED, value, unread: false, masked: value !== undefined };
  if (field?.missing === 'unread') return { title, text: unreadReason(dialect), value: undefined, unread: true, masked: false };
  if (value === undefined) return { title, text: notSet(), value, unread: false, masked: false };
  if (field?.role === 'flag') return { title, text: flagWords(value).text, value, unread: false, masked: false };
  const text = field?.role === 'group' ? groupWords(value, groups.get(Number(value))) : value;
  return { title, text, value: text, unread: false, masked: false };
}

function compared(left: Side, right: Side, code: string, words: SideWords): ComparedAttribute {
  const title = left.title === code ? right.title : left.title;
  const shown = (difference: string | undefined, of = left.text, other = right.text): ComparedAttribute => ({
    code,
    title,
    left: of,
    right: other,
    difference,
  });
  // Equal values show the same text on both sides. A dialect that does not return unset attributes cannot say "not set" itself.
  const alike = (text: string): ComparedAttribute => shown(undefined, text, text);
  if (left.value === right.value) return alike(left.unread ? right.text : left.text);
  if (left.value === undefined) return shown(words.right, left.unread ? left.text : words.right, right.text);
  if (right.value === undefined) return shown(words.left, left.text, right.unread ? right.text : words.left);
  if (left.masked !== right.masked) {
    // One dialect returns the key, another only whether there is one (facts §4).
    const says = left.masked ? right.value : left.value;
    if (says === 'true' || says === '1') return alike(MASKED);
    return shown(t('a secret on one side only, not compared'));
  }
  return shown(left.masked ? t('differs, and is a secret') : `${left.text} / ${right.text}`);
}

function plain(value: SoapValue | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function addressSections(
  left: ComparedCustomer,
  right: ComparedCustomer,
  sameStore: boolean,
  words: SideWords,
): readonly ComparedSection[] {
  return pairs(left.addresses, right.addresses, sameStore).map(([of, other], index): ComparedSection => {
    const ids = [of, other].flatMap((address) =>
      address === undefined ? [] : [`#${addressValue('', address.row['customer_address_id'])}`],
    );
    const title = t('Address {number} ({ids})', { number: index + 1, ids: [...new Set(ids)].join(', ') });
    const known = [...addressFields.keys()];
    const more = [...Object.keys(of?.row ?? {}), ...Object.keys(other?.row ?? {})].filter((code) => !addressFields.has(code));
    const codes = [...new Set([...known, ...more])].filter((code) => !addressIdentity.has(code));
    const side = (address: ComparedAddress | undefined, code: string): Side => {
      const field = addressFields.get(code);
      const value = addressValue(code, address?.row[code]);
      const masked = value !== addressValue(code, address?.masked[code]);
      return {
        title: translated(field?.title ?? code),
        text: value === '' ? notSet() : masked ? MASKED : field?.role === 'flag' ? flagWords(value).text : value,
        value: value === '' ? undefined : value,
        unread: false,
        masked,
      };
    };
    const attributes = codes
      .map((code) => ({ code, of: side(of, code), other: side(other, code) }))
      .filter((sides) => sides.of.value !== undefined || sides.other.value !== undefined)
      .map((sides) => compared(sides.of, sides.other, sides.code, words));
    return { title, only: other === undefined ? 'left' : of === undefined ? 'right' : undefined, isAddress: true, attributes };
  });
}

type Pair = readonly [ComparedAddress | undefined, ComparedAddress | undefined];

/**
 * Pairs addresses: by ID where both are from one store. Otherwise equal addresses come first, then those with the same use, then the rest
 * in their order.
 */
function pairs(left: readonly ComparedAddress[], right: readonly ComparedAddress[], sameStore: boolean): readonly Pair[] {
  const partners = new Map<ComparedAddress, ComparedAddress>();
  const match = (key: (row: SoapRecord) => string | undefined): void => {
    const free = new Map<string, ComparedAddress[]>();
    const taken = new Set(partners.values());
    for (const row of right) {
      const own = taken.has(row) ? undefined : key(row.row);
      if (own !== undefined) free.set(own, [...(free.get(own) ?? []), row]);
    }
    for (const row of left) {
      const own = partners.has(row) ? undefined : key(row.row);
      const partner = own === undefined ? undefined : free.get(own)?.shift();
      if (partner !== undefined) partners.set(row, partner);
    }
  };
  if (sameStore) match((row) => addressValue('', row['customer_address_id']) || undefined);
  else {
    match(contentOf);
    match((row) => {
      const use = `${addressValue('is_default_billing', row['is_default_billing'])} ${addressValue('is_default_shipping', row['is_default_shipping'])}`;
      return use === ' ' ? undefined : use;
    });
    match(() => '');
  }
  const met = new Set(partners.values());
  return [
    ...left.map((row): Pair => [row, partners.get(row)]),
    ...right.filter((row) => !met.has(row)).map((row): Pair => [undefined, row]),
  ];
}

/** The content of an address without its ID, for comparison. */
function contentOf(row: SoapRecord): string {
  return JSON.stringify(
    [...addressFields.keys()].filter((code) => !addressIdentity.has(code)).map((code) => addressValue(code, row[code])),
  );
}
