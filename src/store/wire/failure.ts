import { ToolkitError } from '../../api/errors';
import type { Dialect } from '../../api/dialect';
import { explainFailure, type FailureCode } from '../../api/faults/faults';
import type { Generation } from '../../api/generations';

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
    more: {
      readonly why?: string;
      readonly next?: string;
      /** Whose menus and commands the words name. */
      readonly generation?: Generation | undefined;
      readonly dialect?: Dialect | undefined;
    } = {},
  ) {
    const words = explainFailure(failure, values, more);
    super('transport', { ...words, why: join(words.why, more.why), next: more.next ?? words.next }, options);
  }
}

function join(...parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join(' ');
}
