import { ToolkitError } from '../../api/errors';
import type { Dialect } from '../../api/dialect';
import { explainFailure, type FailureCode } from '../../api/faults/faults';
import type { Generation } from '../../api/generations';

/** Facts about a failure that a UI may act on. */
export interface FailureDetail {
  readonly status?: number | undefined;
  /** Address to which a redirect leads. */
  readonly target?: string | undefined;
  /** Title of an HTML page. */
  readonly title?: string | undefined;
  /** Whether any part of the request may have reached the store. */
  readonly sent: boolean;
}

/** No SOAP answer came: the connection failed, or something else answered. The words are those of the faults data. */
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
      /** The generation whose menus and commands the words name. */
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
