import { ToolkitError } from '../../api/errors';
import { StoreMethods, type StoreResource } from '../../api/store-methods/store-methods';
import { Shared } from '../../store/calls/shared';
import { readFaults, readMethods } from '../../store/calls/store-methods';
import type { Connection } from './store';

/** What was read of a connected store, and what is being read. */
interface Known {
  readonly reading: Shared<StoreMethods>;
  methods?: StoreMethods;
}

const known = new WeakMap<Connection, Known>();

/**
 * Every method that a store offers, read once for a connection; several callers may wait for one reading.
 * @throws {ToolkitError} as {@link readMethods} does; then it is asked again the next time
 */
export async function methodsOf(connection: Connection, signal?: AbortSignal): Promise<StoreMethods> {
  let kept = known.get(connection);
  if (kept === undefined) {
    kept = { reading: new Shared(async (stop) => new StoreMethods((await readMethods(connection.client, stop)).description)) };
    known.set(connection, kept);
  }
  return (kept.methods ??= await kept.reading.join(signal));
}

/** Lets the methods of a store be read anew. */
export function forgetMethods(connection: Connection): void {
  known.delete(connection);
}

/** The faults of a resource as the store lists them; none where it does not. */
export async function faultsOf({ client }: Connection, resource: string): Promise<NonNullable<StoreResource['faults']>> {
  try {
    return await readFaults(client, resource);
  } catch (error) {
    if (error instanceof ToolkitError) return [];
    throw error;
  }
}
