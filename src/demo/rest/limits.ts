import { tooMany } from './answer';

/** The allowed number of requests of one kind in a time window. */
export interface Limit {
  readonly requests: number;
  /** Length of the window from its first request, in seconds. */
  readonly seconds: number;
}

/** `system/rate_limit/auth_token_ip` as recorded: failed requests count too (wire maho-26.7 rest/004-017). */
export const tokenLimit: Limit = { requests: 10, seconds: 60 };

/** `system/rate_limit/customer_register` as recorded (wire maho-26.7 rest/140-148). */
export const registerLimit: Limit = { requests: 5, seconds: 3600 };

/** `system/rate_limit/customer_login`, by e-mail address. */
export const loginLimit: Limit = { requests: 5, seconds: 60 };

/** The largest number of counters. */
const MAX_COUNTERS = 10_000;

/** Counts requests by their sender. */
export class RateLimit {
  readonly #windows = new Map<string, { readonly until: number; count: number }>();

  constructor(
    private readonly limit: Limit,
    private readonly now: () => Date,
  ) {}

  /** Counts a request. @throws {RestError} 429 when there were too many */
  count(whose: string): void {
    const now = this.now().getTime();
    let window = this.#windows.get(whose);
    if (window === undefined || window.until <= now) {
      this.#windows.delete(whose);
      for (const oldest of this.#windows.keys()) {
        if (this.#windows.size < MAX_COUNTERS) break;
        this.#windows.delete(oldest);
      }
      window = { until: now + this.limit.seconds * 1000, count: 0 };
      this.#windows.set(whose, window);
    }
    if (++window.count > this.limit.requests) throw tooMany();
  }
}
