import { randomUUID } from 'node:crypto';
import { FaultError, ToolkitError } from '../../api/errors';
import type { FailureCode } from '../../api/faults/faults';
import { pause, type RetryPolicy } from '../calls/retry';
import { leavesDoubt } from '../calls/doubt';
import type { RestHeard } from './requests';

/** Failures after which the same request with the same key is sent again: the first may have been carried out, or still be. */
const lost: ReadonlySet<string> = new Set<FailureCode>([
  'connection-dropped',
  'first-byte-timeout',
  'total-timeout',
  'gateway',
  'empty-answer',
]);

/** How much longer each wait is than the one before. */
const BACKOFF_FACTOR = 3;

/**
 * Sends a write that has a key of its own, and again with the same key when its answer was lost: the store then gives the answer of the
 * first (wire maho-26.7 rest/137-138). While the first is still being carried out, it answers that another customer has the e-mail
 * address; that is the first, so it is asked again, and if it does not tell by then, what became of the write stays unknown.
 * @param send sends it once
 * @throws what the first attempt threw, where no later one brought a result
 */
export async function keyed(
  method: string,
  retry: RetryPolicy,
  signal: AbortSignal | undefined,
  send: (key: string) => Promise<RestHeard>,
): Promise<RestHeard> {
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
      // A refusal of the data may be about what the first attempt did. Whatever else comes now says nothing of the first attempt.
      const isOurs = error instanceof FaultError && error.code === '100';
      if (!(isLoss || isOurs) || repeat >= retry.repeats || signal?.aborted === true) throw loss;
      await pause(retry.backoff * BACKOFF_FACTOR ** repeat, signal);
    }
  }
}
