import type { CallOutcome } from '../calls/outcome';

/** How many results stay in memory, so that they can be shown again. */
export const MAX_RESULTS = 20;
/** And so many bytes of answers, counted as they came. The newest stays however large it is. */
export const MAX_BYTES = 50_000_000;

/** The results that were brought last, by a key. Older ones are let go once there are too many or they are too large. */
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

  /** Keeps an outcome as the newest, in place of what was kept under its key. */
  keep(key: string, outcome: CallOutcome): void {
    this.#results.delete(key);
    this.#results.set(key, outcome);
    let bytes = 0;
    for (const [index, [each, kept]] of [...this.#results].toReversed().entries()) {
      bytes += kept.exchange?.reveal().response?.bytes ?? 0;
      if (index > 0 && (index >= MAX_RESULTS || bytes > MAX_BYTES)) this.#results.delete(each);
    }
  }
}
