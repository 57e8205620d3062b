import { TransportError } from '../wire/failure';

/** How often and how fast a read is repeated whose connection was lost. A write is repeated only by a task that sends a key with it. */
export interface RetryPolicy {
  /** Repeats after the first attempt. */
  readonly repeats: number;
  /** Wait before the first repeat, in milliseconds; each further one waits three times as long. */
  readonly backoff: number;
}

/** Two repeats, after 250 and 750 ms. */
export const defaultRetry: RetryPolicy = { repeats: 2, backoff: 250 };

/** Failures that a second attempt may well not meet. Time-outs are not among them: they have cost the user enough time. */
const passing = new Set<string>(['connection-dropped', 'lookup-failed']);

/** Whether another attempt makes sense. */
export function isPassing(error: unknown): boolean {
  return error instanceof TransportError && passing.has(error.failure);
}

/**
 * Runs an attempt, and again after passing failures.
 * @param mayRepeat asked before every repeat: whether nothing has been handed out yet that a repeat would hand out again
 * @throws what the last attempt threw
 */
export async function repeating<T>(
  policy: RetryPolicy,
  signal: AbortSignal | undefined,
  mayRepeat: () => boolean,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let repeat = 0; ; repeat++) {
    try {
      return await attempt();
    } catch (error) {
      if (repeat >= policy.repeats || !isPassing(error) || !mayRepeat() || signal?.aborted === true) throw error;
      await pause(policy.backoff * 3 ** repeat, signal);
    }
  }
}

/** Waits, or until the signal is aborted. @param ms how long */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
  });
}
