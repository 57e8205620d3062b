import { TransportError } from '../wire/failure';
import { note } from '../wire/note';

/**
 * Sends a request. An error that came before anything was sent is noted as `unreached: 'address'`: the address answered when it was found,
 * but may be unreachable now.
 */
export async function notingUnreachable<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof TransportError) || error.detail.sent || error.code === 'cancelled') throw error;
    throw note(error, { unreached: 'address' });
  }
}
