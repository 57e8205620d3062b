import { Shared } from './shared';

/** The session of one store: in memory only, one login in flight however many callers wait for it. */
export class SessionKeeper {
  readonly #login: Shared<string>;
  #current: string | undefined;

  /**
   * @param login opens a session
   */
  constructor(login: (signal: AbortSignal) => Promise<string>) {
    this.#login = new Shared(async (signal) => (this.#current = await login(signal)));
  }

  /** The session, opened when there is none. @throws what the login throws, and `cancelled` when the signal is aborted */
  async get(signal?: AbortSignal): Promise<string> {
    return this.#current ?? (await this.#login.join(signal));
  }

  /** Forgets a session that turned out to be over; a newer one stays. */
  drop(session: string): void {
    if (this.#current === session) this.#current = undefined;
  }

  /** Stops a login in flight and forgets the session, which is returned so that it can be ended. */
  close(): string | undefined {
    this.#login.stop();
    const session = this.#current;
    this.#current = undefined;
    return session;
  }
}
