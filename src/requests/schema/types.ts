import type { Field, WireType } from '../../api/types';

/** A piece of JSON Schema, draft 07, with the keywords of VS Code. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** A text that holds a placeholder may stand for a value of any type. */
const PLACEHOLDER = '\\{\\{.+\\}\\}';

/** Values of a type, or placeholders for them. */
export function schemaOfType(type: WireType): Schema {
  switch (type.kind) {
    case 'string':
      return { type: ['string', 'number'] };
    case 'int':
      return {
        type: ['integer', 'string'],
        pattern: `^\\s*[+-]?\\d*\\s*$|${PLACEHOLDER}`,
        patternErrorMessage: 'Expected a whole number.',
      };
    case 'double':
      return {
        type: ['number', 'string'],
        pattern: `^\\s*[+-]?\\d*(\\.\\d+)?\\s*$|${PLACEHOLDER}`,
        patternErrorMessage: 'Expected a number.',
      };
    case 'boolean':
      return {
        type: ['boolean', 'integer', 'string'],
        pattern: `^([01]|true|false)?$|${PLACEHOLDER}`,
        patternErrorMessage: 'Expected true or false.',
      };
    case 'any':
      return {};
    case 'list':
      return { type: ['array', 'string'], items: schemaOfType(type.of) };
    case 'entity':
      return {
        type: ['object', 'string'],
        pattern: PLACEHOLDER,
        patternErrorMessage: 'Expected a map.',
        properties: Object.fromEntries(type.fields.map((field) => [field.name, schemaOfField(field)])),
      };
  }
}

/** A field with its documentation. `null` is always a value. */
export function schemaOfField(field: Field): Schema {
  const { type, ...rest } = schemaOfType(field.type);
  const types: readonly unknown[] | undefined = Array.isArray(type) ? type : undefined;
  return { markdownDescription: fieldDoc(field), ...(types === undefined ? {} : { type: [...types, 'null'] }), ...rest };
}

/** What hovers say about a field. */
export function fieldDoc({ title, doc, v1Only }: Field): string {
  return `**${title}**\n\n${doc}${v1Only === true ? '\n\nOver V1 only.' : ''}`;
}
