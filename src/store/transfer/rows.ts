import type { Dialect } from '../../api/dialect';
import { facets, isReturned } from '../../api/dialect-facets';
import { customer } from '../../api/resources/customer';
import { attributesOf } from '../../api/traps/attributes';
import { findTraps, type StoreKnowledge } from '../../api/traps';
import { schemaOf } from '../../api/types';
import type { SoapRecord, SoapValue } from '../../api/value';
import { isSecretName } from '../../api/secrets';
import { t } from '../../l10n/texts';
import { canBeShortOf, changedBySpreadsheet, meaningOfCell, trimmed, type Doubt, type StoreWords } from './cell-meaning';
import { textOfValue } from './cells';
import type { CsvRow } from './csv-file';
import { implausible } from './foreign-cells';
import { importTargets, type ImportMapping } from './mapping';

/** A row of the file by attribute. */
export interface ImportRow {
  /** Number of the row as in spreadsheets: the header is row 1. */
  readonly number: number;
  /** Texts by attribute code, including empty texts. */
  readonly values: ReadonlyMap<string, string>;
  /** The reasons why the row cannot be imported as it is. */
  readonly problems: readonly string[];
  /** Questions for the user whose answers for all rows would solve some of the problems. */
  readonly doubts: readonly Doubt[];
}

/** One attribute of an update. */
export interface Change {
  readonly attribute: string;
  /** `undefined` when the store's dialect does not return the attribute. */
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * A customer's earlier values of all attributes in a row, changed or not, as texts. Values that cannot be read, and secrets, are left out.
 */
export type EarlierValues = Readonly<Record<string, string>>;

/** The action that is planned for a row. */
export type PlannedRow = {
  readonly number: number;
  /** The e-mail address or the ID in the file. */
  readonly who: string;
  /** Effects in the store that users may not expect. */
  readonly warnings: readonly string[];
} & (
  | { readonly action: 'create'; readonly data: SoapRecord }
  | {
      readonly action: 'update';
      readonly id: string;
      readonly data: SoapRecord;
      readonly changes: readonly Change[];
      readonly before: EarlierValues;
    }
  | { readonly action: 'unchanged'; readonly id: string }
  | { readonly action: 'reject'; readonly reasons: readonly string[]; readonly doubts?: readonly Doubt[] }
);

const targets = new Map(importTargets.map((field) => [field.name, field]));

/** Attributes that an empty cell never clears. An empty text would set the IDs among them to 0, which is the admin (facts §8). */
const neverCleared = new Set(['email', 'website_id', 'store_id', 'group_id', 'password', 'password_hash']);

/**
 * A row of the file with its cells by attribute. Cells that are missing at its end are left out: spreadsheets omit empty ones, so they
 * do not clear an attribute.
 */
export function importRow({ number, cells }: CsvRow, { columns, readings }: ImportMapping, words: StoreWords): ImportRow {
  const values = new Map<string, string>();
  const problems: string[] = [];
  const doubts: Doubt[] = [];
  for (const [index, name] of columns.entries()) {
    const cell = cells[index];
    if (name === null || cell === undefined) continue;
    const meant = meaningOfCell(name, cell, words, readings);
    if ('value' in meant) values.set(name, meant.value);
    else {
      problems.push(meant.problem);
      if (meant.doubt !== undefined) doubts.push(meant.doubt);
    }
  }
  const more = cells.slice(columns.length).filter((cell) => trimmed(cell) !== '').length;
  if (more > 0) {
    problems.push(
      t('The row has {cells} cells, but the header has {columns}: a separator in a cell without quotation marks splits the cell.', {
        cells: cells.length,
        columns: columns.length,
      }),
    );
  }
  return { number, values, problems, doubts };
}

/** The destination of rows, as far as checking them needs it. */
export interface Destination {
  /** Dialect for the writes. */
  readonly writes: Dialect;
  /** Dialect for reading existing customers. */
  readonly reads: Dialect;
  readonly knowledge: StoreKnowledge;
  readonly words: StoreWords;
}

/** Plans a new customer. */
export function planCreate(row: ImportRow, destination: Destination): PlannedRow {
  const data = Object.fromEntries([...row.values].filter(([name, text]) => name !== 'customer_id' && text !== ''));
  const { reasons, warnings } = checked({ method: 'customer.create', args: { customerData: data } }, data, destination);
  const shortened = Object.entries(data).filter(([, text]) => changedBySpreadsheet(text, undefined) === 'shortened');
  reasons.push(...shortened.map(([name, text]) => shortenedReason(name, text)));
  const about = { number: row.number, who: whoOf(row), warnings };
  return reasons.length > 0 ? { ...about, action: 'reject', reasons } : { ...about, action: 'create', data };
}

/** Plans the changes of a row to a customer of the store: only the attributes that differ. */
export function planUpdate(row: ImportRow, id: string, stored: SoapRecord, mapping: ImportMapping, destination: Destination): PlannedRow {
  const changes: Change[] = [];
  const notes: string[] = [];
  const earlier: Record<string, string> = {};
  for (const [attribute, after] of row.values) {
    if (attribute === 'customer_id' || (attribute === 'email' && mapping.key === 'email')) continue;
    if (attribute === 'password') {
      if (after !== '') notes.push(t('The password is not changed, because an update cannot change it.'));
      continue;
    }
    const field = targets.get(attribute);
    const v1Only = attributesOf(customer).v1Only.has(attribute);
    const unread = !isReturned(destination.reads, { name: attribute, v1Only });
    const before = unread ? undefined : storedText(attribute, stored[attribute]);
    if (before !== undefined && !isSecretName(attribute)) earlier[attribute] = before;
    if (after === '' && (mapping.emptyCells === 'keep' || before === '' || neverCleared.has(attribute))) continue;
    const spoiled = before === after ? undefined : changedBySpreadsheet(after, before);
    if (spoiled === 'shortened' && (before === undefined || !canBeShortOf(after, before))) {
      return { number: row.number, who: whoOf(row), warnings: [], action: 'reject', reasons: [shortenedReason(attribute, after)] };
    }
    if (spoiled !== undefined)
      notes.push(t('{attribute} stays {before}: a spreadsheet turned it into {after}.', { attribute, before: before ?? '', after }));
    else if (after === '' && field?.type.kind === 'int' && !facets[destination.writes].clearsNumbers)
      notes.push(t('{attribute} cannot be cleared without V1, so it is not changed.', { attribute }));
    else if (before !== after) changes.push({ attribute, before, after });
  }
  const about = { number: row.number, who: whoOf(row) };
  if (changes.length === 0) return { ...about, warnings: notes, action: 'unchanged', id };
  const data = Object.fromEntries(changes.map(({ attribute, after }) => [attribute, after]));
  const { reasons, warnings } = checked({ method: 'customer.update', args: { customerId: id, customerData: data } }, data, destination);
  if (reasons.length > 0) return { ...about, warnings, action: 'reject', reasons };
  return { ...about, warnings: [...notes, ...warnings], action: 'update', id, data, changes, before: earlier };
}

function shortenedReason(attribute: string, text: string): string {
  return t('{attribute}: a spreadsheet shortened the number to {text}. Give the column the format Text, enter the number again and save.', {
    attribute,
    text,
  });
}

/** A value of the store as the same text that {@link importRow} reads from a cell. */
function storedText(attribute: string, value: SoapValue | undefined): string {
  const text = textOfValue(value);
  return attribute === 'dob' ? (/^(\d{4}-\d{2}-\d{2})[ T]00:00:00$/.exec(text)?.[1] ?? text) : text;
}

/** Refuses a row with reasons. */
export function rejected(row: ImportRow, ...reasons: readonly string[]): PlannedRow {
  return {
    number: row.number,
    who: whoOf(row),
    warnings: [],
    action: 'reject',
    reasons,
    ...(row.doubts.length > 0 ? { doubts: row.doubts } : {}),
  };
}

function whoOf({ values }: ImportRow): string {
  return values.get('email') || values.get('customer_id') || '';
}

/** The findings of the schema and the traps about a call: errors are reasons to refuse it, warnings are shown. */
function checked(
  call: { readonly method: string; readonly args: SoapRecord },
  data: SoapRecord,
  { writes, knowledge }: Destination,
): { readonly reasons: string[]; readonly warnings: readonly string[] } {
  const doubts = new Map(
    Object.entries(data).flatMap(([name, value]) => {
      const doubt = typeof value === 'string' ? implausible(name, value) : undefined;
      return doubt === undefined ? [] : [[name, doubt] as const];
    }),
  );
  // A value that is refused for another reason needs no warning.
  const findings = findTraps({ ...call, dialect: writes, knowledge }).filter(({ path }) => !doubts.has(String(path.at(-1))));
  const refused = findings.filter(({ severity }) => severity === 'error');
  const told = new Set(refused.map(({ path }) => path.at(-1)));
  const wrong = Object.entries(data).flatMap(([name, value]) => {
    const field = targets.get(name);
    if (field === undefined || told.has(name) || value === '') return [];
    const parsed = schemaOf(field.type).safeParse(value);
    return parsed.success ? [] : [`${name}: ${parsed.error.issues[0]?.message ?? t('not allowed')}.`];
  });
  const blanks = Object.entries(data)
    .filter(([, value]) => typeof value === 'string' && value !== trimmed(value))
    .map(([name]) => t('{name} has leading or trailing spaces, which are saved.', { name }));
  const apostrophes = Object.entries(data)
    .filter(([, value]) => typeof value === 'string' && /^'\d/.test(value))
    .map(([name]) => t('{name} begins with an apostrophe, which is saved.', { name }));
  return {
    reasons: [...refused.map(({ message }) => message), ...wrong, ...doubts.values()],
    warnings: [...findings.filter(({ severity }) => severity === 'warning').map(({ message }) => message), ...blanks, ...apostrophes],
  };
}
