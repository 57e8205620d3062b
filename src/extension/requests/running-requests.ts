import { keyOf, type FileAddress } from './request-key';

/** One run of requests of one file. Two runs may contain the same file, and even the same request. */
export interface RunOfFile {
  readonly uri: FileAddress;
}

/** The requests that are running in each run, so that the end of one run does not affect another. */
export class RunningRequests {
  readonly #runs = new Map<RunOfFile, Set<string>>();

  /** Notes that a request is running in a run. */
  started(run: RunOfFile, name: string): void {
    this.#runs.set(run, (this.#runs.get(run) ?? new Set<string>()).add(keyOf(run.uri, name)));
  }

  /** Notes that a request is no longer running in a run. */
  finished(run: RunOfFile, name: string): void {
    this.#runs.get(run)?.delete(keyOf(run.uri, name));
  }

  /** Notes that a run is over, including requests that never ended. */
  ended(run: RunOfFile): void {
    this.#runs.delete(run);
  }

  /** Whether a request is running in this run. */
  hasIn(run: RunOfFile, name: string): boolean {
    return this.#runs.get(run)?.has(keyOf(run.uri, name)) === true;
  }

  /** Whether a request is running in any run. */
  has(uri: FileAddress, name: string): boolean {
    const key = keyOf(uri, name);
    return [...this.#runs.values()].some((keys) => keys.has(key));
  }
}
