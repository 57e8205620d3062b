import { keyOf, type FileAddress } from './request-key';

/** One run of requests of one file. Two runs may have the same file, even the same request. */
export interface RunOfFile {
  readonly uri: FileAddress;
}

/** Which requests run, and in which run: a run that ends takes nothing from another one. */
export class RunningRequests {
  readonly #runs = new Map<RunOfFile, Set<string>>();

  /** Notes that a request runs in a run. */
  started(run: RunOfFile, name: string): void {
    this.#runs.set(run, (this.#runs.get(run) ?? new Set<string>()).add(keyOf(run.uri, name)));
  }

  /** Notes that a request does not run in a run any more. */
  finished(run: RunOfFile, name: string): void {
    this.#runs.get(run)?.delete(keyOf(run.uri, name));
  }

  /** Notes that a run is over, whatever of it had begun. */
  ended(run: RunOfFile): void {
    this.#runs.delete(run);
  }

  /** Whether a request runs in this run. */
  hasIn(run: RunOfFile, name: string): boolean {
    return this.#runs.get(run)?.has(keyOf(run.uri, name)) === true;
  }

  /** Whether a request runs in any run. */
  has(uri: FileAddress, name: string): boolean {
    const key = keyOf(uri, name);
    return [...this.#runs.values()].some((keys) => keys.has(key));
  }
}
