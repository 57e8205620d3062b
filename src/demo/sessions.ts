import { randomBytes } from 'node:crypto';
import type { ApiUser } from './users';

/**
 * Sessions a store keeps at most of each kind: those that were used since their login, and those that never were. The longest unused goes
 * first.
 */
const MAX_SESSIONS = 10_000;

interface Session {
  readonly user: ApiUser;
  /** When it was opened or last used, in milliseconds. */
  used: number;
}

/** Sessions and their users. A session works in all dialects, and each use renews it (facts §3). */
export class Sessions {
  /** Never used since their login. Kept apart, so that a flood of logins pushes out nothing but itself. */
  readonly #fresh = new Map<string, Session>();
  readonly #working = new Map<string, Session>();

  /**
   * @param timeout in seconds after which an unused session ends
   * @param length of a session ID, in hex digits
   */
  constructor(
    public timeout: number,
    private readonly length: number,
    private readonly clock: () => Date,
  ) {}

  /** An ID as sessions have it. `startSession` gives one without a user. */
  newId(): string {
    return randomBytes(this.length / 2).toString('hex');
  }

  /** Opens a session and returns its ID. */
  open(user: ApiUser): string {
    const id = this.newId();
    add(this.#fresh, id, { user, used: this.clock().getTime() });
    return id;
  }

  /** The user of a session, which this renews; `undefined` when it never was, has ended or has expired. */
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

  /** Ends a session; ending one that does not exist is not an error (facts §3). */
  end(id: string): void {
    this.#fresh.delete(id);
    this.#working.delete(id);
  }

  /** Ends every session, so that each next call gets fault 5 (facts §3). */
  endAll(): void {
    this.#fresh.clear();
    this.#working.clear();
  }
}

/** Adds a session as the latest, and drops the longest unused beyond {@link MAX_SESSIONS}. */
function add(sessions: Map<string, Session>, id: string, session: Session): void {
  sessions.set(id, session);
  for (const oldest of sessions.keys()) {
    if (sessions.size <= MAX_SESSIONS) break;
    sessions.delete(oldest);
  }
}
