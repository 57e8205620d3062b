import { TransportError } from '../wire/failure';

/** How often and how fast a read is repeated if its connection was lost. A write is repeated only by a task that sends a key with it. */
export interface RetryPolicy {
  /** Number of repeats after the first attempt. */
  readonly repeats: number;
  /** Wait before the first repeat, in milliseconds. Each further wait is three times as long. */
  readonly backoff: number;
}

/** Two repeats, after 250 and 750 ms. */
export const defaultRetry: RetryPolicy = { repeats: 2, backoff: 250 };

/** Failures that a second attempt often avoids. Timeouts are not among them, since they have already cost the user enough time. */
const passing = new Set<string>(['connection-dropped', 'lookup-failed']);

/** Whether another attempt may succeed. */
export function isPassing(error: unknown): boolean {
  return error instanceof TransportError && passing.has(error.failure);
}

/**
 * Runs an attempt, and runs it again after passing failures.
 * @param mayRepeat called before every repeat; false if the attempt delivered something that a repeat would deliver again
 * @throws the error of the last attempt
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

/** Waits for a time, or until the signal is aborted. @param ms length of the wait */
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
