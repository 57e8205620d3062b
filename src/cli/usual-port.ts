import { ToolkitError } from '../api/errors';
import { usage } from './io';
import { numberOf } from './options';

/** Port that programs are given when nobody names one. */
export const USUAL_PORT = 8191;

/**
 * Starts something on the port that was named, which must be free, or on the usual one, which gives way to a free one.
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
