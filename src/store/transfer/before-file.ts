import path from 'node:path';
import { harmlessCell } from './cells';
import { beginOf, writtenOverIn } from './journal';
import { guessMapping, type ImportMapping } from './mapping';
import { SafeFile } from '../../files/safe-file';
import { csvText } from './writers';

/**
 * Writes what the updates of an import wrote over beside the file, as a CSV file that takes them back when it is imported.
 * It names its columns by attribute, and has every attribute that the import named: an empty cell was empty. One import has
 * one such file however often it goes on, and another import never writes over it.
 * @returns its place; `undefined` when nothing was written over that could be read
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

/** Attributes that were read of every customer: one that was not must not be taken for an empty one. */
async function columnsIn(journal: string): Promise<readonly string[]> {
  let columns: readonly string[] | undefined;
  for await (const { values } of writtenOverIn(journal))
    columns = columns === undefined ? Object.keys(values) : columns.filter((column) => Object.hasOwn(values, column));
  return columns ?? [];
}

/** Whether a file is one of those that take an import back, by its name. */
function takesBack(file: string): boolean {
  return /\.before-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.csv$/.test(file);
}

/** What the columns mean of a file that takes an import back; `undefined` for any other file. */
export function takeBackMapping({
  file,
  header,
}: {
  readonly file: string;
  readonly header: readonly string[];
}): ImportMapping | undefined {
  return takesBack(file) ? { ...guessMapping(header), key: 'customer_id', emptyCells: 'clear' } : undefined;
}
