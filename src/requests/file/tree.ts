import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { append } from '../../api/lists';
import { setKey, type MutableRecord, type SoapValue } from '../../api/value';
import type { Range } from './model';

/**
 * The syntax tree of JSON with comments and trailing commas. Errors are added to `errors`. No node extends beyond the text, although the
 * parser does that for a value with an unclosed comment.
 */
export function treeOf(text: string, errors: ParseError[] = []): Node | undefined {
  const root = parseTree(text, errors, { allowTrailingComma: true });
  // Only an unclosed node can extend too far, and it is the last child of its parent.
  for (let node = root; node !== undefined; node = node.children?.at(-1)) {
    if (node.offset + node.length > text.length) Object.assign(node, { length: Math.max(0, text.length - node.offset) });
  }
  return root;
}

/** Keys and indexes from a node down to one of its parts. */
export type NodePath = readonly (string | number)[];

/** How {@link valueOf} converts a node. */
interface Reading {
  /** Lists to return as empty, because the caller reads their items one by one. */
  readonly emptied?: ReadonlySet<Node | undefined> | undefined;
  /** Converts a number; without it the number is kept. */
  readonly number?: ((value: number, node: Node) => number | string) | undefined;
}

/** The value of a node. Of a duplicate key the last one counts, as in JSON. */
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
  /** Position among the children of the object's node. */
  readonly index: number;
}

/** The properties of an object in order, and by key. Of a duplicate key, `last` has the last one. */
interface Members {
  readonly all: readonly Property[];
  readonly last: ReadonlyMap<string, Property>;
}

/** Cached, because trees never change and every problem of a large object asks for its properties. */
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

/** The properties of an object in order, duplicates included. */
export function properties(node: Node | undefined): readonly Property[] {
  return node?.type === 'object' ? membersOf(node).all : [];
}

/** The property with this key. Of duplicates, the last one. */
export function property(node: Node | undefined, key: string): Property | undefined {
  return node?.type === 'object' ? membersOf(node).last.get(key) : undefined;
}

/** The part of a node at a path; `undefined` when it does not exist. */
export function descend(node: Node | undefined, path: NodePath): Node | undefined {
  let at = node;
  for (const step of path)
    at = typeof step === 'number' ? (at?.type === 'array' ? at.children?.[step] : undefined) : property(at, step)?.value;
  return at;
}

/** The property at the end of a path. */
export function propertyAt(node: Node | undefined, path: NodePath): Property | undefined {
  const last = path.at(-1);
  return typeof last === 'string' ? property(descend(node, path.slice(0, -1)), last) : undefined;
}

/** The deepest part of a path that exists: the place to point to when the rest is missing. */
export function nearest(node: Node, path: NodePath): Node {
  for (let length = path.length; length > 0; length--) {
    const found = descend(node, path.slice(0, length));
    if (found !== undefined) return found;
  }
  return node;
}

/** The most levels of nested lists and maps. Walking through deeper ones could overflow the stack. */
export const MAX_LEVELS = 500;

/** Whether lists and maps are nested more than {@link MAX_LEVELS} deep. */
export function isTooDeep(node: Node | undefined, level = 0): boolean {
  if (node?.type !== 'object' && node?.type !== 'array') return false;
  if (level >= MAX_LEVELS) return true;
  const inner = node.type === 'array' ? (node.children ?? []) : properties(node).map(({ value }) => value);
  return inner.some((child) => isTooDeep(child, level + 1));
}

/** The range of a node. */
export function rangeOf({ offset, length }: Node): Range {
  return { offset, length };
}

/** The nodes of all texts in a node. */
export function texts(node: Node | undefined, found: Node[] = []): Node[] {
  if (node?.type === 'string') found.push(node);
  else if (node?.type === 'array') for (const child of node.children ?? []) texts(child, found);
  else for (const { value } of properties(node)) texts(value, found);
  return found;
}

/** Properties that have no effect because the same key follows later in the same object. @param except parts to skip */
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
