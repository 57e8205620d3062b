import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import type { FileRun, RequestRun, RunEvent, SavedRequest } from '../../requests';
import type { ExchangeHistory } from '../calls/exchange-history';
import type { CallOutcome } from '../calls/outcome';
import type { ActiveStore } from '../stores/active-store';
import type { ApiKeys } from '../stores/api-keys';
import { confirmWrite } from '../stores/confirm-write';
import { clientOf } from '../stores/missing-key';
import type { Store } from '../stores/store';
import { oneLine } from '../text';
import type { EnvironmentChoice } from './environment-choice';
import { outcomeOf, type LastRuns, type RunOfRequests } from './last-runs';
import type { RequestDocuments } from './request-documents';
import { fixInFile } from './request-fix';
import { writesByItself } from './request-writes';
import { requestsModule } from '../lazy/requests-module';
import { WriteConsent } from './write-consent';

/** The requests to run, and how. */
export interface RunOrder {
  readonly uri: vscode.Uri;
  /** Selects the requests to run. Requests whose results they need are run, too. By default, all are run. */
  readonly only?: ((request: SavedRequest) => boolean) | undefined;
  /** Replaces the store of the file and the active store. */
  readonly store?: Store | undefined;
  readonly signal: AbortSignal;
  /** Shared by all files of one run, so that writes to a production store are confirmed once. */
  readonly consent?: WriteConsent | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Gets the outcome of each request in this run. The last outcome in `lastRuns` may come from another run. */
  readonly onOutcome?: ((name: string, outcome: CallOutcome) => void) | undefined;
}

/** A run that has not ended yet. */
interface RunUnderWay extends RunOfRequests {
  readonly stop: AbortController;
}

/** The dependencies of runs. */
export interface RunPorts {
  readonly documents: RequestDocuments;
  readonly lastRuns: LastRuns;
  readonly environment: EnvironmentChoice;
  readonly active: ActiveStore;
  readonly keys: ApiKeys;
  readonly history: ExchangeHistory;
}

/** Runs requests of files for CodeLenses, the view and the Test Explorer. */
export class RequestRuns implements vscode.Disposable {
  readonly #running = new Set<RunUnderWay>();

  constructor(private readonly ports: RunPorts) {}

  /**
   * Runs requests of one file in order.
   * @throws {ToolkitError} when nothing could be run: untrusted workspace, unreadable file, no such store, no connection
   * @throws {vscode.CancellationError} when a question was not answered
   */
  async run({ uri, only, store: chosen, signal, consent = new WriteConsent(), onEvent, onOutcome }: RunOrder): Promise<FileRun> {
    if (!vscode.workspace.isTrusted) throw untrusted();
    const { documents, lastRuns, environment, keys, history } = this.ports;
    const { runFile, fileError } = await requestsModule();
    const file = await documents.whole(await documents.readUri(uri));
    const path = vscode.workspace.asRelativePath(uri);
    // Do not ask for a store or a key for a file that cannot be run on any store.
    const broken = fileError(path, file);
    if (broken !== undefined) throw broken;
    const { variables, problem } = await environment.read();
    if (problem !== undefined) throw problem;
    const store = chosen ?? (await this.#storeOf(file.store?.name, path));
    const client = await clientOf(store, keys);
    const stop = new AbortController();
    const underWay: RunUnderWay = { uri, stop };
    this.#running.add(underWay);
    this.#tell();
    try {
      const run = await runFile(
        { path, place: uri.scheme === 'file' ? uri.fsPath : undefined, file, client },
        {
          environment: variables,
          env: process.env,
          trusted: vscode.workspace.isTrusted,
          signal: AbortSignal.any([signal, stop.signal, store.signal]),
          only,
          confirm: async ({ request, methods }) => await consent.given(store, request.name, methods),
          onEvent: (event) => {
            if (event.kind === 'request-started') lastRuns.started(underWay, event.request.name);
            if (event.kind === 'request-finished') {
              const { exchange, value, request } = event.run;
              const outcome = this.#outcome(uri, event.run, store);
              lastRuns.finished(underWay, event.run, outcome);
              onOutcome?.(request.name, outcome);
              if (exchange !== undefined) history.record(exchange, value, { file: homeOf(request, uri).toString(), name: request.name });
            }
            onEvent?.(event);
          },
        },
      );
      if (run.error !== undefined) throw run.error;
      const lost = run.runs.find(({ error }) => error !== undefined);
      // An error that ended an earlier connection says nothing about a newer one.
      if (lost !== undefined && store.connection?.client === client) await store.lost(lost.error);
      return run;
    } finally {
      this.#running.delete(underWay);
      this.#tell();
      lastRuns.ended(underWay);
    }
  }

  /** Cancels the runs in which a request is running, those of a file, or all runs. */
  cancel(uri?: vscode.Uri, name?: string): void {
    for (const run of this.#running) {
      const meant =
        uri === undefined || (run.uri.toString() === uri.toString() && (name === undefined || this.ports.lastRuns.runsIn(run, name)));
      if (meant) run.stop.abort();
    }
  }

  dispose(): void {
    this.cancel();
  }

  /** The outcome of a request, with callbacks that fix it in its file and run it again. */
  #outcome(uri: vscode.Uri, run: RequestRun, store: Store): CallOutcome {
    const { name } = run.request;
    return {
      ...outcomeOf(run, store),
      again: async (signal) => await this.#again(uri, name, store, signal),
      fix:
        run.request.method === undefined
          ? undefined
          : async (fix) => {
              await fixInFile(this.ports.documents, { uri: homeOf(run.request, uri), name, dialect: run.dialect }, fix);
            },
    };
  }

  async #again(uri: vscode.Uri, name: string, store: Store, signal: AbortSignal): Promise<CallOutcome | undefined> {
    const { documents } = this.ports;
    const request = (await documents.whole(await documents.readUri(uri))).all.find((each) => each.name === name);
    // A run itself asks before it writes to production.
    const asks = request !== undefined && writesByItself(request) && store.environment !== 'production';
    if (
      asks &&
      !(await confirmWrite(store, {
        action: t('Run Again'),
        detail:
          request.method === undefined
            ? t('The envelope of "{name}" writes to the store.', { name: oneLine(name) })
            : t('"{name}" calls {method}, which writes to the store.', { name: oneLine(name), method: request.method }),
      }))
    )
      return undefined;
    let outcome: CallOutcome | undefined;
    await this.run({
      uri,
      only: (each) => each.name === name,
      store,
      signal,
      onOutcome: (each, brought) => {
        if (each === name) outcome = brought;
      },
    });
    if (signal.aborted && outcome?.stopped !== true) throw new vscode.CancellationError();
    return outcome;
  }

  async #storeOf(name: string | undefined, path: string): Promise<Store> {
    const { active } = this.ports;
    if (name !== undefined) {
      const store = active.named(name);
      if (store !== undefined) return store;
      throw new ToolkitError('input', {
        code: 'store-unknown',
        what: t('There is no store "{name}".', { name }),
        why: t('{path} names it as its store.', { path }),
        next: t('Correct the name in the file, add the store, or use Run Request On to select another one.'),
      });
    }
    const store = await active.needed(t('Select a store to run requests on'));
    if (store === undefined) throw new vscode.CancellationError();
    return store;
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', 'mahoSoap.requestsRunning', this.#running.size > 0);
  }
}

/** The file that contains a request. It differs from the given file if the request was included. */
function homeOf({ origin }: SavedRequest, uri: vscode.Uri): vscode.Uri {
  return origin === undefined ? uri : vscode.Uri.file(origin.place);
}

function untrusted(): ToolkitError {
  return new ToolkitError('policy', {
    code: 'untrusted-workspace',
    what: t('Nothing was sent, because the workspace is not trusted.'),
    why: t('Request files from others could change data in a store, or send environment variables of this computer to it.'),
    next: t('Trust the workspace if you know where its files come from.'),
  });
}
