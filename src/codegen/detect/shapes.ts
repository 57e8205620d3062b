import { catalogue, type Method } from '../../api/catalogue';
import { customerEntity } from '../../api/entities';
import { operators } from '../../api/filters';
import type { EntityType, Field, WireType } from '../../api/types';
import type { FoundCall } from './calls';

/** A word that may stand at a place in a call. */
export interface Word {
  readonly kind: 'method' | 'argument' | 'attribute' | 'operator' | 'element';
  readonly name: string;
  /** A few words beside the name. */
  readonly detail: string;
  /** Sentences. */
  readonly doc: string;
}

/** What a place in the arguments takes: which keys, which texts, and what is inside. */
export type Shape =
  | { readonly kind: 'map'; readonly keys: readonly Word[]; readonly child: (key: string) => Shape }
  | { readonly kind: 'list'; readonly of: (index: number) => Shape }
  | { readonly kind: 'text'; readonly words: readonly Word[] }
  | { readonly kind: 'any' };

const any: Shape = { kind: 'any' };

/** Methods as V1 names them. */
export const pathWords: readonly Word[] = catalogue.map((method: Method) => ({ kind: 'method', name: method.id, detail: method.title, doc: method.doc }));

/** Methods as V2 and WS-I name them. */
export const operationWords: readonly Word[] = catalogue.map((method: Method) => ({ kind: 'method', name: method.operation, detail: method.title, doc: method.doc }));

const operatorWords: readonly Word[] = Object.entries(operators).map(([name, { title, doc }]) => ({ kind: 'operator', name, detail: title, doc }));

const customerWords = fieldWords(customerEntity.fields);
const filterWords: readonly Word[] = [...customerWords, { kind: 'attribute', name: 'entity_id', detail: 'ID', doc: 'Another name of customer_id in filters.' }];
const element = (name: string, detail: string, doc: string): Word => ({ kind: 'element', name, detail, doc });

const v1Test: Shape = { kind: 'map', keys: operatorWords, child: () => any };
const v1Filters: Shape = { kind: 'map', keys: filterWords, child: () => v1Test };

const key = element('key', 'Attribute', 'Attribute code, or operator inside a complex filter.');
const value = element('value', 'Value', 'What to compare with.');
const attributeText: Shape = { kind: 'text', words: filterWords };
const simple: Shape = { kind: 'map', keys: [key, value], child: (name) => (name === 'key' ? attributeText : any) };
const condition: Shape = { kind: 'map', keys: [key, value], child: (name) => (name === 'key' ? { kind: 'text', words: operatorWords } : any) };
const complex: Shape = { kind: 'map', keys: [key, value], child: (name) => (name === 'key' ? attributeText : name === 'value' ? condition : any) };
const v2Filters: Shape = {
  kind: 'map',
  keys: [element('filter', 'Simple filters', 'Attribute equals value.'), element('complex_filter', 'Complex filters', 'Attribute, operator, value. from and to on one attribute make a range.')],
  child: (name) => ({ kind: 'list', of: () => (name === 'filter' ? simple : complex) }),
};

/** What the arguments of a call take. */
export function argumentsShape(call: FoundCall): Shape {
  const args = call.known?.args ?? [];
  const shapes = args.map(({ name, type }) => shapeOf(name, type, call.positional));
  const named: Shape = {
    kind: 'map',
    keys: args.map(({ name, doc, optional }) => ({ kind: 'argument', name, detail: optional === true ? 'optional argument' : 'argument', doc })),
    child: (name) => shapes[args.findIndex((arg) => arg.name === name)] ?? any,
  };
  return call.positional ? { kind: 'list', of: (index) => shapes[index] ?? any } : named;
}

function shapeOf(name: string, type: WireType, positional: boolean): Shape {
  if (name === 'filters') return positional ? v1Filters : v2Filters;
  if (name === 'attributes') return { kind: 'list', of: () => ({ kind: 'text', words: customerWords }) };
  if (type.kind === 'entity') return entityShape(type, positional);
  return any;
}

function entityShape(entity: EntityType, v1: boolean): Shape {
  return { kind: 'map', keys: fieldWords(entity.fields.filter((field) => v1 || field.v1Only !== true)), child: () => any };
}

function fieldWords(fields: readonly Field[]): readonly Word[] {
  return fields.map(({ name, title, doc, v1Only }) => ({ kind: 'attribute', name, detail: v1Only === true ? `${title}, V1 only` : title, doc }));
}
