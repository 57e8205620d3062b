import type { Dialect } from '../../api/dialect';
import type { ToolkitError } from '../../api/errors';
import type { Finding } from '../../api/traps';
import type { SoapList, SoapRecord, SoapValue } from '../../api/value';
import type { Exchange, StoreClient } from '../../store';
import type { Mismatch } from '../expect/match';
import type { RequestFile, SavedRequest } from '../file/model';

/** The parts of a {@link StoreClient} that a run needs. */
export type RequestClient = Pick<StoreClient, 'config' | 'dialect' | 'call' | 'multiCall' | 'send'>;

/**
 * Outcome of a request. `failed`: its expectation did not hold. `error`: it could not be sent or answered. `skipped`: it was not sent
 * because an earlier request did not pass or has no result. `cancelled`: the user ended the run.
 */
export type RunStatus = 'passed' | 'failed' | 'error' | 'skipped' | 'cancelled';

/** The row for which a request ran. */
export interface RequestRow {
  /** From 0. */
  readonly index: number;
  /** Such as `row 2: jane@example.com`. */
  readonly label: string;
}

/** The rows that arrived of a list whose answer was stopped or cut off. Other requests do not get them as its result. */
export interface ListPart {
  readonly rows: number;
  /** Not masked. Released like the exchange. */
  readonly list: SoapList | undefined;
}

/** The run of one request. */
export interface RequestRun {
  readonly request: SavedRequest;
  /** `undefined` for a request without rows. */
  readonly row: RequestRow | undefined;
  readonly status: RunStatus;
  readonly dialect: Dialect | undefined;
  /** Arguments as sent, with placeholders filled. `undefined` for envelopes, and when filling failed. Not masked. */
  readonly args: SoapValue | undefined;
  /** Time of the exchange in milliseconds; `undefined` when there was none. */
  readonly ms: number | undefined;
  /** Size of the answer in bytes; `undefined` when there was none. */
  readonly bytes: number | undefined;
  /** The result. Not masked. Released like {@link exchange}. */
  readonly value: SoapValue | undefined;
  /** Number of rows when the result is a list. */
  readonly rows: number | undefined;
  /** The rows of a list that was stopped or cut off. */
  readonly part: ListPart | undefined;
  readonly error: ToolkitError | undefined;
  readonly mismatches: readonly Mismatch[];
  /** Traps in the call as sent. */
  readonly findings: readonly Finding[];
  /** The beginning of the answer, line by line, masked. Set only for a request that did not pass, if it says more than the error. */
  readonly answer: readonly string[] | undefined;
  /** The exchange as text. Set only if {@link RunOptions.exchanges} asks for it. */
  readonly shown: ShownExchange | undefined;
  /** How often the request was sent. */
  readonly tries: number;
  /** Listeners to the end of the request get it. The run of the file releases it unless {@link RunOptions.keep} is set. */
  readonly exchange: Exchange | undefined;
}

/** An exchange for reports: masked, with only the beginning of long bodies. */
export interface ShownExchange {
  readonly request: string;
  /** `undefined` when no answer came. */
  readonly response: string | undefined;
}

/** A file to run. */
export interface FileJob {
  /** Path for people. */
  readonly path: string;
  /** Path on disk, for the files that it names; `undefined` for a file that is not on disk. */
  readonly place?: string | undefined;
  readonly file: RequestFile;
  /** Made by the host, for the store named in the file or chosen by the user. An error becomes {@link FileRun.error}. */
  readonly client: RequestClient | ToolkitError;
}

/** The run of one file. */
export interface FileRun {
  readonly path: string;
  readonly file: RequestFile;
  /** Name of the store; `undefined` when there was none. */
  readonly store: string | undefined;
  readonly runs: readonly RequestRun[];
  /** Why nothing of the file could run. */
  readonly error: ToolkitError | undefined;
  /** Total time in milliseconds. */
  readonly ms: number;
}

/** The result of a whole run, file by file. */
export interface RunReport {
  readonly files: readonly FileRun[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Total time in milliseconds. */
  readonly ms: number;
}

/** Events of a run, for showing progress. */
export type RunEvent =
  | { readonly kind: 'file-started'; readonly job: FileJob; readonly requests: readonly SavedRequest[] }
  | { readonly kind: 'request-started'; readonly job: FileJob; readonly request: SavedRequest }
  | { readonly kind: 'request-finished'; readonly job: FileJob; readonly run: RequestRun }
  | { readonly kind: 'file-finished'; readonly run: FileRun };

/** Options of a run. */
export interface RunOptions {
  /** Variables of the chosen environment file. */
  readonly environment?: SoapRecord | undefined;
  /** Environment of the process, for `{{$env NAME}}`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** `false` in an untrusted workspace: nothing is sent. */
  readonly trusted: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Chooses requests. Requests whose results they need run too. All requests run without it. */
  readonly only?: ((request: SavedRequest) => boolean) | undefined;
  /** Called before each write to a production store. Without it such writes are refused. */
  readonly confirm?:
    | ((question: { readonly request: SavedRequest; readonly store: string; readonly methods: readonly string[] }) => Promise<boolean>)
    | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Keep results and exchanges in {@link FileRun}. All of them then stay in memory. */
  readonly keep?: boolean | undefined;
  /** End the run at the first request that does not pass. Later requests are skipped, except those that clean up. */
  readonly bail?: boolean | undefined;
  /** How often a request that only reads is sent again when it does not pass. */
  readonly retries?: number | undefined;
  /** Keep each exchange as text for the reports, see {@link RequestRun.shown}. */
  readonly exchanges?: boolean | undefined;
}

/** Number of requests by outcome. */
export function countRuns(runs: readonly RequestRun[]): Readonly<Record<RunStatus, number>> {
  const counts = { passed: 0, failed: 0, error: 0, skipped: 0, cancelled: 0 };
  for (const { status } of runs) counts[status]++;
  return counts;
}

/** Exit code of a run: 0 everything passed, 1 an expectation failed or a request was skipped, 2 something could not run. */
export function exitCode({ files }: RunReport): 0 | 1 | 2 {
  const counts = countRuns(files.flatMap(({ runs }) => runs));
  if (files.some(({ error }) => error !== undefined) || counts.error + counts.cancelled > 0) return 2;
  return counts.failed + counts.skipped > 0 ? 1 : 0;
}
