import { ToolkitError } from '../api/errors';
import { usage } from './io';
import { numberOf } from './options';

/** Port for programs when the user names none. */
export const USUAL_PORT = 8191;

/**
 * Starts a server on the named port, which must be free, or else on the usual port. A free port is used when the usual one is taken.
 * @param named value of `--port`
 */
export async function onPort<T>(named: string | undefined, start: (port: number) => Promise<T>): Promise<T> {
  if (named !== undefined) {
    const port = numberOf('--port', named);
    if (!Number.isInteger(port) || port > 65_535) throw usage(`--port needs a port from 0 to 65535, not "${named}".`);
    return await start(port);
  }
  try {
    return await start(USUAL_PORT);
  } catch (error) {
    if (error instanceof ToolkitError && error.code === 'cannot-listen') return await start(0);
    throw error;
  }
}
