import path from 'node:path';
import { ToolkitError, toToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import { guard } from '../calls/policy';
import { writeBefore } from './before-file';
import { harmlessCell } from './cells';
import { csvRows, hashOf } from './csv-file';
import { ImportJournal, importKey, journalFile, outcomesIn, removeJournal, type RowResult, type RowStatus } from './journal';
import { Planner } from './planner';
import { BATCH_ROWS, inBatches, isDone, type ImportJob, type ImportPreview } from './preview';
import type { PlannedRow } from './rows';
import { FileLock, type LockWords } from '../../files/lock';
import { SafeFile } from '../../files/safe-file';
import { isStop, RowSender, type SendResult, type Writable } from './send';
import { StoppedBatch } from './stopped-batch';
import { csvText } from './writers';

/** Options of an import. */
export interface ImportOptions {
  readonly signal?: AbortSignal | undefined;
  /** The user confirmed these writes to a production store. */
  readonly confirmed?: boolean | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Whether a row must not be written, by its number. */
  readonly leftOut?: ((row: number) => boolean) | undefined;
  /** Receives the result of each row once it is noted in the journal, or could not be noted. */
  readonly onOutcome?: ((outcome: RowResult) => void) | undefined;
}

/** The progress of an import. */
export interface ImportProgress {
  /** Rows of the file that are finished, including those of earlier runs. */
  readonly rows: number;
  readonly counts: Readonly<Record<RowStatus, number>>;
}

/** The result of an import. */
export interface ImportResult {
  /** After `cancelled` and `failed`, importing the same file again continues where it stopped. */
  readonly end: 'complete' | 'cancelled' | 'failed';
  /** Counts of this run. */
  readonly counts: Readonly<Record<RowStatus, number>>;
  /** CSV with one line for each row that was processed, in this run or an earlier one; `undefined` when it could not be written. */
  readonly resultFile: string | undefined;
  /** CSV that undoes the updates when it is imported; `undefined` when there is nothing to undo. */
  readonly beforeFile: string | undefined;
  /** Journal for the next run; `undefined` when nothing is left to do. */
  readonly journal: string | undefined;
  readonly error: ToolkitError | undefined;
}

/**
 * Carries out a preview, a batch of rows at a time. It reads the store's current values, notes the coming writes in the journal,
 * sends them, and notes the results. A row whose action would now differ from the preview is left alone.
 * @throws {ToolkitError} before anything is sent: the file changed, the journal cannot be written, the policy forbids it
 */
export async function runImport(job: ImportJob, preview: ImportPreview, options: ImportOptions = {}): Promise<ImportResult> {
  const { client, csv } = job;
  guard(client.config, 'customer.create', options.confirmed);
  if ((await hashOf(csv.file)) !== csv.hash)
    throw new ToolkitError('input', {
      code: 'file-changed',
      what: t('{file} has changed since the preview.', { file: csv.file }),
      next: t('Import it again to see its effect now.'),
    });
  // Two imports of one file at the same time would send everything twice.
  const lock = await FileLock.take(lockFile(csv.file), lockWords(csv.file));
  try {
    return await runAlone(job, preview, options);
  } finally {
    await lock.release();
  }
}

function lockFile(file: string): string {
  const { dir, name } = path.parse(file);
  return path.join(dir, `${name}.import.lock`);
}

function lockWords(file: string): LockWords {
  return {
    inUse: ({ pid, lockFile: lock }) => ({
      code: 'import-running',
      what: t('{file} is already being imported.', { file }),
      why: pid === undefined ? undefined : t('Process {pid} is importing it.', { pid }),
      next: t('Wait until that import has finished. If no import is running, delete {file}.', { file: lock }),
    }),
    impossible: (why) => ({
      code: 'file-write',
      what: t('No file can be written next to {file}.', { file }),
      why,
      next: t('Copy the file to a folder that you can write to, and import it there.'),
    }),
  };
}

async function runAlone(job: ImportJob, preview: ImportPreview, options: ImportOptions): Promise<ImportResult> {
  const { client, csv, mapping } = job;
  const key = importKey(csv.hash, mapping, client.config);
  const place = journalFile(csv.file, key);
  const journal = await ImportJournal.open(place, key);
  const run = new Run(job, preview, journal, options);
  let failure: unknown;
  try {
    await run.all();
  } catch (error) {
    failure = error;
  } finally {
    await journal.close();
  }
  const { counts } = run;
  const { resultFile, beforeFile, error } = await writeFiles(csv.file, place);
  failure ??= error;
  const end = options.signal?.aborted === true && !run.ended ? 'cancelled' : failure !== undefined ? 'failed' : 'complete';
  const left = end !== 'complete' || counts.failed + counts.unknown + counts.changed > 0;
  if (!left) await removeJournal(place);
  return {
    end,
    counts,
    resultFile,
    beforeFile,
    journal: left ? place : undefined,
    error: end === 'failed' ? toToolkitError(failure) : undefined,
  };
}

/**
 * Writes the results of the rows, and the overwritten values. If that fails, for example on a full disk, the counts are still returned,
 * and the journal is kept.
 */
async function writeFiles(
  source: string,
  journal: string,
): Promise<Pick<ImportResult, 'resultFile' | 'beforeFile'> & { readonly error: unknown }> {
  let resultFile: string | undefined;
  try {
    resultFile = await writeResult(source, journal);
    return { resultFile, beforeFile: await writeBefore(source, journal), error: undefined };
  } catch (error) {
    return { resultFile, beforeFile: undefined, error };
  }
}

class Run {
  readonly counts: Record<RowStatus, number> = {
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    'left-out': 0,
    failed: 0,
    changed: 0,
    unknown: 0,
  };
  ended = false;
  #rows = 0;

  constructor(
    private readonly job: ImportJob,
    private readonly preview: ImportPreview,
    private readonly journal: ImportJournal,
    private readonly options: ImportOptions,
  ) {}

  /** @throws the error that stopped it, after all known results were noted */
  async all(): Promise<void> {
    const { client, csv, mapping } = this.job;
    const planner = new Planner(client, mapping, this.preview.way);
    const sender = new RowSender(client, this.preview.way, this.options);
    for await (const batch of inBatches(csvRows(csv), BATCH_ROWS)) {
      if (this.options.signal?.aborted === true) return;
      const open = batch.filter((row) => !isDone(this.journal.earlier(row.number)));
      for (const row of batch) if (!open.includes(row)) planner.pass(row);
      if (open.length > 0) {
        const planned = await planner.plan(open, (row) => this.journal.earlier(row)?.status === 'unknown', this.options.signal);
        const again = open.some((row) => this.journal.earlier(row.number)?.status === 'unknown');
        await this.#batch(planned, new StoppedBatch(open, planner, sender, this.options.signal, again), sender);
      }
      this.#rows += batch.length;
      this.options.onProgress?.({ rows: this.#rows, counts: this.counts });
    }
    this.ended = true;
  }

  async #batch(planned: readonly PlannedRow[], stopped: StoppedBatch, sender: RowSender): Promise<void> {
    const writes = planned.filter((row): row is Writable => isWritable(row) && !this.#isLeftOut(row) && this.preview.promises.keeps(row));
    const silent = planned.flatMap((row) => this.#withoutSending(row, writes));
    if (writes.length > 0)
      await this.journal.sending(
        writes.map((row) => [row.number, row.action]),
        writes.flatMap((row) => (row.action === 'update' ? [{ row: row.number, id: row.id, values: row.before }] : [])),
      );
    const { outcomes, unsent, error } =
      writes.length > 0 ? await this.#send(writes, stopped, sender) : { outcomes: [], unsent: [], error: undefined };
    // Noted together, so that the results are in the order of the file.
    await this.#note([...silent, ...outcomes].sort((a, b) => a.row - b.row));
    await this.journal.unsent(unsent);
    if (error !== undefined) throw error;
  }

  async #send(writes: readonly Writable[], stopped: StoppedBatch, sender: RowSender): Promise<SendResult> {
    try {
      const sent = await sender.send(writes);
      if (!isStop(sent.error, stopped.again)) return sent;
      return this.preview.way.batched ? await stopped.goOn(writes) : await stopped.goOnBehind(writes, sent);
    } catch (thrown) {
      // An error that is thrown instead of returned is a refusal of our own, before anything was sent.
      return { outcomes: [], unsent: writes.map(({ number }) => number), error: toToolkitError(thrown) };
    }
  }

  /** The result of a row for which nothing is sent. */
  #withoutSending(row: PlannedRow, writes: readonly PlannedRow[]): readonly RowResult[] {
    const about = { row: row.number, action: row.action };
    if (row.action === 'reject') return [{ ...about, status: 'rejected', message: row.reasons.join(' ') }];
    if (row.action === 'unchanged') {
      const earlier = this.journal.earlier(row.number);
      // The row was sent before without an answer, and the store now has the values that were sent: so it was done.
      if (earlier?.status === 'unknown')
        return [
          {
            row: row.number,
            action: earlier.action,
            status: earlier.action === 'create' ? 'created' : 'updated',
            id: row.id,
            message: t('Done by an earlier run whose response was lost.'),
          },
        ];
      return [{ ...about, status: 'unchanged', id: row.id }];
    }
    if (writes.includes(row)) return [];
    if (this.#isLeftOut(row))
      return [{ ...about, status: 'left-out', ...(row.action === 'update' ? { id: row.id } : {}), message: t('Left out of the import.') }];
    return [
      {
        ...about,
        status: 'changed',
        ...(row.action === 'update' ? { id: row.id } : {}),
        message: t('The store has changed since the preview, so the row was not written. Import the file again to see its effect now.'),
      },
    ];
  }

  async #note(outcomes: readonly RowResult[]): Promise<void> {
    try {
      await this.journal.done(outcomes.filter(({ status }) => status !== 'unknown'));
    } finally {
      // The results are known even if the disk is too full to note them.
      for (const outcome of outcomes) {
        this.counts[outcome.status]++;
        this.options.onOutcome?.(outcome);
      }
    }
  }

  #isLeftOut({ number }: PlannedRow): boolean {
    return this.options.leftOut?.(number) === true;
  }
}

function isWritable(row: PlannedRow): row is Writable {
  return row.action === 'create' || row.action === 'update';
}

/** Writes the results of all rows beside the file, as CSV. */
async function writeResult(source: string, journal: string): Promise<string> {
  const { dir, name } = path.parse(source);
  const place = path.join(dir, `${name}.result.csv`);
  await SafeFile.whole(place, async (file) => {
    await file.write(`\ufeff${csvText([['row', 'action', 'status', 'customer_id', 'fault', 'message']])}`);
    for await (const { row, action, status, id, code, message } of outcomesIn(journal)) {
      await file.write(csvText([[String(row), action, status, id ?? '', code ?? '', message ?? ''].map(harmlessCell)]));
    }
  });
  return place;
}
