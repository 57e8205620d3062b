import type { Node } from 'jsonc-parser';
import type { Range, SavedRequest } from '../file/model';
import { property } from '../file/tree';

/** Matchers whose value is an expectation of the same place. */
const through = ['$partial', '$contains', '$not', '$absentOr'] as const;

/**
 * Where in the file the expectation stands that a mismatch is about: the deepest part on the way to it.
 * @param path of the mismatch, such as `result[0].email`, `fault.code` or `time`
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

/** One step down, through matchers. */
function descend(node: Node, step: string | number): Node | undefined {
  if (node.type === 'array') return typeof step === 'number' ? node.children?.[step] : undefined;
  const direct = typeof step === 'string' ? property(node, step)?.value : undefined;
  if (direct !== undefined) return direct;
  // What is expected of every item is about each of them.
  if (typeof step === 'number') {
    const each = property(node, '$each')?.value;
    if (each !== undefined) return each;
  }
  if (step === 'length') return property(node, '$length')?.value;
  for (const matcher of through) {
    const inner = property(node, matcher)?.value;
    const found = inner === undefined ? undefined : descend(inner, step);
    if (found !== undefined) return found;
  }
  return undefined;
}
