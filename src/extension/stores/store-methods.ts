import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import { StoreMethods, type StoreResource } from '../../api/store-methods/store-methods';
import { Shared } from '../../store/calls/shared';
import type { KeptMethods, MethodsPlace } from '../../store/methods/kept-methods';
import type { Connection, Store } from './store';

/** The methods of a connected store, read or being read. */
interface Reading {
  readonly shared: Shared<StoreMethods>;
  methods?: StoreMethods;
}

/**
 * The methods of stores. They are read once for each connection and kept on this machine, so that request files and code know them without
 * a connection.
 */
export class KnownMethods implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Store>();
  readonly #readings = new WeakMap<Connection, Reading>();
  /** By place, the methods that were kept on this machine or read in this window. `undefined` where there are none. */
  readonly #known = new Map<string, Promise<StoreMethods | undefined>>();

  /** Fires when the methods of a store were read. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly kept: KeptMethods) {}

  /**
   * All methods that a connected store offers, read once for its connection. Several callers may share one reading.
   * @throws {ToolkitError} as {@link readMethods} does. The next call then asks the store again
   */
  async of(store: Store, connection: Connection, signal?: AbortSignal): Promise<StoreMethods> {
    let reading = this.#readings.get(connection);
    if (reading === undefined) {
      reading = { shared: new Shared(async (stop) => await this.#read(store, connection, stop)) };
      this.#readings.set(connection, reading);
    }
    return (reading.methods ??= await reading.shared.join(signal));
  }

  /**
   * The known methods of a store without asking it: those that this window read, or those that were kept. `undefined` when they were never
   * read here.
   */
  async without(store: Store): Promise<StoreMethods | undefined> {
    const place = placeOf(store);
    if (place === undefined) return store.connection === undefined ? undefined : this.#readings.get(store.connection)?.methods;
    const key = keyOf(place);
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.#load(place)));
    return await known;
  }

  /** Makes the next caller read the methods of a store again. */
  forget(connection: Connection): void {
    this.#readings.delete(connection);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #read(store: Store, connection: Connection, signal: AbortSignal): Promise<StoreMethods> {
    const { readMethods } = await import('../../store/calls/store-methods');
    const read = await readMethods(connection.client, signal);
    const methods = new StoreMethods(read.description);
    const place = placeOf(store);
    if (place !== undefined) {
      const keeping = this.kept.keep(place, read);
      this.#known.set(keyOf(place), keeping);
      await keeping;
    }
    const reading = this.#readings.get(connection);
    if (reading !== undefined) reading.methods = methods;
    this.#changed.fire(store);
    return methods;
  }

  async #load(place: MethodsPlace): Promise<StoreMethods | undefined> {
    const earlier = await this.kept.read(place);
    if (earlier !== undefined) await this.kept.used(place);
    return earlier?.methods;
  }
}

/** The address of the demo store may change with each start, so its methods are only kept for its connection. */
function placeOf({ listed, config }: Store): MethodsPlace | undefined {
  return listed === undefined || config === undefined ? undefined : { url: config.url, user: config.user };
}

function keyOf({ url, user }: MethodsPlace): string {
  return `${url}\n${user}`;
}

/** The faults of a resource as the store lists them. Empty if it does not list them. */
export async function faultsOf({ client }: Connection, resource: string): Promise<NonNullable<StoreResource['faults']>> {
  try {
    const { readFaults } = await import('../../store/calls/store-methods');
    return await readFaults(client, resource);
  } catch (error) {
    if (error instanceof ToolkitError) return [];
    throw error;
  }
}
