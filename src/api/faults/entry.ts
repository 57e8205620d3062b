import type { Generation } from '../generations';
import type { Method } from '../method';
import type { ResourceRegistry } from '../resources';

/**
 * Where in a conversation something went wrong. The same words mean different things in different phases: "Access denied."
 * at `login` is a wrong key, at a `call` a missing right (facts §3).
 */
export type Phase = 'wsdl' | 'login' | 'call' | 'transport' | 'decode';

/**
 * One fault that stores of this family give, and what it means. Texts may hold `{0}` to `{9}` (groups of `text`), `{method}`,
 * `{right}` and places of menus (`api/faults/advice.ts`).
 */
export interface FaultEntry {
  /** Stable name, such as `no-right`. */
  readonly id: string;
  readonly phases: readonly Phase[];
  /** `faultcode`; without one the text alone decides. */
  readonly code?: string;
  /** Pattern of `faultstring`. */
  readonly text?: RegExp;
  /**
   * For faults without a number of the API: `never`, the request was refused before anything was executed; `call-not`, the
   * call was not, but calls before it in the same multiCall may have been. Otherwise it is unknown.
   */
  readonly executed?: 'never' | 'call-not';
  /** Methods it is about, by their path. */
  readonly methods?: RegExp;
  /** What its text and the address that was asked must have in common besides. */
  readonly when?: (match: readonly (string | undefined)[], context: FaultContext) => boolean;
  /** Code of the customer attribute that is to blame: a form shows the fault beside its field. */
  readonly attribute?: string;
  readonly what: string;
  readonly why?: string;
  readonly next?: string;
}

/** What was being done when the fault came. */
export interface FaultContext {
  readonly phase: Phase;
  readonly method?: string | undefined;
  /** Right that the method needs. */
  readonly right?: Method['right'] | undefined;
  /** Address that was asked. */
  readonly url?: string | undefined;
  /** The store's generation, where it is known. */
  readonly generation?: Generation | undefined;
  /** Resources whose faults are known; those of the customer family otherwise. */
  readonly registry?: ResourceRegistry | undefined;
}

/** Words for one way in which no SOAP answer came. `{name}` takes a value; `[[…]]` is left out when its value is missing. */
export interface FailureEntry {
  readonly phase: 'transport' | 'decode';
  readonly what: string;
  readonly why?: string;
  readonly next?: string;
}
