import path from 'node:path';
import { harmlessCell } from './cells';
import { beginOf, writtenOverIn } from './journal';
import { guessMapping, type ImportMapping } from './mapping';
import { SafeFile } from '../../files/safe-file';
import { csvText } from './writers';

/**
 * Writes the values that the updates of an import overwrote to a CSV file beside the source. Importing that file undoes the import.
 * Its columns are attributes, and it has every attribute that the import wrote: an empty cell was empty before. One import has
 * one such file, however often it continues, and another import never overwrites it.
 * @returns its path; `undefined` when no readable values were overwritten
 */
export async function writeBefore(source: string, journal: string): Promise<string | undefined> {
  const columns = await columnsIn(journal);
  if (columns.length === 0) return undefined;
  const { dir, name } = path.parse(source);
  const place = path.join(dir, `${name}.before-${(await beginOf(journal)).slice(0, 19).replaceAll(':', '-')}Z.csv`);
  await SafeFile.whole(place, async (file) => {
    await file.write(`\ufeff${csvText([['customer_id', ...columns]])}`);
    for await (const { id, values } of writtenOverIn(journal))
      await file.write(csvText([[id, ...columns.map((column) => values[column] ?? '')].map(harmlessCell)]));
  });
  return place;
}

/** Attributes that were read for every customer. A missing attribute must not be mistaken for an empty one. */
async function columnsIn(journal: string): Promise<readonly string[]> {
  let columns: readonly string[] | undefined;
  for await (const { values } of writtenOverIn(journal))
    columns = columns === undefined ? Object.keys(values) : columns.filter((column) => Object.hasOwn(values, column));
  return columns ?? [];
}

/** Whether a file is one that undoes an import, according to its name. */
function takesBack(file: string): boolean {
  return /\.before-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.csv$/.test(file);
}

/** The meaning of the columns in a file that undoes an import; `undefined` for any other file. */
export function takeBackMapping({
  file,
  header,
}: {
  readonly file: string;
  readonly header: readonly string[];
}): ImportMapping | undefined {
  return takesBack(file) ? { ...guessMapping(header), key: 'customer_id', emptyCells: 'clear' } : undefined;
}
