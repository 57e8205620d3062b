import * as z from 'zod/mini';
import { customerEntity, customerEntityToCreate } from '../../api/entities';
import { ToolkitError } from '../../api/errors';
import type { Field } from '../../api/types';
import { t } from '../../l10n/texts';

/** The user's decisions for all rows at once on cells that can be read in several ways. */
export const readings = z.object({
  /** The number that comes first in dates such as 3/4/1975. */
  dates: z.optional(z.enum(['day-first', 'month-first'])),
  /** Whether a year may have two digits. It is then the latest such year that is not in the future. */
  shortYears: z.optional(z.boolean()),
  /** Whether numbers in place of dates are days as spreadsheets count them. */
  countedDays: z.optional(z.boolean()),
  /** IDs for words that the store does not know, such as a group with another name in the store. */
  words: z.optional(z.array(z.object({ attribute: z.string(), text: z.string(), value: z.string().check(z.regex(/^\d{1,9}$/)) }))),
});

/** See {@link readings}. */
export type Readings = z.infer<typeof readings>;

/** The meaning of a file's columns, and how its rows find their customers. */
export const importMapping = z.object({
  /** Attribute code for each column; null for columns that are not imported. */
  columns: z.array(z.nullable(z.string())),
  /** The column by which a row finds its customer. E-mail addresses count within the website, if the file names one. */
  key: z.enum(['customer_id', 'email']),
  /** Effect of an empty cell on an attribute that has a value: keep it, or clear it. */
  emptyCells: z.enum(['keep', 'clear']),
  readings: z.optional(readings),
});

/** See {@link importMapping}. */
export type ImportMapping = z.infer<typeof importMapping>;

/** Attributes as which a column can be imported. `customer_id` only identifies the customer: it is never sent as data. */
export const importTargets: readonly Field[] = customerEntityToCreate.fields;

/** Words for attributes that files use besides codes and titles. */
const alsoCalled: Readonly<Record<string, string>> = {
  customernumber: 'customer_id',
  emailaddress: 'email',
  givenname: 'firstname',
  forename: 'firstname',
  surname: 'lastname',
  familyname: 'lastname',
  salutation: 'prefix',
  birthday: 'dob',
  birthdate: 'dob',
  vatnumber: 'taxvat',
  vatid: 'taxvat',
  customergroup: 'group_id',
  groupid: 'group_id',
  websiteid: 'website_id',
  storeid: 'store_id',
  sex: 'gender',
};

/** Words that may be names of an attribute, if no other column fits it better. */
const mayMean: Readonly<Record<string, string>> = { id: 'customer_id', mail: 'email', name: 'lastname', title: 'prefix', vat: 'taxvat' };

/** How well the name of a column fits an attribute, best first. */
const fits = ['exact', 'code', 'title', 'word', 'perhaps'] as const;

interface Meaning {
  readonly attribute: string;
  readonly fit: (typeof fits)[number];
}

const meanings = new Map<string, Meaning>([
  ...Object.entries(mayMean).map(([word, attribute]): [string, Meaning] => [word, { attribute, fit: 'perhaps' }]),
  ...Object.entries(alsoCalled).map(([word, attribute]): [string, Meaning] => [word, { attribute, fit: 'word' }]),
  ...importTargets.flatMap(({ name, title }): [string, Meaning][] => [
    [plain(title), { attribute: name, fit: 'title' }],
    [plain(name), { attribute: name, fit: 'code' }],
  ]),
]);

function meaningOf(title: string): Meaning | undefined {
  const exact = importTargets.find(({ name }) => name === title.trim());
  return exact === undefined ? meanings.get(plain(title)) : { attribute: exact.name, fit: 'exact' };
}

/** Number of cells in a row that are names of attributes. */
export function knownColumns(cells: readonly string[]): number {
  return cells.filter((cell) => meaningOf(cell) !== undefined).length;
}

/**
 * Guesses the meaning of columns from their names: codes, titles and other words that files use. If several columns fit one
 * attribute, the one whose name fits best is used, and of equal ones the first.
 */
export function guessMapping(header: readonly string[]): ImportMapping {
  const best = new Map<string, { readonly column: number; readonly rank: number }>();
  header.forEach((title, column) => {
    const meaning = meaningOf(title);
    if (meaning === undefined) return;
    const rank = fits.indexOf(meaning.fit);
    const other = best.get(meaning.attribute);
    if (other === undefined || rank < other.rank) best.set(meaning.attribute, { column, rank });
  });
  const columns: (string | null)[] = header.map(() => null);
  for (const [attribute, { column }] of best) columns[column] = attribute;
  return { columns, key: best.has('customer_id') || !best.has('email') ? 'customer_id' : 'email', emptyCells: 'keep' };
}

/** The reason why a column cannot be imported. `undefined` if it can be, or if its name is unknown. */
export function whyNotImported(title: string): string | undefined {
  const field = customerEntity.fields.find(({ name }) => plain(name) === plain(title));
  return field === undefined || meanings.has(plain(title)) ? undefined : t('set by the store');
}

/**
 * Checks a mapping.
 * @throws {ToolkitError} of kind `input` when it cannot be used
 */
export function checkMapping({ columns, key }: ImportMapping): void {
  const mapped = columns.filter((name) => name !== null);
  const twice = mapped.find((name, index) => mapped.indexOf(name) !== index);
  const refuse = (what: string, next: string): ToolkitError => new ToolkitError('input', { code: 'mapping', what, next });
  if (twice !== undefined) throw refuse(t('Two columns are imported as {twice}.', { twice }), t('Leave one of them out.'));
  if (!mapped.includes(key))
    throw refuse(
      t('No column is imported as {key}, which is needed to find the customers.', { key }),
      t('Map a column to it, or select the other key.'),
    );
  if (mapped.length === 1 && key === 'customer_id')
    throw refuse(t('The file has customers, but nothing to change.'), t('Map another column.'));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
