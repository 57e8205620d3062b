import { customerEntityToCreate } from '../../api/entities';
import { later, translated, t } from '../../l10n/texts';
import { foldedText } from './cells';
import type { Readings } from './mapping';
import { emailIn, signOfProgram, wholeNumber, withoutTextFormula } from './foreign-cells';

/** A name as the store spells it, and the IDs that have it: several if groups have the same name. */
export interface NamedIds {
  readonly name: string;
  readonly ids: readonly string[];
}

/** The names of groups and store views in a store, with their IDs. */
export interface StoreWords {
  /** By the name of a customer group in comparable form. */
  readonly groups: ReadonlyMap<string, NamedIds>;
  /** By the name or code of a store view in comparable form. */
  readonly stores: ReadonlyMap<string, NamedIds>;
}

/** A question that the user can decide for all rows at once, so that a cell can be read. */
export type Doubt =
  | { readonly kind: 'dates' | 'shortYears' | 'countedDays'; readonly text: string }
  | { readonly kind: 'word'; readonly attribute: string; readonly text: string };

/** The meaning of a cell. Or the reason why it is not clear, and the question whose answer would make it clear. */
export type CellMeaning = { readonly value: string } | { readonly problem: string; readonly doubt?: Doubt | undefined };

/** Attributes whose type is a number. */
const numbers: ReadonlySet<string> = new Set(
  customerEntityToCreate.fields.filter(({ type }) => type.kind === 'int').map(({ name }) => name),
);

/** IDs that Magento 1 and its successors give the two genders when they are installed. */
const genderIds: Readonly<Record<string, string>> = { male: '1', m: '1', man: '1', female: '2', f: '2', woman: '2' };

/** The ID of a gender by its English word, or by its word in the language of the reader. */
function genderNamed(text: string): CellMeaning {
  const word = text.toLowerCase();
  const [male, female] = [t('Male').toLowerCase(), t('Female').toLowerCase()];
  const ids = new Map([...Object.entries(genderIds), [male, '1'], [female, '2']]);
  // In Spanish, M is "mujer".
  if (female.startsWith('m')) ids.delete('m');
  const value = ids.get(word);
  return value === undefined
    ? { problem: t('"{text}" is not a gender. Use Male, Female or the number in the store.', { text }) }
    : { value };
}

/**
 * The meaning of a cell: e-mail addresses without blanks around them, IDs for the names of groups, store views and genders, dates in
 * the store's form.
 * @param attribute code of the attribute for this column
 * @param readings decisions for cells that can be read in several ways
 */
export function meaningOfCell(attribute: string, cell: string, words: StoreWords, readings: Readings = {}): CellMeaning {
  const value = withoutTextFormula(cell);
  const trimmedText = trimmed(value);
  const problem = signOfProgram(attribute, trimmedText);
  if (problem !== undefined) return { problem };
  if (attribute === 'email') return { value: trimmed(emailIn(trimmedText)) };
  if (attribute === 'dob') return dateOfBirth(trimmedText, readings);
  if (!numbers.has(attribute)) return { value };
  const text = wholeNumber(trimmedText);
  if (text === '' || /^-?\d+$/.test(text)) return { value: text };
  const decided = readings.words?.find((word) => word.attribute === attribute && foldedText(word.text) === foldedText(text));
  if (decided !== undefined) return { value: decided.value };
  const meant = numberOf(attribute, text, words);
  return 'problem' in meant && named.has(attribute) ? { ...meant, doubt: { kind: 'word', attribute, text } } : meant;
}

/** Attributes whose IDs users know by names. */
const named: ReadonlySet<string> = new Set(['group_id', 'store_id', 'website_id', 'gender']);

/** The ID for a word. */
function numberOf(attribute: string, text: string, words: StoreWords): CellMeaning {
  switch (attribute) {
    case 'group_id':
      return numberNamed(text, words.groups, nouns.group);
    case 'store_id':
      return numberNamed(text, words.stores, nouns.store);
    case 'gender':
      return genderNamed(text);
    case 'website_id':
      return {
        problem: t('"{text}" is not the number of a website, and the API does not return the names of websites. Use the number.', { text }),
      };
    default:
      // The schema reports the mistake in other numbers.
      return { value: text };
  }
}

/** A text without blanks around it, including invisible ones, which are common in files from the web. */
export function trimmed(text: string): string {
  return text.replace(/^[\s\u200b-\u200d\u2060\ufeff]+/u, '').replace(/[\s\u200b-\u200d\u2060\ufeff]+$/u, '');
}

/** The messages for a name that has no ID, or several. */
const nouns = {
  group: {
    none: later('"{text}" is not a customer group of this store.'),
    several: later('Several customer groups are named "{text}": {numbers}. Use the number.'),
  },
  store: {
    none: later('"{text}" is not a store view of this store.'),
    several: later('Several store views are named "{text}": {numbers}. Use the number.'),
  },
} as const;

/** Maximum number of names that one sentence lists. */
const MAX_NAMES = 10;

function numberNamed(text: string, known: ReadonlyMap<string, NamedIds>, noun: (typeof nouns)[keyof typeof nouns]): CellMeaning {
  const [only, ...others] = known.get(foldedText(text))?.ids ?? [];
  if (only === undefined) {
    // ID 0 is for visitors who are not logged in, and for the admin.
    const names = [...known.values()].filter(({ ids }) => ids.some((id) => id !== '0')).map(({ name }) => name);
    const listed = [...names.slice(0, MAX_NAMES), ...(names.length > MAX_NAMES ? ['…'] : [])].join(', ');
    const way =
      names.length === 0
        ? t('Use its number: the store does not return the names.')
        : t('Use its number, or one of these names: {names}.', { names: listed });
    return { problem: `${translated(noun.none, { text })} ${way}` };
  }
  return others.length === 0 ? { value: only } : { problem: translated(noun.several, { text, numbers: [only, ...others].join(', ') }) };
}

/**
 * Dates of birth: in the store's form, with dots as in 24.12.1975, or with slashes if only one reading is possible or the user
 * decided which one is meant.
 */
function dateOfBirth(text: string, { dates, shortYears = false, countedDays = false }: Readings): CellMeaning {
  if (text === '') return { value: '' };
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (iso !== null) return dateOf(text, iso[1], iso[2], iso[3]);
  const [, first = '', separator, second = '', digits = ''] =
    /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?: 0{1,2}:00(?::00)?)?$/.exec(text) ?? [];
  if (separator !== undefined) {
    if (digits.length === 2 && !shortYears)
      return {
        problem: t('The century of "{text}" is not clear. Write the year with four digits.', { text }),
        doubt: { kind: 'shortYears', text },
      };
    const year = digits.length === 2 ? latestYear(digits) : digits;
    if (separator === '.' || Number(first) > 12) return dateOf(text, year, second, first);
    if (Number(second) > 12) return dateOf(text, year, first, second);
    if (first === second || dates === 'day-first') return dateOf(text, year, second, first);
    if (dates === 'month-first') return dateOf(text, year, first, second);
    return {
      problem: t('"{text}" can be two dates. Write it as {one} or {other}.', {
        text,
        one: `${year}-${two(second)}-${two(first)}`,
        other: `${year}-${two(first)}-${two(second)}`,
      }),
      doubt: { kind: 'dates', text },
    };
  }
  if (/^\d{4,5}$/.test(text)) {
    const day = countedDays ? dayCounted(Number(text)) : undefined;
    if (day !== undefined) return { value: day };
    return {
      problem: t(
        '"{text}" is not a date, but a number of days in a spreadsheet. Give the column the format YYYY-MM-DD and save it again.',
        {
          text,
        },
      ),
      doubt: dayCounted(Number(text)) === undefined ? undefined : { kind: 'countedDays', text },
    };
  }
  return { problem: t('"{text}" is not a date. Write it as YYYY-MM-DD, such as 1975-12-24.', { text }) };
}

/** The date of a text with these readings, as `YYYY-MM-DD`; `undefined` if it is not a date. */
export function dateReadAs(text: string, readings: Readings): string | undefined {
  const meant = dateOfBirth(trimmed(text), readings);
  return 'value' in meant ? meant.value : undefined;
}

/** The latest year that ends with two digits and is not in the future. */
function latestYear(digits: string): string {
  const now = new Date().getFullYear();
  const year = Math.floor(now / 100) * 100 + Number(digits);
  return String(year > now ? year - 100 : year);
}

/**
 * Day 0 of spreadsheets, in ms since 1970. Correct only for days after 29 February 1900, which spreadsheets count but which never existed.
 */
const SPREADSHEET_EPOCH_MS = Date.UTC(1899, 11, 30);
const FIRST_CERTAIN_DAY = 61;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The date of a day in the count of spreadsheets; `undefined` for a day that they count wrongly, and for a day in the future. */
function dayCounted(day: number): string | undefined {
  const at = SPREADSHEET_EPOCH_MS + day * DAY_MS;
  return day < FIRST_CERTAIN_DAY || at > Date.now() ? undefined : new Date(at).toISOString().slice(0, 10);
}

function dateOf(text: string, year = '', month = '', day = ''): CellMeaning {
  const value = `${year}-${two(month)}-${two(day)}`;
  const date = new Date(`${value}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  return exists ? { value } : { problem: t('"{text}" is a day that does not exist. Correct it in the file.', { text }) };
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

/**
 * A spreadsheet's change to a value. `shortened`: a long number became 1.23E+10. `zeros`: leading zeros were removed. `digits`: the
 * digits after the fifteenth became zeros. `apostrophe`: the mark of a text was written.
 */
export type SpreadsheetChange = 'shortened' | 'zeros' | 'digits' | 'apostrophe' | undefined;

/**
 * Whether a spreadsheet changed a value.
 * @param before the value in the store; `undefined` when it is not known
 */
export function changedBySpreadsheet(after: string, before: string | undefined): SpreadsheetChange {
  if (/^[+-]?\d(?:[.,]\d+)?E[+-]\d{2,3}$/i.test(after)) return 'shortened';
  if (before !== undefined && /^0+\d+$/.test(before) && before !== after && before.replace(/^0+/, '') === after) return 'zeros';
  const [stored, digits] = [before?.replace(/^0+/, '') ?? '', after.replace(/^0+/, '')];
  if (stored !== digits && /^\d{16,}$/.test(stored) && stored.slice(0, 15).padEnd(stored.length, '0') === digits) return 'digits';
  return before !== undefined && after === `'${before}` ? 'apostrophe' : undefined;
}

/** Whether a shortened number can be the value in the store: 1,23457E+10 is 12345678901. */
export function canBeShortOf(short: string, stored: string): boolean {
  if (!/^\d+$/.test(stored)) return false;
  const [digits = '', exponent = ''] = short.replace(',', '.').toUpperCase().split('E');
  const decimals = digits.split('.')[1]?.length ?? 0;
  const [own = '', power = ''] = Number(stored).toExponential(decimals).toUpperCase().split('E');
  return Number(own) === Number(digits) && Number(power) === Number(exponent);
}
