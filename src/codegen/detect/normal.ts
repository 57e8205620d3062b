import { keyOf, type CodeNode } from './node';

/** Elements around the items of a list: `item` over V2, `complexObjectArray` over WS-I. */
export const wrappers: ReadonlySet<string> = new Set(['item', 'complexObjectArray']);

/** A node without the elements that V2 and WS-I put around lists, as our client takes it. Positions still refer to the code. */
export function unwrapLists(node: CodeNode): CodeNode {
  if (node.kind === 'list') return { ...node, items: node.items.map(unwrapLists) };
  if (node.kind !== 'map') return node;
  const [only, ...more] = node.entries;
  if (only?.value !== undefined && more.length === 0 && wrappers.has(keyOf(only.key) ?? '')) {
    const { start, end } = node;
    const items = only.value.kind === 'list' ? only.value.items : [only.value];
    return { kind: 'list', items: items.map(unwrapLists), start, end, ...(node.built === true ? { built: true } : {}) };
  }
  return {
    ...node,
    entries: node.entries.map((entry) => ({ ...entry, value: entry.value === undefined ? undefined : unwrapLists(entry.value) })),
  };
}
