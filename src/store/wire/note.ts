import { ToolkitError } from '../../api/errors';
import type { SoapList } from '../../api/value';
import type { Exchange } from './exchange';

/** The facts about a thrown error beyond its words. */
export interface ErrorNote {
  /** The exchange in which it happened, for "Show Exchange". */
  readonly exchange?: Exchange | undefined;
  /** `unknown`: a write was under way, and it is not known whether the store executed it. Check before trying again. */
  readonly execution?: 'unknown' | undefined;
  /**
   * The method itself did not run, so the error says nothing about it. Either no address of the store answers any more, the login
   * was refused, the store's description, which the method needs, cannot be read, or the store refused the session that it had just
   * created and did not read the rest of the request.
   */
  readonly unreached?: 'address' | 'login' | 'description' | 'session' | undefined;
  /** Rows of a list that arrived completely before it was stopped or cut off, with their types. They are decoded on request. */
  readonly rows?: (() => Promise<SoapList>) | undefined;
}

const notes = new WeakMap<ToolkitError, ErrorNote>();

/** Adds facts to an error. */
export function note<E extends ToolkitError>(error: E, more: ErrorNote): E {
  notes.set(error, { ...notes.get(error), ...more });
  return error;
}

/** See {@link ErrorNote}. Empty for errors without further facts. */
export function noteOf(error: unknown): ErrorNote {
  return (error instanceof ToolkitError ? notes.get(error) : undefined) ?? {};
}

/**
 * Runs a step before the request itself, and notes on its errors that the request was not sent.
 * @param stage see {@link ErrorNote.unreached}
 */
export async function beforeSending<T>(
  stage: Exclude<ErrorNote['unreached'], 'session' | undefined>,
  action: () => T | Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    // Errors about the request itself, such as a wrong argument or a dialect that the store does not have, get no note.
    const ofRequest =
      error instanceof ToolkitError && (stage === 'description' ? error.kind === 'input' : error.code === 'dialect-not-spoken');
    throw error instanceof ToolkitError && !ofRequest ? note(error, { unreached: stage }) : error;
  }
}
