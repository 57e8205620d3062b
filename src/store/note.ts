import { ToolkitError } from '../api/errors';
import type { Exchange } from './exchange';

/** What is known about a thrown error beyond its words. */
export interface ErrorNote {
  /** The exchange in which it happened, for "Show Exchange". */
  readonly exchange?: Exchange | undefined;
  /** `unknown`: a write was under way, and whether the store executed it cannot be told. Look before trying again. */
  readonly execution?: 'unknown' | undefined;
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
