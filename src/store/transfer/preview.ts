import type { StoreClient } from '../calls/client';
import { csvRows, type CsvFile, type CsvRow } from './csv-file';
import { ImportJournal, importKey, journalFile, type Earlier } from './journal';
import { importWay, type ImportWay } from './lookup';
import { checkMapping, type ImportMapping } from './mapping';
import { Planner } from './planner';
import type { PlannedRow } from './rows';

/** A file that is to be imported into a store. */
export interface ImportJob {
  readonly client: StoreClient;
  readonly csv: CsvFile;
  readonly mapping: ImportMapping;
}

/** What an import would do, found out without changing anything. */
export interface ImportPreview {
  readonly counts: Readonly<Record<PlannedRow['action'], number>>;
  /** Rows that an earlier run of the same import has done. */
  readonly done: number;
  /** Rows that were sent earlier without an answer; they were looked up. */
  readonly unsure: number;
  readonly rows: number;
  /** The first rows of each kind, and the first with warnings. */
  readonly samples: Readonly<Record<PlannedRow['action'], readonly PlannedRow[]>>;
  /** Rows with warnings. */
  readonly warnings: number;
  /** Attributes that updates change and whose values before are not kept: they cannot be read, or are secrets. */
  readonly lost: readonly string[];
  readonly way: ImportWay;
  /** What each row was to be, in short: the run does what was shown, or leaves the row alone. */
  readonly promises: Promises;
}

/** How a preview goes on. */
export interface PreviewOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many rows were looked at. */
  readonly onProgress?: ((rows: number) => void) | undefined;
  /** Rows of each kind to keep; 100 otherwise. */
  readonly samples?: number | undefined;
  /** Told how the store is asked and written to, before any row. */
  readonly onWay?: ((way: ImportWay) => void) | undefined;
  /** Told of each row that is left to do, in the order of the file. */
  readonly onRow?: ((row: PlannedRow) => void) | undefined;
}

/** Rows that are read from the store together, and written together. */
export const BATCH_ROWS = 50;

/**
 * Compares a file with the store: which rows create, update or change nothing, and which are refused and why. Holds a few
 * bytes for each row, whatever is in it.
 * @throws {ToolkitError} when the file cannot be read, the mapping makes no sense, or the store does not answer
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
  const promises = new Promises();
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

/** Rows in batches of at most {@link BATCH_ROWS}. */
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

/** What was shown for each row, as a number: four bytes a row. */
export class Promises {
  #numbers = new Uint32Array(1024);

  /** Remembers what was shown for a row, in place of what was remembered of it before. */
  add(row: PlannedRow): void {
    if (row.number >= this.#numbers.length) {
      const larger = new Uint32Array(Math.max(this.#numbers.length * 2, row.number + 1));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[row.number] = fingerprint(row);
  }

  /** Whether the row is to be what was shown. */
  keeps(row: PlannedRow): boolean {
    return this.#numbers[row.number] === fingerprint(row);
  }
}

/** FNV-1a of what is sent for a row, and of what it replaces. */
function fingerprint(row: PlannedRow): number {
  const text = JSON.stringify(
    row.action === 'create' ? ['create', row.data] : row.action === 'update' ? ['update', row.id, row.changes] : [row.action],
  );
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
