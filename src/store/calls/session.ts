import { Shared } from './shared';

/** The session of one store. It is kept in memory only. There is one login at a time, however many callers wait for it. */
export class SessionKeeper {
  readonly #login: Shared<string>;
  #current: string | undefined;

  /**
   * @param login opens a session
   */
  constructor(login: (signal: AbortSignal) => Promise<string>) {
    this.#login = new Shared(async (signal) => (this.#current = await login(signal)));
  }

  /** The session, opened if there is none. @throws the error of the login, and `cancelled` when the signal is aborted */
  async get(signal?: AbortSignal): Promise<string> {
    return this.#current ?? (await this.#login.join(signal));
  }

  /** Forgets a session that has ended. A newer session stays. */
  drop(session: string): void {
    if (this.#current === session) this.#current = undefined;
  }

  /** Stops a login that is under way and forgets the session. Returns the session, so that it can be ended. */
  close(): string | undefined {
    this.#login.stop();
    const session = this.#current;
    this.#current = undefined;
    return session;
  }
}
