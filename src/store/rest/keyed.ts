import { randomUUID } from 'node:crypto';
import { FaultError, ToolkitError } from '../../api/errors';
import type { FailureCode } from '../../api/faults/faults';
import { pause, type RetryPolicy } from '../calls/retry';
import { leavesDoubt } from '../calls/doubt';
import type { RestExchangeResult } from './requests';

/** Failures after which the same request is sent again with the same key: the first may have been executed, or may still be running. */
const lost: ReadonlySet<string> = new Set<FailureCode>([
  'connection-dropped',
  'first-byte-timeout',
  'total-timeout',
  'gateway',
  'empty-answer',
]);

/** Ratio of each wait to the one before. */
const BACKOFF_FACTOR = 3;

/**
 * Sends a write with its own key, and sends it again with the same key if its answer was lost. The store then repeats the answer to the
 * first (wire maho-26.7 rest/137-138). While the first is still running, the store answers that another customer has the e-mail
 * address. That customer is the one of the first request, so it is sent again. If no result comes, it stays unknown whether the write was
 * executed.
 * @param send sends it once
 * @throws the error of the first attempt, if no later one returned a result
 */
export async function keyed(
  method: string,
  retry: RetryPolicy,
  signal: AbortSignal | undefined,
  send: (key: string) => Promise<RestExchangeResult>,
): Promise<RestExchangeResult> {
  const key = randomUUID();
  let loss: ToolkitError | undefined;
  for (let repeat = 0; ; repeat++) {
    try {
      return await send(key);
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      const isLoss = leavesDoubt(error, method) && lost.has(error.code);
      if (isLoss) loss ??= error;
      if (loss === undefined) throw error;
      // A refusal of the data may refer to the customer of the first attempt. Any other error now says nothing about the first attempt.
      const isOurs = error instanceof FaultError && error.code === '100';
      if (!(isLoss || isOurs) || repeat >= retry.repeats || signal?.aborted === true) throw loss;
      await pause(retry.backoff * BACKOFF_FACTOR ** repeat, signal);
    }
  }
}
