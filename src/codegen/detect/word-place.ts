import type { FoundCall } from './calls';
import { keyOf, touches, type CodeNode, type Span } from './node';
import { wrappers } from './normal';
import { argumentsShape, type Shape, type Word } from './shapes';

/** A place in a call for which there are completions. */
export interface WordPlace {
  /** The range to replace: the text between quotes, or a bare key. Empty when there is no text yet. */
  readonly span: Span;
  /** The text at the place. */
  readonly text: string;
  readonly words: readonly Word[];
  /** Quotes around it; empty for bare keys. */
  readonly quote: string;
  /** Keys that the map already has, which need not be offered again. */
  readonly taken: readonly string[];
}

/** The place at an offset inside the arguments of a call; `undefined` when no known word belongs there. */
export function wordPlaceAt(call: FoundCall, offset: number): WordPlace | undefined {
  if (call.args === undefined) return undefined;
  return find(call.args, argumentsShape(call), offset);
}

function find(node: CodeNode, shape: Shape, offset: number): WordPlace | undefined {
  if (node.kind === 'text') return shape.kind === 'text' && touches(node.inner, offset) ? placeOf(node, shape.words) : undefined;
  if (node.kind === 'list') return inList(node, shape, offset);
  return node.kind === 'map' ? inMap(node, shape, offset) : undefined;
}

function inList(node: CodeNode & { kind: 'list' }, shape: Shape, offset: number): WordPlace | undefined {
  for (const [index, item] of node.items.entries()) {
    if (!touches(item, offset)) continue;
    // PHP reads ['fir'] as a list as long as the arrow after the key is missing.
    if (shape.kind === 'map') return item.kind === 'text' && touches(item.inner, offset) ? placeOf(item, shape.keys) : undefined;
    return shape.kind === 'list' ? find(item, shape.of(index), offset) : undefined;
  }
  return undefined;
}

function inMap(node: CodeNode & { kind: 'map' }, shape: Shape, offset: number): WordPlace | undefined {
  for (const { key, value } of node.entries) {
    const name = keyOf(key);
    if (key.kind === 'text' && touches(key.inner, offset) && key.end > key.start) {
      const taken = node.entries.flatMap((entry) => (entry.key === key ? [] : (keyOf(entry.key) ?? [])));
      return shape.kind === 'map' ? placeOf(key, shape.keys, taken) : undefined;
    }
    if (value === undefined || !touches(value, offset)) continue;
    // An entry without a key in a PHP map is a key being typed.
    if (key.kind === 'scalar' && value.kind === 'text' && shape.kind === 'map')
      return touches(value.inner, offset)
        ? placeOf(
            value,
            shape.keys,
            node.entries.flatMap((entry) => keyOf(entry.key) ?? []),
          )
        : undefined;
    if (shape.kind === 'list') return name !== undefined && wrappers.has(name) ? find(value, shape, offset) : undefined;
    // In V1, a list of conditions on an attribute means alternatives (facts §5).
    return shape.kind === 'map' && name !== undefined ? find(value, alternatives(shape.child(name), value), offset) : undefined;
  }
  return undefined;
}

function alternatives(shape: Shape, value: CodeNode): Shape {
  return shape.kind === 'map' && value.kind === 'list' && value.items.some(({ kind }) => kind === 'map' || kind === 'list')
    ? { kind: 'list', of: () => shape }
    : shape;
}

function placeOf(node: CodeNode & { kind: 'text' }, words: readonly Word[], taken: readonly string[] = []): WordPlace {
  return { span: node.inner, text: node.value, words, quote: node.quote, taken };
}
