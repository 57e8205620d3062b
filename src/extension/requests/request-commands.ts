import * as vscode from 'vscode';
import { plural, t } from '../../l10n/texts';
import { append } from '../../api/lists';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { RequestRun, SavedRequest } from '../../requests';
import type { CopyAs } from '../calls/copy-as';
import { callOfRequest, type ChosenCall } from '../code/choose-call';
import { openRequest } from '../code/saved-requests';
import type { Handlers } from '../commands/commands';
import { showWarning, withProgress } from '../messages';
import { pickOne } from '../picks';
import type { CallOutcome, OutcomePresenter } from '../calls/outcome';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import { oneLine, withoutIcons } from '../text';
import type { EnvironmentChoice } from './environment-choice';
import type { LastRuns } from './last-runs';
import type { OpenedFile, RequestDocuments } from './request-documents';
import type { RequestFiles } from './request-files';
import { asRequestRef, calledBy, isRequestFile, type RequestRef } from './request-ref';
import type { RequestRuns } from './request-runs';
import { requestsModule } from '../lazy/requests-module';
import { summary, type UnrunFile } from './run-summary';
import { starter } from './starter';
import { WriteConsent } from './write-consent';

/** The dependencies of the commands of request files. */
export interface RequestCommandPorts {
  readonly documents: RequestDocuments;
  readonly files: RequestFiles;
  readonly runs: RequestRuns;
  readonly lastRuns: LastRuns;
  readonly environment: EnvironmentChoice;
  readonly active: ActiveStore;
  readonly presenter: OutcomePresenter;
  readonly copyAs: CopyAs;
}

/** The commands for requests and their files. */
export function requestCommands({
  documents,
  files,
  runs,
  lastRuns,
  environment,
  active,
  presenter,
  copyAs,
}: RequestCommandPorts): Handlers<'requests'> {
  return {
    'request.run': async (argument) => {
      const about = await aboutOne(argument);
      if (about !== undefined)
        await runOne(
          about,
          active.all.find(({ id }) => id === about.store),
        );
    },
    'request.runOn': async (argument) => {
      const about = await aboutOne(argument);
      if (about === undefined) return;
      // "Run on" does not change the active store.
      const store = await active.pick(t('Run "{name}" on', { name: about.name }));
      if (store !== undefined) await runOne(about, store);
    },
    'request.copyAs': async (argument) => {
      const meant = await callOf(argument);
      if (meant !== undefined) await copyAs.copy(meant.call, meant.store);
    },
    'request.insertAs': async (argument) => {
      const meant = await callOf(argument);
      if (meant !== undefined) await copyAs.insert(meant.call, meant.store);
    },
    'request.showRest': async (argument) => {
      const meant = await callOf(argument);
      if (meant !== undefined) await vscode.commands.executeCommand('mahoSoap.rest.show', { call: meant.call, store: meant.store?.id });
    },
    'request.cancel': (argument) => {
      const about = asRequestRef(argument);
      runs.cancel(about?.uri, about?.name);
    },
    'request.showOutcome': (argument) => {
      const about = asRequestRef(argument);
      if (about?.name === undefined) return;
      const outcome = lastRuns.result(about.uri, about.name);
      if (outcome !== undefined) presenter.show(outcome);
      else
        void vscode.window.setStatusBarMessage(t('The response is no longer in memory. Run the request again, or see the history.'), 5000);
    },
    'request.open': async (argument) => {
      const about = asRequestRef(argument);
      if (about === undefined) return;
      const document = await vscode.workspace.openTextDocument(about.uri);
      const { file, rangeOf } = await documents.read(document);
      const place = about.name === undefined ? undefined : file.all.find(({ name }) => name === about.name)?.nameRange;
      await vscode.window.showTextDocument(document, { preview: true, ...(place === undefined ? {} : { selection: rangeOf(place) }) });
    },
    'requests.runFile': async (argument) => {
      const about = asRequestRef(argument) ?? fileInEditor();
      if (about !== undefined) await runFiles([about.uri]);
    },
    'requests.runAll': async () => {
      await runFiles(await files.list());
    },
    'requests.refresh': async () => {
      await files.refresh();
    },
    'requests.newFile': async () => {
      await starter(active.current);
    },
    'requests.chooseStore': async (argument) => {
      const about = asRequestRef(argument) ?? fileInEditor();
      const named = about === undefined ? undefined : (await documents.readUri(about.uri)).file.store;
      if (about === undefined || named === undefined) {
        await active.choose(t('Select a store to run requests on'));
        return;
      }
      const document = await vscode.workspace.openTextDocument(about.uri);
      await vscode.window.showTextDocument(document, { selection: (await documents.read(document)).rangeOf(named.range) });
    },
    'environment.choose': async (file) => {
      await (file === null || file instanceof vscode.Uri ? environment.use(file ?? undefined) : environment.choose());
    },
  };

  /** The request that a command is about: the one that was passed, or the one at the cursor. */
  async function aboutOne(argument: unknown): Promise<(RequestRef & { readonly name: string }) | undefined> {
    const given = asRequestRef(argument);
    if (given?.name !== undefined) return { ...given, name: await nameNow(given.uri, given.name, given.index) };
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !isRequestFile(editor.document.uri)) return undefined;
    const { requestAt } = await requestsModule();
    const { uri, file } = await documents.read(editor.document);
    const at = requestAt(file, editor.document.offsetAt(editor.selection.active))?.request ?? (await picked(file.all));
    return at === undefined || at.name === '' ? undefined : { uri, name: at.name };
  }

  /** The call to make code for. */
  async function callOf(argument: unknown): Promise<ChosenCall | undefined> {
    const about = await aboutOne(argument);
    if (about === undefined) return undefined;
    const opened = await documents.readUri(about.uri);
    return await callOfRequest(await openRequest(about.uri, opened.file, requestOf(opened, about.name)), active);
  }

  /**
   * The current name of a request. Lenses are updated a moment after typing, so a lens with an old name refers to the request at its index.
   */
  async function nameNow(uri: vscode.Uri, name: string, index: number | undefined): Promise<string> {
    const { requests } = (await documents.readUri(uri)).file;
    const there = index === undefined || requests.some((request) => request.name === name) ? undefined : requests[index]?.name;
    return there === undefined || there === '' ? name : there;
  }

  async function runOne({ uri, name }: RequestRef & { readonly name: string }, store: Store | undefined): Promise<void> {
    requestOf(await documents.readUri(uri), name);
    let outcome: CallOutcome | undefined;
    const run = await cancellable(
      t('Running "{name}"', { name: oneLine(name) }),
      async (signal) =>
        await runs.run({
          uri,
          only: (request) => request.name === name,
          store,
          signal,
          onOutcome: (each, brought) => {
            if (each === name) outcome = brought;
          },
        }),
    );
    const cancelled = run.runs.find(({ request }) => request.name === name)?.status === 'cancelled';
    if (outcome !== undefined && (!cancelled || outcome.stopped === true)) presenter.show(outcome);
  }

  /**
   * Runs files one after the other. Lenses and rows show what failed, and here only the numbers are reported. A file that cannot be run
   * does not stop the others.
   * @throws {ToolkitError} why the file cannot be run, if it is the only one
   */
  async function runFiles(uris: readonly vscode.Uri[]): Promise<void> {
    const consent = new WriteConsent();
    await cancellable(
      uris.length === 1
        ? t('Running {file}', { file: vscode.workspace.asRelativePath(uris[0] ?? '') })
        : plural(uris.length, 'Running {count} request file', 'Running {count} request files'),
      async (signal, report) => {
        const done: RequestRun[] = [];
        const unrun: UnrunFile[] = [];
        let first: RequestRef | undefined;
        for (const uri of uris) {
          if (signal.aborted) break;
          try {
            const ran = await runFile(uri, consent, signal, report);
            append(done, ran);
            const failed = ran.find(({ status }) => status === 'failed' || status === 'error');
            if (failed !== undefined) first ??= { uri, name: failed.request.name };
          } catch (error) {
            // Dismissing a question also stops the rest of the run.
            if (error instanceof vscode.CancellationError) break;
            if (uris.length === 1) throw error;
            unrun.push({ path: vscode.workspace.asRelativePath(uri), error: toToolkitError(error) });
            first ??= { uri, name: undefined };
          }
        }
        if (done.length > 0 || unrun.length > 0 || uris.length === 0) await say(await summary(done, unrun), first);
      },
    );
  }

  async function runFile(
    uri: vscode.Uri,
    consent: WriteConsent,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<readonly RequestRun[]> {
    let total = 0;
    let ended = 0;
    const run = await runs.run({
      uri,
      signal,
      consent,
      onEvent: (event) => {
        if (event.kind === 'file-started') total = event.requests.length;
        if (event.kind === 'request-started')
          report(t('{index} of {total}: {name}', { index: ended + 1, total, name: oneLine(event.request.name) }));
        if (event.kind === 'request-finished') ended++;
      },
    });
    return run.runs;
  }
}

async function say(text: string, failed: RequestRef | undefined): Promise<void> {
  if (failed === undefined) {
    vscode.window.setStatusBarMessage(text, 5000);
    return;
  }
  const show = t('Go to First');
  // Not awaited: the run is over, and its progress notification must close.
  void showWarning(`${text}.`, show).then(async (chosen) => {
    if (chosen === show) await vscode.commands.executeCommand('mahoSoap.request.open', failed);
  });
  await Promise.resolve();
}

function requestOf({ uri, file }: OpenedFile, name: string): SavedRequest {
  const found = file.all.find((request) => request.name === name);
  if (found !== undefined) return found;
  throw new ToolkitError('input', {
    code: 'request-gone',
    what: t('There is no request "{name}" in {file}.', { name, file: vscode.workspace.asRelativePath(uri) }),
    next: t('It may have been renamed.'),
  });
}

function fileInEditor(): RequestRef | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri !== undefined && isRequestFile(uri) ? { uri, name: undefined } : undefined;
}

async function picked(requests: readonly SavedRequest[]): Promise<SavedRequest | undefined> {
  const items = requests
    .filter(({ name }) => name !== '')
    .map((request) => ({ label: withoutIcons(request.name), description: withoutIcons(calledBy(request)), request }));
  return (await pickOne(items, { placeHolder: t('Select a request') }))?.request;
}

/** Shows progress with a way to cancel. VS Code shows nothing for a task that ends quickly. */
async function cancellable<T>(title: string, task: (signal: AbortSignal, report: (message: string) => void) => Promise<T>): Promise<T> {
  return await withProgress(title, async (progress, token) => {
    const stop = new AbortController();
    const subscription = token.onCancellationRequested(() => {
      stop.abort();
    });
    try {
      return await task(stop.signal, (message) => {
        progress.report({ message });
      });
    } finally {
      subscription.dispose();
    }
  });
}
