import type { Dialect } from '../dialect';
import type { ResourceRegistry } from '../resources';
import type { SoapValue } from '../value';

/** How bad a trap is: `error` fails or does something else than asked, `warning` may, the rest is good to know. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Severities from the worst to the mildest. */
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Where in the arguments something is: argument name (or position), then keys and indexes. */
export type ArgPath = readonly (string | number)[];

/** One trap of the store that a request can fall into. */
export interface Trap {
  /** Stable and short, such as `filter-two-operators`. */
  readonly code: string;
  readonly severity: Severity;
  /** What it is, as the heading of a reference page. */
  readonly title: string;
  /** Why the store behaves so, or what it does; one or two sentences. */
  readonly why: string;
  /** Where it was seen: a recording such as `wire v1/39`, or a section of the facts. */
  readonly source: string;
}

/** One change to the arguments of a call. Paths are those of {@link Finding.path}. */
export type ArgEdit =
  | { readonly kind: 'set'; readonly path: ArgPath; readonly value: SoapValue }
  | { readonly kind: 'remove'; readonly path: ArgPath }
  | { readonly kind: 'rename'; readonly path: ArgPath; readonly to: string }
  | { readonly kind: 'method'; readonly to: string };

/** A way out of a trap. */
export interface ArgFix {
  /** Begins with a verb. */
  readonly title: string;
  readonly edits: readonly ArgEdit[];
  /** The only sensible way, so that an editor may apply it without asking. */
  readonly certain: boolean;
}

/** A trap that a call falls into, and where. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** What happens, one sentence. */
  readonly message: string;
  readonly why: string;
  readonly source: string;
  readonly path: ArgPath;
  /** Whether it is about the key at the end of the path, what stands there, or the method itself. */
  readonly at: 'key' | 'value' | 'method';
  readonly fixes: readonly ArgFix[];
}

/** What is known about the store beyond the catalogue. What is left out is not checked. */
export interface StoreKnowledge {
  /** Customer attributes of the store's own, which are not mistakes then. */
  readonly attributes?: readonly string[] | undefined;
  /** Customer groups that exist. */
  readonly groups?: readonly number[] | undefined;
  readonly websites?: readonly number[] | undefined;
  readonly stores?: readonly number[] | undefined;
  /** Websites and store views of the customers seen so far. There may be others, so findings only say that no customer was seen there. */
  readonly seenOnly?: boolean | undefined;
}

/** A call to look at. */
export interface TrapCall {
  readonly method: string;
  /** By documented name, in V1's order, or one bare value where a method has one argument. */
  readonly args: SoapValue | undefined;
  /** Dialect it will travel in; while it is not known, traps of one dialect alone are reported more mildly. */
  readonly dialect?: Dialect | undefined;
  readonly knowledge?: StoreKnowledge | undefined;
  /** Resources whose methods are known; those of the customer family otherwise. */
  readonly registry?: ResourceRegistry | undefined;
  /** Whether a value is not known yet, such as a text with a placeholder. Such values are not checked. */
  readonly opaque?: ((value: SoapValue) => boolean) | undefined;
}
