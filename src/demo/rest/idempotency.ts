import type { Written } from './written';

/** How long a response is repeated for its key, in seconds. */
const STORED_SECONDS = 24 * 60 * 60;

/** The largest number of stored responses. */
const MAX_STORED_RESPONSES = 10_000;

/**
 * Responses to writes by their `X-Idempotency-Key`. The same key gets the same response, whatever the body (wire maho-26.7 rest/137-139).
 */
export class Idempotency {
  readonly #answers = new Map<string, { readonly until: number; readonly answer: Written }>();

  constructor(private readonly now: () => Date) {}

  /** A copy that is independent of later changes. */
  copy(): Idempotency {
    const copy = new Idempotency(this.now);
    for (const [key, answer] of this.#answers) copy.#answers.set(key, answer);
    return copy;
  }

  /** The response to the write that had this key. */
  find(key: string): Written | undefined {
    const kept = this.#answers.get(key);
    if (kept === undefined || kept.until <= this.now().getTime()) return undefined;
    const { Location } = kept.answer.headers;
    return {
      ...kept.answer,
      headers: {
        ...(Location === undefined ? {} : { Location }),
        'X-Idempotency-Replayed': 'true',
        'Cache-Control': 'no-cache, private, max-age=0',
      },
    };
  }

  /** Stores the response to a write that was carried out. */
  keep(key: string, answer: Written): void {
    this.#answers.delete(key);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size < MAX_STORED_RESPONSES) break;
      this.#answers.delete(oldest);
    }
    this.#answers.set(key, { until: this.now().getTime() + STORED_SECONDS * 1000, answer });
  }
}
