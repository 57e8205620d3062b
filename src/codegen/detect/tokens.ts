import type { CodeLanguage } from './node';

/** Kinds of tokens. The two ends of a template literal with `${…}` are a pair of brackets. */
export const Kind = { word: 1, variable: 2, text: 3, number: 4, open: 5, close: 6, sign: 7, other: 8 } as const;

/** Longest token that is compared with a set, in UTF-16 units. */
const MAX_WORD_CHARS = 20;

/** The properties of tokens, by index. */
export interface TokenColumns {
  readonly kinds: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** For an open bracket, the index of its partner. */
  readonly partners: Int32Array;
  /** Index of the innermost open bracket around it, or -1. */
  readonly outers: Int32Array;
}

/**
 * A file as tokens, without blanks, comments and text outside of PHP. Brackets know their partners. The partner of a bracket that is never
 * closed is the token at which the reader gave it up, or the number of tokens.
 */
export class Code {
  #blocks: Int32Array | undefined;

  constructor(
    readonly text: string,
    readonly language: CodeLanguage,
    /** Offset of the cursor when the file was read. */
    readonly cursor: number | undefined,
    /** Number of tokens. */
    readonly count: number,
    /** For reading the next version of the file. */
    readonly columns: TokenColumns,
  ) {}

  /** One of {@link Kind}; 0 beyond the end. */
  kind(token: number): number {
    return token < this.count ? (this.columns.kinds[token] ?? 0) : 0;
  }

  /** Offset of a token; after the last one, the length of the text. */
  start(token: number): number {
    return token < this.count ? (this.columns.starts[token] ?? 0) : this.text.length;
  }

  /** Offset after a token. */
  end(token: number): number {
    return token < this.count ? (this.columns.ends[token] ?? 0) : this.text.length;
  }

  /** The token that closes an open bracket, or the one before which it was given up. */
  partner(open: number): number {
    return open >= 0 && open < this.count ? (this.columns.partners[open] ?? this.count) : this.count;
  }

  /** The open bracket around a token, or -1. */
  outer(token: number): number {
    return token >= 0 && token < this.count ? (this.columns.outers[token] ?? -1) : -1;
  }

  /** The innermost brace around a token, or -1. Braces of `${…}` in a template do not count. */
  block(token: number): number {
    this.#blocks ??= this.#findBlocks();
    return token >= 0 && token < this.count ? (this.#blocks[token] ?? -1) : -1;
  }

  #findBlocks(): Int32Array {
    const blocks = new Int32Array(this.count);
    for (let token = 0; token < this.count; token++) {
      const open = this.outer(token);
      const brace = open !== -1 && this.is(open, '{') && !this.is(this.outer(open), '`');
      blocks[token] = brace ? open : (blocks[open] ?? -1);
    }
    return blocks;
  }

  /** Whether an open bracket is closed by its own kind. */
  closed(open: number): boolean {
    const partner = this.partner(open);
    return this.kind(partner) === Kind.close && this.outer(partner) === open;
  }

  /** The first token that starts at or after an offset. */
  at(offset: number): number {
    let [from, to] = [0, this.count];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.start(middle) < offset) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The code of a token. */
  of(token: number): string {
    return this.text.slice(this.start(token), this.end(token));
  }

  /** Whether the code of a token is this. */
  is(token: number, code: string): boolean {
    const start = this.start(token);
    return token >= 0 && token < this.count && this.end(token) - start === code.length && this.text.startsWith(code, start);
  }

  /** Whether the code of a token is one of these. */
  isOne(token: number, codes: ReadonlySet<string>): boolean {
    return token >= 0 && token < this.count && this.end(token) - this.start(token) <= MAX_WORD_CHARS && codes.has(this.of(token));
  }
}
