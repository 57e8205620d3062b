import type { CodeLanguage, CodeNode, MapEntry, Span, TextNode } from './node';
import { templateEnd } from './scan';

/** The arguments of a call. */
export interface ParsedArguments extends Span {
  readonly args: readonly CodeNode[];
  /** Whether the closing parenthesis was found. */
  readonly closed: boolean;
}

/** Longest call that is read, in characters. */
const LONGEST = 60_000;
const DEEPEST = 40;

/**
 * Reads the arguments of a call: literals as what they are, everything else as an expression. Never throws, and makes the
 * best of code that is being typed.
 * @param open offset of the opening parenthesis
 */
export function parseArguments(text: string, open: number, language: CodeLanguage): ParsedArguments {
  return new ArgumentParser(text, open + 1, language).arguments();
}

/** Reads one value at an offset. */
export function parseValue(text: string, at: number, language: CodeLanguage): CodeNode {
  return new ArgumentParser(text, at, language).value(0);
}

class ArgumentParser {
  readonly #limit: number;
  #at: number;

  constructor(
    private readonly text: string,
    start: number,
    private readonly language: CodeLanguage,
  ) {
    this.#at = start;
    this.#limit = Math.min(text.length, start + LONGEST);
  }

  arguments(): ParsedArguments {
    const start = this.#at;
    const args: CodeNode[] = [];
    const closed = this.#series(')', () => args.push(this.value(0)));
    return { args, start, end: this.#at, closed };
  }

  /** One value, up to the comma or bracket after it. */
  value(depth: number): CodeNode {
    this.#blank();
    const start = this.#at;
    this.#cast();
    const node = depth < DEEPEST ? this.#primary(depth) : undefined;
    if (node !== undefined) {
      this.#blank();
      if (this.language === 'typescript' && /^(?:as|satisfies)\b/.test(this.text.slice(this.#at, this.#at + 10))) this.#skip();
      if (this.#ended()) return node;
    }
    this.#at = start;
    this.#skip();
    // Blanks and comments before the comma are no part of it.
    const end = start + this.text.slice(start, this.#at).trimEnd().length;
    return { kind: 'expression', start, end };
  }

  #primary(depth: number): CodeNode | undefined {
    const character = this.text[this.#at];
    if (character === "'" || character === '"' || character === '`') return this.#text(character);
    if (character === '[') return this.language === 'php' ? this.#phpArray(']', 1, depth) : this.#list(depth);
    if (character === '{' && this.language === 'typescript') return this.#object(depth);
    const start = this.#at;
    const number = /^[+-]?(?:\d[\d_]*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/.exec(this.#ahead());
    if (number !== null) {
      this.#at += number[0].length;
      return { kind: 'scalar', value: Number(number[0].replaceAll('_', '')), start, end: this.#at };
    }
    const word = /^(?:true|false|null|undefined)\b(?!\s*\()/i.exec(this.#ahead());
    if (word !== null) {
      this.#at += word[0].length;
      const name = word[0].toLowerCase();
      return { kind: 'scalar', value: name === 'true' ? true : name === 'false' ? false : null, start, end: this.#at };
    }
    const array = this.language === 'php' ? /^array\s*\(/i.exec(this.#ahead()) : null;
    return array === null ? undefined : this.#phpArray(')', array[0].length, depth);
  }

  #text(quote: "'" | '"' | '`'): CodeNode | undefined {
    const start = this.#at;
    if (quote === '`') {
      if (this.language === 'php') return undefined;
      const end = templateEnd(this.text, start + 1);
      const raw = this.text.slice(start + 1, end - 1);
      this.#at = end;
      return raw.includes('${') ? undefined : { kind: 'text', value: unescape(raw, quote, this.language), inner: { start: start + 1, end: end - 1 }, quote, start, end };
    }
    let at = start + 1;
    while (at < this.#limit && this.text[at] !== quote) at += this.text[at] === '\\' ? 2 : 1;
    let closed = at < this.#limit;
    // A quote that is still open while typing ends with its line, unless the text really goes on over lines.
    const line = this.text.indexOf('\n', start);
    if (line !== -1 && line < at && (this.language === 'typescript' || !closed || /[;{}]\s*$|=>\s*$/m.test(this.text.slice(start, at)))) {
      at = line;
      closed = false;
    }
    at = Math.min(at, this.#limit);
    const raw = this.text.slice(start + 1, at);
    this.#at = closed ? at + 1 : at;
    if (this.language === 'php' && quote === '"' && /(?:^|[^\\])(?:\\\\)*(?:\$[\w{]|\{\$)/.test(raw)) return undefined;
    const node: TextNode = { kind: 'text', value: unescape(raw, quote, this.language), inner: { start: start + 1, end: at }, quote, start, end: this.#at };
    return node;
  }

  #phpArray(close: ']' | ')', skip: number, depth: number): CodeNode {
    const start = this.#at;
    this.#at += skip;
    const entries: MapEntry[] = [];
    let keyed = false;
    this.#series(close, () => {
      const first = this.value(depth + 1);
      this.#blank();
      if (!this.text.startsWith('=>', this.#at)) {
        entries.push({ key: { kind: 'scalar', value: entries.length, start: first.start, end: first.start }, value: first, start: first.start, end: first.end });
        return;
      }
      keyed = true;
      this.#at += 2;
      const value = this.value(depth + 1);
      entries.push({ key: first, value, start: first.start, end: value.end });
    });
    if (keyed) return { kind: 'map', entries, start, end: this.#at };
    return { kind: 'list', items: entries.flatMap(({ value }) => (value === undefined ? [] : [value])), start, end: this.#at };
  }

  #list(depth: number): CodeNode {
    const start = this.#at++;
    const items: CodeNode[] = [];
    this.#series(']', () => items.push(this.value(depth + 1)));
    return { kind: 'list', items, start, end: this.#at };
  }

  #object(depth: number): CodeNode {
    const start = this.#at++;
    const entries: MapEntry[] = [];
    this.#series('}', () => entries.push(this.#property(depth)));
    return { kind: 'map', entries, start, end: this.#at };
  }

  #property(depth: number): MapEntry {
    this.#blank();
    const start = this.#at;
    const bare = /^[A-Za-z_$][\w$]*/.exec(this.#ahead());
    let key: CodeNode;
    if (bare !== null) {
      this.#at += bare[0].length;
      key = { kind: 'text', value: bare[0], inner: { start, end: this.#at }, quote: '', start, end: this.#at };
    } else {
      key = this.#primary(DEEPEST) ?? { kind: 'expression', start, end: start };
      if (key.kind === 'list') key = { kind: 'expression', start: key.start, end: key.end };
    }
    this.#blank();
    if (this.text[this.#at] === ':') {
      this.#at++;
      const value = this.value(depth + 1);
      return { key, value, start, end: value.end };
    }
    const end = this.#at;
    // `{ filters }` is short for `{ filters: filters }`; a quoted key alone is one that is being typed.
    if (this.#ended()) return { key, value: bare === null ? undefined : { kind: 'expression', start: key.start, end: key.end }, start, end: key.end };
    this.#at = start;
    this.#skip();
    return { key: { kind: 'expression', start, end }, value: undefined, start, end: this.#at };
  }

  /** Items with commas between, up to a closing bracket. @returns whether it was found */
  #series(close: string, item: () => void): boolean {
    for (;;) {
      this.#blank();
      const character = this.text[this.#at];
      if (this.#at >= this.#limit) return false;
      if (character === close) {
        this.#at++;
        return true;
      }
      if (character === ',') {
        this.#at++;
        continue;
      }
      // Another bracket or the end of the statement: the code is not finished.
      if (character === ')' || character === ']' || character === '}' || character === ';') return false;
      const before = this.#at;
      item();
      this.#blank();
      // PHP's `=>` outside of an array, and whatever else makes no sense, must not stop the reading.
      if (this.#at === before) this.#at++;
    }
  }

  /** Skips an expression. */
  #skip(): void {
    const arrow = this.language === 'php' && /^(?:static\s+)?fn\b/.test(this.#ahead());
    let depth = 0;
    let arrows = arrow ? 1 : 0;
    while (this.#at < this.#limit) {
      const character = this.text[this.#at] ?? '';
      if (character === "'" || character === '"' || character === '`') {
        if (this.#text(character) === undefined && this.text[this.#at] === character) this.#at++;
        continue;
      }
      if (this.#comment()) continue;
      if (character === '(' || character === '[' || character === '{') depth++;
      else if (character === ')' || character === ']' || character === '}') {
        if (depth === 0) return;
        depth--;
      } else if (depth === 0 && (character === ',' || character === ';')) return;
      else if (depth === 0 && this.language === 'php' && character === '=' && this.text[this.#at + 1] === '>') {
        if (arrows-- <= 0) return;
        this.#at++;
      }
      this.#at++;
    }
  }

  #cast(): void {
    const cast = this.language === 'php' ? /^\(\s*(?:object|array|string|int|float|bool)\s*\)\s*/i.exec(this.#ahead()) : null;
    if (cast !== null) this.#at += cast[0].length;
  }

  #blank(): void {
    while (this.#at < this.#limit) {
      if (/\s/.test(this.text[this.#at] ?? '')) this.#at++;
      else if (!this.#comment()) return;
    }
  }

  #comment(): boolean {
    const two = this.text.slice(this.#at, this.#at + 2);
    const line = two === '//' || (this.language === 'php' && two[0] === '#' && two[1] !== '[');
    if (!line && two !== '/*') return false;
    const end = this.text.indexOf(line ? '\n' : '*/', this.#at + 2);
    this.#at = end === -1 ? this.#limit : Math.min(this.#limit, end + (line ? 1 : 2));
    return true;
  }

  /** Whether a value is over here. */
  #ended(): boolean {
    const character = this.text[this.#at];
    return character === undefined || ',)]};'.includes(character) || (this.language === 'php' && this.text.startsWith('=>', this.#at));
  }

  #ahead(): string {
    return this.text.slice(this.#at, Math.min(this.#limit, this.#at + 80));
  }
}

const phpEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', e: '\u001b', f: '\f', '\\': '\\', $: '$', '"': '"' };
const jsEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', b: '\b', f: '\f', 0: '\0', '\n': '' };

function unescape(raw: string, quote: string, language: CodeLanguage): string {
  if (!raw.includes('\\')) return raw;
  if (language === 'php' && quote === "'") return raw.replace(/\\([\\'])/g, '$1');
  const escapes = language === 'php' ? phpEscapes : jsEscapes;
  return raw.replace(/\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{1,2})|([^]))/g, (whole, braced?: string, four?: string, two?: string, one?: string) => {
    const hex = braced ?? (language === 'php' ? undefined : four) ?? two;
    if (hex !== undefined) {
      const point = Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    }
    if (one === undefined) return whole;
    // PHP keeps a backslash before what is no escape; JavaScript drops it.
    return Object.hasOwn(escapes, one) ? (escapes[one] ?? '') : language === 'php' ? whole : one;
  });
}
