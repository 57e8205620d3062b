import { isFiltersType } from '../filters';
import type { Argument, Method } from '../method';
import type { WireType } from '../types';
import { setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../value';

/** How many levels of entities a template fills; deeper ones are empty. */
const MAX_LEVELS = 6;

/** The most values in a template, because types that contain each other would have no end. */
const MAX_VALUES = 1_000;

/** The most optional fields that are listed for one entity. */
const MAX_OPTIONAL_FIELDS = 80;

/**
 * Values to begin with, by argument: required arguments, with the required fields of entities, all empty. With `all`, the optional ones
 * too.
 */
export function templateValues(method: Pick<Method, 'args'>, which: 'required' | 'all' = 'required'): SoapRecord {
  const values: MutableRecord = {};
  const template = new Template(which);
  for (const { name, type, ...arg } of method.args) if (which === 'all' || isRequired(arg)) setKey(values, name, template.value(type, []));
  return values;
}

/** A value to begin with: an entity with its required fields, a list with one item, or else an empty value. */
export function templateValue(type: WireType): SoapValue {
  return new Template('required').value(type, []);
}

/**
 * Arguments to begin with, as text for a request file: JSON with comments. Required ones come first, in order. The others follow as
 * comments, ready to be uncommented. Every value has a comma after it, which request files allow.
 * @param indent text before each line except the first
 */
export function templateText(method: Pick<Method, 'args'>, indent = ''): string {
  const fields = method.args.map((arg) => ({ name: arg.name, type: arg.type, required: isRequired(arg) }));
  return new Template('required').text(fields, indent, []);
}

/** An argument is a comment too if it is not known whether it is required (as in RPC's WSDL), see {@link Argument}. */
function isRequired({ optional, emptyElement }: Pick<Argument, 'optional' | 'emptyElement'>): boolean {
  return optional !== true && emptyElement !== true;
}

interface TemplateField {
  readonly name: string;
  readonly type: WireType;
  readonly required: boolean;
}

/** Makes one template. Values beyond the limits stay empty. */
class Template {
  #left = MAX_VALUES;

  constructor(private readonly which: 'required' | 'all') {}

  value(type: WireType, outer: readonly string[]): SoapValue {
    this.#left--;
    switch (type.kind) {
      case 'string':
      case 'any':
        return '';
      case 'int':
      case 'double':
        return 0;
      case 'boolean':
        return false;
      case 'list':
        return this.#ends(type.name, outer) ? [] : [this.value(type.of, [...outer, type.name])];
      case 'entity': {
        const values: MutableRecord = {};
        if (isFiltersType(type) || this.#ends(type.name, outer)) return values;
        for (const field of type.fields) {
          if (this.#left <= 0) break;
          if (field.v1Only !== true && (this.which === 'all' || field.required === true))
            setKey(values, field.name, this.value(field.type, [...outer, type.name]));
        }
        return values;
      }
    }
  }

  /** A map as text: required fields, and the others as comments. */
  text(fields: readonly TemplateField[], indent: string, outer: readonly string[]): string {
    if (fields.length === 0) return '{}';
    const inner = `${indent}  `;
    const lines: string[] = [];
    const required = fields.filter((field) => field.required);
    for (const { name, type } of required) {
      if (this.#left <= 0) break;
      lines.push(`${JSON.stringify(name)}: ${this.#text(type, inner, outer)},`);
    }
    if (lines.length < required.length) lines.push(`// and ${required.length - lines.length} more that must be given`);
    const rest = fields.filter((field) => !field.required);
    const shown = rest.slice(0, Math.max(0, Math.min(MAX_OPTIONAL_FIELDS, this.#left)));
    for (const { name, type } of shown) lines.push(`// ${JSON.stringify(name)}: ${JSON.stringify(this.value(type, outer))},`);
    if (rest.length > shown.length) lines.push(`// and ${rest.length - shown.length} more`);
    return ['{', ...lines.map((line) => `${inner}${line}`), `${indent}}`].join('\n');
  }

  #text(type: WireType, indent: string, outer: readonly string[]): string {
    if (type.kind === 'list') {
      if (this.#ends(type.name, outer)) return '[]';
      return `[${this.#text(type.of, indent, [...outer, type.name])}]`;
    }
    if (type.kind !== 'entity' || isFiltersType(type) || this.#ends(type.name, outer)) return JSON.stringify(this.value(type, outer));
    this.#left--;
    const fields = type.fields
      .filter(({ v1Only }) => v1Only !== true)
      .map(({ name, type: of, required }) => ({ name, type: of, required: required === true }));
    return this.text(fields, indent, [...outer, type.name]);
  }

  /** Whether a type is left empty: inside of the same type, too deep, or beyond the limit of values. */
  #ends(name: string, outer: readonly string[]): boolean {
    return this.#left <= 0 || outer.length >= MAX_LEVELS || outer.includes(name);
  }
}
