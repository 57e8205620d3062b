import type { Node } from 'jsonc-parser';
import type { Dialect } from '../../api/dialect';
import type { ToolkitError } from '../../api/errors';
import type { BundledProduct } from '../../api/store-methods/product-names';
import type { Severity } from '../../api/traps';
import type { SoapList, SoapRecord, SoapValue } from '../../api/value';
import type { Awaited, Expectation } from '../expect/schema';

/** A piece of the text, in UTF-16 units from its beginning. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** Replaces a range of the text. With a length of 0 it inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A fix for a problem. Its edits do not overlap. */
export interface TextFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Whether it is the only sensible fix, so that an editor may prefer it. */
  readonly preferred: boolean;
}

/** A problem of a request file, or a hint about it. */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly severity: Severity;
  readonly range: Range;
  /** Details for hovers. */
  readonly why?: string | undefined;
  /** For traps: the recording or fact that shows it, such as `wire v1/39`. */
  readonly source?: string | undefined;
  readonly fixes: readonly TextFix[];
}

/** The lists of requests in a file, in the order in which they run. */
export const requestLists = ['before', 'requests', 'after'] as const;

/** See {@link requestLists}. */
export type RequestList = (typeof requestLists)[number];

/** The place of an included request in its own file. */
export interface Origin {
  /** Path of the file for reports. */
  readonly path: string;
  /** Path of the file on disk. */
  readonly place: string;
  readonly file: RequestFile;
  /** The request as read from its own file. */
  readonly request: SavedRequest;
}

/** One request of a file. */
export interface SavedRequest {
  /** Set for an included request. Its ranges and lines refer to this file. */
  readonly origin?: Origin | undefined;
  /** Position among all requests of the file in running order, from 0. */
  readonly index: number;
  readonly list: RequestList;
  /** As written; empty when it is missing. */
  readonly name: string;
  readonly description: string | undefined;
  /** Path, operation or protocol operation; `undefined` for a raw envelope. */
  readonly method: string | undefined;
  /** As written, with its placeholders. */
  readonly args: SoapValue | undefined;
  /** A raw envelope, with its placeholders. */
  readonly envelope: string | undefined;
  /** The dialect of the request, or else of the file. */
  readonly dialect: Dialect | undefined;
  readonly expect: Expectation | undefined;
  /** The request runs once for each row of this list, file or placeholder. */
  readonly each: string | SoapList | undefined;
  readonly tags: readonly string[];
  /** Milliseconds to wait before it is sent. */
  readonly delay: number | undefined;
  /** The request is repeated until this outcome. */
  readonly until: Awaited | undefined;
  /** Whether the request is well-formed enough to be sent. */
  readonly valid: boolean;
  readonly range: Range;
  /** Line on which the request begins, from 0. */
  readonly line: number;
  /** Range of the name, or of the whole request when it has none. An editor points here. */
  readonly nameRange: Range;
  readonly methodRange: Range | undefined;
  readonly expectRange: Range | undefined;
  /** Syntax tree of the request, for finding the places of its parts. Offsets count from the beginning of the request. */
  readonly node: Node;
}

/** A variable of a file. */
export interface FileVariable {
  readonly name: string;
  readonly value: SoapValue;
  readonly range: Range;
  readonly node: Node;
  /** Path on disk of the included file that has the variable; `undefined` for a variable of the file itself. */
  readonly home?: string | undefined;
}

/** The name of a file to include, as it is written. */
export interface IncludedName {
  readonly name: string;
  readonly range: Range;
}

/** A request file after reading. Invalid parts are left out and reported in `problems`. */
export interface RequestFile {
  readonly text: string;
  /** The store of the requests. */
  readonly store: { readonly name: string; readonly range: Range } | undefined;
  /** Product whose methods are known in the file until those of its store are read. */
  readonly product?: BundledProduct | undefined;
  /** Files whose requests and variables belong to this file, see `withIncluded`. */
  readonly include?: readonly IncludedName[] | undefined;
  readonly variables: readonly FileVariable[];
  /** Requests that prepare data for the others. */
  readonly before: readonly SavedRequest[];
  readonly requests: readonly SavedRequest[];
  /** Requests that clean up. They run even if others failed. */
  readonly after: readonly SavedRequest[];
  /** The three lists together, in running order. */
  readonly all: readonly SavedRequest[];
  /** Problems found while reading. {@link lint} adds the problems in the content of the requests. */
  readonly problems: readonly Diagnostic[];
  /** Why nothing could be read, when the bytes of the file are not text. */
  readonly failure?: ToolkitError | undefined;
}

/** The file's variables as a map. */
export function variablesOf(file: RequestFile): SoapRecord {
  return Object.fromEntries(file.variables.map(({ name, value }) => [name, value]));
}

/** The parts of a request that may hold placeholders. */
export function partsOf({ args, envelope, expect, until, each }: SavedRequest): readonly SoapValue[] {
  const expected = [expect, until].flatMap((each) => [each?.result, typeof each?.fault === 'object' ? each.fault.message : undefined]);
  return [args, envelope, each, ...expected].filter((part) => part !== undefined);
}
