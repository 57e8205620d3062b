import { customerEntityToCreate, customerEntity } from '../entities';
import type { Resource } from '../resources';
import { wsdlFields } from '../types';

/** The attributes of a resource, in the form that traps need. */
export interface KnownAttributes {
  /** All known attributes. */
  readonly all: ReadonlySet<string>;
  /** Attributes and aliases that filters accept. */
  readonly filters: ReadonlySet<string>;
  /** Columns of its own table, see `FilteredList.columns`. */
  readonly columns: ReadonlySet<string>;
  /** Whether the resource is known from a description only. It may have further attributes, and their tables are not known. */
  readonly described: boolean;
  /** All names of the ID. */
  readonly ids: readonly string[];
  /** Attributes that only V1 returns. */
  readonly v1Only: ReadonlySet<string>;
}

const known = new WeakMap<Resource, KnownAttributes>();

/** The attributes of a resource, cached. */
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

/** Attributes that `create` and `update` of customers accept in V2 and WS-I. Others are dropped before the store reads them. */
export const typedWritable: ReadonlySet<string> = new Set(wsdlFields(customerEntityToCreate).map((field) => field.name));

/** Attributes that `create` and `update` of customers accept in V1. */
export const writable: ReadonlySet<string> = new Set([
  ...customerEntityToCreate.fields.map((field) => field.name),
  ...customerEntity.fields.map((field) => field.name),
  'is_active',
]);
