import type { Dialect } from '../../api/dialect';
import { ToolkitError, toToolkitError } from '../../api/errors';
import { findTraps } from '../../api/traps';
import { isList, type SoapList, type SoapValue } from '../../api/value';
import { noteOf, type Exchange } from '../../store';
import type { SavedRequest } from '../file/model';
import type { Resolver } from '../variables/resolver';
import { hasPlaceholder } from '../variables/template';
import { t } from '../../l10n/texts';
import type { RequestClient, RequestRun, RunOptions, RunStatus } from './model';
import { prepare, isWriting, type ReadyRequest } from './send';

/** The result of sending a request once, not yet compared with its expectation. */
export interface Answer {
  /** `undefined` when its placeholders could not be filled. */
  readonly ready: ReadyRequest | undefined;
  readonly value: SoapValue | undefined;
  readonly error: ToolkitError | undefined;
  readonly dialect: Dialect | undefined;
  readonly exchange: Exchange | undefined;
  /** Rows of a list that arrived before it was stopped or cut off. */
  readonly came?: SoapList | undefined;
}

/** What {@link ask} needs. */
interface Asking {
  readonly client: RequestClient;
  readonly resolver: Resolver;
  readonly options: RunOptions;
  readonly signal: AbortSignal | undefined;
  /**
   * Ends a write in place of `signal`, some time after it, so that a write under way gets its answer. `undefined` when the file has no
   * requests that clean up after it.
   */
  readonly late: AbortSignal | undefined;
}

/** Sends a request once. Never throws for a mistake of the request or the store. */
export async function ask(request: SavedRequest, { client, resolver, options, signal, late }: Asking): Promise<Answer> {
  let ready: ReadyRequest | undefined;
  try {
    ready = prepare(request, resolver);
    if (request.until !== undefined && isWriting(ready)) throw repeatedWrite(request);
    const confirmed = await isConfirmed(request, ready, client, options);
    const { value, dialect, exchange } = await ready.send(client, isWriting(ready) ? (late ?? signal) : signal, confirmed);
    return { ready, value, error: undefined, dialect, exchange };
  } catch (thrown) {
    const error = toToolkitError(thrown);
    const { exchange, rows } = noteOf(error);
    return { ready, value: undefined, error, dialect: exchange?.dialect, exchange, came: await rows?.() };
  }
}

async function isConfirmed(
  request: SavedRequest,
  ready: ReadyRequest,
  { config }: RequestClient,
  { confirm }: RunOptions,
): Promise<boolean> {
  if (config.environment !== 'production' || config.readOnly === true || !isWriting(ready)) return false;
  return (await confirm?.({ request, store: config.name, methods: ready.methods })) ?? false;
}

function repeatedWrite({ name }: SavedRequest): ToolkitError {
  return new ToolkitError('input', {
    code: 'until-write',
    what: t('"{name}" was not sent: "until" repeats a request, and this one writes to the store.', { name }),
    why: t('A write is sent only once.'),
    next: t('Let another request read until the result of the write is there.'),
  });
}

/** The run of a request, from its answer and verdict. */
export function runOf(
  request: SavedRequest,
  { ready, value, dialect, exchange, came = [] }: Answer,
  verdict: Pick<RequestRun, 'status' | 'mismatches' | 'error'>,
  own: Dialect | undefined,
): RequestRun {
  const spoken = ready?.dialect ?? request.dialect ?? own;
  // If the placeholders could not be filled, no trap judges their values.
  const opaque = ready === undefined ? (each: SoapValue): boolean => typeof each === 'string' && hasPlaceholder(each) : undefined;
  const args = ready === undefined ? request.args : ready.args;
  return {
    ...unsentRun(request, verdict.status, verdict.error),
    mismatches: verdict.mismatches,
    args: ready?.args,
    value,
    findings: request.method === undefined ? [] : findTraps({ method: request.method, args, dialect: spoken, opaque }),
    dialect,
    ms: exchange?.timings.total,
    rows: isList(value) ? value.length : undefined,
    part: came.length === 0 ? undefined : { rows: came.length, list: came },
    bytes: exchange?.reveal().response?.bytes,
    exchange,
    tries: 1,
  };
}

/** The run of a request that was not sent. */
export function unsentRun(request: SavedRequest, status: RunStatus, error?: ToolkitError): RequestRun {
  return {
    request,
    row: undefined,
    status,
    dialect: undefined,
    args: undefined,
    ms: undefined,
    value: undefined,
    rows: undefined,
    part: undefined,
    bytes: undefined,
    error,
    mismatches: [],
    findings: [],
    exchange: undefined,
    answer: undefined,
    shown: undefined,
    tries: 0,
  };
}
