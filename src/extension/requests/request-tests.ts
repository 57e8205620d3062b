import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { duration } from '../../pages/formats';
import { toToolkitError } from '../../api/errors';
import type { RequestRun, SavedRequest } from '../../requests';
import type { ErrorReporter } from '../errors/error-reporter';
import { oneLine } from '../text';
import type { OpenedFile, RequestDocuments } from './request-documents';
import type { RequestFiles } from './request-files';
import { keyOf } from './request-key';
import { calledBy, isRequestFile } from './request-ref';
import type { RequestRuns } from './request-runs';
import { requestsModule } from '../lazy/requests-module';
import { WriteConsent } from './write-consent';

/** How long changes of an open file are collected, in ms. */
const GATHER_MS = 400;

/** The requests with an expectation, as tests. A file is read when its row is expanded, when its tests run, or when an editor shows it. */
export class RequestTests implements vscode.Disposable {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: readonly vscode.Disposable[];

  /** @param controller shows the tests. The handlers of VS Code call the methods of this class */
  constructor(
    private readonly controller: vscode.TestController,
    private readonly documents: RequestDocuments,
    private readonly files: RequestFiles,
    private readonly runs: RequestRuns,
    private readonly errors: ErrorReporter,
  ) {
    this.#subscriptions = [
      files.onDidChange(() => {
        void this.#list();
      }),
      files.onDidChangeContent((uri) => {
        this.#soon(uri);
      }),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        this.#soon(uri, 0);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#soon(document.uri);
      }),
    ];
    for (const { uri } of documents.open) this.#soon(uri, 0);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Finds the tests of a row, or the files if no row is given. */
  async resolve(item: vscode.TestItem | undefined): Promise<void> {
    await (item === undefined ? this.#list() : this.#resolve(item));
  }

  /** Searches for the files again. */
  async refresh(): Promise<void> {
    await this.files.refresh();
    await this.#list();
  }

  /** Searches for files without reading them. */
  async #list(): Promise<void> {
    const uris = await this.files.list();
    const kept = new Set(uris.map((uri) => uri.toString()));
    this.controller.items.forEach(({ id }) => {
      if (!kept.has(id)) this.controller.items.delete(id);
    });
    for (const uri of uris) this.#fileItem(uri);
  }

  #fileItem(uri: vscode.Uri): vscode.TestItem {
    const known = this.controller.items.get(uri.toString());
    if (known !== undefined) return known;
    const path = vscode.workspace.asRelativePath(uri);
    const item = this.controller.createTestItem(uri.toString(), oneLine(path.slice(path.lastIndexOf('/') + 1)), uri);
    item.canResolveChildren = true;
    item.description = path.includes('/') ? oneLine(path.slice(0, path.lastIndexOf('/'))) : '';
    this.controller.items.add(item);
    return item;
  }

  /** Reads a file and updates the tests of its row. */
  async #resolve(item: vscode.TestItem): Promise<OpenedFile | undefined> {
    if (item.uri === undefined || item.parent !== undefined) return undefined;
    try {
      const opened = await this.documents.readUri(item.uri);
      const { uri, file, rangeOf } = opened;
      item.children.replace(
        file.all.filter(isTest).map((request) => {
          const id = keyOf(uri, request.name);
          const test = item.children.get(id) ?? this.controller.createTestItem(id, oneLine(request.name), uri);
          test.range = rangeOf(request.nameRange);
          test.description = request.list === 'requests' ? calledBy(request) : `${request.list}, ${calledBy(request)}`;
          test.sortText = String(request.index).padStart(6, '0');
          return test;
        }),
      );
      item.error = file.problems.find(({ code }) => code === 'json-syntax')?.message;
      return opened;
    } catch (error) {
      item.error = toToolkitError(error).message;
      return undefined;
    }
  }

  /** Updates the tests of a file soon, so that they follow the typed text and are shown in the margin of an editor. */
  #soon(uri: vscode.Uri, after = GATHER_MS): void {
    if (!isRequestFile(uri) || uri.scheme === 'git' || uri.scheme === 'untitled') return;
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        const open = this.documents.open.some((document) => document.uri.toString() === key);
        const item = this.controller.items.get(key) ?? (open ? this.#fileItem(uri) : undefined);
        if (item !== undefined && (open || item.children.size > 0)) void this.#resolve(item);
      }, after),
    );
  }

  /** Runs the chosen tests. */
  async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    const stop = new AbortController();
    const subscription = token.onCancellationRequested(() => {
      stop.abort();
    });
    try {
      if (request.include === undefined) await this.#list();
      const consent = new WriteConsent();
      for (const [file, wanted] of this.#chosen(request)) {
        if (stop.signal.aborted) break;
        await this.#runFile(run, file, wanted, new Set(request.exclude?.map(({ id }) => id)), { consent, signal: stop.signal });
      }
    } finally {
      subscription.dispose();
      run.end();
    }
  }

  /** The row of a request that runs for several rows: a child of its test, whose result is then made of those of its children. */
  #rowOf(test: vscode.TestItem | undefined, { row, request }: RequestRun): vscode.TestItem | undefined {
    if (test === undefined || row === undefined) return test;
    if (row.index === 0) test.children.replace([]);
    const id = `${test.id}\n${row.index}`;
    const known = test.children.get(id);
    const child = known ?? this.controller.createTestItem(id, oneLine(row.label), test.uri);
    child.label = oneLine(row.label);
    child.range = test.range;
    child.sortText = String(row.index).padStart(6, '0');
    child.description = calledBy(request);
    if (known === undefined) test.children.add(child);
    return child;
  }

  /** The files to run, each with its tests. `undefined` for all its tests. */
  #chosen({ include, exclude }: vscode.TestRunRequest): ReadonlyMap<vscode.TestItem, ReadonlySet<string> | undefined> {
    const chosen = new Map<vscode.TestItem, Set<string> | undefined>();
    const all: vscode.TestItem[] = [];
    this.controller.items.forEach((item) => {
      all.push(item);
    });
    for (const item of include ?? all) {
      const test = testOfRow(item);
      const file = test.parent ?? test;
      if (exclude?.includes(file) === true) continue;
      if (test.parent === undefined) chosen.set(file, undefined);
      else if (!chosen.has(file)) chosen.set(file, new Set([test.id]));
      else chosen.get(file)?.add(test.id);
    }
    return chosen;
  }

  async #runFile(
    run: vscode.TestRun,
    item: vscode.TestItem,
    wanted: ReadonlySet<string> | undefined,
    excluded: ReadonlySet<string>,
    { consent, signal }: { readonly consent: WriteConsent; readonly signal: AbortSignal },
  ): Promise<void> {
    const opened = await this.#resolve(item);
    if (opened === undefined || item.uri === undefined) {
      run.errored(item, new vscode.TestMessage(typeof item.error === 'string' ? item.error : t('The file cannot be read.')));
      return;
    }
    const { uri } = item;
    const tests = new Map<string, vscode.TestItem>();
    item.children.forEach((test) => {
      if (wanted?.has(test.id) !== false && !excluded.has(test.id)) tests.set(test.id, test);
    });
    if (tests.size === 0) return;
    const shown = new Map<string, vscode.TestItem>();
    item.children.forEach((test) => {
      shown.set(test.id, test);
    });
    // Requests that run before and after the others are run, too, so they are reported.
    const testOf = ({ name, list }: SavedRequest): vscode.TestItem | undefined =>
      (list === 'requests' ? tests : shown).get(keyOf(uri, name));
    for (const test of tests.values()) run.enqueued(test);
    try {
      const { expectationPlace } = await requestsModule();
      await this.runs.run({
        uri,
        only: (request) => tests.has(keyOf(uri, request.name)),
        consent,
        signal,
        onEvent: (event) => {
          if (event.kind === 'request-started') {
            const test = testOf(event.request);
            if (test !== undefined) run.started(test);
          }
          if (event.kind === 'request-finished') {
            run.appendOutput(`${line(event.run)}\r\n`);
            const test = this.#rowOf(testOf(event.run.request), event.run);
            if (test !== undefined)
              tell(run, test, event.run, (path) => new vscode.Location(uri, opened.rangeOf(expectationPlace(event.run.request, path))));
          }
        },
      });
    } catch (error) {
      if (error instanceof vscode.CancellationError) {
        for (const test of tests.values()) run.skipped(test);
        return;
      }
      const known = toToolkitError(error);
      for (const test of tests.values()) run.errored(test, new vscode.TestMessage(known.message));
      // Users who are looking at another view must learn why nothing ran.
      this.errors.report(known);
    }
  }
}

/** The test that a row item belongs to. Any other item is returned as it is. */
function testOfRow(item: vscode.TestItem): vscode.TestItem {
  return item.parent?.parent === undefined ? item : item.parent;
}

/**
 * A request is a test if it has an expectation or waits for something. Requests that run before and after the tests are shown with them.
 */
function isTest({ name, list, expect, until }: SavedRequest): boolean {
  return name !== '' && (list !== 'requests' || expect !== undefined || until !== undefined);
}

function tell(
  run: vscode.TestRun,
  test: vscode.TestItem,
  { status, ms, mismatches, error }: RequestRun,
  at: (path: string) => vscode.Location,
): void {
  switch (status) {
    case 'passed':
      run.passed(test, ms);
      return;
    case 'failed':
      run.failed(
        test,
        mismatches.map(({ path, expected, actual }) => {
          // Codes and texts of faults are shown without quotes. In results, quotes tell a text from a number.
          const plain = path.startsWith('fault');
          const got =
            actual === undefined ? t('nothing') : typeof actual === 'string' && plain ? actual : JSON.stringify(actual, undefined, 2);
          const message = vscode.TestMessage.diff(
            t('{path}: expected {expected}, got {got}', { path, expected: oneLine(expected), got: oneLine(got) }),
            pretty(expected, plain),
            got,
          );
          message.location = at(path);
          return message;
        }),
        ms,
      );
      return;
    case 'error': {
      const message = new vscode.TestMessage(error?.message ?? t('The request could not be sent, or got no response.'));
      message.location = at('');
      run.errored(test, message, ms);
      return;
    }
    case 'skipped':
    case 'cancelled':
      run.skipped(test);
  }
}

/** Both sides of a diff as formatted JSON. Text that is not JSON stays as it is. @param plain whether to show a text without its quotes */
function pretty(expected: string, plain: boolean): string {
  try {
    const value: unknown = JSON.parse(expected);
    return plain && typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return expected;
    throw error;
  }
}

function line({ request, status, ms, error }: RequestRun): string {
  return oneLine(
    [
      `${status}: ${request.name}`,
      calledBy(request),
      ms === undefined ? undefined : duration(ms),
      status === 'passed' ? undefined : error?.message,
    ]
      .filter((part) => part !== undefined)
      .join(', '),
  );
}
