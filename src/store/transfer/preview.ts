import type { StoreClient } from '../calls/client';
import { csvRows, type CsvFile, type CsvRow } from './csv-file';
import { ImportJournal, importKey, journalFile, type Earlier } from './journal';
import { importWay, type ImportWay } from './lookup';
import { checkMapping, type ImportMapping } from './mapping';
import { Planner } from './planner';
import type { PlannedRow } from './rows';

/** A file to import into a store. */
export interface ImportJob {
  readonly client: StoreClient;
  readonly csv: CsvFile;
  readonly mapping: ImportMapping;
}

/** The effects of an import, determined without changing anything. */
export interface ImportPreview {
  readonly counts: Readonly<Record<PlannedRow['action'], number>>;
  /** Rows that an earlier run of the same import has finished. */
  readonly done: number;
  /** Rows that were sent earlier without an answer. They were looked up in the store. */
  readonly unsure: number;
  readonly rows: number;
  /** The first rows of each kind, including their warnings. */
  readonly samples: Readonly<Record<PlannedRow['action'], readonly PlannedRow[]>>;
  /** Number of rows with warnings. */
  readonly warnings: number;
  /** Attributes that updates change and whose earlier values are not kept, since they cannot be read or are secrets. */
  readonly lost: readonly string[];
  readonly way: ImportWay;
  /** A fingerprint of what was shown for each row. The run carries out exactly that, or leaves the row alone. */
  readonly promises: ShownRowHashes;
}

/** Options of a preview. */
export interface PreviewOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of rows that were checked. */
  readonly onProgress?: ((rows: number) => void) | undefined;
  /** Maximum number of rows of each kind to keep, 100 by default. */
  readonly samples?: number | undefined;
  /** Receives the way of reading from and writing to the store, before any row. */
  readonly onWay?: ((way: ImportWay) => void) | undefined;
  /** Receives each row that is left to do, in the order of the file. */
  readonly onRow?: ((row: PlannedRow) => void) | undefined;
}

/** Number of rows that are read from the store together, and written together. */
export const BATCH_ROWS = 50;

/**
 * Compares a file with the store: which rows create, update or change nothing, and which are refused and why. Uses a few
 * bytes of memory for each row, whatever its content.
 * @throws {ToolkitError} when the file cannot be read, the mapping cannot be used, or the store does not answer
 */
export async function previewImport(
  { client, csv, mapping }: ImportJob,
  { signal, onProgress, samples: most = 100, onWay, onRow }: PreviewOptions = {},
): Promise<ImportPreview> {
  checkMapping(mapping);
  const way = await importWay(client, signal);
  onWay?.(way);
  const planner = new Planner(client, mapping, way);
  const key = importKey(csv.hash, mapping, client.config);
  const earlier = await ImportJournal.read(journalFile(csv.file, key), key);
  const counts: Record<PlannedRow['action'], number> = { create: 0, update: 0, unchanged: 0, reject: 0 };
  const samples: Record<PlannedRow['action'], PlannedRow[]> = { create: [], update: [], unchanged: [], reject: [] };
  const promises = new ShownRowHashes();
  const lost = new Set<string>();
  let [done, unsure, rows, warnings] = [0, 0, 0, 0];
  for await (const batch of inBatches(csvRows(csv), BATCH_ROWS)) {
    const open = batch.filter((row) => !isDone(earlier.get(row.number)));
    for (const row of batch) if (!open.includes(row)) planner.pass(row);
    done += batch.length - open.length;
    for (const planned of await planner.plan(open, (row) => earlier.get(row)?.status === 'unknown', signal)) {
      counts[planned.action]++;
      if (earlier.get(planned.number)?.status === 'unknown') unsure++;
      if (planned.warnings.length > 0) warnings++;
      if (samples[planned.action].length < most) samples[planned.action].push(planned);
      if (planned.action === 'update')
        for (const { attribute } of planned.changes) if (!Object.hasOwn(planned.before, attribute)) lost.add(attribute);
      promises.add(planned);
      onRow?.(planned);
    }
    rows += batch.length;
    onProgress?.(rows);
  }
  return { counts, done, unsure, rows, samples, warnings, lost: [...lost], way, promises };
}

/** Whether nothing is left to do for a row. */
export function isDone(earlier: Earlier | undefined): boolean {
  return earlier !== undefined && ['created', 'updated', 'unchanged'].includes(earlier.status);
}

/** Rows in batches of at most `size`. */
export async function* inBatches(rows: AsyncIterable<CsvRow>, size: number): AsyncGenerator<readonly CsvRow[], void> {
  let batch: CsvRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A fingerprint of what was shown for each row, four bytes a row. */
export class ShownRowHashes {
  #numbers = new Uint32Array(1024);

  /** Remembers what was shown for a row. It replaces an earlier fingerprint of the row. */
  add(row: PlannedRow): void {
    if (row.number >= this.#numbers.length) {
      const larger = new Uint32Array(Math.max(this.#numbers.length * 2, row.number + 1));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[row.number] = fingerprint(row);
  }

  /** Whether the row is still planned as it was shown. */
  keeps(row: PlannedRow): boolean {
    return this.#numbers[row.number] === fingerprint(row);
  }
}

/** FNV-1a of the data that is sent for a row, and of the values that it replaces. */
function fingerprint(row: PlannedRow): number {
  const text = JSON.stringify(
    row.action === 'create' ? ['create', row.data] : row.action === 'update' ? ['update', row.id, row.changes] : [row.action],
  );
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
