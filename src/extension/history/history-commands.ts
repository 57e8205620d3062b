import * as vscode from 'vscode';
import { dateLocale, plural, t } from '../../l10n/texts';
import { dateAndTime } from '../../pages/formats';
import { ToolkitError } from '../../api/errors';
import { isList, isRecord } from '../../api/value';
import { isWrite } from '../../store/calls/policy';
import type { HistoryEntry } from '../../requests';
import type { CopyAs } from '../calls/copy-as';
import type { Handlers } from '../commands/commands';
import { keyboardRows } from '../commands/keyboard-rows';
import { openRequestFile } from '../tree/save-request';
import { confirmed, withProgress } from '../messages';
import type { RequestDocuments } from '../requests/request-documents';
import { requestsModule } from '../lazy/requests-module';
import type { Call, CallOutcome, OutcomePresenter } from '../calls/outcome';
import { runCall } from '../calls/run-call';
import type { ActiveStore } from '../stores/active-store';
import { confirmWrite } from '../stores/confirm-write';
import type { Store } from '../stores/store';
import type { ExchangeHistory } from '../calls/exchange-history';
import type { HistoryDocuments } from './history-documents';
import { isExchangeRow, outcomeText, title, type HistoryRow } from './history-view';

/** The dependencies of the commands of the history. */
export interface HistoryCommandPorts {
  /** Shows the exchanges. */
  readonly view: vscode.TreeView<HistoryRow>;
  readonly history: ExchangeHistory;
  readonly pages: HistoryDocuments;
  readonly documents: RequestDocuments;
  readonly active: ActiveStore;
  readonly presenter: OutcomePresenter;
  readonly copyAs: CopyAs;
  /** The outcome of an exchange of this window, as long as it is in memory. */
  readonly recent: (exchangeId: string) => CallOutcome | undefined;
}

/** The commands for exchanges of the history. */
export function historyCommands({
  view,
  history,
  pages,
  documents,
  active,
  presenter,
  copyAs,
  recent,
}: HistoryCommandPorts): Handlers<'history'> {
  return {
    'exchange.open': async (argument) => {
      const entry = entryOf(argument);
      if (entry === undefined) return;
      if (entry.task !== undefined) {
        await openTask(entry);
        return;
      }
      const outcome = recent(entry.id);
      const store = active.named(entry.store);
      if (outcome !== undefined) presenter.show(outcome);
      else if (store !== undefined) {
        const { reopenedOutcome } = await import('./reopened');
        presenter.show({
          ...reopenedOutcome(entry, { title: entry.name ?? title(entry), call: callOf(entry), store }),
          again: async () => await again(entry),
          againShowsItself: true,
        });
      } else await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(pages.uri(entry, 'whole')), { preview: true });
    },
    'exchange.rerun': async (argument) => {
      const entry = entryOf(argument);
      if (entry !== undefined) await rerun(entry);
    },
    'exchange.compare': async (argument) => {
      const entry = entryOf(argument);
      const before = entry === undefined ? undefined : await history.previous(entry);
      if (entry === undefined || before === undefined) return;
      await vscode.commands.executeCommand(
        'vscode.diff',
        pages.uri(before, 'result'),
        pages.uri(entry, 'result'),
        await comparisonTitle(before, entry),
        { preview: true },
      );
    },
    'exchange.saveAsFile': async (argument) => {
      const entry = entryOf(argument);
      if (entry === undefined) return;
      const { toRequestFile } = await requestsModule();
      await openRequestFile(entry.method, toRequestFile([entry]));
    },
    'exchange.copyAs': async (argument) => {
      const entry = entryOf(argument);
      if (entry !== undefined) await copyAs.copy(callOf(entry), active.named(entry.store));
    },
    'exchange.insertAs': async (argument) => {
      const entry = entryOf(argument);
      if (entry !== undefined) await copyAs.insert(callOf(entry), active.named(entry.store));
    },
    'exchange.showRest': async (argument) => {
      const entry = entryOf(argument);
      if (entry !== undefined)
        await vscode.commands.executeCommand('mahoSoap.rest.show', { call: callOf(entry), store: active.named(entry.store)?.id });
    },
    'exchange.delete': async (argument) => {
      const entry = entryOf(argument);
      if (entry !== undefined) await history.remove(entry.id);
    },
    'historyRow.delete': async () => {
      const [row] = await keyboardRows(view);
      if (isExchangeRow(row)) await history.remove(row.id);
    },
    'history.clear': async () => {
      const entries = await history.load();
      if (entries.length === 0) return;
      if (
        await confirmed(
          plural(
            entries.length,
            'Delete the exchange from the history of this workspace?',
            'Delete all {count} exchanges from the history of this workspace?',
          ),
          t('Request files are kept. Changes in stores are not undone.'),
          t('Clear History'),
        )
      )
        await history.clear();
    },
  };

  function entryOf(argument: unknown): HistoryEntry | undefined {
    return isExchangeRow(argument) ? history.find(argument.id) : undefined;
  }

  /** Opens the file with the results of a task if it still exists, otherwise the data of the history. */
  async function openTask(entry: HistoryEntry): Promise<void> {
    const report = entry.task?.report;
    const uri = report === undefined ? undefined : vscode.Uri.file(report);
    const there =
      uri !== undefined &&
      (await vscode.workspace.fs.stat(uri).then(
        () => true,
        () => false,
      ));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(there ? uri : pages.uri(entry, 'whole')), {
      preview: true,
    });
  }

  /** Runs the request again as it is in its file now, on the store it was sent to. Without a request in a file, sends the call itself. */
  async function rerun(entry: HistoryEntry): Promise<void> {
    const store = active.named(entry.store);
    if (store === undefined)
      throw new ToolkitError('input', {
        code: 'store-unknown',
        what: t('The store "{store}" no longer exists.', { store: entry.store }),
        next: t('Save the exchange as a request file and run it on another store.'),
      });
    if (await inFile(entry)) {
      await vscode.commands.executeCommand('mahoSoap.request.run', { uri: entry.file, name: entry.name, store: store.id });
      return;
    }
    const { canRerun } = await requestsModule();
    if (!canRerun(entry))
      throw new ToolkitError('input', {
        code: 'history-masked',
        what: t('This exchange cannot be sent again.'),
        why: t('The history does not keep its secrets or its raw envelope.'),
        next: t('Save it as a request file and fill in what is missing.'),
      });
    await send(entry, store);
  }

  /** Returns no outcome, because the command that runs it again shows the result. */
  async function again(entry: HistoryEntry): Promise<undefined> {
    await rerun(entry);
    return undefined;
  }

  async function send(entry: HistoryEntry, store: Store): Promise<void> {
    const confirmed =
      isWrite(entry.method) &&
      (await confirmWrite(store, {
        action: t('Send {method} again', { method: entry.method }),
        detail: t('It was already sent at {date}.', { date: dateAndTime(entry.at) }),
      }));
    if (isWrite(entry.method) && !confirmed) return;
    await withProgress(t('Running {title}', { title: title(entry) }), async (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => {
        stop.abort();
      });
      await runCall(callOf(entry), store, { history, title: title(entry), presenter, signal: stop.signal, confirmed, keepRows: true });
    });
  }

  async function inFile({ file, name }: HistoryEntry): Promise<boolean> {
    if (file === undefined || name === undefined) return false;
    try {
      const opened = await documents.readUri(vscode.Uri.parse(file));
      return opened.file.all.some((request) => request.name === name);
    } catch (error) {
      if (error instanceof ToolkitError && error.code === 'file') return false;
      throw error;
    }
  }
}

/** The call of an entry. Masked values stay masked. */
function callOf({ method, args, dialect, raw, request }: HistoryEntry): Call {
  if (raw === true) return { method: 'envelope', envelope: request, dialect };
  return { method, args: isRecord(args) || isList(args) ? args : undefined, dialect };
}

async function comparisonTitle(before: HistoryEntry, after: HistoryEntry): Promise<string> {
  const { compareResults } = await requestsModule();
  const at = (entry: HistoryEntry): string => new Date(entry.at).toLocaleTimeString(dateLocale(), { timeStyle: 'medium' });
  const comparison = before.value === undefined || after.value === undefined ? undefined : compareResults(before.value, after.value);
  const result =
    comparison === undefined
      ? t('{before}, then {after}', { before: outcomeText(before), after: outcomeText(after) })
      : comparison.changes.length === 0
        ? t('no difference')
        : comparison.more
          ? t('{count} or more differences', { count: comparison.changes.length })
          : plural(comparison.changes.length, '{count} difference', '{count} differences');
  return t('{title}: {before} and {after} ({result})', { title: title(after), before: at(before), after: at(after), result });
}
