import { randomBytes } from 'node:crypto';
import type { ApiUser } from './users';

/**
 * How many sessions a store keeps of each kind: those that were used since their login, and those that were not. The least recently used
 * sessions are dropped.
 */
const MAX_SESSIONS = 10_000;

interface Session {
  readonly user: ApiUser;
  /** When it was opened or last used, in milliseconds since 1970. */
  used: number;
}

/** Sessions and their users. A session is valid in all dialects, and each use renews it (facts §3). */
export class Sessions {
  /** Not used since their login. They are kept separately, so that a flood of logins pushes out only other new sessions. */
  readonly #fresh = new Map<string, Session>();
  readonly #working = new Map<string, Session>();

  /**
   * @param timeout seconds after which an unused session ends
   * @param length length of a session ID in hexadecimal digits
   */
  constructor(
    public timeout: number,
    private readonly length: number,
    private readonly clock: () => Date,
  ) {}

  /** A random ID in the form of a session ID. `startSession` returns one without a user. */
  newId(): string {
    return randomBytes(this.length / 2).toString('hex');
  }

  /** Opens a session and returns its ID. */
  open(user: ApiUser): string {
    const id = this.newId();
    add(this.#fresh, id, { user, used: this.clock().getTime() });
    return id;
  }

  /** The user of a session, which this renews; `undefined` when the session does not exist or has ended. */
  use(id: string): ApiUser | undefined {
    const session = this.#fresh.get(id) ?? this.#working.get(id);
    if (session === undefined) return undefined;
    const now = this.clock().getTime();
    this.end(id);
    if (now - session.used > this.timeout * 1000) return undefined;
    session.used = now;
    add(this.#working, id, session);
    return session.user;
  }

  /** Ends a session. It is not an error if the session does not exist (facts §3). */
  end(id: string): void {
    this.#fresh.delete(id);
    this.#working.delete(id);
  }

  /** Ends every session, so that its next call gets fault 5 (facts §3). */
  endAll(): void {
    this.#fresh.clear();
    this.#working.clear();
  }
}

/** Adds a session as the latest, and drops the least recently used beyond {@link MAX_SESSIONS}. */
function add(sessions: Map<string, Session>, id: string, session: Session): void {
  sessions.set(id, session);
  for (const oldest of sessions.keys()) {
    if (sessions.size <= MAX_SESSIONS) break;
    sessions.delete(oldest);
  }
}
