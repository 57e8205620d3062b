import type { SoapValue } from '../../api/value';

/** Languages whose files are looked at. JavaScript is read as TypeScript. */
export type CodeLanguage = 'php' | 'typescript';

/** Offsets in a text: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text literal. `inner` is what stands between the quotes; bare keys of object literals have no quotes. */
export interface TextNode extends Span {
  readonly kind: 'text';
  readonly value: string;
  readonly inner: Span;
  readonly quote: '' | "'" | '"' | '`';
}

/** A number, boolean or null. A number that JavaScript would write differently is the text that stands there. */
export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: number | string | boolean | null;
}

/** `[…]` of values. */
export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly CodeNode[];
  /** Filled step by step, so that the code does not hold it as such. */
  readonly built?: boolean;
}

/** `['key' => value]`, `{ key: value }`. */
export interface MapNode extends Span {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  /** Filled step by step, so that the code does not hold it as such. */
  readonly built?: boolean;
}

/** One entry; without a value while it is being typed. */
export interface MapEntry extends Span {
  readonly key: CodeNode;
  readonly value: CodeNode | undefined;
  /** Put there by a statement of its own. */
  readonly built?: boolean;
}

/** Anything that is not a literal. */
export interface ExpressionNode extends Span {
  readonly kind: 'expression';
  /** `...$more`: any number of values. */
  readonly spread?: boolean;
}

/** What an argument in code is, as far as it can be told without running it. */
export type CodeNode = TextNode | ScalarNode | ListNode | MapNode | ExpressionNode;

/** A value that stands for an expression whose value is not known. No literal can be equal to it. */
export const UNKNOWN = '\u0000expression\u0000';

/** The value of a node; expressions, and maps with keys that are not known, are {@link UNKNOWN}. */
export function valueOf(node: CodeNode): SoapValue {
  switch (node.kind) {
    case 'text':
    case 'scalar':
      return node.value;
    case 'expression':
      return UNKNOWN;
    case 'list':
      // How many items a spread brings is unknown.
      return node.items.some((item) => item.kind === 'expression' && item.spread === true) ? UNKNOWN : node.items.map(valueOf);
    case 'map': {
      const entries = node.entries.map(({ key, value }) => [keyOf(key), value === undefined ? undefined : valueOf(value)] as const);
      const known = entries.flatMap(([key, value]) => (key === undefined || value === undefined ? [] : [[key, value] as const]));
      return known.length === entries.length ? Object.fromEntries(known) : UNKNOWN;
    }
  }
}

/** Whether every part of a node is a literal, so that it can be sent as it stands. */
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
