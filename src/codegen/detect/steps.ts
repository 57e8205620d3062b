import { keyOf, type CodeLanguage, type CodeNode, type ListNode, type MapEntry, type MapNode } from './node';

/** A statement that puts one value into a map or list: `$f['filter'][] = …`, `$p->customerId = …`. */
export interface Step {
  /** Token of the variable. */
  readonly token: number;
  /** Keys from the outside in. A key of `undefined` appends to a list. */
  readonly path: readonly { readonly key: string | undefined; readonly node: CodeNode }[];
  /** First token of the value. */
  readonly value: number;
}

/**
 * The value of a variable after a step.
 * @returns `undefined` when the outcome is unknown, such as for a missing key of a list
 */
export function setStep(node: CodeNode, step: Step, given: CodeNode, language: CodeLanguage): MapNode | ListNode | undefined {
  return put(node, step.path, given, language);
}

function put(node: CodeNode, path: Step['path'], given: CodeNode, language: CodeLanguage): MapNode | ListNode | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  const { start, end } = node;
  if (first.key === undefined || (node.kind === 'list' && first.key === String(node.items.length))) {
    if (node.kind !== 'list') return undefined;
    const item = inner(undefined, rest, given, language);
    return item === undefined ? undefined : { kind: 'list', items: [...node.items, item], start, end, built: true };
  }
  const entries = node.kind === 'map' ? node.entries : node.kind === 'list' && node.items.length === 0 ? [] : undefined;
  if (entries === undefined || entries.some(({ key }) => keyOf(key) === undefined)) return undefined;
  const before = entries.findIndex(({ key }) => keyOf(key) === first.key);
  const value = inner(entries[before]?.value, rest, given, language);
  if (value === undefined) return undefined;
  const entry: MapEntry = { key: first.node, value, start: first.node.start, end: value.end, built: true };
  return { kind: 'map', entries: before === -1 ? [...entries, entry] : entries.with(before, entry), start, end, built: true };
}

function inner(before: CodeNode | undefined, rest: Step['path'], given: CodeNode, language: CodeLanguage): CodeNode | undefined {
  if (rest.length === 0) return given;
  // PHP makes an array for a missing value; JavaScript throws.
  if (before === undefined && language !== 'php') return undefined;
  const start = rest[0]?.node.start ?? given.start;
  return put(before ?? { kind: 'list', items: [], start, end: start }, rest, given, language);
}
