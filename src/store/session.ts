import { cancelled } from './transport';

interface PendingLogin {
  readonly promise: Promise<string>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * The session of one store: in memory only, one login in flight however many callers wait for it.
 */
export class SessionKeeper {
  #current: string | undefined;
  #pending: PendingLogin | undefined;

  /**
   * @param login opens a session
   */
  constructor(private readonly login: (signal: AbortSignal) => Promise<string>) {}

  /** The session that is open now, if any. */
  get current(): string | undefined {
    return this.#current;
  }

  /** The session, opened when there is none. A caller that gives up does not take the login from the others. */
  async get(signal?: AbortSignal): Promise<string> {
    if (signal?.aborted === true) throw cancelled(false);
    if (this.#current !== undefined) return this.#current;
    const pending = (this.#pending ??= this.#open());
    pending.waiting++;
    const watch = new AbortController();
    const givenUp = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(cancelled(false)), { once: true, signal: watch.signal });
    });
    try {
      return await Promise.race([pending.promise, givenUp]);
    } finally {
      watch.abort();
      if (--pending.waiting === 0 && this.#pending === pending) pending.stop.abort();
    }
  }

  /** Forgets a session that turned out to be over; a newer one stays. */
  drop(session: string): void {
    if (this.#current === session) this.#current = undefined;
  }

  /** Stops a login in flight and forgets the session, which is returned so that it can be ended. */
  close(): string | undefined {
    this.#pending?.stop.abort();
    const session = this.#current;
    this.#current = undefined;
    return session;
  }

  #open(): PendingLogin {
    const stop = new AbortController();
    const promise = this.login(stop.signal)
      .then((session) => (this.#current = session))
      .finally(() => (this.#pending = undefined));
    return { promise, stop, waiting: 0 };
  }
}
