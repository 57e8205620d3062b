import { ToolkitError, toToolkitError } from '../../api/errors';
import { findTraps } from '../../api/traps';
import { isList, type SoapValue } from '../../api/value';
import { noteOf } from '../../store';
import { evaluate, expectsError, namesError } from '../expect/evaluate';
import type { Expectation } from '../expect/schema';
import { variablesOf, type SavedRequest } from '../file/model';
import { unreadable, unrunnable } from '../file/verdict';
import { Resolver } from '../variables/resolver';
import { hasPlaceholder } from '../variables/template';
import type { FileJob, FileRun, RequestClient, RequestRun, RunOptions, RunReport, RunStatus } from './model';
import { answerOf, shownExchange } from './record';
import { needs, withNeeds } from './select';
import { Unreached } from './unreached';
import { prepare, writes, type ReadyRequest } from './send';

/**
 * Runs files, some of them side by side; the requests of a file run in order. Never throws for what a request, a store
 * or a file does wrong: that is in the report.
 * @param parallel how many files at the same time
 */
export async function runFiles(jobs: readonly FileJob[], options: RunOptions, parallel = 1): Promise<RunReport> {
  const startedAt = Date.now();
  const begun = performance.now();
  const files: FileRun[] = [];
  const queue = [...jobs.entries()];
  const unreached = new Unreached();
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) files[next[0]] = await runFile(next[1], options, unreached);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(parallel, jobs.length)) }, worker));
  return { files, startedAt, ms: performance.now() - begun };
}

/**
 * Runs the requests of one file in order. See {@link runFiles}.
 * @param unreached stores that could not be used for files of the same run; requests for them are not tried again
 */
export async function runFile(job: FileJob, options: RunOptions, unreached = new Unreached()): Promise<FileRun> {
  const begun = performance.now();
  const { path, file, client } = job;
  const requests = options.only === undefined ? file.requests : withNeeds(file.requests, options.only);
  options.onEvent?.({ kind: 'file-started', job, requests });
  const error = options.trusted ? (unreadable(path, file) ?? (client instanceof ToolkitError ? client : undefined)) : untrusted();
  const runs = error !== undefined || client instanceof ToolkitError ? [] : await new Runner(job, client, options, unreached).run(requests);
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

  constructor(
    private readonly job: FileJob,
    private readonly client: RequestClient,
    private readonly options: RunOptions,
    private readonly unreached: Unreached,
  ) {
    const { name, url, user, dialect, environment } = client.config;
    this.#resolver = new Resolver({
      file: variablesOf(job.file),
      environment: options.environment,
      env: options.env,
      trusted: options.trusted,
      store: { name, url, user, dialect: dialect ?? client.dialect, environment },
    });
  }

  async run(requests: readonly SavedRequest[]): Promise<readonly RequestRun[]> {
    const { job, options } = this;
    const uses = requests.map(needs);
    const lastUse = new Map(uses.flatMap((names, index) => [...names].map((name) => [name, index] as const)));
    const brought = new Set<string>();
    const runs: RequestRun[] = [];
    for (const [index, request] of requests.entries()) {
      options.onEvent?.({ kind: 'request-started', job, request });
      const missing = [...(uses[index] ?? [])].find(
        (name) => !brought.has(name) && name !== request.name && runs.some((run) => run.request.name === name),
      );
      const run =
        options.signal?.aborted === true
          ? unsent(request, 'cancelled')
          : (this.#held(request, missing) ?? (await this.#one(request, lastUse, brought)));
      runs.push(this.#kept(run));
      options.onEvent?.({ kind: 'request-finished', job, run });
      for (const name of [request.name, ...(uses[index] ?? [])]) if ((lastUse.get(name) ?? index) <= index) this.#resolver.forget(name);
    }
    return runs;
  }

  /** A run without what would take memory, and with what reports show of it instead. */
  #kept(run: RequestRun): RequestRun {
    const { exchange, request } = run;
    const answer = answerOf({ ...run, method: request.method });
    const shown = this.options.exchanges === true && exchange !== undefined ? shownExchange(exchange) : undefined;
    return { ...run, answer, shown, ...(this.options.keep === true ? {} : { args: undefined, value: undefined, exchange: undefined }) };
  }

  /** What becomes of a request that is not tried: it is not well written, its store is out of reach, or what it needs did not come. */
  #held(request: SavedRequest, missing: string | undefined): RequestRun | undefined {
    const invalid = unrunnable(this.job.file, request);
    if (invalid !== undefined) return unsent(request, 'error', invalid);
    const useless = this.unreached.of(this.client, request.method === 'multiCall' ? 'v1' : request.dialect);
    if (useless !== undefined) return unsent(request, 'error', useless);
    return missing === undefined ? undefined : unsent(request, 'skipped', skipped(missing));
  }

  async #one(request: SavedRequest, needed: ReadonlyMap<string, number>, brought: Set<string>): Promise<RequestRun> {
    const { client, options } = this;
    let ready: ReadyRequest | undefined;
    try {
      ready = prepare(request, this.#resolver);
      const confirmed = await this.#confirmed(request, ready);
      const { value, dialect, exchange } = await ready.send(client, options.signal, confirmed);
      brought.add(request.name);
      if (needed.has(request.name)) this.#resolver.remember(request.name, value);
      const mismatches = evaluate(this.#expectation(request, value), { value, ms: exchange.timings.total });
      return {
        ...this.#common(request, ready, value),
        bytes: exchange.reveal().response?.bytes,
        status: mismatches.length === 0 ? 'passed' : 'failed',
        dialect,
        ms: exchange.timings.total,
        rows: isList(value) ? value.length : undefined,
        error: undefined,
        mismatches,
        exchange,
        answer: undefined,
        shown: undefined,
      };
    } catch (thrown) {
      return this.#failed(request, ready, toToolkitError(thrown));
    }
  }

  #failed(request: SavedRequest, ready: ReadyRequest | undefined, error: ToolkitError): RequestRun {
    const { exchange, unreached } = noteOf(error);
    const common = {
      ...this.#common(request, ready, undefined),
      dialect: exchange?.dialect,
      ms: exchange?.timings.total,
      rows: undefined,
      bytes: exchange?.reveal().response?.bytes,
      error,
      exchange,
      answer: undefined,
      shown: undefined,
    };
    if (error.code === 'cancelled' && error.kind === 'transport') return { ...common, status: 'cancelled', mismatches: [] };
    // Whoever expects exactly the fault of a refused session gets what the file says: the store did answer the call with it.
    const stage = unreached === 'session' && namesError(request.expect, error) ? undefined : unreached;
    if (stage !== undefined)
      this.unreached.remember(this.client, ready?.dialect, error, { stage, path: this.job.path, request: request.name });
    // An error before the request was sent is not an answer to it, whatever is expected.
    if (stage !== undefined || !expectsError(request.expect, error)) return { ...common, status: 'error', mismatches: [] };
    let expectation: Expectation | undefined;
    try {
      expectation = this.#expectation(request, undefined);
    } catch (unfilled) {
      // What is expected is not known, so nothing can be said of the answer.
      return { ...common, status: 'error', error: toToolkitError(unfilled), mismatches: [] };
    }
    const mismatches = evaluate(expectation, { error, ms: exchange?.timings.total });
    return { ...common, status: mismatches.length === 0 ? 'passed' : 'failed', mismatches };
  }

  #common(
    request: SavedRequest,
    ready: ReadyRequest | undefined,
    value: SoapValue | undefined,
  ): Pick<RequestRun, 'request' | 'args' | 'value' | 'findings'> {
    const dialect = ready?.dialect ?? request.dialect ?? this.client.dialect;
    // Where the placeholders could not be filled, nothing is said about what they stand for.
    const opaque = ready === undefined ? (each: SoapValue): boolean => typeof each === 'string' && hasPlaceholder(each) : undefined;
    const findings =
      request.method === undefined
        ? []
        : findTraps({ method: request.method, args: ready === undefined ? request.args : ready.args, dialect, opaque });
    return { request, args: ready?.args, value, findings };
  }

  /** The expectation with its placeholders filled; it may refer to the request's own result. */
  #expectation({ expect, name }: SavedRequest, value: SoapValue | undefined): Expectation | undefined {
    if (expect === undefined) return undefined;
    if (value !== undefined && needsOwn(expect, name)) this.#resolver.remember(name, value);
    const { result, fault } = expect;
    const message = typeof fault === 'object' ? fault.message : undefined;
    return {
      ...expect,
      ...(result === undefined ? {} : { result: this.#resolver.resolve(result) }),
      ...(typeof fault === 'object' && message !== undefined ? { fault: { ...fault, message: this.#resolver.resolve(message) } } : {}),
    };
  }

  async #confirmed(request: SavedRequest, ready: ReadyRequest): Promise<boolean> {
    const { config } = this.client;
    if (config.environment !== 'production' || config.readOnly === true || !writes(ready)) return false;
    return (await this.options.confirm?.({ request, store: config.name, methods: ready.methods })) ?? false;
  }
}

function needsOwn(expect: Expectation, name: string): boolean {
  return JSON.stringify(expect).includes(`{{${name}.result`);
}

function unsent(request: SavedRequest, status: RunStatus, error?: ToolkitError): RequestRun {
  return {
    request,
    status,
    dialect: undefined,
    args: undefined,
    ms: undefined,
    value: undefined,
    rows: undefined,
    bytes: undefined,
    error,
    mismatches: [],
    findings: [],
    exchange: undefined,
    answer: undefined,
    shown: undefined,
  };
}

function skipped(name: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'needs-result',
    what: `It needs the result of "${name}", which brought none.`,
    next: `See what is said about "${name}".`,
  });
}

function untrusted(): ToolkitError {
  return new ToolkitError('policy', {
    code: 'untrusted',
    what: 'Nothing was sent: the workspace is not trusted.',
    why: 'Request files of others could change what is in a store.',
    next: 'Trust the workspace if you know where its files come from.',
  });
}
