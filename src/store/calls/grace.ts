import { within } from './limit';

/** How much longer a write under way may take after it was cancelled, in ms: only its answer tells what became of it. */
export const GRACE_MS = 5000;

/** How long the store may be asked what became of a write that was cancelled, in ms. */
const LOOK_MS = 10_000;

/** A signal that follows another after {@link GRACE_MS}. */
export function graceful(signal: AbortSignal | undefined): { readonly signal: AbortSignal; readonly end: () => void } {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(() => {
      stop.abort();
    }, GRACE_MS);
  };
  if (signal?.aborted === true) wait();
  else signal?.addEventListener('abort', wait, { once: true });
  return {
    signal: stop.signal,
    end: () => {
      signal?.removeEventListener('abort', wait);
      clearTimeout(timer);
    },
  };
}

/**
 * A signal for looking at what became of a write: the same one while nobody has cancelled. After a cancel, the look gets {@link LOOK_MS}
 * of its own, since it tells the user whether the write was done.
 */
export function looking(signal: AbortSignal | undefined): AbortSignal | undefined {
  return signal?.aborted === true ? within(LOOK_MS).signal : signal;
}
