import { ToolkitError, toToolkitError } from '../../api/errors';
import type { SoapList, SoapValue } from '../../api/value';
import { milliseconds, type Awaited } from '../expect/schema';
import { variablesOf, type SavedRequest } from '../file/model';
import { NamedFiles } from '../file/named-files';
import { fileError, requestError } from '../file/verdict';
import { noteOf } from '../../store';
import { Resolver } from '../variables/resolver';
import { t } from '../../l10n/texts';
import { ask, runOf, unsentRun, type Answer } from './ask';
import { gaveUpVerdict, judge, stoppedAt, type Verdict } from './judge';
import type { FileJob, FileRun, RequestClient, RequestRun, RunOptions, RunReport } from './model';
import { answerOf, shownExchange } from './record';
import { rowAbout, rowsOf } from './rows';
import { neededRequests, withNeeds } from './select';
import { isWriting } from './send';
import { SharedRun } from './shared-run';
import { CLEANUP_MS, delayedAbort, pause } from './waiting';

/** Default time between two tries of a request with `until`, in ms. */
const UNTIL_PAUSE_MS = 1000;

/** Time before a failed request is sent again, in ms. Doubled for each further try. */
const FIRST_RETRY_PAUSE_MS = 250;

/**
 * Runs files, several of them at a time if asked to. The requests of a file run in order. Never throws for a mistake of a request, a store
 * or a file: these are in the report.
 * @param parallel the most files to run at the same time
 */
export async function runFiles(jobs: readonly FileJob[], options: RunOptions, parallel = 1): Promise<RunReport> {
  const startedAt = Date.now();
  const begun = performance.now();
  const files: FileRun[] = [];
  const queue = [...jobs.entries()];
  const shared = new SharedRun(options.bail === true);
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) files[next[0]] = await runFile(next[1], options, shared);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(parallel, jobs.length)) }, worker));
  return { files, startedAt, ms: performance.now() - begun };
}

/**
 * Runs the requests of one file in order. See {@link runFiles}.
 * @param shared the state that the files of a run share
 */
export async function runFile(job: FileJob, options: RunOptions, shared = new SharedRun(options.bail === true)): Promise<FileRun> {
  const begun = performance.now();
  const { path, file, client } = job;
  const requests = options.only === undefined ? file.all : withNeeds(file.all, options.only);
  options.onEvent?.({ kind: 'file-started', job, requests });
  const error = options.trusted ? (fileError(path, file) ?? (client instanceof ToolkitError ? client : undefined)) : untrusted();
  const runs = error !== undefined || client instanceof ToolkitError ? [] : await new Runner(job, client, options, shared).run(requests);
  const run: FileRun = {
    path,
    file,
    store: client instanceof ToolkitError ? undefined : client.config.name,
    runs,
    error,
    ms: performance.now() - begun,
  };
  options.onEvent?.({ kind: 'file-finished', run });
  return run;
}

class Runner {
  readonly #resolver: Resolver;
  /** Names of requests that have a result. */
  readonly #withResult = new Set<string>();
  /** Whether a request was sent, so that there may be something to clean up. */
  #started = false;
  /** Name of the first request of the list `before` that did not pass. */
  #unprepared: string | undefined;
  readonly #files: NamedFiles | undefined;
  /** By the path of an included file, the files that its requests may name. */
  readonly #included = new Map<string, NamedFiles>();
  /** Ends requests that clean up. */
  readonly #cleanupSignal: AbortSignal | undefined;

  constructor(
    private readonly job: FileJob,
    private readonly client: RequestClient,
    private readonly options: RunOptions,
    private readonly shared: SharedRun,
  ) {
    const { name, url, user, dialect, environment } = client.config;
    this.#cleanupSignal = job.file.after.length === 0 ? undefined : delayedAbort(options.signal, CLEANUP_MS);
    this.#files = job.place === undefined ? undefined : new NamedFiles(job.place);
    this.#resolver = new Resolver({
      file: variablesOf(job.file),
      environment: options.environment,
      env: options.env,
      files: this.#files,
      homes: new Map(job.file.variables.flatMap(({ name, home }) => (home === undefined ? [] : [[name, this.#filesAt(home)]]))),
      trusted: options.trusted,
      store: { name, url, user, dialect: dialect ?? client.dialect, environment },
    });
  }

  #filesAt(place: string): NamedFiles {
    const files = this.#included.get(place) ?? new NamedFiles(place, this.#files);
    this.#included.set(place, files);
    return files;
  }

  async run(requests: readonly SavedRequest[]): Promise<readonly RequestRun[]> {
    const { job, options, shared } = this;
    const uses = requests.map(neededRequests);
    const lastUse = new Map(uses.flatMap((names, index) => [...names].map((name) => [name, index] as const)));
    const runs: RequestRun[] = [];
    for (const [index, request] of requests.entries()) {
      this.#resolver.useFiles(request.origin === undefined ? undefined : this.#filesAt(request.origin.place));
      const missing = [...(uses[index] ?? [])].find(
        (name) => !this.#withResult.has(name) && name !== request.name && runs.some((run) => run.request.name === name),
      );
      const needed = lastUse.has(request.name);
      const finish = (run: RequestRun): void => {
        if (request.list === 'before' && run.status !== 'passed') this.#unprepared ??= request.name;
        shared.note(run);
        runs.push(this.#forReports(run));
        options.onEvent?.({ kind: 'request-finished', job, run });
      };
      if (request.each === undefined) {
        options.onEvent?.({ kind: 'request-started', job, request });
        const run = this.#notDue(request) ?? this.#notSendable(request, missing) ?? (await this.#sendOne(request));
        if (run.value !== undefined) this.#keepResult(request, run.value, needed);
        finish(run);
      } else await this.#sendEach(request, missing, needed, finish);
      for (const name of [request.name, ...(uses[index] ?? [])]) if ((lastUse.get(name) ?? index) <= index) this.#resolver.forget(name);
    }
    return runs;
  }

  /** Runs a request once for each row. Its result is the list of their results. */
  async #sendEach(request: SavedRequest, missing: string | undefined, needed: boolean, finish: (run: RequestRun) => void): Promise<void> {
    const { job, options } = this;
    const start = (): void => options.onEvent?.({ kind: 'request-started', job, request });
    start();
    const refused = this.#notDue(request) ?? this.#notSendable(request, missing);
    if (refused !== undefined) {
      finish(refused);
      return;
    }
    let rows: SoapList;
    try {
      const files = request.origin === undefined ? this.#files : this.#filesAt(request.origin.place);
      rows = await rowsOf(request, { resolver: this.#resolver, files });
    } catch (error) {
      finish(unsentRun(request, 'error', toToolkitError(error)));
      return;
    }
    // A result without rows leaves nothing to do, so the request passes.
    if (rows.length === 0) finish(unsentRun(request, 'passed'));
    const results: SoapValue[] = [];
    let hasResult = rows.length === 0;
    for (const [index, row] of rows.entries()) {
      if (index > 0) start();
      this.#resolver.useRow(row);
      const run = this.#notDue(request) ?? this.#notSendable(request, undefined) ?? (await this.#sendOne(request));
      this.#resolver.useRow(undefined);
      if (run.value !== undefined) {
        hasResult = true;
        if (needed) results.push(run.value);
      }
      finish({ ...run, row: rowAbout(row, index) });
    }
    if (hasResult) this.#keepResult(request, results, needed);
  }

  /** Keeps the result of a request if another request needs it. */
  #keepResult({ name }: SavedRequest, value: SoapValue, needed: boolean): void {
    this.#withResult.add(name);
    if (needed) this.#resolver.remember(name, value);
  }

  /** A run with the texts that reports show, but without the large values, which would fill the memory. */
  #forReports(run: RequestRun): RequestRun {
    const { exchange, request, part } = run;
    const answer = answerOf({ ...run, method: request.method });
    const shown = this.options.exchanges === true && exchange !== undefined ? shownExchange(exchange) : undefined;
    if (this.options.keep === true) return { ...run, answer, shown };
    const counted = part === undefined ? undefined : { rows: part.rows, list: undefined };
    return { ...run, answer, shown, args: undefined, value: undefined, exchange: undefined, part: counted };
  }

  /**
   * The outcome of a request that is not sent because the run is ending, or because its preparation did not pass. `undefined` for a request
   * that may be sent. Requests that clean up are sent if any other request was.
   */
  #notDue(request: SavedRequest): RequestRun | undefined {
    if (request.list === 'after' && this.#started) return undefined;
    if (this.options.signal?.aborted === true) return unsentRun(request, 'cancelled');
    const { stoppedBy } = this.shared;
    if (stoppedBy !== undefined) return unsentRun(request, 'skipped', bailed(stoppedBy));
    return this.#unprepared !== undefined && request.list === 'requests'
      ? unsentRun(request, 'skipped', unprepared(this.#unprepared))
      : undefined;
  }

  /**
   * The outcome of a request that is not sent because it is invalid, its store cannot be reached, or the request `missing` has no result.
   * `undefined` for a request that may be sent.
   */
  #notSendable(request: SavedRequest, missing: string | undefined): RequestRun | undefined {
    const invalid = requestError(this.job.file, request);
    if (invalid !== undefined) return unsentRun(request, 'error', invalid);
    const useless = this.shared.unreached.of(this.client, request.method === 'multiCall' ? 'v1' : request.dialect);
    if (useless !== undefined) return unsentRun(request, 'error', useless);
    return missing === undefined ? undefined : unsentRun(request, 'skipped', skipped(missing));
  }

  /** Sends a request after its `delay`, repeats it for `until`, and sends it again if it fails and may be retried. */
  async #sendOne(request: SavedRequest): Promise<RequestRun> {
    const signal = request.list === 'after' ? this.#cleanupSignal : this.options.signal;
    if (request.delay !== undefined) await pause(request.delay, signal);
    if (isOver(signal)) return unsentRun(request, 'cancelled');
    this.#started = true;
    const retries = this.options.retries ?? 0;
    for (let tries = 1; ; tries++) {
      const { answer, verdict, asked } =
        request.until === undefined ? await this.#askOnce(request, signal) : await this.#askUntil(request, request.until, signal);
      const again =
        tries <= retries &&
        isTroubled(verdict) &&
        answer.ready !== undefined &&
        !isWriting(answer.ready) &&
        mayRepeat(answer) &&
        !isOver(signal);
      if (again) {
        await pause(FIRST_RETRY_PAUSE_MS * 2 ** Math.min(tries - 1, 6), signal);
        continue;
      }
      this.#noteUnreached(request, answer);
      return { ...runOf(request, answer, verdict, this.client.dialect), tries: tries - 1 + asked };
    }
  }

  async #askOnce(request: SavedRequest, signal: AbortSignal | undefined): Promise<{ answer: Answer; verdict: Verdict; asked: number }> {
    const { client, options } = this;
    const answer = await ask(request, { client, resolver: this.#resolver, options, signal, late: this.#cleanupSignal });
    return { answer, verdict: judge(request.name, request.expect, answer, this.#resolver), asked: 1 };
  }

  /** Sends a request repeatedly until its awaited outcome, or until the time is over. */
  async #askUntil(
    request: SavedRequest,
    awaited: Awaited,
    signal: AbortSignal | undefined,
  ): Promise<{ answer: Answer; verdict: Verdict; asked: number }> {
    const { every, for: most, ...wanted } = awaited;
    const end = performance.now() + milliseconds(most);
    const between = every === undefined ? UNTIL_PAUSE_MS : milliseconds(every);
    for (let asked = 1; ; asked++) {
      const { answer, verdict: own } = await this.#askOnce(request, signal);
      const verdict = judge(request.name, wanted, answer, this.#resolver);
      if (verdict.status === 'passed') return { answer, verdict: request.expect === undefined ? verdict : own, asked };
      if (verdict.status !== 'failed') return { answer, verdict, asked };
      if (performance.now() + between >= end) return { answer, verdict: gaveUpVerdict(verdict, awaited, asked), asked };
      await pause(between, signal);
      if (isOver(signal)) return { answer, verdict: { status: 'cancelled', error: undefined, mismatches: [] }, asked };
    }
  }

  #noteUnreached(request: SavedRequest, { ready, error }: Answer): void {
    const stage = error === undefined ? undefined : stoppedAt(error, request.expect, request.until);
    if (error === undefined || stage === undefined) return;
    this.shared.unreached.remember(this.client, ready?.dialect, error, { stage, path: this.job.path, request: request.name });
  }
}

function isOver(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function isTroubled({ status }: Verdict): boolean {
  return status === 'failed' || status === 'error';
}

/** Whether a retry is harmless. After a refused login it is not: a store may lock a user who is refused often. */
function mayRepeat({ error }: Answer): boolean {
  return error === undefined || noteOf(error).unreached !== 'login';
}

function skipped(name: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'needs-result',
    what: t('It needs the result of "{name}", which did not return one.', { name }),
    next: t('See the message for "{name}".', { name }),
  });
}

function unprepared(name: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'not-prepared',
    what: t('It was not sent, because "{name}", which runs before it, did not pass.', { name }),
    next: t('See the message for "{name}".', { name }),
  });
}

function bailed(name: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'bail',
    what: t('It was not sent, because "{name}" did not pass and the run stops at the first request that fails.', { name }),
    next: t('Run it without --bail.'),
  });
}

function untrusted(): ToolkitError {
  return new ToolkitError('policy', {
    code: 'untrusted',
    what: t('Nothing was sent: the workspace is not trusted.'),
    why: t('Request files from others could change data in a store.'),
    next: t('Trust the workspace if you know where its files come from.'),
  });
}
