import { setTimeout as sleep } from 'node:timers/promises';

/** How long requests that clean up may take after the run was ended, in ms. */
export const CLEANUP_MS = 30_000;

/** Waits. Ends early, without an error, when the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}

/** A signal that is aborted some time after another one, so that cleaning up has that much time. */
export function delayedAbort(signal: AbortSignal | undefined, ms: number): AbortSignal | undefined {
  if (signal === undefined) return undefined;
  const late = new AbortController();
  const begin = (): void => {
    setTimeout(() => {
      late.abort();
    }, ms).unref();
  };
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return late.signal;
}
