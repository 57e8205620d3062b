import { customerEntityToCreate, customerEntity } from '../entities';
import type { Resource } from '../resources';
import { wsdlFields } from '../types';

/** The attributes of a resource, as traps ask for them. */
export interface KnownAttributes {
  /** Every attribute that is known. */
  readonly all: ReadonlySet<string>;
  /** What filters take: all of them, and other names of some. */
  readonly filters: ReadonlySet<string>;
  /** Names of columns of its own table; see `FilteredList.columns`. */
  readonly columns: ReadonlySet<string>;
  /** Whether only a description tells of the resource: it may have further attributes, and where they are kept is not known. */
  readonly described: boolean;
  /** Every name of the ID. */
  readonly ids: readonly string[];
  /** Attributes that are returned over V1 alone. */
  readonly v1Only: ReadonlySet<string>;
}

const known = new WeakMap<Resource, KnownAttributes>();

/** What is known about the attributes of a resource; worked out once. */
export function attributesOf(resource: Resource): KnownAttributes {
  let found = known.get(resource);
  if (found === undefined) {
    const { entity, idField, filtered, filterAttributes } = resource;
    const aliases = filtered?.aliases ?? {};
    const names = entity.fields.map((field) => field.name);
    const columns = filtered?.columns ?? [];
    found = {
      all: new Set(names),
      filters: new Set([...(filterAttributes ?? []).map(({ name }) => name), ...names, ...Object.keys(aliases)]),
      described: filtered === undefined,
      columns: new Set([...columns, ...Object.keys(aliases).filter((alias) => columns.includes(aliases[alias] ?? ''))]),
      ids: filtered === undefined ? [] : [idField, ...Object.keys(aliases).filter((alias) => aliases[alias] === idField)],
      v1Only: new Set(entity.fields.filter((field) => field.v1Only === true).map((field) => field.name)),
    };
    known.set(resource, found);
  }
  return found;
}

/** What `create` and `update` of customers take over V2 and WS-I; anything else is dropped before the store looks at it. */
export const typedWritable: ReadonlySet<string> = new Set(wsdlFields(customerEntityToCreate).map((field) => field.name));

/** What `create` and `update` of customers take over V1. */
export const writable: ReadonlySet<string> = new Set([
  ...customerEntityToCreate.fields.map((field) => field.name),
  ...customerEntity.fields.map((field) => field.name),
  'is_active',
]);
