import type { Node } from 'jsonc-parser';
import type { Range, SavedRequest } from '../file/model';
import { property } from '../file/tree';

/** Matchers whose value is an expectation about the same place of the answer. */
const transparentMatchers = ['$partial', '$contains', '$not', '$absentOr'] as const;

/**
 * The place in the file of the expectation that a mismatch is about: its deepest part that exists.
 * @param path path of the mismatch, such as `result[0].email`, `fault.code` or `time`
 */
export function expectationPlace({ node, range, expectRange, nameRange }: SavedRequest, path: string): Range {
  const [first, ...rest] = stepsOf(path);
  const awaited = first === 'until';
  let at = property(node, awaited ? 'until' : 'expect')?.value;
  if (at === undefined) return expectRange ?? nameRange;
  for (const step of awaited ? rest : stepsOf(path)) {
    const next = descend(at, step);
    if (next === undefined) break;
    at = next;
  }
  const key = at.parent?.type === 'property' ? at.parent : at;
  return { offset: range.offset + key.offset, length: key.length };
}

function stepsOf(path: string): readonly (string | number)[] {
  if (path === 'time') return ['under'];
  return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted === undefined ? (name ?? '') : unquoted(quoted)) : Number(index),
  );
}

function unquoted(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}

/** Goes one step down. Matchers on the way are passed through. */
function descend(node: Node, step: string | number): Node | undefined {
  if (node.type === 'array') return typeof step === 'number' ? node.children?.[step] : undefined;
  const direct = typeof step === 'string' ? property(node, step)?.value : undefined;
  if (direct !== undefined) return direct;
  // An expectation for every item applies to the item with this index.
  if (typeof step === 'number') {
    const each = property(node, '$each')?.value;
    if (each !== undefined) return each;
  }
  if (step === 'length') return property(node, '$length')?.value;
  for (const matcher of transparentMatchers) {
    const inner = property(node, matcher)?.value;
    const found = inner === undefined ? undefined : descend(inner, step);
    if (found !== undefined) return found;
  }
  return undefined;
}
