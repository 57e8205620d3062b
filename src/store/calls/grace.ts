import { within } from './limit';

/** How long a write under way may still take after it was cancelled, in ms. Only its answer tells whether it was done. */
export const WRITE_GRACE_MS = 5000;

/** How long the check of a cancelled write may take, in ms. */
const CHECK_AFTER_CANCEL_MS = 10_000;

/** A signal that follows another after {@link WRITE_GRACE_MS}. */
export function writingSignal(signal: AbortSignal | undefined): { readonly signal: AbortSignal; readonly end: () => void } {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(() => {
      stop.abort();
    }, WRITE_GRACE_MS);
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
 * A signal for checking whether a write was done. It is the same signal while nobody has cancelled. After a cancel, the check has
 * {@link CHECK_AFTER_CANCEL_MS}, since its result tells the user whether the write was done.
 */
export function checkingSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  return signal?.aborted === true ? within(CHECK_AFTER_CANCEL_MS).signal : signal;
}
