import * as vscode from 'vscode';
import { toToolkitError } from '../../api/errors';
import type { DoneTask } from '../../requests';
import type { CsvFile, ImportJob, ImportMapping, ImportPreview, ImportResult } from '../../store/transfer';
import type { ImportReview } from './import-review';
import type { ImportEnd } from './preview-text';
import { complain, inform, warn, withProgress } from '../messages';
import { confirmWrite } from '../stores/confirm-write';
import { connectionFor } from '../stores/patience';
import type { Store } from '../stores/store';
import { quietSuccess } from '../quiet-success';
import { count, oneLine } from '../text';
import type { ReportDocuments } from '../reports/report-documents';
import { baseName, localPath, usualFolder } from './save-place';
import { timeLeft } from './time-left';

/** Keeps larger steps that are over. */
export interface TaskKeeper {
  recordTask(task: DoneTask): void;
}

/** What an import needs of its surroundings. */
export interface ImportServices {
  readonly reports: ReportDocuments;
  /** Keeps an import as one entry. */
  readonly history: TaskKeeper;
  /** Remembers what columns mean. */
  readonly memory: vscode.Memento;
  /** Told when customers were written. */
  readonly onWritten: (store: Store) => void;
}

/**
 * Imports a CSV file into a store: which file, what its columns mean, a preview, a confirmation, then batches with progress.
 * @throws {ToolkitError} when the file or the store cannot be read
 */
export async function importCustomers(store: Store, services: ImportServices): Promise<void> {
  const { askForCsv } = await import('./import-questions');
  const name = store.config?.name ?? store.name;
  const title = `Import customers into ${oneLine(name)}`;
  await connectionFor(store);
  const place = await askForCsv(title, usualFolder());
  if (place !== undefined) await importFile(store, localPath(place), services);
}

async function importFile(store: Store, file: string, services: ImportServices): Promise<void> {
  const { openCsv } = await import('../../store/transfer');
  const { askForMapping } = await import('./import-questions');
  const title = `Import ${oneLine(baseName(file))} into ${oneLine(store.config?.name ?? store.name)}`;
  const csv = await openCsv(file);
  const mapping = await askForMapping(csv, title, services.memory);
  if (mapping !== undefined) await importRead(store, csv, mapping, title, services);
}

/**
 * Imports a file whose columns are known: a preview, a confirmation, then batches with progress.
 * @throws {ToolkitError} when the file or the store cannot be read
 */
export async function importMapped(store: Store, file: string, mapping: ImportMapping, services: ImportServices): Promise<void> {
  const { openCsv } = await import('../../store/transfer');
  const title = `Import ${oneLine(baseName(file))} into ${oneLine(store.config?.name ?? store.name)}`;
  await importRead(store, await openCsv(file), mapping, title, services);
}

async function importRead(store: Store, csv: CsvFile, mapping: ImportMapping, title: string, services: ImportServices): Promise<void> {
  const { client } = await connectionFor(store);
  const job: ImportJob = { client, csv, mapping };
  if (!(await goOn(job, title))) return;
  const planned = await previewed(job, store, title, services);
  if (planned !== undefined) await carryOut(job, planned, store, title, services);
}

/** When an earlier run was not finished: whether to go on with it. Starting over forgets what it did. */
async function goOn({ client, csv, mapping }: ImportJob, title: string): Promise<boolean> {
  const { ImportJournal, importKey, journalFile, removeJournal } = await import('../../store/transfer');
  const key = importKey(csv.hash, mapping, client.config);
  const journal = journalFile(csv.file, key);
  const earlier = await ImportJournal.read(journal, key);
  if (earlier.size === 0) return true;
  const done = [...earlier.values()].filter(({ status }) => status === 'created' || status === 'updated').length;
  const resume = {
    label: '$(debug-continue) Go On',
    description: `${count(done)} ${done === 1 ? 'row is' : 'rows are'} done and not sent again`,
  };
  const over = { label: '$(discard) Start Over', description: 'compare every row with the store again' };
  const chosen = await vscode.window.showQuickPick([resume, over], {
    title,
    placeHolder: 'An earlier import of this file was not finished.',
    ignoreFocusOut: true,
  });
  if (chosen === over) await removeJournal(journal);
  return chosen !== undefined;
}

/** Compares the file with the store and shows what it would do. @returns `undefined` when that was cancelled or there is nothing to do */
async function previewed(job: ImportJob, store: Store, title: string, { reports }: ImportServices): Promise<Planned | undefined> {
  const { previewImport } = await import('../../store/transfer');
  const { ImportReview } = await import('./import-review');
  const { PAGE_ROWS, summary } = await import('./preview-text');
  const { decideOnRows } = await import('./row-questions');
  const review = new ImportReview();
  const preview = await withProgress(`Comparing ${oneLine(baseName(job.csv.file))} with the store`, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    try {
      return await previewImport(job, {
        signal: AbortSignal.any([stop.signal, store.signal]),
        samples: PAGE_ROWS,
        onRow: (row) => {
          review.add(row);
        },
        onProgress: (rows) => {
          progress.report({ message: `${count(rows)} rows` });
        },
      });
    } catch (error) {
      if (stop.signal.aborted) return undefined;
      throw error;
    }
  });
  if (preview === undefined) return undefined;
  const planned = { preview, review };
  await show(planned, job, store, reports);
  if (preview.counts.create + preview.counts.update === 0) {
    void inform(`Nothing to import: ${summary(review.counts)}.`);
    return undefined;
  }
  const decided = await decideOnRows(review, title, {
    changed: async () => {
      await show(planned, job, store, reports);
    },
    showAll: async () => {
      await reports.showPlain(`All Rows of ${baseName(job.csv.file)}`, [...review.lines()].join('\n'));
    },
  });
  return decided ? planned : undefined;
}

/** What an import would do, and the rows of the user's choice. */
interface Planned {
  readonly preview: ImportPreview;
  readonly review: ImportReview;
}

/** Shows what an import would do or, once it is over, what came of it: in the same tab. */
async function show({ preview, review }: Planned, job: ImportJob, store: Store, reports: ReportDocuments, end?: ImportEnd): Promise<void> {
  const { previewText } = await import('./preview-text');
  const file = baseName(job.csv.file);
  await reports.show(`Import of ${file}`, previewText(preview, review, file, store.config?.name ?? store.name, end));
}

async function carryOut(job: ImportJob, planned: Planned, store: Store, title: string, services: ImportServices): Promise<void> {
  const { wayBack } = await import('./preview-text');
  const { actionOf } = await import('./row-questions');
  const { preview, review } = planned;
  const { counts } = review;
  const detail = counts.update > 0 ? wayBack({ counts, lost: preview.lost }) : 'New customers stay until somebody deletes them.';
  if (!(await confirmWrite(store, { action: actionOf(counts), detail }))) return;
  const { runImport } = await import('../../store/transfer');
  const total = preview.rows;
  const begun = Date.now();
  const entry = {
    title: `Import of ${baseName(job.csv.file)}`,
    store: store.config?.name ?? store.name,
    dialect: job.client.dialect,
    at: begun,
  };
  const run = withProgress(title, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
      progress.report({ message: 'stopping after the rows under way' });
    });
    let before = 0;
    return await runImport(job, preview, {
      confirmed: true,
      signal: AbortSignal.any([stop.signal, store.signal]),
      leftOut: (row) => review.isLeftOut(row),
      onOutcome: (outcome) => {
        review.note(outcome);
      },
      onProgress: ({ rows, counts }) => {
        const left = timeLeft(rows, total, Date.now() - begun);
        progress.report({
          message: [`${count(rows)} of ${count(total)} rows`, done(counts), left].filter((part) => part !== undefined).join(', '),
          increment: (100 * (rows - before)) / total,
        });
        before = rows;
      },
    });
  });
  let result: ImportResult;
  try {
    result = await run;
  } catch (error) {
    // Nothing was sent, and why stands with the imports that did send something.
    const { words } = toToolkitError(error);
    services.history.recordTask({
      ...entry,
      summary: 'nothing sent',
      report: undefined,
      ms: Date.now() - begun,
      counts: {},
      problem: words.what,
    });
    throw error;
  }
  services.onWritten(store);
  services.history.recordTask({
    ...entry,
    summary: outcomeOf(result),
    report: result.resultFile,
    ms: Date.now() - begun,
    counts: result.counts,
    problem: result.end === 'failed' ? (result.error?.words.what ?? 'It stopped.') : undefined,
  });
  review.end();
  await show(planned, job, store, services.reports, { summary: `${endWords[result.end]}: ${outcomeOf(result)}.`, notes: filesOf(result) });
  await tell(result, job, store, services);
}

const endWords: Readonly<Record<ImportResult['end'], string>> = {
  complete: 'Import finished',
  cancelled: 'Import cancelled',
  failed: 'Import stopped',
};

/** What an import left behind and how to go on, one sentence each. */
function filesOf({ end, error, resultFile, beforeFile, journal }: ImportResult): readonly string[] {
  return [
    end === 'failed' ? error?.message : undefined,
    resultFile === undefined ? undefined : `The result of each row is in ${baseName(resultFile)}, next to the file that was imported.`,
    beforeFile === undefined ? undefined : `To take the updates back, import ${baseName(beforeFile)}.`,
    journal === undefined ? undefined : 'Import the same file again to go on: what is done is not sent again.',
  ].filter((part) => part !== undefined);
}

/** Says what was done, quietly when all went well. Whatever did not work can be seen row by row, and gone on with. */
async function tell(
  { end, counts, resultFile, beforeFile, error, journal }: ImportResult,
  job: ImportJob,
  store: Store,
  services: ImportServices,
): Promise<void> {
  const results = 'Show Results';
  const resume = 'Go On';
  const buttons = [...(end !== 'complete' && journal !== undefined ? [resume] : []), ...(resultFile === undefined ? [] : [results])];
  const problems = problemsOf(counts);
  const told = `${done(counts)}${problems.length === 0 ? '' : `; ${problems.join(', ')}`}.${beforeFile === undefined ? '' : ` To take the updates back, import ${baseName(beforeFile)}.`}`;
  if (end === 'complete' && problems.length === 0 && resultFile !== undefined) {
    quietSuccess(`Imported: ${told}`, resultFile);
    return;
  }
  const chosen =
    end === 'failed'
      ? await complain(`The import stopped: ${told} ${oneLine(error?.message ?? '')}`, ...buttons)
      : end === 'cancelled'
        ? await inform(`Import cancelled: ${told} Go on whenever you like; nothing is sent twice.`, ...buttons)
        : await warn(`Import finished: ${told}`, ...buttons);
  if (chosen === results && resultFile !== undefined) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(resultFile));
  if (chosen === resume) await importFile(store, job.csv.file, services);
}

function problemsOf(counts: ImportResult['counts']): readonly string[] {
  return [
    counts.failed > 0 ? `${count(counts.failed)} failed` : undefined,
    counts.unknown > 0 ? `${count(counts.unknown)} in doubt, because the answer was lost` : undefined,
    counts.changed > 0 ? `${count(counts.changed)} left alone, because the store changed since the preview` : undefined,
  ].filter((part) => part !== undefined);
}

/** What came of an import, in one line. */
function outcomeOf({ end, counts }: ImportResult): string {
  const left = counts['left-out'] > 0 ? [`${count(counts['left-out'])} left out`] : [];
  const refused = counts.rejected > 0 ? [`${count(counts.rejected)} refused`] : [];
  return [done(counts), ...refused, ...left, ...problemsOf(counts), ...(end === 'cancelled' ? ['cancelled'] : [])].join(', ');
}

function done({ created, updated }: ImportResult['counts']): string {
  const parts = [created > 0 ? `${count(created)} created` : undefined, updated > 0 ? `${count(updated)} updated` : undefined].filter(
    (part) => part !== undefined,
  );
  return parts.length === 0 ? 'nothing written' : parts.join(', ');
}
