import { ToolkitError } from '../../api/errors';
import type { SoapList } from '../../api/value';
import type { Exchange } from './exchange';

/** What is known about a thrown error beyond its words. */
export interface ErrorNote {
  /** The exchange in which it happened, for "Show Exchange". */
  readonly exchange?: Exchange | undefined;
  /** `unknown`: a write was under way, and whether the store executed it cannot be told. Look before trying again. */
  readonly execution?: 'unknown' | undefined;
  /**
   * What was asked for never ran, so the error says nothing about it: no address of the store answers (any more), the login
   * was refused, the store's description, which the method needs, cannot be read, or the store refused the session that it had just
   * given, so that it did not look at the rest of the request.
   */
  readonly unreached?: 'address' | 'login' | 'description' | 'session' | undefined;
  /** Rows of a list that came whole before it was stopped or broke off, with their types; decoded when they are asked for. */
  readonly rows?: (() => Promise<SoapList>) | undefined;
}

const notes = new WeakMap<ToolkitError, ErrorNote>();

/** Notes something about an error. */
export function note<E extends ToolkitError>(error: E, more: ErrorNote): E {
  notes.set(error, { ...notes.get(error), ...more });
  return error;
}

/** See {@link ErrorNote}; empty for errors that know nothing more. */
export function noteOf(error: unknown): ErrorNote {
  return (error instanceof ToolkitError ? notes.get(error) : undefined) ?? {};
}

/**
 * Does what comes before the request itself, and notes of its errors that nothing was asked yet.
 * @param stage see {@link ErrorNote.unreached}
 */
export async function ahead<T>(stage: Exclude<ErrorNote['unreached'], 'session' | undefined>, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    // Errors about the request itself, such as a wrong argument or a dialect that the store does not speak, stay what they are.
    const ofRequest =
      error instanceof ToolkitError && (stage === 'description' ? error.kind === 'input' : error.code === 'dialect-not-spoken');
    throw error instanceof ToolkitError && !ofRequest ? note(error, { unreached: stage }) : error;
  }
}
