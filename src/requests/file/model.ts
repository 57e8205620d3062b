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

/** Replaces a piece of the text; a length of 0 inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A way to put something right. Its edits do not overlap. */
export interface TextFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The only sensible way: an editor may prefer it. */
  readonly preferred: boolean;
}

/** Something that is wrong with a request file, or good to know about it. */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly severity: Severity;
  readonly range: Range;
  /** More about it, for hovers. */
  readonly why?: string | undefined;
  /** Where it was seen, for traps of stores. */
  readonly source?: string | undefined;
  readonly fixes: readonly TextFix[];
}

/** The lists of a file in which requests stand, in the order in which they run. */
export const requestLists = ['before', 'requests', 'after'] as const;

/** See {@link requestLists}. */
export type RequestList = (typeof requestLists)[number];

/** Where a request of another file stands that was included. */
export interface Origin {
  /** As reports call the file. */
  readonly path: string;
  /** Where it lies on disk. */
  readonly place: string;
  readonly file: RequestFile;
  /** The request as its own file has it. */
  readonly request: SavedRequest;
}

/** One request of a file. */
export interface SavedRequest {
  /** Its own file, where it was included. Ranges and lines count there. */
  readonly origin?: Origin | undefined;
  /** Position among all requests of the file in the order in which they run, from 0. */
  readonly index: number;
  readonly list: RequestList;
  /** As written; empty when it is missing. */
  readonly name: string;
  readonly description: string | undefined;
  /** Path, operation or protocol operation; `undefined` for a raw envelope. */
  readonly method: string | undefined;
  /** As written, placeholders included. */
  readonly args: SoapValue | undefined;
  /** A raw envelope, placeholders included. */
  readonly envelope: string | undefined;
  /** Its own, or that of the file. */
  readonly dialect: Dialect | undefined;
  readonly expect: Expectation | undefined;
  /** A list, a file, or a placeholder: it runs once for each row. */
  readonly each: string | SoapList | undefined;
  readonly tags: readonly string[];
  /** Milliseconds to wait before it is sent. */
  readonly delay: number | undefined;
  /** It is repeated until this comes. */
  readonly until: Awaited | undefined;
  /** Whether it is written well enough to be sent. */
  readonly valid: boolean;
  readonly range: Range;
  /** On which it begins, from 0. */
  readonly line: number;
  /** Of the name, or of the whole when there is none: where an editor points to the request. */
  readonly nameRange: Range;
  readonly methodRange: Range | undefined;
  readonly expectRange: Range | undefined;
  /** The request as a syntax tree, for finding the place of one of its parts: offsets count from the beginning of the request. */
  readonly node: Node;
}

/** A variable of a file. */
export interface FileVariable {
  readonly name: string;
  readonly value: SoapValue;
  readonly range: Range;
  readonly node: Node;
  /** Where the file lies on disk from which it was included. */
  readonly home?: string | undefined;
}

/** The name of a file to include, as it is written. */
export interface IncludedName {
  readonly name: string;
  readonly range: Range;
}

/** A request file as it was read. Broken parts are left out and told in `problems`. */
export interface RequestFile {
  readonly text: string;
  /** Name of the store that its requests are for. */
  readonly store: { readonly name: string; readonly range: Range } | undefined;
  /** Product whose methods are known in the file as long as those of its store are not. */
  readonly product?: BundledProduct | undefined;
  /** Files whose requests and variables belong to this one; see `withIncluded`. */
  readonly include?: readonly IncludedName[] | undefined;
  readonly variables: readonly FileVariable[];
  /** Requests that prepare what the others need. */
  readonly before: readonly SavedRequest[];
  readonly requests: readonly SavedRequest[];
  /** Requests that clean up: they run whatever came of the others. */
  readonly after: readonly SavedRequest[];
  /** All three in the order in which they run. */
  readonly all: readonly SavedRequest[];
  /** What is wrong with it as a file; {@link lint} adds what is wrong with what it says. */
  readonly problems: readonly Diagnostic[];
  /** Why nothing of it could be read, where its bytes are not text. */
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
