import { isFiltersType } from '../filters';
import type { Argument, Method } from '../method';
import type { WireType } from '../types';
import { setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../value';

/** How deep a template goes into entities; deeper ones are left empty. */
const MAX_DEPTH = 6;

/** How many fields that may be left out are listed for one entity. */
const MAX_COMMENTS = 80;

/**
 * Arguments to begin with, by name: those that must be given, entities with the fields that must be given, empty values for all of them.
 * With `all`, everything that may be given too.
 */
export function templateValues(method: Pick<Method, 'args'>, which: 'required' | 'all' = 'required'): SoapRecord {
  const values: MutableRecord = {};
  for (const { name, type, ...arg } of method.args) if (which === 'all' || isRequired(arg)) setKey(values, name, valueOf(type, which, []));
  return values;
}

/** A value of a type to begin with: an entity with the fields that must be given, a list of one, else an empty value. */
export function templateValue(type: WireType): SoapValue {
  return valueOf(type, 'required', []);
}

/**
 * The same as text for a request file: JSON with comments. What must be given comes first, in its order; the rest follows as comments,
 * each ready to be used by taking the slashes away. Commas stand behind every value, which request files allow.
 * @param indent text before each line but the first
 */
export function templateText(method: Pick<Method, 'args'>, indent = ''): string {
  const fields = method.args.map((arg) => ({ name: arg.name, type: arg.type, required: isRequired(arg) }));
  return mapText(fields, indent, []);
}

/** An argument that RPC's WSDL does not say may be left out is one to think about, so it is there as a comment; see {@link Argument}. */
function isRequired({ optional, emptyElement }: Pick<Argument, 'optional' | 'emptyElement'>): boolean {
  return optional !== true && emptyElement !== true;
}

function valueOf(type: WireType, which: 'required' | 'all', outer: readonly string[]): SoapValue {
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
      return tooDeep(type.name, outer) ? [] : [valueOf(type.of, which, [...outer, type.name])];
    case 'entity': {
      const values: MutableRecord = {};
      if (isFiltersType(type) || tooDeep(type.name, outer)) return values;
      for (const field of type.fields)
        if (field.v1Only !== true && (which === 'all' || field.required === true))
          setKey(values, field.name, valueOf(field.type, which, [...outer, type.name]));
      return values;
    }
  }
}

/** Whether a type stands within itself, or too far inside. */
function tooDeep(name: string, outer: readonly string[]): boolean {
  return outer.length >= MAX_DEPTH || outer.includes(name);
}

interface TemplateField {
  readonly name: string;
  readonly type: WireType;
  readonly required: boolean;
}

function mapText(fields: readonly TemplateField[], indent: string, outer: readonly string[]): string {
  if (fields.length === 0) return '{}';
  const inner = `${indent}  `;
  const required = fields
    .filter((field) => field.required)
    .map(({ name, type }) => `${JSON.stringify(name)}: ${textOf(type, inner, outer)},`);
  const rest = fields.filter((field) => !field.required);
  const comments = rest
    .slice(0, MAX_COMMENTS)
    .map(({ name, type }) => `// ${JSON.stringify(name)}: ${JSON.stringify(valueOf(type, 'required', outer))},`);
  const more = rest.length > MAX_COMMENTS ? [`// and ${rest.length - MAX_COMMENTS} more`] : [];
  return ['{', ...[...required, ...comments, ...more].map((line) => `${inner}${line}`), `${indent}}`].join('\n');
}

function textOf(type: WireType, indent: string, outer: readonly string[]): string {
  if (type.kind === 'list') {
    if (tooDeep(type.name, outer)) return '[]';
    return `[${textOf(type.of, indent, [...outer, type.name])}]`;
  }
  if (type.kind !== 'entity' || isFiltersType(type) || tooDeep(type.name, outer)) return JSON.stringify(valueOf(type, 'required', outer));
  const fields = type.fields
    .filter(({ v1Only }) => v1Only !== true)
    .map(({ name, type: of, required }) => ({ name, type: of, required: required === true }));
  return mapText(fields, indent, [...outer, type.name]);
}
