import type { RequestRun } from './model';
import { Unreached } from './unreached';

/** The state that the files of one run share, including those that run at the same time. */
export class SharedRun {
  /** Stores that could not be used. Requests for them are not sent again. */
  readonly unreached = new Unreached();
  #stoppedBy: string | undefined;

  /** @param bail whether the first request that does not pass ends the run */
  constructor(private readonly bail: boolean) {}

  /** Name of the request that ended the run; `undefined` while the run goes on. */
  get stoppedBy(): string | undefined {
    return this.#stoppedBy;
  }

  /** Records the outcome of a request. */
  note({ request, status }: RequestRun): void {
    if (this.bail && (status === 'failed' || status === 'error')) this.#stoppedBy ??= request.name;
  }
}
