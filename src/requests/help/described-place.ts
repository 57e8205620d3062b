import { isFiltersType, operators } from '../../api/filters';
import type { Argument, Method } from '../../api/method';
import type { ResourceRegistry } from '../../api/resources';
import { string, type Field, type WireType } from '../../api/types';
import type { SavedRequest } from '../file/model';
import { descend, type NodePath, valueOf } from '../file/tree';
import { later, t } from '../../l10n/texts';
import { expectedWithin, type ExpectedPart } from './expected-type';

/** A key that a map of a request can have. */
export interface KnownKey {
  readonly name: string;
  readonly kind: 'argument' | 'field' | 'attribute' | 'operator' | 'element';
  readonly type: WireType;
  /** Whether the key is required; `undefined` when the description does not say. */
  readonly required: boolean | undefined;
  /** Our own description of it; may be empty. */
  readonly doc: string;
  /** JSON to begin with after the colon, if not derived from the type. */
  readonly starting?: string | undefined;
}

/** A text that is possible as a value. */
export interface KnownValue {
  readonly text: string;
  readonly kind: 'attribute' | 'operator';
  readonly doc: string;
}

/** The possible content of a place in a request: the name of a method, a map with these keys, one of these texts, or a value of a type. */
export type DescribedPlace =
  | { readonly kind: 'method' }
  | { readonly kind: 'keys'; readonly owner: string; readonly keys: readonly KnownKey[] }
  | { readonly kind: 'values'; readonly values: readonly KnownValue[] }
  | { readonly kind: 'value'; readonly type: WireType };

/** The call around a place: that of the request, or one within `multiCall`. */
interface CallAt {
  readonly method: string | undefined;
  /** Path within the arguments of the call, or within its expected result; `undefined` for its method. */
  readonly inside: NodePath | undefined;
  readonly of?: 'arguments' | 'result' | undefined;
}

/**
 * The possible content of a place, according to the store's description. `undefined` for methods of the catalogue, which the JSON Schema of
 * request files covers.
 * @param path path within the request, including a key that is being typed
 * @param atKey whether the place is a key
 */
export function describedPlace(
  request: SavedRequest,
  path: NodePath,
  atKey: boolean,
  registry: ResourceRegistry,
): DescribedPlace | undefined {
  const call = callAt(request, path);
  if (call === undefined) return undefined;
  if (call.inside === undefined) return atKey ? undefined : { kind: 'method' };
  const method = call.method === undefined ? undefined : registry.find(call.method);
  if (method === undefined || !registry.isDescribed(method)) return undefined;
  // The key being typed does not belong to the path of its map.
  const outer = atKey ? call.inside.slice(0, -1) : call.inside;
  const root: Part = call.of === 'result' ? { kind: 'expected', type: method.result.type } : { kind: 'arguments', method };
  const place = walk(root, outer);
  if (place === undefined) return undefined;
  if (!atKey) return valueAt(place, registry);
  const keys = keysOf(place, registry);
  return keys === undefined ? undefined : { kind: 'keys', owner: place.kind === 'arguments' ? method.id : nameOf(place), keys };
}

function callAt({ method, node }: SavedRequest, [first, second, third, fourth, ...rest]: NodePath): CallAt | undefined {
  if (first === 'method' && second === undefined) return { method: undefined, inside: undefined };
  if ((first === 'expect' || first === 'until') && second === 'result' && method !== 'multiCall')
    return { method, inside: [third, fourth, ...rest].filter((step) => step !== undefined), of: 'result' };
  if (first !== 'args') return undefined;
  const inArgs = [second, third, fourth, ...rest].filter((step) => step !== undefined);
  if (method !== 'multiCall') return { method, inside: inArgs };
  if (second !== 'calls' || typeof third !== 'number' || fourth === undefined) return undefined;
  if (fourth === 0 || fourth === 'method') return rest.length === 0 ? { method: undefined, inside: undefined } : undefined;
  if (fourth !== 1 && fourth !== 'args') return undefined;
  const name = valueOf(descend(node, ['args', 'calls', third, fourth === 1 ? 0 : 'method']));
  return { method: typeof name === 'string' ? name : undefined, inside: rest };
}

/** A part of the arguments, or of the expected result. */
type Part =
  | { readonly kind: 'arguments'; readonly method: Method }
  | { readonly kind: 'filters'; readonly method: Method }
  | { readonly kind: 'condition' }
  /**
   * V2's form of filters: a list of conditions, each with `key` and `value`. The value of a complex condition is an operator with its
   * value.
   */
  | { readonly kind: 'element' | 'pair'; readonly method: Method; readonly complex: boolean }
  | { readonly kind: 'operation' }
  | { readonly kind: 'attribute-name'; readonly method: Method }
  | { readonly kind: 'operator-name' }
  | ExpectedPart
  | { readonly kind: 'type'; readonly type: WireType };

function walk(from: Part, path: NodePath): Part | undefined {
  let part: Part | undefined = from;
  for (const step of path) {
    if (part === undefined) return undefined;
    part = within(part, step);
  }
  return part;
}

function within(part: Part, step: string | number): Part | undefined {
  switch (part.kind) {
    case 'arguments': {
      const { args } = part.method;
      const arg = typeof step === 'number' ? args[step] : args.find((each) => namesOf(each).includes(step));
      if (arg === undefined) return undefined;
      return isFiltersType(arg.type) ? { kind: 'filters', method: part.method } : { kind: 'type', type: arg.type };
    }
    case 'filters':
      if (typeof step !== 'string') return undefined;
      return isElement(step) ? { kind: 'element', method: part.method, complex: step === 'complex_filter' } : { kind: 'condition' };
    case 'element':
      // WS-I's wrapper around the conditions, as in its documentation.
      if (step === 'complexObjectArray') return part;
      return typeof step === 'number' ? { ...part, kind: 'pair' } : undefined;
    case 'pair':
      if (step === 'key') return { kind: 'attribute-name', method: part.method };
      return step === 'value' && part.complex ? { kind: 'operation' } : undefined;
    case 'operation':
      return step === 'key' ? { kind: 'operator-name' } : undefined;
    case 'expected':
    case 'choices':
      return expectedWithin(part, step);
    case 'condition':
    case 'attribute-name':
    case 'operator-name':
      return undefined;
    case 'type': {
      const { type } = part;
      if (type.kind === 'list') return typeof step === 'number' ? { kind: 'type', type: type.of } : undefined;
      if (type.kind !== 'entity') return undefined;
      const field = type.fields.find(({ name }) => name === step);
      return field === undefined ? undefined : { kind: 'type', type: field.type };
    }
  }
}

function isElement(name: string): name is keyof typeof ELEMENTS {
  return Object.hasOwn(ELEMENTS, name);
}

/** The elements of V2's form of filters. */
const ELEMENTS = {
  filter: {
    doc: later('Equality conditions in the V2 form: a list of `key` (the attribute) and `value`.'),
    starting: '[{ "key": "", "value": "" }]',
  },
  complex_filter: {
    doc: later(
      'Conditions with an operator in the V2 form: `key` is the attribute, and `value` contains the operator as `key` and its `value`.',
    ),
    starting: '[{ "key": "", "value": { "key": "", "value": "" } }]',
  },
} as const;

function valueAt(part: Part, registry: ResourceRegistry): DescribedPlace | undefined {
  switch (part.kind) {
    case 'type':
    case 'expected':
      return { kind: 'value', type: part.type };
    case 'attribute-name': {
      const fields = attributesOf(part.method, registry);
      return { kind: 'values', values: fields.map(({ name, doc }) => ({ text: name, kind: 'attribute', doc })) };
    }
    case 'operator-name':
      return { kind: 'values', values: Object.entries(operators).map(([text, { doc }]) => ({ text, kind: 'operator', doc })) };
    default:
      return undefined;
  }
}

/** The attributes that filters of a method can use, as far as its description says. */
function attributesOf(method: Method, registry: ResourceRegistry): readonly Field[] {
  const resource = registry.resourceOf(method);
  return resource?.filterAttributes ?? resource?.entity.fields ?? [];
}

/** The keys of one pair in V2's form. */
function pairKeys(key: string, value: string, starting: string): readonly KnownKey[] {
  return [
    { name: 'key', kind: 'element', type: string, required: true, doc: key },
    { name: 'value', kind: 'element', type: string, required: true, doc: value, starting },
  ];
}

function keysOf(part: Part, registry: ResourceRegistry): readonly KnownKey[] | undefined {
  switch (part.kind) {
    case 'arguments':
      return part.method.args.map((arg) => ({ name: arg.name, kind: 'argument', type: arg.type, required: requiredOf(arg), doc: arg.doc }));
    case 'filters':
      return [
        ...attributesOf(part.method, registry).map((field) => keyOf(field, 'attribute')),
        ...Object.entries(ELEMENTS).map(
          ([name, element]) => ({ name, kind: 'element', type: string, required: undefined, ...element }) as const,
        ),
      ];
    case 'pair':
      return part.complex
        ? pairKeys(t('The attribute.'), t('The operator and its value.'), '{ "key": "", "value": "" }')
        : pairKeys(t('The attribute.'), t('The value that it must be equal to.'), '""');
    case 'operation':
      return pairKeys(t('The operator.'), t('The value for the operator. Separate several values with commas.'), '""');
    case 'expected':
      return part.type.kind === 'entity'
        ? part.type.fields.map((field) => ({ ...keyOf(field, 'field'), required: undefined, starting: startingExpected(field.type) }))
        : undefined;
    case 'condition':
      return Object.entries(operators).map(([name, { doc }]) => ({ name, kind: 'operator', type: string, required: undefined, doc }));
    case 'type':
      return part.type.kind === 'entity' ? part.type.fields.map((field) => keyOf(field, 'field')) : undefined;
    case 'element':
    case 'choices':
    case 'attribute-name':
    case 'operator-name':
      return undefined;
  }
}

/** An expectation to begin with for a field. */
function startingExpected({ kind }: WireType): string {
  return kind === 'list'
    ? '[]'
    : kind === 'entity'
      ? '{ "$partial": {} }'
      : JSON.stringify(kind === 'boolean' ? true : kind === 'int' || kind === 'double' ? 0 : '');
}

function keyOf({ name, type, required, doc }: Field, kind: 'field' | 'attribute'): KnownKey {
  return { name, kind, type, required: kind === 'attribute' ? undefined : required === true, doc };
}

function nameOf(part: Part): string {
  return (part.kind === 'type' || part.kind === 'expected') && part.type.kind === 'entity' ? part.type.name : 'filters';
}

function namesOf({ name, otherNames = [] }: Argument): readonly string[] {
  return [name, ...otherNames];
}

/** The WSDL of V1 and V2 cannot mark an argument as optional, so it is `undefined` (unknown) for an argument that may be. */
function requiredOf({ optional, emptyElement }: Argument): boolean | undefined {
  return optional === true ? (emptyElement === true ? true : undefined) : true;
}
