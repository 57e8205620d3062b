import { isFiltersType } from '../filters';
import type { Argument, Method } from '../method';
import type { WireType } from '../types';
import { setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../value';

/** How deep a template goes into entities; deeper ones are left empty. */
const MAX_DEPTH = 6;

/** How many values a template has at most: types that hold each other would make one without end. */
const MAX_VALUES = 1_000;

/** How many fields that may be left out are listed for one entity. */
const MAX_COMMENTS = 80;

/**
 * Arguments to begin with, by name: those that must be given, entities with the fields that must be given, empty values for all of them.
 * With `all`, everything that may be given too.
 */
export function templateValues(method: Pick<Method, 'args'>, which: 'required' | 'all' = 'required'): SoapRecord {
  const values: MutableRecord = {};
  const template = new Template(which);
  for (const { name, type, ...arg } of method.args) if (which === 'all' || isRequired(arg)) setKey(values, name, template.value(type, []));
  return values;
}

/** A value of a type to begin with: an entity with the fields that must be given, a list of one, else an empty value. */
export function templateValue(type: WireType): SoapValue {
  return new Template('required').value(type, []);
}

/**
 * The same as text for a request file: JSON with comments. What must be given comes first, in its order; the rest follows as comments,
 * each ready to be used by taking the slashes away. Commas stand behind every value, which request files allow.
 * @param indent text before each line but the first
 */
export function templateText(method: Pick<Method, 'args'>, indent = ''): string {
  const fields = method.args.map((arg) => ({ name: arg.name, type: arg.type, required: isRequired(arg) }));
  return new Template('required').text(fields, indent, []);
}

/** An argument that RPC's WSDL does not say may be left out is one to think about, so it is there as a comment; see {@link Argument}. */
function isRequired({ optional, emptyElement }: Pick<Argument, 'optional' | 'emptyElement'>): boolean {
  return optional !== true && emptyElement !== true;
}

interface TemplateField {
  readonly name: string;
  readonly type: WireType;
  readonly required: boolean;
}

/** One template while it is made. What is too much for it is left empty. */
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

  /** A map as text: what must be given, and the rest as comments. */
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
    const shown = rest.slice(0, Math.max(0, Math.min(MAX_COMMENTS, this.#left)));
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

  /** Whether a type is left empty: it stands within itself, too far inside, or where the template is full. */
  #ends(name: string, outer: readonly string[]): boolean {
    return this.#left <= 0 || outer.length >= MAX_DEPTH || outer.includes(name);
  }
}
