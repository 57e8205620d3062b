import { lengthWithoutBlanks, fold } from './collation';

/**
 * SQL's LIKE: `%` matches any text, `_` one character, and `\` escapes the next character. Case and accents are ignored, trailing blanks
 * are not. A piece between two `%` is searched once, from the end of the piece before it. This takes linear time for pieces without `_`;
 * for others see {@link Piece}.
 */
export function likeMatcher(pattern: string): (value: string) => boolean {
  const [head = [], ...rest] = split(parse(pattern));
  const tail = rest.pop();
  const pieces = rest.filter(({ length }) => length > 0).map((parts) => new Piece(parts));
  return (text) => {
    const value = [...foldKeepingBlanks(text)];
    if (tail === undefined) return value.length === head.length && fits(head, value, 0);
    const end = value.length - tail.length;
    if (end < head.length || !fits(head, value, 0) || !fits(tail, value, end)) return false;
    let at = head.length;
    for (const piece of pieces) {
      const found = piece.find(value, at, end);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** A character to match, any one character, or any text. */
type Single = string | typeof ANY_CHARACTER;
type Part = Single | typeof ANY_TEXT;
const ANY_CHARACTER = Symbol('one');
const ANY_TEXT = Symbol('any');

function parse(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  const characters = [...pattern];
  for (let index = 0; index < characters.length; index++) {
    let character = characters[index] ?? '';
    if (character === '%') {
      if (parts.at(-1) !== ANY_TEXT) parts.push(ANY_TEXT);
      continue;
    }
    if (character === '_') {
      parts.push(ANY_CHARACTER);
      continue;
    }
    if (character === '\\' && index + 1 < characters.length) character = characters[++index] ?? '';
    parts.push(...foldKeepingBlanks(character));
  }
  return parts;
}

function foldKeepingBlanks(text: string): string {
  const end = lengthWithoutBlanks(text);
  return fold(text.slice(0, end)) + text.slice(end);
}

/** The pieces of a pattern before, between and after its `%`. */
function split(parts: readonly Part[]): readonly (readonly Single[])[] {
  const pieces: Single[][] = [[]];
  for (const part of parts) {
    if (part === ANY_TEXT) pieces.push([]);
    else pieces.at(-1)?.push(part);
  }
  return pieces;
}

function fits(piece: readonly Single[], value: readonly string[], at: number): boolean {
  return piece.every((part, index) => part === ANY_CHARACTER || part === value[at + index]);
}

/**
 * Length limit of a text column in the database. For a long piece with `_`, only this much of a longer value is searched, to limit the
 * time.
 */
const MAX_SEARCHED_CHARS = 65_535;

/** Pieces with `_` up to this length are searched in values of any length. */
const MAX_SHORT_PIECE_CHARS = 2048;

/**
 * A piece between two `%`. It finds its first occurrence. A piece without `_` takes linear time (Knuth, Morris and Pratt). With `_`, a bit
 * represents each possible place, and each character of the piece checks 32 places at a time. This takes the length of the value times that
 * of the piece, divided by 32. For a piece longer than {@link MAX_SHORT_PIECE_CHARS}, only {@link MAX_SEARCHED_CHARS} of the value are
 * searched.
 */
class Piece {
  /**
   * For each beginning of the piece, the length of its longest border: a beginning that is also its end. `undefined` for a piece with `_`.
   */
  readonly #borders: readonly number[] | undefined;

  constructor(private readonly parts: readonly Single[]) {
    this.#borders = parts.includes(ANY_CHARACTER) ? undefined : bordersOf(parts);
  }

  get length(): number {
    return this.parts.length;
  }

  /** Its first occurrence in a value from `from`, before `end`; -1 if there is none. */
  find(value: readonly string[], from: number, end: number): number {
    if (end - from < this.length) return -1;
    return this.#borders === undefined ? this.#byBits(value, from, end) : this.#byBorders(this.#borders, value, from, end);
  }

  #byBorders(borders: readonly number[], value: readonly string[], from: number, end: number): number {
    let matched = 0;
    for (let at = from; at < end; at++) {
      while (matched > 0 && this.parts[matched] !== value[at]) matched = borders[matched - 1] ?? 0;
      if (this.parts[matched] === value[at]) matched++;
      if (matched === this.length) return at + 1 - matched;
    }
    return -1;
  }

  #byBits(value: readonly string[], from: number, end: number): number {
    const last = this.length > MAX_SHORT_PIECE_CHARS ? Math.min(end, from + MAX_SEARCHED_CHARS) : end;
    const places = last - from - this.length + 1;
    if (places < 1) return -1;
    const open = new Uint32Array((places + 31) >>> 5).fill(0xffffffff);
    const where = new Map<string, number[]>();
    this.parts.forEach((part, index) => {
      if (part === ANY_CHARACTER) return;
      const indexes = where.get(part);
      if (indexes === undefined) where.set(part, [index]);
      else indexes.push(index);
    });
    const seen = new Map<string, number[]>();
    for (let at = from; at < last; at++) {
      const character = value[at] ?? '';
      if (!where.has(character)) continue;
      const found = seen.get(character);
      if (found === undefined) seen.set(character, [at - from]);
      else found.push(at - from);
    }
    // One extra word, because shifting reads the next word too.
    const bits = new Uint32Array(((last - from) >>> 5) + 2);
    for (const [character, indexes] of where) {
      const found = seen.get(character);
      if (found === undefined) return -1;
      for (const at of found) set(bits, at);
      for (const index of indexes) narrow(open, bits, index);
      for (const at of found) bits[at >>> 5] = 0;
    }
    for (let place = 0; place < places; place++) {
      const word = open[place >>> 5] ?? 0;
      if (word === 0) place |= 31;
      else if (((word >>> (place & 31)) & 1) === 1) return from + place;
    }
    return -1;
  }
}

function bordersOf(parts: readonly Single[]): readonly number[] {
  const borders = [0];
  for (let index = 1, matched = 0; index < parts.length; index++) {
    while (matched > 0 && parts[matched] !== parts[index]) matched = borders[matched - 1] ?? 0;
    if (parts[matched] === parts[index]) matched++;
    borders.push(matched);
  }
  return borders;
}

function set(bits: Uint32Array, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
}

/** Keeps a place open only if the bit `by` places further on is set. */
function narrow(open: Uint32Array, bits: Uint32Array, by: number): void {
  const words = by >>> 5;
  const shift = by & 31;
  for (let word = 0; word < open.length; word++) {
    const low = bits[word + words] ?? 0;
    const shifted = shift === 0 ? low : (low >>> shift) | ((bits[word + words + 1] ?? 0) << (32 - shift));
    open[word] = (open[word] ?? 0) & shifted;
  }
}
