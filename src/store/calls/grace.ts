import { within } from './limit';

/** How long an answer under way is waited for after a cancel, in ms: rather that than writes in doubt. */
export const GRACE_MS = 5000;

/** How long is looked for what became of a write whose end was not waited for, in ms. */
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
 * A signal for looking at what became of a write. A cancel ends the look too; where the cancel came before, the look gets a
 * little time of its own, since it is what tells the user whether the write was done.
 */
export function looking(signal: AbortSignal | undefined): AbortSignal | undefined {
  return signal?.aborted === true ? within(LOOK_MS).signal : signal;
}
