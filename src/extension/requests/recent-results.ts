import type { CallOutcome } from '../calls/outcome';

/** Number of results that stay in memory, so that they can be shown again. */
export const MAX_RESULTS = 20;
/** Largest total of the responses that stay in memory, in bytes as they were received. The newest stays whatever its size. */
export const MAX_RESPONSE_BYTES = 50_000_000;

/** The latest results, by a key. The oldest are dropped when there are too many, or when they are too large. */
export class RecentResults {
  /** Oldest first. */
  readonly #results = new Map<string, CallOutcome>();

  /** The outcome under a key, as long as it is kept. */
  get(key: string): CallOutcome | undefined {
    return this.#results.get(key);
  }

  /** The outcome of an exchange, by the ID of the exchange. */
  ofExchange(id: string): CallOutcome | undefined {
    return [...this.#results.values()].find(({ exchange }) => exchange?.id === id);
  }

  /** Keeps an outcome as the newest, and replaces the one under the same key. */
  keep(key: string, outcome: CallOutcome): void {
    this.#results.delete(key);
    this.#results.set(key, outcome);
    let bytes = 0;
    for (const [index, [each, kept]] of [...this.#results].toReversed().entries()) {
      bytes += kept.exchange?.reveal().response?.bytes ?? 0;
      if (index > 0 && (index >= MAX_RESULTS || bytes > MAX_RESPONSE_BYTES)) this.#results.delete(each);
    }
  }
}
