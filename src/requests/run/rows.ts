import { ToolkitError } from '../../api/errors';
import { decodeText } from '../../api/text-input';
import { isSecretName } from '../../api/secrets';
import { isList, isRecord, setKey, type MutableRecord, type SoapList, type SoapValue } from '../../api/value';
import { csvRows, openCsv } from '../../store/transfer/csv-file';
import { parseJson } from '../file/json';
import type { SavedRequest } from '../file/model';
import type { NamedFiles } from '../file/named-files';
import type { Resolver } from '../variables/resolver';
import { hasPlaceholder } from '../variables/template';
import { t } from '../../l10n/texts';
import type { RequestRow } from './model';

/** The most rows of one request, since each has a line in the reports. */
const MAX_ROWS = 10_000;

/** Longest label of a row, in characters. */
const MAX_LABEL_CHARS = 40;

/**
 * The rows for which a request runs: a list in the request, the result that a placeholder refers to, a CSV file (a map for each row, with
 * the names of the columns as keys) or a JSON file with a list.
 * @throws {ToolkitError} of kind `input` when `each` is not a list, is too long or cannot be read, and when a file or a list in the request
 * is empty
 */
export async function rowsOf(
  { each }: SavedRequest,
  { resolver, files }: { readonly resolver: Resolver; readonly files: NamedFiles | undefined },
): Promise<SoapList> {
  if (each === undefined) return [];
  if (typeof each !== 'string' || hasPlaceholder(each)) {
    const rows = resolver.resolve(each);
    if (!isList(rows)) throw problem('each-list', t('"each" is not a list.'), t('Name a list, or a CSV or JSON file.'));
    if (rows.length === 0 && isList(each)) throw problem('each-empty', t('"each" is an empty list.'), t('Add a row.'));
    return bounded(rows);
  }
  if (files === undefined)
    throw problem(
      'each-file',
      t('The file {each} is not read, because the request file itself is not saved on a disk.', { each }),
      t('Save the request file first.'),
    );
  const rows = /\.json$/i.test(each) ? jsonRows(each, files) : await tableRows(files.pathOf(each), each);
  if (rows.length === 0) throw problem('each-empty', t('The file {each} has no rows.', { each }), t('Add a row.'));
  return bounded(rows);
}

/** The label of a row in reports: its number, and its first short value that is not a secret. */
export function rowAbout(row: SoapValue, index: number): RequestRow {
  const shown = isRecord(row) ? Object.entries(row).find(([name, value]) => !isSecretName(name) && isShort(value))?.[1] : row;
  const number = index + 1;
  const label = isShort(shown)
    ? t('row {number}: {value}', { number, value: String(shown).slice(0, MAX_LABEL_CHARS) })
    : t('row {number}', { number });
  return { index, label };
}

function isShort(value: SoapValue | undefined): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function jsonRows(name: string, files: NamedFiles): SoapList {
  let value: SoapValue;
  try {
    value = parseJson(decodeText(files.read(name), name));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw problem('each-file', t('The file {name} is not JSON.', { name }), t('Write a list into it.'), error);
  }
  if (!isList(value))
    throw problem(
      'each-list',
      t('The file {name} does not contain a list.', { name }),
      t('Write it as {example}.', { example: '[ { "email": "jane@example.com" } ]' }),
    );
  return value;
}

async function tableRows(path: string, name: string): Promise<SoapList> {
  const table = await openCsv(path);
  const rows: SoapValue[] = [];
  for await (const { cells } of csvRows(table)) {
    if (rows.length > MAX_ROWS) throw tooMany(name);
    const row: MutableRecord = {};
    for (const [index, column] of table.header.entries()) setKey(row, column, cells[index] ?? '');
    rows.push(row);
  }
  return rows;
}

function bounded(rows: SoapList): SoapList {
  if (rows.length > MAX_ROWS) throw tooMany('"each"');
  return rows;
}

function tooMany(what: string): ToolkitError {
  return problem(
    'each-too-many',
    t('{name} has more than {count} rows.', { name: what, count: MAX_ROWS }),
    t('Split it, or import the file with Import Customers.'),
  );
}

function problem(code: string, what: string, next: string, cause?: unknown): ToolkitError {
  return new ToolkitError('input', { code, what, next }, { cause });
}
