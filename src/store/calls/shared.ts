import { cancelled } from '../wire/transport';

interface Flight<T> {
  readonly promise: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * Work that many callers may wait for but that is done once: a login, the reading of a WSDL. A caller that gives up does not
 * stop it for the others. When the last caller gives up, the work is stopped.
 */
export class Shared<T> {
  #flight: Flight<T> | undefined;

  /** @param work does the work until its signal says that no caller waits any more */
  constructor(private readonly work: (signal: AbortSignal) => Promise<T>) {}

  /**
   * Joins the work under way, or begins it.
   * @throws {TransportError} `cancelled` when the caller's signal is aborted first, otherwise the error of the work
   */
  async join(signal?: AbortSignal): Promise<T> {
    if (signal?.aborted === true) throw cancelled(false);
    const flight = (this.#flight ??= this.#begin());
    flight.waiting++;
    const watch = new AbortController();
    const givenUp = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(cancelled(false)), { once: true, signal: watch.signal });
    });
    try {
      return await Promise.race([flight.promise, givenUp]);
    } finally {
      watch.abort();
      if (--flight.waiting === 0) this.#end(flight);
    }
  }

  /** Stops the work under way. Callers that wait for it get its error. */
  stop(): void {
    this.#flight?.stop.abort();
  }

  #begin(): Flight<T> {
    const stop = new AbortController();
    const promise = this.work(stop.signal);
    const flight: Flight<T> = { promise, stop, waiting: 0 };
    const over = (): void => this.#forget(flight);
    promise.then(over, over);
    return flight;
  }

  #end(flight: Flight<T>): void {
    flight.stop.abort();
    // A new caller must not join work that is being stopped.
    this.#forget(flight);
  }

  #forget(flight: Flight<T>): void {
    if (this.#flight === flight) this.#flight = undefined;
  }
}
