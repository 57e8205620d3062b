import { TransportError } from '../wire/failure';
import { note } from '../wire/note';

/** Sends something. An error that came before anything was sent says so: a store that answered before may have gone since. */
export async function reaching<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof TransportError) || error.detail.sent || error.code === 'cancelled') throw error;
    throw note(error, { unreached: 'address' });
  }
}
