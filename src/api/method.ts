import type { WireType } from './types';

/** Kinds of checks for the traps in an argument. The checks are in `api/traps`. */
export type ArgumentCheck = 'id' | 'filters' | 'attributes' | 'customer-create' | 'customer-update' | 'address-create' | 'address-update';

/** One argument of a method, by its documented name. */
export interface Argument {
  readonly name: string;
  readonly type: WireType;
  readonly doc: string;
  readonly optional?: boolean;
  /** Its name in WS-I, if different. */
  readonly wsiName?: string;
  /** Names in other dialects that are accepted too. */
  readonly otherNames?: readonly string[];
  /** Whether WS-I requires its element even without a value; then it is empty. */
  readonly emptyElement?: boolean;
  /** The check for traps in it; no check if missing. Filters and attributes are those of the method's resource. */
  readonly check?: ArgumentCheck;
}

/** A fault of a method, apart from the global ones 0 to 6. */
export interface MethodFault {
  readonly code: string;
  readonly doc: string;
}

/** A value in an example. In a snippet it becomes a tab stop. */
export type ExampleValue = string | number | readonly string[] | { readonly [attribute: string]: string | number | readonly string[] };

/**
 * One method of the API. Encoding, decoding, forms, schemas, WSDLs, completions, snippets and reference pages are all made from this
 * description.
 */
export interface Method {
  /** Path as in V1, which also identifies the method here, such as `customer.list`. */
  readonly id: string;
  /** Operation of V2 and WS-I, such as `customerCustomerList`. */
  readonly operation: string;
  /** Element of the call over WS-I, if it is not the operation with `RequestParam` appended. */
  readonly wrapper?: string;
  readonly access: 'read' | 'write';
  /** Right that the API user's role needs, named as in the store's ACL. */
  readonly right: string;
  readonly title: string;
  readonly doc: string;
  /** In V1's positional order, without the session. */
  readonly args: readonly Argument[];
  readonly result: {
    readonly type: WireType;
    /** Name of the response part in V2; in WS-I it is always `result` (facts §1). */
    readonly part: string;
    readonly doc: string;
  };
  readonly faults: readonly MethodFault[];
  /** Notes for callers beyond the checks of the arguments. */
  readonly notes?: readonly string[];
  /** Arguments of an example call, by name. */
  readonly example?: Readonly<Record<string, ExampleValue>>;
  /** Title of the method in the store's list of resources. */
  readonly storeTitle?: string;
}
