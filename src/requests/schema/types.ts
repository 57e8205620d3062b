import type { Field, WireType } from '../../api/types';

/** A piece of JSON Schema, draft 07, with VS Code's own keywords. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/**
 * Proposes values of these types but refuses none. A request may be wrong on purpose, to test its fault, and traps explain how a store
 * treats other values.
 */
export function proposedTypes(...types: readonly string[]): Schema {
  return { anyOf: [{ type: types }, {}] };
}

/** Proposals for a value of a type. @param nullable whether `null` is proposed too */
export function schemaOfType(type: WireType, nullable = false): Schema {
  const propose = (...types: readonly string[]): Schema => proposedTypes(...types, ...(nullable ? ['null'] : []));
  switch (type.kind) {
    case 'string':
      return propose('string', 'number');
    case 'int':
      return propose('integer', 'string');
    case 'double':
      return propose('number', 'string');
    case 'boolean':
      return propose('boolean', 'integer', 'string');
    case 'any':
      return {};
    case 'list':
      return { ...propose('array', 'string'), items: schemaOfType(type.of) };
    case 'entity':
      return {
        ...propose('object', 'string'),
        properties: Object.fromEntries(type.fields.map((field) => [field.name, schemaOfField(field)])),
      };
  }
}

/** A field with its documentation. `null` is always allowed. */
export function schemaOfField(field: Field): Schema {
  return { markdownDescription: fieldDoc(field), ...schemaOfType(field.type, true) };
}

/** The hover text of a field. */
export function fieldDoc({ title, doc, v1Only }: Field): string {
  return `**${title}**\n\n${doc}${v1Only === true ? '\n\nOver V1 only.' : ''}`;
}
