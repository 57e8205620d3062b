import type { EntityType, ScalarKind, WireType } from '../../api/types';
import type { Scope } from './scope';

/**
 * What kind of value an element says it holds. `collapsed` is text whose white space means nothing; `untyped` says nothing: WS-I, faults,
 * and what PHP calls stdClass.
 */
export type ValueKind = ScalarKind | 'collapsed' | 'map' | 'array' | 'struct' | 'untyped';

/** What the attributes of a tag say about its value, under one namespace scope. */
export interface Meaning {
  readonly scope: Scope;
  readonly kind: ValueKind;
  readonly nil: boolean;
  /** Kind of the items of an array that do not say themselves what they are. */
  readonly items: ValueKind;
  /** Sizes of an array's dimensions, where it has more than one; 0 for a size that is not known. */
  readonly dimensions: readonly number[];
  /** Where an array begins, and where an item of one stands, as the attributes say it. */
  readonly offset: string | undefined;
  readonly position: string | undefined;
  /** Name of the complex type, such as `customerCustomerEntity`. */
  readonly typeName: string | undefined;
  /** Target of a multi-reference, without `#`. */
  readonly href: string | undefined;
  /** Name under which other elements may refer to this one. */
  readonly id: string | undefined;
  /** What the catalogue says about this field of an untyped structure, remembered for the structure it was last seen in. */
  field: { readonly of: EntityType; readonly type: WireType | undefined } | undefined;
}
