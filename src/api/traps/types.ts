import type { Dialect } from '../dialect';
import type { ResourceRegistry } from '../resources';
import type { SoapValue } from '../value';

/** Severity of a trap. `error`: the call fails or does something other than intended; `warning`: it may; the others are for information. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Severities from the worst to the mildest. */
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** A place in the arguments: the name of an argument (or its position), followed by keys and indexes. */
export type ArgPath = readonly (string | number)[];

/** One trap of the store that a request can fall into. */
export interface Trap {
  /** Stable and short, such as `filter-two-operators`. */
  readonly code: string;
  readonly severity: Severity;
  /** Description, as the heading of a reference page. */
  readonly title: string;
  /** The reason, or the behaviour of the store, in one or two sentences. */
  readonly why: string;
  /** Where it was observed: a recording such as `wire v1/39`, or a section of the facts. */
  readonly source: string;
}

/** One change to the arguments of a call. Paths are those of {@link Finding.path}. */
export type ArgEdit =
  | { readonly kind: 'set'; readonly path: ArgPath; readonly value: SoapValue }
  | { readonly kind: 'remove'; readonly path: ArgPath }
  | { readonly kind: 'rename'; readonly path: ArgPath; readonly to: string }
  | { readonly kind: 'method'; readonly to: string };

/** A fix for a trap. */
export interface ArgFix {
  /** Begins with a verb. */
  readonly title: string;
  readonly edits: readonly ArgEdit[];
  /** Whether it is the only sensible fix, so that an editor may apply it without asking. */
  readonly certain: boolean;
}

/** A trap in a call, with its place. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence that says what happens. */
  readonly message: string;
  readonly why: string;
  readonly source: string;
  readonly path: ArgPath;
  /** Whether it is about the key at the end of the path, its value, or the method. */
  readonly at: 'key' | 'value' | 'method';
  readonly fixes: readonly ArgFix[];
}

/** Knowledge about the store beyond the catalogue. All of it is optional. A check that needs a missing part is skipped. */
export interface StoreKnowledge {
  /** Customer attributes that the store added. */
  readonly attributes?: readonly string[] | undefined;
  /** Customer groups that exist. */
  readonly groups?: readonly number[] | undefined;
  readonly websites?: readonly number[] | undefined;
  readonly stores?: readonly number[] | undefined;
  /** Websites and store views of the customers seen so far. There may be others, so findings only say that no customer was seen there. */
  readonly seenOnly?: boolean | undefined;
}

/** A call to check. */
export interface TrapCall {
  readonly method: string;
  /** Arguments by documented name, in V1's order, or one bare value for a method with one argument. */
  readonly args: SoapValue | undefined;
  /** Dialect of the call. While it is unknown, traps of some dialects only are reported with a lower severity. */
  readonly dialect?: Dialect | undefined;
  readonly knowledge?: StoreKnowledge | undefined;
  /** The known resources; those of the customer family by default. */
  readonly registry?: ResourceRegistry | undefined;
  /** Whether a value is not known yet, such as a text with a placeholder. Such values are not checked. */
  readonly opaque?: ((value: SoapValue) => boolean) | undefined;
}
