/** A signal that is aborted with another one, or when time is up. */
export interface Limit {
  readonly signal: AbortSignal;
  /** Whether the time limit ended it. */
  readonly timedOut: boolean;
  /** Releases the timer and the other signal. */
  readonly end: () => void;
}

/**
 * A time limit in milliseconds that also follows another signal. It sets its own timer, since Node 20 may collect an
 * `AbortSignal.timeout` that only an `AbortSignal.any` refers to, and then it never fires. The timer does not keep the process alive.
 */
export function within(milliseconds: number, signal?: AbortSignal): Limit {
  const stop = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = !stop.signal.aborted;
    stop.abort();
  }, milliseconds);
  timer.unref();
  const follow = (): void => {
    stop.abort();
  };
  if (signal?.aborted === true) follow();
  else signal?.addEventListener('abort', follow, { once: true });
  return {
    signal: stop.signal,
    get timedOut() {
      return timedOut;
    },
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', follow);
    },
  };
}
