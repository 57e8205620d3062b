import type { RequestRun } from './model';
import { Unreached } from './unreached';

/** What the files of one run share, also those that run side by side. */
export class SharedRun {
  /** Stores that could not be used; requests for them are not tried again. */
  readonly unreached = new Unreached();
  #stoppedBy: string | undefined;

  /** @param bail whether the first request that does not pass ends the run */
  constructor(private readonly bail: boolean) {}

  /** Name of the request after which no other one begins; `undefined` as long as there is none. */
  get stoppedBy(): string | undefined {
    return this.#stoppedBy;
  }

  /** Takes note of what came of a request. */
  note({ request, status }: RequestRun): void {
    if (this.bail && (status === 'failed' || status === 'error')) this.#stoppedBy ??= request.name;
  }
}
