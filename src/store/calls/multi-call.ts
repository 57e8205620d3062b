import { append } from '../../api/lists';
import { findProtocolOperation } from '../../api/protocol';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { FaultError, ToolkitError, toToolkitError } from '../../api/errors';
import { explainFault } from '../../api/faults/faults';
import { isList, isRecord, type SoapList, type SoapRecord, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { codecs } from '../../soap/dialects';
import type { CallResult } from './call';
import type { Exchange } from '../wire/exchange';
import { maskText, secretsIn } from '../masking/mask';
import { note, noteOf } from '../wire/note';
import { isWrite } from './policy';
import { v1Pair, type CallArguments, type SoapTask } from '../soap/tasks';

/** One of the calls of a multiCall. */
export interface BatchedCall {
  readonly method: string;
  readonly args?: CallArguments | undefined;
}

/** How calls are sent together. */
export interface MultiCallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Do not send the calls after the first fault. */
  readonly stopAtFault?: boolean | undefined;
  /** Calls in one request, 100 by default. If the answer of a batch is lost, this many calls are in doubt. */
  readonly batch?: number | undefined;
  /** The user confirmed these writes to a production store. */
  readonly confirmed?: boolean | undefined;
  /** Called after every batch with the number of calls that have ended. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** The result of one call. */
export type BatchedResult =
  | { readonly state: 'result'; readonly value: SoapValue }
  | { readonly state: 'fault'; readonly error: FaultError }
  /** A write whose batch was lost on the way, or whose answer does not fit: it may have been executed. */
  | { readonly state: 'unknown' }
  /** An earlier fault, failure or cancellation came first. */
  | { readonly state: 'not-sent' };

/** The result of a multiCall: of each call, and of the whole. */
export interface MultiCallResult {
  /** One for each call, in order. */
  readonly outcomes: readonly BatchedResult[];
  /**
   * The reason why it ended early: a lost connection, a cancellation, a fault of the whole request, an answer that does not fit its calls.
   */
  readonly error?: ToolkitError | undefined;
  /** One for each batch that was sent, in order. */
  readonly exchanges: readonly Exchange[];
}

const BATCH_CALLS = 100;

/**
 * Sends calls in batches, one after the other, and sorts results and faults.
 * @param send sends one batch as a separate task
 * @throws {ToolkitError} of kind `input` for arguments that cannot be sent, before anything is sent; later failures are in the result
 */
export async function multiCall(
  calls: readonly BatchedCall[],
  options: MultiCallOptions,
  send: (task: SoapTask) => Promise<CallResult>,
  registry: ResourceRegistry = knownResources,
): Promise<MultiCallResult> {
  const pairs = calls.map(({ method, args }) => v1Pair(method, args ?? {}, registry));
  const writes = ({ method }: BatchedCall): boolean => isWrite(method, registry);
  const inDoubt = (call: BatchedCall): BatchedResult => ({ state: writes(call) ? 'unknown' : 'not-sent' });
  const size = Math.max(1, options.batch ?? BATCH_CALLS);
  const outcomes: BatchedResult[] = [];
  const exchanges: Exchange[] = [];
  let error: ToolkitError | undefined;
  for (let start = 0; start < calls.length && error === undefined; start += size) {
    const part = calls.slice(start, start + size);
    try {
      const { value, exchange } = await send(batchTask(pairs.slice(start, start + size), options.stopAtFault === true, part.some(writes)));
      exchanges.push(exchange);
      const answered = outcomesOf(isList(value) ? value : [], part, exchange, registry);
      append(outcomes, answered);
      const open = part.slice(answered.length);
      // Stopping at a fault leaves the rest of a batch unsent (facts §8). Any other answer that is too short says nothing about the rest.
      if (open.length > 0 && !(options.stopAtFault === true && answered.at(-1)?.state === 'fault')) {
        error = note(unfitting(part.length, answered.length), { exchange, ...(open.some(writes) ? { execution: 'unknown' } : {}) });
        append(outcomes, open.map(inDoubt));
      }
    } catch (thrown) {
      error = toToolkitError(thrown);
      const { execution, exchange } = noteOf(error);
      if (exchange !== undefined) exchanges.push(exchange);
      if (execution === 'unknown') append(outcomes, part.map(inDoubt));
    }
    options.onProgress?.(outcomes.length);
    if (options.stopAtFault === true && outcomes.some(({ state }) => state === 'fault')) break;
  }
  while (outcomes.length < calls.length) outcomes.push({ state: 'not-sent' });
  return { outcomes, error, exchanges };
}

function batchTask(pairs: readonly (readonly [string, readonly SoapValue[]])[], stopAtFault: boolean, write: boolean): SoapTask {
  const operation = findProtocolOperation('multiCall');
  if (operation === undefined) throw new Error('The catalogue lacks multiCall.');
  const args: SoapRecord = { calls: pairs, options: stopAtFault ? { break: 1 } : null };
  return {
    method: operation.id,
    args,
    write,
    right: undefined,
    encode: ({ summary }, session) => codecs.v1.encodeProtocol(operation, { ...args, sessionId: session }, summary),
  };
}

function unfitting(sent: number, answered: number): ToolkitError {
  return new ToolkitError('decode', {
    code: 'multicall-answer',
    what: t('The store answered {answered} of {sent} calls that were sent together.', { answered, sent }),
    why: t('It is not known what it did with the others.'),
    next: t('Check the data in the store before you send them again.'),
  });
}

/** The outcomes in a batch's answer: as many as the answer has entries. */
function outcomesOf(
  answers: SoapList,
  calls: readonly BatchedCall[],
  exchange: Exchange,
  registry: ResourceRegistry,
): readonly BatchedResult[] {
  return calls.slice(0, answers.length).map((call, index): BatchedResult => {
    const answer = answers[index] ?? null;
    if (!isRecord(answer) || answer['isFault'] !== true) return { state: 'result', value: answer };
    const hide = (text: string): string => maskText(exchange.mask(text), secretsIn(call.args ?? {}));
    const fault = { code: exchange.mask(textOf(answer['faultCode'])), message: hide(textOf(answer['faultMessage'])) };
    const { what, why, next, topic } = explainFault(fault, {
      phase: 'call',
      method: call.method,
      right: registry.find(call.method)?.right,
      registry,
    });
    return { state: 'fault', error: note(new FaultError(fault, { what, why, next, topic }), { exchange }) };
  });
}

function textOf(value: SoapValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
