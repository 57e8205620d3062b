import { Kind, type Code } from './tokens';

/** The tokens of an earlier version of a file that a new version can reuse. */
export interface Reuse {
  readonly base: Code;
  /** How many tokens at the beginning are the same in both. The token after them is the first of its line. */
  readonly tokens: number;
  /** Brackets that are open at that token, the innermost last. */
  readonly open: readonly number[];
  /** Offset in the new text from which on both texts are the same. */
  readonly sameFrom: number;
}

/** How far the tokenizer may look beyond the end of a token, in UTF-16 units. It never looks beyond the line. */
const LOOKAHEAD_CHARS = 8;

/** How many tokens are tried as the place to begin. */
const MAX_TRIED_TOKENS = 5_000;

/** Number of characters compared at a time. */
const COMPARED_CHARS = 4_096;

const phpTag = /<\?(?:php\b|=|(?!xml\b))/i;

/**
 * Finds the tokens of an earlier version that can be reused. Tokens before the change are the same up to the beginning of a line, since
 * reading a token never looks beyond its line. The exception is a token around the cursor.
 */
export function reuseOf(base: Code, text: string, cursor: number | undefined): Reuse {
  const changed = Math.min(samePrefix(base.text, text), cursor ?? Infinity, base.cursor ?? Infinity);
  const same = sameSuffix(base.text, text, Math.min(base.text.length, text.length) - changed);
  const tokens = beginning(base, changed - LOOKAHEAD_CHARS);
  const open: number[] = [];
  for (let outer = tokens > 0 ? base.outer(tokens) : -1; outer !== -1; outer = base.outer(outer)) open.unshift(outer);
  return { base, tokens, open, sameFrom: Math.max(text.length - same, cursor ?? 0) };
}

/** Token of the earlier version that begins at the same place if everything after it is the same too; otherwise -1. */
export function sameToken({ base, sameFrom }: Reuse, text: string, start: number, open: readonly number[], tokens: number): number {
  if (!startsLine(text, start, sameFrom)) return -1;
  const before = start - (text.length - base.text.length);
  if (before < (base.cursor ?? 0)) return -1;
  const token = base.at(before);
  if (base.start(token) !== before || !isName(base, token)) return -1;
  let outer = base.outer(token);
  for (let index = open.length - 1; index >= 0; index--) {
    // A bracket that was opened within the change may be a different one.
    if (open[index] !== outer || outer >= tokens) return -1;
    outer = base.outer(outer);
  }
  return outer === -1 ? token : -1;
}

/** The last token up to an offset at which reading can begin. */
function beginning(base: Code, limit: number): number {
  const last = base.at(limit + 1) - 1;
  for (let token = last; token > Math.max(0, last - MAX_TRIED_TOKENS); token--) {
    if (!isName(base, token) || !startsLine(base.text, base.start(token), 0)) continue;
    // A PHP text without a tag is PHP from its start, which is known only at its end.
    return base.language !== 'php' || phpTag.test(base.text.slice(0, base.start(token))) ? token : 0;
  }
  return 0;
}

/** Whether a token is a name. It closes no bracket and ends no statement, so the brackets around it were open before it. */
function isName(code: Code, token: number): boolean {
  const kind = code.kind(token);
  return kind === Kind.word || kind === Kind.variable;
}

/** Whether only blanks are between the beginning of a line and a place. The line must begin at or after the offset `from`. */
function startsLine(text: string, start: number, from: number): boolean {
  for (let at = start - 1; at >= from; at--) {
    const character = text.charCodeAt(at);
    if (character === 10) return true;
    if (character !== 32 && character !== 9) return false;
  }
  return false;
}

function samePrefix(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one.slice(at, Math.min(most, at + COMPARED_CHARS)) === other.slice(at, Math.min(most, at + COMPARED_CHARS)))
    at += COMPARED_CHARS;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return Math.min(at, most);
}

function sameSuffix(one: string, other: string, most: number): number {
  const tail = (text: string, from: number, to: number): string => text.slice(text.length - to, text.length - from);
  let count = 0;
  while (
    count < most &&
    tail(one, count, Math.min(most, count + COMPARED_CHARS)) === tail(other, count, Math.min(most, count + COMPARED_CHARS))
  )
    count += COMPARED_CHARS;
  count = Math.min(count, most);
  while (count < most && one.charCodeAt(one.length - 1 - count) === other.charCodeAt(other.length - 1 - count)) count++;
  return count;
}
