import type { EntityType, ScalarKind, WireType } from '../../api/types';
import type { Scope } from './scope';

/**
 * The kind of value that an element says it holds. `collapsed` is text whose white space is not significant. `untyped` is an element
 * that gives no type: in WS-I, in faults, and in what PHP calls stdClass.
 */
export type ValueKind = ScalarKind | 'collapsed' | 'map' | 'array' | 'struct' | 'untyped';

/** The information that the attributes of a tag give about its value, in one namespace scope. */
export interface Meaning {
  readonly scope: Scope;
  readonly kind: ValueKind;
  readonly nil: boolean;
  /** Kind of the items of an array that do not give a type themselves. */
  readonly items: ValueKind;
  /** Sizes of an array's dimensions, if it has more than one; 0 for a size that is not known. */
  readonly dimensions: readonly number[];
  /** Texts of the attributes that give the first position of an array and the position of an item in it. */
  readonly offset: string | undefined;
  readonly position: string | undefined;
  /** Name of the complex type, such as `customerCustomerEntity`. */
  readonly typeName: string | undefined;
  /** Target of a multi-reference, without `#`. */
  readonly href: string | undefined;
  /** Name under which other elements may refer to this one. */
  readonly id: string | undefined;
  /** The catalogue's type for this field of an untyped structure, remembered for the structure in which it was last seen. */
  field: { readonly of: EntityType; readonly type: WireType | undefined } | undefined;
}
