import type { Range } from './model';

/** The place of the `requests` list in a file, and of each request in it. */
export interface Split {
  /** The text between the brackets of the list. */
  readonly inside: Range;
  readonly requests: readonly Range[];
  /** Line on which each request begins, from 0. */
  readonly lines: readonly number[];
}

const Char = {
  Quote: 34,
  Comma: 44,
  Slash: 47,
  Colon: 58,
  BracketOpen: 91,
  Backslash: 92,
  BracketClose: 93,
  BraceOpen: 123,
  BraceClose: 125,
} as const;

/**
 * Finds the requests of a file without reading their content, which is much faster than parsing a large file. `undefined` when the file is
 * not plainly a map with a list of maps called "requests"; then the whole file must be parsed.
 */
export function splitRequests(text: string): Split | undefined {
  const start = skip(text, 0);
  if (text.charCodeAt(start) !== Char.BraceOpen) return undefined;
  let at = skip(text, start + 1);
  let found: Split | undefined;
  while (text.charCodeAt(at) === Char.Quote) {
    const keyEnd = stringEnd(text, at);
    if (keyEnd === undefined) return undefined;
    const colon = skip(text, keyEnd);
    if (text.charCodeAt(colon) !== Char.Colon) return undefined;
    const value = skip(text, colon + 1);
    const key = text.slice(at, keyEnd);
    // The key may be "requests" written with an escape.
    if (key.includes('\\')) return undefined;
    if (key === '"requests"') {
      // A duplicate list, and a value that is not a list, are reported by the full parser.
      if (found !== undefined || text.charCodeAt(value) !== Char.BracketOpen) return undefined;
      found = splitList(text, value);
      if (found === undefined) return undefined;
      at = skip(text, found.inside.offset + found.inside.length + 1);
    } else {
      const end = valueEnd(text, value);
      if (end === undefined) return undefined;
      at = skip(text, end);
    }
    if (text.charCodeAt(at) === Char.Comma) at = skip(text, at + 1);
  }
  return text.charCodeAt(at) === Char.BraceClose ? found : undefined;
}

/** A text with the places of its requests. */
export interface SplitText {
  readonly text: string;
  readonly split: Split;
}

/**
 * Updates the places after an edit. Only the edited request is read, so typing in a large file stays fast. `undefined` when more than the
 * inside of one request changed; then the whole text must be split again.
 */
export function splitAgain({ text: before, split }: SplitText, text: string): (Split & { readonly changed: number }) | undefined {
  const start = commonStart(before, text);
  const end = before.length - commonEnd(before, text, start);
  const changed = split.requests.findIndex(({ offset, length }) => offset < start && end < offset + length);
  const edited = split.requests[changed];
  if (edited === undefined) return undefined;
  const shift = text.length - before.length;
  // If the edited request still ends at its old end, the text after it is unaffected.
  if (valueEnd(text, edited.offset) !== edited.offset + edited.length + shift) return undefined;
  const requests = split.requests.map((range, index) =>
    index < changed
      ? range
      : index === changed
        ? { offset: range.offset, length: range.length + shift }
        : { offset: range.offset + shift, length: range.length },
  );
  const more =
    breaks(text, edited.offset, edited.offset + edited.length + shift) - breaks(before, edited.offset, edited.offset + edited.length);
  const lines = more === 0 ? split.lines : split.lines.map((line, index) => (index <= changed ? line : line + more));
  return { inside: { offset: split.inside.offset, length: split.inside.length + shift }, requests, lines, changed };
}

/** Number of characters compared at a time. Comparing slices is many times faster than comparing single characters. */
const BLOCK_CHARS = 4096;

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at + BLOCK_CHARS <= most && one.slice(at, at + BLOCK_CHARS) === other.slice(at, at + BLOCK_CHARS)) at += BLOCK_CHARS;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

/** Length of the common end, not overlapping the common start. */
function commonEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start;
  let length = 0;
  const block = (text: string): string => text.slice(text.length - length - BLOCK_CHARS, text.length - length);
  while (length + BLOCK_CHARS <= most && block(one) === block(other)) length += BLOCK_CHARS;
  while (length < most && one.charCodeAt(one.length - 1 - length) === other.charCodeAt(other.length - 1 - length)) length++;
  return length;
}

function splitList(text: string, open: number): Split | undefined {
  const requests: Range[] = [];
  let at = skip(text, open + 1);
  while (text.charCodeAt(at) === Char.BraceOpen) {
    const end = valueEnd(text, at);
    if (end === undefined) return undefined;
    requests.push({ offset: at, length: end - at });
    at = skip(text, end);
    if (text.charCodeAt(at) !== Char.Comma) break;
    at = skip(text, at + 1);
  }
  if (text.charCodeAt(at) !== Char.BracketClose) return undefined;
  return { inside: { offset: open + 1, length: at - open - 1 }, requests, lines: linesOf(text, requests) };
}

/** Line on which each range begins, from 0. @param ranges in ascending order */
export function linesOf(text: string, ranges: readonly Range[]): readonly number[] {
  let line = 0;
  let at = 0;
  return ranges.map(({ offset }) => {
    line += breaks(text, at, offset);
    at = offset;
    return line;
  });
}

/** Line breaks in a piece of a text. */
function breaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** The end of a value: a text, a map or list with its content, or a word. */
function valueEnd(text: string, start: number): number | undefined {
  const first = text.charCodeAt(start);
  if (first === Char.Quote) return stringEnd(text, start);
  if (first !== Char.BraceOpen && first !== Char.BracketOpen) {
    const word = /^[\w.+-]+/.exec(text.slice(start, start + 100))?.[0];
    return word === undefined ? undefined : start + word.length;
  }
  const open: (typeof Char.BraceClose | typeof Char.BracketClose)[] = [];
  for (let at = start; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case Char.Quote: {
        const end = stringEnd(text, at);
        if (end === undefined) return undefined;
        at = end - 1;
        break;
      }
      case Char.Slash:
        at = Math.max(at, skip(text, at) - 1);
        break;
      case Char.BraceOpen:
        open.push(Char.BraceClose);
        break;
      case Char.BracketOpen:
        open.push(Char.BracketClose);
        break;
      case Char.BraceClose:
      case Char.BracketClose:
        if (open.pop() !== text.charCodeAt(at)) return undefined;
        if (open.length === 0) return at + 1;
    }
  }
  return undefined;
}

/** The end of a text; `undefined` when it does not end on its line. */
function stringEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === Char.Quote) return at + 1;
    if (code === Char.Backslash) at++;
    else if (code < 32) return undefined;
  }
  return undefined;
}

/** The next place that is not white space or a comment. */
function skip(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) at++;
    else if (code === Char.Slash && text[at + 1] === '/') at = before(text.indexOf('\n', at), text.length);
    else if (code === Char.Slash && text[at + 1] === '*') at = before(text.indexOf('*/', at + 2) + 2, text.length, 1);
    else return at;
  }
}

function before(found: number, end: number, none = -1): number {
  return found === none ? end : found;
}
