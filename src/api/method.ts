import type { WireType } from './types';

/** Looks at what is given for an argument, and finds the traps in it; the checks themselves are in `api/traps`. */
export type ArgumentCheck = 'id' | 'filters' | 'attributes' | 'customer-create' | 'customer-update' | 'address-create' | 'address-update';

/** One argument of a method, by its documented name. */
export interface Argument {
  readonly name: string;
  readonly type: WireType;
  readonly doc: string;
  readonly optional?: boolean;
  /** Its name in WS-I, where that is another one. */
  readonly wsiName?: string;
  /** Names that it has over other dialects, where those count as well. */
  readonly otherNames?: readonly string[];
  /** WS-I wants its element there, empty where nothing is given. */
  readonly emptyElement?: boolean;
  /** Which traps are looked for in it; none otherwise. Filters and attributes are those of the method's resource. */
  readonly check?: ArgumentCheck;
}

/** A fault that a method can give by itself, apart from the global ones 0 to 6. */
export interface MethodFault {
  readonly code: string;
  readonly doc: string;
}

/** A value of an example; what people change becomes a tab stop. */
export type ExampleValue = string | number | readonly string[] | { readonly [attribute: string]: string | number | readonly string[] };

/**
 * One method of the API. The single description from which encoding, decoding, forms, schemas, WSDLs,
 * completions, snippets and reference pages come.
 */
export interface Method {
  /** Resource path as V1 calls it and as callers here name it, such as `customer.list`. */
  readonly id: string;
  /** Operation of V2 and WS-I, such as `customerCustomerList`. */
  readonly operation: string;
  /** Element that carries the call over WS-I, where it is not the operation with `RequestParam` behind it. */
  readonly wrapper?: string;
  readonly access: 'read' | 'write';
  /** Right that the API user's role needs, as the store's ACL names it. */
  readonly right: string;
  readonly title: string;
  readonly doc: string;
  /** In V1's positional order, without the session. */
  readonly args: readonly Argument[];
  readonly result: {
    readonly type: WireType;
    /** Name of the response part in V2; WS-I always says `result` (facts §1). */
    readonly part: string;
    readonly doc: string;
  };
  readonly faults: readonly MethodFault[];
  /** What callers should know before they call it, beyond what checks find in the arguments. */
  readonly notes?: readonly string[];
  /** Values for the arguments of an example call, by argument. */
  readonly example?: Readonly<Record<string, ExampleValue>>;
  /** What the store calls the method in its list of resources. */
  readonly storeTitle?: string;
}
