import type { Dialect } from '../../api/dialect';
import type { ToolkitError } from '../../api/errors';
import type { Finding } from '../../api/traps';
import type { SoapList, SoapRecord, SoapValue } from '../../api/value';
import type { Exchange, StoreClient } from '../../store';
import type { Mismatch } from '../expect/match';
import type { RequestFile, SavedRequest } from '../file/model';

/** What a run needs of a store; a {@link StoreClient} has it. */
export type RequestClient = Pick<StoreClient, 'config' | 'dialect' | 'call' | 'multiCall' | 'send'>;

/**
 * What came of a request: `failed` its expectation did not hold, `error` it could not be sent or answered, `skipped` a
 * request whose result it needs brought none, `cancelled` the run was ended before it was over.
 */
export type RunStatus = 'passed' | 'failed' | 'error' | 'skipped' | 'cancelled';

/** The row that a request ran for. */
export interface RequestRow {
  /** From 0. */
  readonly index: number;
  /** Such as `row 2: jane@example.com`. */
  readonly label: string;
}

/** The rows of a list that came whole, of an answer that has no end. No other request gets them as its result. */
export interface ListPart {
  readonly rows: number;
  /** Not masked. Let go like the exchange. */
  readonly list: SoapList | undefined;
}

/** One request after it ran. */
export interface RequestRun {
  readonly request: SavedRequest;
  /** The row that it ran for; `undefined` for a request without rows. */
  readonly row: RequestRow | undefined;
  readonly status: RunStatus;
  readonly dialect: Dialect | undefined;
  /** Arguments as they were sent, placeholders filled; `undefined` when it failed before that, and for envelopes. Not masked. */
  readonly args: SoapValue | undefined;
  /** Time of the exchange in milliseconds; `undefined` when there was none. */
  readonly ms: number | undefined;
  /** Size of the answer in bytes; `undefined` when there was none. */
  readonly bytes: number | undefined;
  /** The result. Not masked. Let go like {@link exchange}. */
  readonly value: SoapValue | undefined;
  /** Entries of a list. */
  readonly rows: number | undefined;
  /** What came of a list before it was stopped, or before its answer broke off. */
  readonly part: ListPart | undefined;
  readonly error: ToolkitError | undefined;
  readonly mismatches: readonly Mismatch[];
  /** Traps that the call as it was sent falls into. */
  readonly findings: readonly Finding[];
  /** The beginning of the answer, line by line, masked; only where the request did not bring what it should and this tells more. */
  readonly answer: readonly string[] | undefined;
  /** The exchange as text; only where {@link RunOptions.exchanges} asks for it and there was one. */
  readonly shown: ShownExchange | undefined;
  /** How often it was sent. */
  readonly tries: number;
  /** The exchange. Listeners to the end of the request get it; the run of the file keeps it only when asked to. */
  readonly exchange: Exchange | undefined;
}

/** An exchange as reports show it: masked, and only the beginning of long bodies. */
export interface ShownExchange {
  readonly request: string;
  /** `undefined` when no answer came. */
  readonly response: string | undefined;
}

/** A file to run. */
export interface FileJob {
  /** As people know it: a path. */
  readonly path: string;
  /** Where it lies on disk, for the files that it names; `undefined` where it does not. */
  readonly place?: string | undefined;
  readonly file: RequestFile;
  /** Set up by the host: by the name in the file, or as the user chose. Its errors end up in {@link FileRun.error}. */
  readonly client: RequestClient | ToolkitError;
}

/** A file after it ran. */
export interface FileRun {
  readonly path: string;
  readonly file: RequestFile;
  /** Name of the store; `undefined` when there was none. */
  readonly store: string | undefined;
  readonly runs: readonly RequestRun[];
  /** Why nothing of it could be run. */
  readonly error: ToolkitError | undefined;
  /** Milliseconds for all of it. */
  readonly ms: number;
}

/** What became of a whole run, file by file. */
export interface RunReport {
  readonly files: readonly FileRun[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds for all of it. */
  readonly ms: number;
}

/** What happens during a run, for progress. */
export type RunEvent =
  | { readonly kind: 'file-started'; readonly job: FileJob; readonly requests: readonly SavedRequest[] }
  | { readonly kind: 'request-started'; readonly job: FileJob; readonly request: SavedRequest }
  | { readonly kind: 'request-finished'; readonly job: FileJob; readonly run: RequestRun }
  | { readonly kind: 'file-finished'; readonly run: FileRun };

/** How files are run. */
export interface RunOptions {
  /** Variables of the chosen environment file. */
  readonly environment?: SoapRecord | undefined;
  /** Environment of the process, for `{{$env NAME}}`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** `false` in an untrusted workspace: nothing is sent. */
  readonly trusted: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Which requests; those whose results they need come along. All of them otherwise. */
  readonly only?: ((request: SavedRequest) => boolean) | undefined;
  /** Asked before each write to a production store. Without it such writes are refused. */
  readonly confirm?:
    | ((question: { readonly request: SavedRequest; readonly store: string; readonly methods: readonly string[] }) => Promise<boolean>)
    | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Keep results and exchanges on the runs of {@link FileRun}. They stay in memory then, however many and large they are. */
  readonly keep?: boolean | undefined;
  /** The first request that does not pass ends the run: what comes after it is skipped, apart from what cleans up. */
  readonly bail?: boolean | undefined;
  /** How often a request that only reads is sent again when it did not pass. */
  readonly retries?: number | undefined;
  /** Keep each exchange as text for the reports, see {@link RequestRun.shown}. */
  readonly exchanges?: boolean | undefined;
}

/** How many requests ended in each way. */
export function countRuns(runs: readonly RequestRun[]): Readonly<Record<RunStatus, number>> {
  const counts = { passed: 0, failed: 0, error: 0, skipped: 0, cancelled: 0 };
  for (const { status } of runs) counts[status]++;
  return counts;
}

/** Exit code of a run: 0 all well, 1 an expectation failed, 2 something could not be run. */
export function exitCode({ files }: RunReport): 0 | 1 | 2 {
  const counts = countRuns(files.flatMap(({ runs }) => runs));
  if (files.some(({ error }) => error !== undefined) || counts.error + counts.cancelled > 0) return 2;
  return counts.failed + counts.skipped > 0 ? 1 : 0;
}
