import type { ApiUser } from './users';
import { randomKey } from './data/shop';

/** Sessions a store keeps at most; the longest unused goes first. */
const MOST = 10_000;

interface Session {
  readonly user: ApiUser;
  used: number;
}

/** Who is logged in. A session is good in all dialects, and each use renews it (facts §3). */
export class Sessions {
  readonly #open = new Map<string, Session>();

  /** @param timeout in seconds */
  constructor(
    private readonly timeout: number,
    private readonly clock: () => Date,
  ) {}

  /** Opens a session and returns its ID. */
  open(user: ApiUser): string {
    const id = randomKey();
    this.#open.set(id, { user, used: this.clock().getTime() });
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= MOST) break;
      this.#open.delete(oldest);
    }
    return id;
  }

  /** The user of a session, which this renews; `undefined` when it never was, has ended or has expired. */
  use(id: string): ApiUser | undefined {
    const session = this.#open.get(id);
    if (session === undefined) return undefined;
    const now = this.clock().getTime();
    this.#open.delete(id);
    if (now - session.used > this.timeout * 1000) return undefined;
    session.used = now;
    this.#open.set(id, session);
    return session.user;
  }

  /** The user of a session without renewing it, for the log. */
  peek(id: string): ApiUser | undefined {
    return this.#open.get(id)?.user;
  }

  /** Ends a session; one that does not exist is no mistake (facts §3). */
  end(id: string): void {
    this.#open.delete(id);
  }

  /** Ends every session, so that each next call gets fault 5 (facts §3). */
  endAll(): void {
    this.#open.clear();
  }
}
