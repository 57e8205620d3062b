import { ToolkitError } from '../api/errors';
import { explainFailure, type FailureCode } from '../api/faults';
import type { Exchange } from './exchange';

/** Facts about a failure that a UI may act on. */
export interface FailureDetail {
  readonly status?: number | undefined;
  /** Where a redirect wants to go. */
  readonly target?: string | undefined;
  /** Title of an HTML page. */
  readonly title?: string | undefined;
  /** Whether any of the request may have reached the store. */
  readonly sent: boolean;
}

/** No SOAP answer came: the way failed, or something else answered. Words come from the faults data. */
export class TransportError extends ToolkitError {
  constructor(
    /** Code of the entry in the faults data; the same as `code`. */
    readonly failure: FailureCode,
    values: Readonly<Record<string, string | number | undefined>>,
    readonly detail: FailureDetail,
    options?: { readonly cause?: unknown },
    more: { readonly why?: string; readonly next?: string } = {},
  ) {
    const words = explainFailure(failure, values);
    super('transport', { ...words, why: join(words.why, more.why), next: more.next ?? words.next }, options);
  }
}

function join(...parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join(' ');
}

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
