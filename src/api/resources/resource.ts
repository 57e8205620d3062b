import type { Method } from '../method';
import type { EntityType, Field } from '../types';
import type { SoapRecord } from '../value';

/** What a fault of a resource is about, whatever its number; `other` is what no operation here gives. */
export type FaultMeaning = 'data' | 'filters' | 'owner' | 'missing' | 'not-deleted' | 'store' | 'other';

/** A fault that methods of a resource give. */
export interface ResourceFault {
  readonly code: string;
  readonly meaning: FaultMeaning;
  /** The store's own text, as `resourceFaults` lists it. */
  readonly message: string;
  /** The same for people. */
  readonly doc: string;
}

/** One operation of a resource; its path, its operation over V2 and WS-I and its faults come from the resource. */
export interface ResourceOperation extends Omit<Method, 'id' | 'operation' | 'faults'> {
  /** Faults of the resource that it can give, by their meaning. */
  readonly faults?: readonly FaultMeaning[];
}

/** A list of rows that filters narrow. Where the ID is one of the attributes, it can be walked in windows of IDs (facts §6). */
export interface FilteredList {
  /** Operation of the resource, such as `list`. */
  readonly operation: string;
  /** Argument that takes the filters. */
  readonly argument: string;
  /** Other names of attributes, in filters only: `entity_id` is `customer_id` to the store (facts §5). */
  readonly aliases: Readonly<Record<string, string>>;
  /**
   * Attributes that are columns of the resource's own table. The others live in tables of their own, joined in a way that
   * leaves out rows without a value (facts §5).
   */
  readonly columns: readonly string[];
  /** Conditions of an example, in order; each value is a tab stop of a snippet. */
  readonly example: readonly { readonly attribute: string; readonly operator: string; readonly value: string | readonly number[] }[];
}

/** What the demo store needs to serve a resource. */
export interface DemoResource {
  /** Class of the store's code, which its PHP errors name. */
  readonly phpClass: string;
  /** Rows that it starts with, as the store returns them. Resources that the demo store has code of its own for have none. */
  readonly rows: readonly SoapRecord[];
}

/**
 * One resource of the API as data. Encoding, decoding, JSON Schema, detection in code, filters, windows, lists, snippets, the
 * doctor and the demo store read it and know no resource by name: a new resource is one more such object in the registry.
 */
export interface Resource {
  /** What paths begin with, such as `customer_address`. */
  readonly name: string;
  /** What operations of V2 and WS-I begin with, such as `customerAddress`. */
  readonly prefix: string;
  /** Other names that paths may begin with, such as `product` for `catalog_product`. */
  readonly aliases?: readonly string[];
  /** Whether no other API names operations so: one of them in a program is then a call of this API, whatever surrounds it. */
  readonly distinctive?: boolean;
  /** How people call a row and several of them: one word each, in small letters, which programs also call their variables. */
  readonly words: { readonly one: string; readonly many: string };
  /** What the store calls the resource in its list of resources. */
  readonly storeTitle: string;
  /** A row as the store returns it. */
  readonly entity: EntityType;
  /** Attribute of the entity that holds the ID. */
  readonly idField: string;
  /** Attribute that people know a row by, such as the e-mail of a customer. */
  readonly labelField: string;
  /** By the word that ends their path, such as `list`. */
  readonly operations: Readonly<Record<string, ResourceOperation>>;
  readonly faults: readonly ResourceFault[];
  /** Its list of rows that can be filtered, if it has one. */
  readonly filtered?: FilteredList;
  /** Attributes that filters may be about, of a resource that only a description knows: a row of its list has not all of them. */
  readonly filterAttributes?: readonly Field[];
  readonly demo: DemoResource;
}

/** A resource whose rows can be filtered, and walked in windows of IDs. */
export type FilterableResource = Resource & { readonly filtered: FilteredList };

/** Path of the method that lists the rows of a resource by filters. */
export function listPath({ name, filtered }: FilterableResource): string {
  return `${name}.${filtered.operation}`;
}

/** Filters as arguments of the method that lists the rows. */
export function listArguments({ filtered }: FilterableResource, filters: SoapRecord): SoapRecord {
  return { [filtered.argument]: filters };
}
