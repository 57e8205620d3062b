import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { append } from '../../api/lists';
import { setKey, type MutableRecord, type SoapValue } from '../../api/value';
import type { Range } from './model';

/**
 * The syntax tree of a text in JSON with comments and trailing commas. What is wrong is added to the errors. No node goes beyond the text:
 * where a comment does not end, the parser places the end of what it stands in behind the last character.
 */
export function treeOf(text: string, errors: ParseError[] = []): Node | undefined {
  const root = parseTree(text, errors, { allowTrailingComma: true });
  // Only what is not closed can reach too far, and that is the last child of each node.
  for (let node = root; node !== undefined; node = node.children?.at(-1)) {
    if (node.offset + node.length > text.length) Object.assign(node, { length: Math.max(0, text.length - node.offset) });
  }
  return root;
}

/** Keys and indexes from a node down to one of its parts. */
export type NodePath = readonly (string | number)[];

/** How {@link valueOf} reads. */
interface Reading {
  /** Lists that are read as empty, since their items are read one by one elsewhere. */
  readonly emptied?: ReadonlySet<Node | undefined> | undefined;
  /** What stands for a number; the number of JavaScript otherwise. */
  readonly number?: ((value: number, node: Node) => number | string) | undefined;
}

/** The value of a node. Of a key that stands twice the last one counts, as everywhere in JSON. */
export function valueOf(node: Node | undefined, reading: Reading = {}): SoapValue {
  switch (node?.type) {
    case 'object': {
      const record: MutableRecord = {};
      for (const { key, value } of properties(node)) setKey(record, key, valueOf(value, reading));
      return record;
    }
    case 'array':
      return reading.emptied?.has(node) === true ? [] : (node.children ?? []).map((child) => valueOf(child, reading));
    case 'string':
    case 'number':
    case 'boolean': {
      const value: unknown = node.value;
      if (typeof value === 'number') return reading.number?.(value, node) ?? value;
      return typeof value === 'string' || typeof value === 'boolean' ? value : null;
    }
    default:
      return null;
  }
}

/** One property of an object. */
export interface Property {
  readonly key: string;
  readonly keyNode: Node;
  /** `undefined` while the value is still being typed. */
  readonly value: Node | undefined;
  readonly node: Node;
  /** Position among all that stands in the object. */
  readonly index: number;
}

/** The properties of an object, also by their keys; of doubles the last. */
interface Members {
  readonly all: readonly Property[];
  readonly last: ReadonlyMap<string, Property>;
}

/** Trees do not change, and the properties of a large object are asked for once for each thing that is wrong with one of them. */
const members = new WeakMap<Node, Members>();

function membersOf(node: Node): Members {
  const known = members.get(node);
  if (known !== undefined) return known;
  const all = (node.children ?? []).flatMap((property, index) => {
    const [keyNode, value] = property.children ?? [];
    const key: unknown = keyNode?.value;
    return keyNode === undefined || typeof key !== 'string' ? [] : [{ key, keyNode, value, node: property, index }];
  });
  const made = { all, last: new Map(all.map((each) => [each.key, each])) };
  members.set(node, made);
  return made;
}

/** The properties of an object in the order they stand, doubles included. */
export function properties(node: Node | undefined): readonly Property[] {
  return node?.type === 'object' ? membersOf(node).all : [];
}

/** The property with this key that counts, the last one. */
export function property(node: Node | undefined, key: string): Property | undefined {
  return node?.type === 'object' ? membersOf(node).last.get(key) : undefined;
}

/** The part of a node at a path; `undefined` when it is not there. */
export function descend(node: Node | undefined, path: NodePath): Node | undefined {
  let at = node;
  for (const step of path)
    at = typeof step === 'number' ? (at?.type === 'array' ? at.children?.[step] : undefined) : property(at, step)?.value;
  return at;
}

/** The key at the end of a path, as a property. */
export function propertyAt(node: Node | undefined, path: NodePath): Property | undefined {
  const last = path.at(-1);
  return typeof last === 'string' ? property(descend(node, path.slice(0, -1)), last) : undefined;
}

/** The deepest part on the way to a path that is there: where to point when the rest is missing. */
export function nearest(node: Node, path: NodePath): Node {
  for (let length = path.length; length > 0; length--) {
    const found = descend(node, path.slice(0, length));
    if (found !== undefined) return found;
  }
  return node;
}

/** How many lists and maps may be nested: walking through deeper ones would overflow the stack. */
export const MAX_LEVELS = 500;

/** Whether lists and maps stand in each other deeper than {@link MAX_LEVELS}. */
export function isTooDeep(node: Node | undefined, level = 0): boolean {
  if (node?.type !== 'object' && node?.type !== 'array') return false;
  if (level >= MAX_LEVELS) return true;
  const inner = node.type === 'array' ? (node.children ?? []) : properties(node).map(({ value }) => value);
  return inner.some((child) => isTooDeep(child, level + 1));
}

/** Where a node stands. */
export function rangeOf({ offset, length }: Node): Range {
  return { offset, length };
}

/** Every text in a node, with the node it stands in. */
export function texts(node: Node | undefined, found: Node[] = []): Node[] {
  if (node?.type === 'string') found.push(node);
  else if (node?.type === 'array') for (const child of node.children ?? []) texts(child, found);
  else for (const { value } of properties(node)) texts(value, found);
  return found;
}

/** Properties whose key stands again later in the same object, so that they do not count. @param except parts that are not looked at */
export function doubles(node: Node | undefined, except?: ReadonlySet<Node | undefined>, found: Property[] = []): Property[] {
  if (node === undefined || except?.has(node) === true) return found;
  if (node.type === 'array') for (const child of node.children ?? []) doubles(child, except, found);
  if (node.type !== 'object') return found;
  const { all, last } = membersOf(node);
  if (last.size < all.length)
    append(
      found,
      all.filter((each) => last.get(each.key) !== each),
    );
  for (const { value } of all) doubles(value, except, found);
  return found;
}
