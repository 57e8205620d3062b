import type { SoapValue } from '../../api/value';

/** Supported languages. JavaScript is read as TypeScript. */
export type CodeLanguage = 'php' | 'typescript';

/** A range of offsets in a text. `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text literal. `inner` is the text between the quotes; bare keys of object literals have no quotes. */
export interface TextNode extends Span {
  readonly kind: 'text';
  readonly value: string;
  readonly inner: Span;
  readonly quote: '' | "'" | '"' | '`';
}

/** A number, boolean or null. A number that JavaScript would write differently is kept as its text. */
export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: number | string | boolean | null;
}

/** A list: `[…]`. */
export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly CodeNode[];
  /** Whether statements filled it step by step, so that it does not exist as such in the code. */
  readonly built?: boolean;
}

/** A map: `['key' => value]`, `{ key: value }`. */
export interface MapNode extends Span {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  /** Whether statements filled it step by step, so that it does not exist as such in the code. */
  readonly built?: boolean;
}

/** One entry. It has no value while it is being typed. */
export interface MapEntry extends Span {
  readonly key: CodeNode;
  readonly value: CodeNode | undefined;
  /** Whether a separate statement added it. */
  readonly built?: boolean;
}

/** Anything that is not a literal. */
export interface ExpressionNode extends Span {
  readonly kind: 'expression';
  /** Whether it is `...$more`: any number of values. */
  readonly spread?: boolean;
}

/** An argument in code, as far as it is known without running the program. */
export type CodeNode = TextNode | ScalarNode | ListNode | MapNode | ExpressionNode;

/** The value used for an expression whose value is not known. No literal is equal to it. */
export const UNKNOWN = '\u0000expression\u0000';

/** The value of a node. {@link UNKNOWN} for expressions, and for maps with unknown keys. */
export function valueOf(node: CodeNode): SoapValue {
  switch (node.kind) {
    case 'text':
    case 'scalar':
      return node.value;
    case 'expression':
      return UNKNOWN;
    case 'list':
      // The number of items in a spread is unknown.
      return node.items.some((item) => item.kind === 'expression' && item.spread === true) ? UNKNOWN : node.items.map(valueOf);
    case 'map': {
      const entries = node.entries.map(({ key, value }) => [keyOf(key), value === undefined ? undefined : valueOf(value)] as const);
      const known = entries.flatMap(([key, value]) => (key === undefined || value === undefined ? [] : [[key, value] as const]));
      return known.length === entries.length ? Object.fromEntries(known) : UNKNOWN;
    }
  }
}

/** Whether every part of a node is a literal, so that its value is known. */
export function isLiteral(node: CodeNode): boolean {
  switch (node.kind) {
    case 'expression':
      return false;
    case 'list':
      return node.items.every(isLiteral);
    case 'map':
      return node.entries.every(({ key, value }) => keyOf(key) !== undefined && value !== undefined && isLiteral(value));
    default:
      return true;
  }
}

/** Text of a key, or `undefined` when it is an expression. */
export function keyOf(key: CodeNode): string | undefined {
  if (key.kind === 'text') return key.value;
  return key.kind === 'scalar' && typeof key.value === 'number' ? String(key.value) : undefined;
}

/** The entry of a map with this key. The last one wins, as in both languages. */
export function entryOf(map: MapNode, name: string): MapEntry | undefined {
  return map.entries.findLast(({ key }) => keyOf(key) === name);
}

/** Whether an offset is inside or at either end. */
export function touches({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}
