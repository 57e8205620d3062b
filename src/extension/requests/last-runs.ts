import * as vscode from 'vscode';
import { plural, t } from '../../l10n/texts';
import { duration } from '../../pages/formats';
import { FaultError } from '../../api/errors';
import { isList, isRecord } from '../../api/value';
import type { RequestRun, RunStatus } from '../../requests';
import { MASK } from '../../store/masking/mask';
import type { CallOutcome } from '../calls/outcome';
import type { Store } from '../stores/store';
import { RecentResults } from './recent-results';
import { keyOf } from './request-key';
import { RunningRequests, type RunOfFile } from './running-requests';

/** One run of requests of a file. */
export interface RunOfRequests extends RunOfFile {
  readonly uri: vscode.Uri;
}

/** The last run of a request, for rows and CodeLenses. Does not hold the result. */
export interface LastRun {
  readonly status: RunStatus | 'running';
  /** A text such as `passed, 84 ms` or `fault 102`. */
  readonly text: string;
  /** More details, for tooltips. */
  readonly detail: string;
  /** When it ended, in ms since 1970. 0 while it is running. */
  readonly at: number;
}

/** Longest text of a lens or row, in characters. The tooltip has the whole text. */
const MAX_TEXT_CHARS = 80;

/** The outcome of each request in this window. Rows, CodeLenses and other views read it and listen to its changes. It starts nothing. */
export class LastRuns implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #last = new Map<string, LastRun>();
  readonly #results = new RecentResults();

  readonly #running = new RunningRequests();

  /** Fires when a request of this file started or ended. */
  readonly onDidChange = this.#changed.event;

  /** The last run of a request, or the one under way. `undefined` when it was not run in this window. */
  last(uri: vscode.Uri, name: string): LastRun | undefined {
    if (this.#running.has(uri, name)) return runningNow();
    return this.#last.get(keyOf(uri, name));
  }

  /** The whole outcome, as long as it is kept. */
  result(uri: vscode.Uri, name: string): CallOutcome | undefined {
    return this.#results.get(keyOf(uri, name));
  }

  /** The outcome of an exchange, as long as it is kept. */
  ofExchange(id: string): CallOutcome | undefined {
    return this.#results.ofExchange(id);
  }

  /** Notes that a request runs, until it is {@link finished} or its run {@link ended}. */
  started(from: RunOfRequests, name: string): void {
    this.#running.started(from, name);
    this.#changed.fire(from.uri);
  }

  /** Notes the result of a request, and keeps its outcome as long as there is room. */
  finished(from: RunOfRequests, run: RequestRun, outcome: CallOutcome): void {
    const { uri } = from;
    this.#running.finished(from, run.request.name);
    const key = keyOf(uri, run.request.name);
    const before = this.#last.get(key);
    // For a request with several rows, the row that did not pass is reported.
    const told =
      run.row !== undefined && run.row.index > 0 && run.status === 'passed' && before !== undefined && before.status !== 'passed';
    if (!told)
      this.#last.set(key, {
        status: run.status,
        text: run.row === undefined ? words(run) : `${run.row.label}: ${words(run)}`,
        detail: detail(run),
        at: Date.now(),
      });
    this.#results.keep(key, outcome);
    this.#changed.fire(uri);
  }

  /** Ends a run. Its requests that never ended are no longer running. Other runs of the same file continue. */
  ended(from: RunOfRequests): void {
    this.#running.ended(from);
    this.#changed.fire(from.uri);
  }

  /** Whether a request is running in this run. */
  runsIn(from: RunOfRequests, name: string): boolean {
    return this.#running.hasIn(from, name);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function runningNow(): LastRun {
  return { status: 'running', text: t('running'), detail: '', at: 0 };
}

function words({ status, ms, rows, part, error, mismatches, request }: RequestRun): string {
  const time = ms === undefined ? undefined : duration(ms);
  const parts = (...all: readonly (string | undefined)[]): string => all.filter((part) => part !== undefined).join(', ');
  switch (status) {
    case 'passed':
      // Without an expectation it cannot pass, so the text says that there is a result.
      if (request.expect === undefined) return parts(rows === undefined ? t('result') : rowsText(rows), time);
      return parts(t('passed'), time);
    case 'failed':
      if (request.expect === undefined && error instanceof FaultError) return parts(t('fault {code}', { code: error.fault.code }), time);
      return parts(mismatches[0] === undefined ? t('failed') : t('failed at {path}', { path: mismatches[0].path }), time);
    case 'error':
      return error === undefined ? t('error') : shortened(error.words.what);
    case 'cancelled':
      return parts(t('cancelled'), part === undefined ? undefined : rowsText(part.rows));
    case 'skipped':
      return t('skipped');
  }
}

function rowsText(rows: number): string {
  return plural(rows, '{count} row', '{count} rows');
}

/** Shortens a sentence to the width of a lens. */
function shortened(text: string): string {
  const sentence = text.replace(/\.$/, '');
  return sentence.length <= MAX_TEXT_CHARS ? sentence : `${sentence.slice(0, MAX_TEXT_CHARS - 1)}…`;
}

function detail({ error, mismatches }: RequestRun): string {
  const lines = mismatches.slice(0, 5).map(({ path, expected, actual }) =>
    t('{path}: expected {expected}, got {got}', {
      path,
      expected,
      got: actual === undefined ? t('nothing') : JSON.stringify(actual).slice(0, 200),
    }),
  );
  return [...lines, ...(error === undefined ? [] : [error.message])].join('\n');
}

/** The outcome of a request, for the views that show outcomes. */
export function outcomeOf(run: RequestRun, store: Store): CallOutcome {
  const { request, args, dialect, value, error, exchange, part } = run;
  const stopped = run.status === 'cancelled' ? part?.list : undefined;
  return {
    title: request.name,
    call: {
      method: request.method ?? 'envelope',
      args: isRecord(args) || isList(args) ? args : undefined,
      dialect: request.dialect,
      ...(request.envelope === undefined ? {} : { envelope: exchange?.request.body ?? request.envelope.replaceAll('{{$session}}', MASK) }),
    },
    store,
    dialect,
    exchange,
    ...(stopped === undefined ? { value, error, rows: part?.list } : { value: stopped, error: undefined, stopped: true }),
  };
}
