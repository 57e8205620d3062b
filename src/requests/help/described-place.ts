import { isFiltersType, operators } from '../../api/filters';
import type { Argument, Method } from '../../api/method';
import type { ResourceRegistry } from '../../api/resources';
import { string, type Field, type WireType } from '../../api/types';
import type { SavedRequest } from '../file/model';
import { descend, type NodePath, valueOf } from '../file/tree';

/** A key that may stand in a map of a request. */
export interface KnownKey {
  readonly name: string;
  readonly kind: 'argument' | 'field' | 'attribute' | 'operator';
  readonly type: WireType;
  /** Whether it must be given; `undefined` where nothing says it. */
  readonly required: boolean | undefined;
  /** Our own words about it, if there are any. */
  readonly doc: string;
}

/** What stands at a place of a request: the name of a method, a map with these keys, or a value of a type. */
export type DescribedPlace =
  | { readonly kind: 'method' }
  | { readonly kind: 'keys'; readonly owner: string; readonly keys: readonly KnownKey[] }
  | { readonly kind: 'value'; readonly type: WireType };

/** A call that a place belongs to: that of the request, or one of those within `multiCall`. */
interface CallAt {
  readonly method: string | undefined;
  /** Path from the arguments of the call on; `undefined` at its method. */
  readonly inside: NodePath | undefined;
}

/**
 * What a place of a request is by the description of the store's methods. Of methods that the catalogue knows itself, the schema of the
 * file tells all, so nothing is said here.
 * @param path within the request, a key that is being typed included
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
  // The key that is being typed says nothing of the map that it stands in.
  const outer = atKey ? call.inside.slice(0, -1) : call.inside;
  const place = walk({ kind: 'arguments', method }, outer);
  if (place === undefined) return undefined;
  if (!atKey) return place.kind === 'type' ? { kind: 'value', type: place.type } : undefined;
  const keys = keysOf(place, registry);
  return keys === undefined ? undefined : { kind: 'keys', owner: place.kind === 'arguments' ? method.id : nameOf(place), keys };
}

function callAt({ method, node }: SavedRequest, [first, second, third, fourth, ...rest]: NodePath): CallAt | undefined {
  if (first === 'method' && second === undefined) return { method: undefined, inside: undefined };
  if (first !== 'args') return undefined;
  const inArgs = [second, third, fourth, ...rest].filter((step) => step !== undefined);
  if (method !== 'multiCall') return { method, inside: inArgs };
  if (second !== 'calls' || typeof third !== 'number' || fourth === undefined) return undefined;
  if (fourth === 0 || fourth === 'method') return rest.length === 0 ? { method: undefined, inside: undefined } : undefined;
  if (fourth !== 1 && fourth !== 'args') return undefined;
  const name = valueOf(descend(node, ['args', 'calls', third, fourth === 1 ? 0 : 'method']));
  return { method: typeof name === 'string' ? name : undefined, inside: rest };
}

/** A part of the arguments. */
type Part =
  | { readonly kind: 'arguments'; readonly method: Method }
  | { readonly kind: 'filters'; readonly method: Method }
  | { readonly kind: 'condition' }
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
      // V2's own form has lists of pairs there, of which nothing is told.
      return typeof step === 'string' && step !== 'filter' && step !== 'complex_filter' ? { kind: 'condition' } : undefined;
    case 'condition':
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

function keysOf(part: Part, registry: ResourceRegistry): readonly KnownKey[] | undefined {
  switch (part.kind) {
    case 'arguments':
      return part.method.args.map((arg) => ({ name: arg.name, kind: 'argument', type: arg.type, required: requiredOf(arg), doc: arg.doc }));
    case 'filters':
      return (registry.resourceOf(part.method)?.entity.fields ?? []).map((field) => keyOf(field, 'attribute'));
    case 'condition':
      return Object.entries(operators).map(([name, { doc }]) => ({ name, kind: 'operator', type: string, required: undefined, doc }));
    case 'type':
      return part.type.kind === 'entity' ? part.type.fields.map((field) => keyOf(field, 'field')) : undefined;
  }
}

function keyOf({ name, type, required, doc }: Field, kind: 'field' | 'attribute'): KnownKey {
  return { name, kind, type, required: kind === 'attribute' ? undefined : required === true, doc };
}

function nameOf(part: Part): string {
  return part.kind === 'type' && part.type.kind === 'entity' ? part.type.name : 'filters';
}

function namesOf({ name, otherNames = [] }: Argument): readonly string[] {
  return [name, ...otherNames];
}

/** RPC's WSDL cannot say what may be left out: such an argument is one of which nothing is known. */
function requiredOf({ optional, emptyElement }: Argument): boolean | undefined {
  return optional === true ? (emptyElement === true ? true : undefined) : true;
}
