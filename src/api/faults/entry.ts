import type { Generation } from '../generations';
import type { Method } from '../method';
import type { ResourceRegistry } from '../resources';

/**
 * The phase of a conversation in which something went wrong. The same words mean different things in different phases: "Access denied." at
 * `login` is a wrong key, at a `call` a missing right (facts §3).
 */
export type Phase = 'wsdl' | 'login' | 'call' | 'transport' | 'decode';

/**
 * One fault that stores of this family send, with its meaning. Texts may contain `{0}` to `{9}` (groups of `text`), `{method}`, `{right}`
 * and names of menus (`api/faults/advice.ts`).
 */
export interface FaultEntry {
  /** Stable name, such as `no-right`. */
  readonly id: string;
  readonly phases: readonly Phase[];
  /** `faultcode`; without it `text` alone decides. */
  readonly code?: string;
  /** Pattern of `faultstring`. */
  readonly text?: RegExp;
  /**
   * For faults without a number of the API. `never`: the request was refused before anything was executed. `call-not`: the call was not
   * executed, but calls before it in the same multiCall may have been. Unknown when missing.
   */
  readonly executed?: 'never' | 'call-not';
  /** Pattern for the paths of the methods to which it applies. */
  readonly methods?: RegExp;
  /** A further condition on its text and the context. */
  readonly when?: (match: readonly (string | undefined)[], context: FaultContext) => boolean;
  /** Code of the customer attribute that caused it. A form shows the fault at the field of that attribute. */
  readonly attribute?: string;
  readonly what: string;
  readonly why?: string;
  readonly next?: string;
}

/** The action during which a fault occurred. */
export interface FaultContext {
  readonly phase: Phase;
  readonly method?: string | undefined;
  /** Right that the method needs. */
  readonly right?: Method['right'] | undefined;
  /** Address of the request. */
  readonly url?: string | undefined;
  /** The generation of the store, if known. */
  readonly generation?: Generation | undefined;
  /** The known resources with their faults; those of the customer family by default. */
  readonly registry?: ResourceRegistry | undefined;
}

/** Words for one reason why no SOAP answer arrived. `{name}` is replaced with a value; `[[…]]` is left out if its value is missing. */
export interface FailureEntry {
  readonly phase: 'transport' | 'decode';
  readonly what: string;
  readonly why?: string;
  readonly next?: string;
}
