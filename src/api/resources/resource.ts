import type { Method } from '../method';
import type { EntityType, Field } from '../types';
import type { SoapRecord } from '../value';

/** The meaning of a fault, independent of its number. `other` is for faults that no operation here gives. */
export type FaultMeaning = 'data' | 'filters' | 'owner' | 'missing' | 'not-deleted' | 'store' | 'other';

/** A fault that methods of a resource give. */
export interface ResourceFault {
  readonly code: string;
  readonly meaning: FaultMeaning;
  /** The store's text, as in `resourceFaults`. */
  readonly message: string;
  /** Its meaning for people. */
  readonly doc: string;
}

/** One operation of a resource. Its path, its V2 and WS-I operation and its faults are derived from the resource. */
export interface ResourceOperation extends Omit<Method, 'id' | 'operation' | 'faults'> {
  /** Meanings of the resource's faults that it can give. */
  readonly faults?: readonly FaultMeaning[];
}

/** A list whose rows can be filtered. If the ID is one of the attributes, the list can be read in windows of IDs (facts §6). */
export interface FilteredList {
  /** Operation of the resource, such as `list`. */
  readonly operation: string;
  /** Argument that takes the filters. */
  readonly argument: string;
  /** Aliases of attributes in filters only: `entity_id` is `customer_id` to the store (facts §5). */
  readonly aliases: Readonly<Record<string, string>>;
  /**
   * Attributes that are columns of the resource's own table. The others are in separate tables, and joining these leaves out rows without a
   * value (facts §5).
   */
  readonly columns: readonly string[];
  /** Conditions of an example, in order. Each value is a tab stop of a snippet. */
  readonly example: readonly { readonly attribute: string; readonly operator: string; readonly value: string | readonly number[] }[];
}

/** Data of a resource for the demo store. */
export interface DemoResource {
  /** Class of the store's code, which appears in its PHP errors. */
  readonly phpClass: string;
  /** Its initial rows, as the store returns them. Empty for resources that have their own code in the demo store. */
  readonly rows: readonly SoapRecord[];
}

/**
 * One resource of the API as data. Encoding, decoding, JSON Schema, detection in code, filters, windows, lists, snippets, the doctor and
 * the demo store read it and do not know any resource by name. A new resource is another object in the registry.
 */
export interface Resource {
  /** Prefix of its paths, such as `customer_address`. */
  readonly name: string;
  /** Prefix of its V2 and WS-I operations, such as `customerAddress`. */
  readonly prefix: string;
  /** Other prefixes of its paths, such as `product` for `catalog_product`. */
  readonly aliases?: readonly string[];
  /** Whether no other API has operations with this prefix. One of them in a program is then certainly a call of this API. */
  readonly distinctive?: boolean;
  /** Words for one row and for several rows. Each is a single lower-case word, because programs also use them as names of variables. */
  readonly words: { readonly one: string; readonly many: string };
  /** Title of the resource in the store's list of resources. */
  readonly storeTitle: string;
  /** A row as the store returns it. */
  readonly entity: EntityType;
  /** Attribute of the entity with the ID. */
  readonly idField: string;
  /** Attribute that identifies a row for people, such as the e-mail of a customer. */
  readonly labelField: string;
  /** By the last word of their path, such as `list`. */
  readonly operations: Readonly<Record<string, ResourceOperation>>;
  readonly faults: readonly ResourceFault[];
  /** Its list with filters, if it has one. */
  readonly filtered?: FilteredList;
  /** Attributes for filters, if the resource is known from a description only: the rows of its list do not have all of them. */
  readonly filterAttributes?: readonly Field[];
  readonly demo: DemoResource;
}

/** A resource whose rows can be filtered and read in windows of IDs. */
export type FilterableResource = Resource & { readonly filtered: FilteredList };

/** Path of the method that lists the rows of a resource by filters. */
export function listPath({ name, filtered }: FilterableResource): string {
  return `${name}.${filtered.operation}`;
}

/** The arguments of the listing method with filters. */
export function listArguments({ filtered }: FilterableResource, filters: SoapRecord): SoapRecord {
  return { [filtered.argument]: filters };
}
