import type { CodeLanguage } from './node';
import { beforeValue, forWords, isWordStart, longSigns, regexEnd, wordEnd } from './lexis';
import { sameToken, type Reuse } from './reuse';
import { Code, Kind } from './tokens';

const [TAB, NEWLINE, SPACE, BACKSLASH] = [9, 10, 32, 92] as const;

/** Splits PHP or TypeScript into tokens, in one pass. Never throws, also for incomplete code that is being typed. */
export class Tokenizer {
  #at = 0;
  #count = 0;
  #kinds: Int32Array;
  #starts: Int32Array;
  #ends: Int32Array;
  #partners: Int32Array;
  #outers: Int32Array;
  /** Open brackets, the innermost last. */
  readonly #open: number[] = [];
  /** How many brackets of each kind are open, so that a stray closing one is recognized at once. */
  readonly #opened: Record<string, number> = { '(': 0, '[': 0, '{': 0, '`': 0 };
  /** No regular expression ends before this offset. A line is searched once, even if many slashes could begin one. */
  #noRegex = 0;
  /** Offsets of the next end of a line and the next `?>`, as far as searched; -1 initially. */
  #line = -1;
  #tag = -1;

  constructor(
    private readonly text: string,
    private readonly language: CodeLanguage,
    private readonly cursor: number | undefined,
  ) {
    const room = (text.length >> 2) + 64;
    this.#kinds = new Int32Array(room);
    this.#starts = new Int32Array(room);
    this.#ends = new Int32Array(room);
    this.#partners = new Int32Array(room);
    this.#outers = new Int32Array(room);
  }

  /** @param reuse tokens of an earlier version of the file; only the text between them is read */
  read(reuse?: Reuse): Code {
    const { text } = this;
    if (reuse !== undefined && reuse.tokens > 0) this.#takeBeginning(reuse);
    else if (this.language === 'php') this.#at = this.#phpStart(0);
    while (this.#at < text.length) {
      const before = this.#count;
      this.#next();
      if (reuse !== undefined && this.#count === before + 1) this.#takeEnd(reuse);
    }
    for (const open of this.#open) this.#partners[open] = this.#count;
    const columns = { kinds: this.#kinds, starts: this.#starts, ends: this.#ends, partners: this.#partners, outers: this.#outers };
    return new Code(text, this.language, this.cursor, this.#count, columns);
  }

  /** Reuses the tokens before the change. */
  #takeBeginning({ base, tokens, open }: Reuse): void {
    const { kinds, starts, ends, partners, outers } = base.columns;
    while (this.#kinds.length < tokens) this.#grow();
    this.#kinds.set(kinds.subarray(0, tokens));
    this.#starts.set(starts.subarray(0, tokens));
    this.#ends.set(ends.subarray(0, tokens));
    this.#partners.set(partners.subarray(0, tokens));
    this.#outers.set(outers.subarray(0, tokens));
    for (const bracket of open) {
      const character = this.text[this.#starts[bracket] ?? 0] ?? '';
      this.#opened[character] = (this.#opened[character] ?? 0) + 1;
      this.#partners[bracket] = -1;
      this.#open.push(bracket);
    }
    this.#count = tokens;
    this.#at = base.start(tokens);
  }

  /** Reuses the tokens after the change, if the last token that was read is one of the earlier version and in the same brackets. */
  #takeEnd(reuse: Reuse): void {
    const last = this.#count - 1;
    const start = this.#starts[last] ?? 0;
    if (start <= reuse.sameFrom || (this.#kinds[last] !== Kind.word && this.#kinds[last] !== Kind.variable)) return;
    const { base, tokens } = reuse;
    const known = sameToken(reuse, this.text, start, this.#open, tokens);
    if (known === -1 || base.end(known) - base.start(known) !== this.#at - start) return;
    const { kinds, starts, ends, partners, outers } = base.columns;
    const moved = this.text.length - base.text.length;
    const more = last - known;
    while (this.#kinds.length < base.count + more) this.#grow();
    this.#kinds.set(kinds.subarray(known + 1, base.count), this.#count);
    for (let token = known + 1; token < base.count; token++) {
      const partner = partners[token] ?? -1;
      const outer = outers[token] ?? -1;
      this.#starts[token + more] = (starts[token] ?? 0) + moved;
      this.#ends[token + more] = (ends[token] ?? 0) + moved;
      this.#partners[token + more] = partner === -1 ? -1 : partner + more;
      this.#outers[token + more] = outer > known ? outer + more : outer;
    }
    for (const open of this.#open) this.#partners[open] = (partners[open] ?? -1) + more;
    this.#open.length = 0;
    this.#count = base.count + more;
    this.#at = this.text.length;
  }

  #next(): void {
    const { text } = this;
    const start = this.#at;
    const code = text.charCodeAt(start);
    if (code === SPACE || code === NEWLINE || code === TAB || code === 13) {
      let at = start + 1;
      while (text.charCodeAt(at) === SPACE) at++;
      this.#at = at;
      return;
    }
    if (isWordStart(code)) {
      this.#at = wordEnd(text, start);
      this.#add(code === 36 && this.language === 'php' && this.#at > start + 1 ? Kind.variable : Kind.word, start);
      return;
    }
    const character = text[start] ?? '';
    if (code >= 48 && code <= 57) this.#number();
    else if (character === "'" || character === '"') this.#text(character);
    else if (character === '`') this.#backtick();
    else if (character === '(' || character === '[' || character === '{') this.#push(character);
    else if (character === ')' || character === ']' || character === '}') this.#pop(character);
    else if (character === '/' || character === '#') this.#slash(character);
    else if (this.language === 'php' && character === '<' && text.startsWith('<<<', start)) this.#heredoc();
    else if (this.language === 'php' && character === '?' && text[start + 1] === '>') {
      this.#at = this.#phpStart(start + 2);
      this.#statementEnd(start, start + 2);
    } else if (character === ';') {
      this.#at++;
      this.#statementEnd(start, start + 1);
    } else if (/\s/.test(character)) this.#at++;
    else this.#sign(character);
  }

  #add(kind: number, start: number): void {
    const token = this.#count++;
    if (token >= this.#kinds.length) this.#grow();
    this.#kinds[token] = kind;
    this.#starts[token] = start;
    this.#ends[token] = this.#at;
    this.#partners[token] = -1;
    this.#outers[token] = this.#open.at(-1) ?? -1;
  }

  #grow(): void {
    const larger = (list: Int32Array): Int32Array => {
      const room = new Int32Array(list.length * 2);
      room.set(list);
      return room;
    };
    this.#kinds = larger(this.#kinds);
    this.#starts = larger(this.#starts);
    this.#ends = larger(this.#ends);
    this.#partners = larger(this.#partners);
    this.#outers = larger(this.#outers);
  }

  #push(character: string): void {
    const start = this.#at++;
    this.#add(Kind.open, start);
    this.#open.push(this.#count - 1);
    this.#opened[character] = (this.#opened[character] ?? 0) + 1;
  }

  #pop(character: string): void {
    const start = this.#at++;
    const wanted = character === ')' ? '(' : character === ']' ? '[' : character === '}' ? '{' : '`';
    // In a template, a closing brace can end an expression. It never closes a bracket outside of the template.
    if ((this.#opened[wanted] ?? 0) === 0) {
      this.#add(Kind.other, start);
      return;
    }
    for (let top = this.#top(); top !== wanted && top !== ''; top = this.#top()) this.#giveUp();
    const open = this.#open.at(-1);
    this.#add(Kind.close, start);
    if (open !== undefined) this.#leave(open, this.#count - 1);
    // The closing brace of `${…}`: the text of the template continues.
    if (character === '}' && this.language === 'typescript' && this.#top() === '`') this.#template();
  }

  #top(): string {
    const open = this.#open.at(-1);
    return open === undefined ? '' : (this.text[this.#starts[open] ?? 0] ?? '');
  }

  #leave(open: number, partner: number): void {
    const character = this.#top();
    this.#partners[open] = partner;
    this.#opened[character] = (this.#opened[character] ?? 1) - 1;
    this.#open.pop();
  }

  /** Gives up a bracket that was not closed in its place, because the code is incomplete. */
  #giveUp(): void {
    const open = this.#open.at(-1);
    if (open !== undefined) this.#leave(open, this.#count);
  }

  /** A statement cannot end inside of parentheses, except in the head of `for`. Other open ones are given up. */
  #statementEnd(start: number, end: number): void {
    for (let top = this.#top(); top === '(' || top === '['; top = this.#top()) {
      const open = this.#open.at(-1) ?? 0;
      if (top === '(' && forWords.has(this.#wordBefore(open))) break;
      this.#giveUp();
    }
    const after = this.#at;
    this.#at = end;
    this.#add(Kind.sign, start);
    this.#at = after;
  }

  #wordBefore(token: number): string {
    return this.#kinds[token - 1] === Kind.word ? this.text.slice(this.#starts[token - 1], this.#ends[token - 1]) : '';
  }

  #number(): void {
    const start = this.#at;
    const pattern = /0[xX][\da-fA-F_]+n?|0[bBoO][\d_]+n?|[\d][\d_]*(?:\.(?!\.)\d[\d_]*)?(?:[eE][+-]?\d+)?n?/y;
    pattern.lastIndex = start;
    this.#at = pattern.test(this.text) ? pattern.lastIndex : start + 1;
    // Letters that follow belong to it: the whole is one unknown token.
    const end = wordEnd(this.text, this.#at);
    const plain = end === this.#at;
    this.#at = end;
    this.#add(plain ? Kind.number : Kind.other, start);
  }

  #text(quote: string): void {
    const { text } = this;
    const start = this.#at;
    const lines = this.language === 'php';
    const close = quote.charCodeAt(0);
    let at = start + 1;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === close) break;
      // Quoted texts of JavaScript end with their line, so that an apostrophe in JSX is harmless.
      else if (code === NEWLINE && !lines) break;
    }
    let end = Math.min(text.length, text.charCodeAt(at) === close ? at + 1 : at);
    if (lines && this.cursor !== undefined && start < this.cursor && this.cursor < end) {
      const line = text.indexOf('\n', this.cursor);
      if (line !== -1 && line < end) end = line;
    }
    this.#at = end;
    this.#add(Kind.text, start);
  }

  #backtick(): void {
    const start = this.#at;
    if (this.language === 'php') {
      const end = this.text.indexOf('`', start + 1);
      this.#at = end === -1 ? this.text.length : end + 1;
      this.#add(Kind.other, start);
      return;
    }
    this.#push('`');
    const open = this.#count - 1;
    this.#template();
    // A template without expressions is a text.
    if (this.#count === open + 2 && this.#partners[open] === open + 1) {
      this.#count--;
      this.#kinds[open] = Kind.text;
      this.#partners[open] = -1;
      this.#ends[open] = this.#at;
    }
  }

  /** Reads the text of a template up to its end or the next `${`. */
  #template(): void {
    const { text } = this;
    for (; this.#at < text.length; this.#at++) {
      const character = text[this.#at];
      if (character === '\\') this.#at++;
      else if (character === '`') {
        this.#pop('`');
        return;
      } else if (character === '$' && text[this.#at + 1] === '{') {
        this.#at++;
        this.#push('{');
        return;
      }
    }
    this.#at = text.length;
  }

  #slash(character: string): void {
    const { text } = this;
    const start = this.#at;
    const two = text[start + 1];
    if (character === '/' && two === '*') {
      const end = text.indexOf('*/', start + 2);
      this.#at = end === -1 ? text.length : end + 2;
      return;
    }
    const php = this.language === 'php';
    if (character === '/' ? two === '/' : php && two !== '[') {
      this.#at = this.#lineEnd(start, php);
      return;
    }
    if (character === '/' && !php && start >= this.#noRegex && this.#valueExpected()) {
      const { at, closed } = regexEnd(text, start + 1);
      if (closed) {
        this.#at = wordEnd(text, at);
        this.#add(Kind.other, start);
        return;
      }
      this.#noRegex = at;
    }
    this.#sign(character);
  }

  /** The end of a line comment. In PHP it ends before `?>` too. */
  #lineEnd(from: number, php: boolean): number {
    this.#line = this.#following(this.#line, '\n', from);
    if (!php) return this.#line;
    this.#tag = this.#following(this.#tag, '?>', from);
    return Math.min(this.#line, this.#tag);
  }

  /** Offset of the next sign. The last result is reused, so that a line is searched once for any number of comments. */
  #following(known: number, sign: string, from: number): number {
    if (known >= from) return known;
    const found = this.text.indexOf(sign, from);
    return found === -1 ? this.text.length : found;
  }

  #valueExpected(): boolean {
    const before = this.#count - 1;
    if (before < 0) return true;
    const code = this.text.slice(this.#starts[before], this.#ends[before]);
    switch (this.#kinds[before]) {
      case Kind.word:
        return beforeValue.has(code);
      case Kind.open:
        return true;
      case Kind.close:
        return code === '}';
      case Kind.sign:
        // `<` can begin the closing tag of a JSX element.
        return !['<', '>', '++', '--'].includes(code);
      default:
        return false;
    }
  }

  #heredoc(): void {
    const { text } = this;
    const start = this.#at;
    const pattern = /<<<[ \t]*(['"]?)([A-Za-z_]\w*)\1/y;
    pattern.lastIndex = start;
    const name = pattern.exec(text)?.[2];
    if (name === undefined) {
      this.#sign('<');
      return;
    }
    const end = new RegExp(`\\n[ \\t]*${name}\\b`, 'g');
    end.lastIndex = pattern.lastIndex;
    this.#at = end.test(text) ? end.lastIndex : text.length;
    this.#add(Kind.other, start);
  }

  #sign(character: string): void {
    const start = this.#at;
    // No longer sign begins with a comma, or continues with a letter or a blank.
    const next = this.text.charCodeAt(start + 1);
    if (character === ',' || next === SPACE || next === NEWLINE || isWordStart(next)) {
      this.#at++;
      this.#add(character === '\\' ? Kind.word : Kind.sign, start);
      return;
    }
    const three = this.text.slice(start, start + 3);
    const size = three.length === 3 && longSigns.has(three) ? 3 : three.length > 1 && longSigns.has(three.slice(0, 2)) ? 2 : 1;
    // `a?.5:b` is not optional chaining.
    const optional = three.startsWith('?.') && /\d/.test(three[2] ?? '');
    this.#at = start + (optional ? 1 : size);
    this.#add(character === '\\' ? Kind.word : Kind.sign, start);
  }

  /** Offset after the next opening tag. A text without any, such as a snippet, is PHP from its start. */
  #phpStart(from: number): number {
    const tag = /<\?(?:php\b|=|(?!xml\b))/gi;
    tag.lastIndex = from;
    if (tag.test(this.text)) return tag.lastIndex;
    return from === 0 ? 0 : this.text.length;
  }
}
