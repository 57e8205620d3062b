import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { RequestFile } from '../../requests';
import { StoreClient } from '../../store/calls/client';
import type { Io } from '../io';
import { portsOf } from '../options';
import type { Chooser } from '../store-choice';

/** One client for each store, shared by all files that use it. */
export class Clients {
  readonly #clients = new Map<string, StoreClient>();

  /** @param keepBytes how much of each answer is kept, in bytes */
  constructor(
    private readonly io: Io,
    private readonly choose: Chooser,
    private readonly keepBytes: number,
  ) {}

  /** The client for the store of a file, or the error that prevented it. */
  for(file: RequestFile): StoreClient | ToolkitError {
    try {
      const { config, keyVariable } = this.choose(file);
      const known = this.#clients.get(config.name);
      if (known !== undefined) return known;
      const client = new StoreClient(config, { ...portsOf(this.io, keyVariable), keepBytes: this.keepBytes });
      this.#clients.set(config.name, client);
      return client;
    } catch (error) {
      return toToolkitError(error);
    }
  }

  /** Ends the sessions of all clients. */
  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  }
}
