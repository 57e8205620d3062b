import { later, translated, t } from '../../l10n/texts';
import { isFiltersType, operators } from '../../api/filters';
import type { Argument } from '../../api/method';
import type { Resource, ResourceRegistry } from '../../api/resources';
import type { EntityType, Field, WireType } from '../../api/types';
import type { FoundCall } from './calls';
import { typeLabel } from './labels';

/** A completion for a place in a call. */
export interface Word {
  readonly kind: 'method' | 'argument' | 'attribute' | 'operator' | 'element';
  readonly name: string;
  /** Shown beside the name. */
  readonly detail: string;
  /** Sentences that describe it. */
  readonly doc: string;
}

/** The possible content of a place in the arguments: its keys, its texts, and the shape inside. */
export type Shape =
  | { readonly kind: 'map'; readonly keys: readonly Word[]; readonly child: (key: string) => Shape }
  | { readonly kind: 'list'; readonly of: (index: number) => Shape }
  | { readonly kind: 'text'; readonly words: readonly Word[] }
  | { readonly kind: 'any' };

const any: Shape = { kind: 'any' };

/** Methods by their V1 paths. */
export function pathWords({ methods }: ResourceRegistry): readonly Word[] {
  return methods.map(({ id, title, doc }) => ({ kind: 'method', name: id, detail: title, doc }));
}

/** Methods by their operations in V2 and WS-I. */
export function operationWords({ methods }: ResourceRegistry): readonly Word[] {
  return methods.map(({ operation, title, doc }) => ({ kind: 'method', name: operation, detail: title, doc }));
}

const operatorWords: readonly Word[] = Object.entries(operators).map(([name, { title, doc }]) => ({
  kind: 'operator',
  name,
  detail: title,
  doc,
}));

const element = (name: string, detail: string, doc: string): Word => ({ kind: 'element', name, detail, doc });

const v1Test: Shape = { kind: 'map', keys: operatorWords, child: () => any };

const key = element('key', later('Attribute'), later('Attribute code, or operator inside a complex filter.'));
const value = element('value', later('Value'), later('What to compare with.'));
const condition: Shape = {
  kind: 'map',
  keys: [key, value],
  child: (name) => (name === 'key' ? { kind: 'text', words: operatorWords } : any),
};
const filterElements: readonly Word[] = [
  element('filter', later('Simple filters'), later('Attribute equals value.')),
  element('complex_filter', later('Complex filters'), later('Attribute, operator, value. from and to on one attribute make a range.')),
];

/** The shape of filters on the attributes of a resource, in V1's form or in that of V2 and WS-I. */
function filtersShape(resource: Resource | undefined, v1: boolean): Shape {
  const words = filterWords(resource);
  if (v1) return { kind: 'map', keys: words, child: () => v1Test };
  const attribute: Shape = { kind: 'text', words };
  const simple: Shape = { kind: 'map', keys: [key, value], child: (name) => (name === 'key' ? attribute : any) };
  const complex: Shape = {
    kind: 'map',
    keys: [key, value],
    child: (name) => (name === 'key' ? attribute : name === 'value' ? condition : any),
  };
  return { kind: 'map', keys: filterElements, child: (name) => ({ kind: 'list', of: () => (name === 'filter' ? simple : complex) }) };
}

/** Attributes that filters accept, with their aliases. */
function filterWords(resource: Resource | undefined): readonly Word[] {
  if (resource === undefined) return [];
  const titles = new Map(resource.entity.fields.map(({ name, title }) => [name, title]));
  const aliases = Object.entries(resource.filtered?.aliases ?? {}).map(([name, meant]): Word => ({
    kind: 'attribute',
    name,
    detail: titles.get(meant) ?? meant,
    doc: t('Another name of {attribute} in filters.', { attribute: meant }),
  }));
  return [...fieldWords(resource.entity.fields), ...aliases];
}

/** The shape of the arguments of a call. */
export function argumentsShape(call: FoundCall): Shape {
  const args = call.known?.args ?? [];
  const resource = call.known === undefined ? undefined : call.registry.resourceOf(call.known);
  const shapes = args.map((arg) => shapeOf(arg, resource, call.positional));
  const described = call.known !== undefined && call.registry.isDescribed(call.known);
  const named: Shape = {
    kind: 'map',
    keys: args.map(({ name, doc, optional, type }) => ({
      kind: 'argument',
      name,
      // Only the catalogue says of every argument whether it is optional.
      detail: described ? typeLabel(type) : optional === true ? t('optional argument') : t('argument'),
      doc,
    })),
    child: (name) => shapes[args.findIndex((arg) => arg.name === name || arg.otherNames?.includes(name) === true)] ?? any,
  };
  return call.positional ? { kind: 'list', of: (index) => shapes[index] ?? any } : named;
}

function shapeOf({ type, check }: Argument, resource: Resource | undefined, positional: boolean): Shape {
  if (isFiltersType(type)) return filtersShape(resource, positional);
  if (check === 'attributes') return { kind: 'list', of: () => ({ kind: 'text', words: fieldWords(resource?.entity.fields ?? []) }) };
  return typeShape(type, positional);
}

/** The shape of a value of a type. Types may contain themselves, so inner shapes are made on demand. */
function typeShape(type: WireType, v1: boolean): Shape {
  if (type.kind === 'list') return { kind: 'list', of: () => typeShape(type.of, v1) };
  return type.kind === 'entity' ? entityShape(type, v1) : any;
}

function entityShape(entity: EntityType, v1: boolean): Shape {
  return {
    kind: 'map',
    keys: fieldWords(entity.fields.filter((field) => v1 || field.v1Only !== true)),
    child: (name) => typeShape(entity.fields.find((field) => field.name === name)?.type ?? { kind: 'any' }, v1),
  };
}

function fieldWords(fields: readonly Field[]): readonly Word[] {
  return fields.map(({ name, title, type, doc, v1Only }) => ({
    kind: 'attribute',
    name,
    // A description has no titles.
    detail: v1Only === true ? t('{title}, V1 only', { title: translated(title) }) : title === name ? typeLabel(type) : title,
    doc,
  }));
}
