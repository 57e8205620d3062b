import { csvRows, type CsvFile } from '../../store/transfer';

/** Number of rows whose cells are shown as examples for a column. */
const SAMPLE_ROWS = 3;

/** The cells of the first rows. */
export async function firstRows(csv: CsvFile): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of csvRows(csv)) if (rows.push(cells) >= SAMPLE_ROWS) break;
  return rows;
}
