import * as z from 'zod/mini';
import { customerEntity, customerEntityToCreate } from '../../api/entities';
import { ToolkitError } from '../../api/errors';
import type { Field } from '../../api/types';

/** What the columns of a file mean, and how its rows find their customers. */
export const importMapping = z.object({
  /** Attribute code for each column; null for columns that are not imported. */
  columns: z.array(z.nullable(z.string())),
  /** By what a row finds its customer. E-mails count within the website, where the file names one. */
  key: z.enum(['customer_id', 'email']),
  /** What an empty cell does to an attribute that has a value: nothing, or clear it. */
  emptyCells: z.enum(['keep', 'clear']),
});

/** See {@link importMapping}. */
export type ImportMapping = z.infer<typeof importMapping>;

/** Attributes that a column can be imported as. `customer_id` only says which customer is meant: it is never sent as data. */
export const importTargets: readonly Field[] = customerEntityToCreate.fields;

/** Words that files use for attributes, besides codes and titles. */
const alsoCalled: Readonly<Record<string, string>> = {
  id: 'customer_id',
  customernumber: 'customer_id',
  mail: 'email',
  emailaddress: 'email',
  givenname: 'firstname',
  forename: 'firstname',
  surname: 'lastname',
  familyname: 'lastname',
  name: 'lastname',
  salutation: 'prefix',
  title: 'prefix',
  birthday: 'dob',
  birthdate: 'dob',
  vat: 'taxvat',
  vatnumber: 'taxvat',
  vatid: 'taxvat',
  customergroup: 'group_id',
  groupid: 'group_id',
  websiteid: 'website_id',
  storeid: 'store_id',
  sex: 'gender',
};

const names = new Map([
  ...Object.entries(alsoCalled),
  ...importTargets.flatMap(({ name, title }): readonly (readonly [string, string])[] => [[plain(title), name], [plain(name), name]]),
]);

/** Guesses what the columns mean from their names: codes, titles and what else files call them. Each attribute once. */
export function guessMapping(header: readonly string[]): ImportMapping {
  const taken = new Set<string>();
  const columns = header.map((title) => {
    const name = names.get(plain(title)) ?? null;
    if (name === null || taken.has(name)) return null;
    taken.add(name);
    return name;
  });
  return { columns, key: taken.has('customer_id') || !taken.has('email') ? 'customer_id' : 'email', emptyCells: 'keep' };
}

/** Why a column is not imported, where there is a reason beyond the user's wish. */
export function whyNotImported(title: string): string | undefined {
  const field = customerEntity.fields.find(({ name }) => plain(name) === plain(title));
  return field === undefined || names.has(plain(title)) ? undefined : 'set by the store itself';
}

/**
 * Checks that a mapping makes sense.
 * @throws {ToolkitError} of kind `input`
 */
export function checkMapping({ columns, key }: ImportMapping): void {
  const mapped = columns.filter((name) => name !== null);
  const twice = mapped.find((name, index) => mapped.indexOf(name) !== index);
  const refuse = (what: string, next: string): ToolkitError => new ToolkitError('input', { code: 'mapping', what, next });
  if (twice !== undefined) throw refuse(`Two columns are imported as ${twice}.`, 'Leave one of them out.');
  if (!mapped.includes(key)) throw refuse(`No column is imported as ${key}, by which rows find their customers.`, 'Map a column to it, or choose the other key.');
  if (mapped.length === 1 && key === 'customer_id') throw refuse('The file says whom to change but not what.', 'Map another column.');
}

function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/[^\p{L}\p{N}]/gu, '');
}
