import { literalNumber, literalText } from './escapes';
import { keyOf, type CodeLanguage, type CodeNode, type ExpressionNode, type MapEntry, type Span, type TextNode } from './node';
import { Kind, type Code } from './tokens';

/** Deepest nesting of literals that is read. */
const MAX_LITERAL_LEVELS = 40;

const casts: ReadonlySet<string> = new Set(['object', 'array', 'string', 'int', 'integer', 'float', 'double', 'bool', 'boolean']);
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/** Signs that end a value. */
const ends: ReadonlySet<string> = new Set([',', ';', '?>']);

/** A value, and the token after it. */
export interface ReadValue {
  readonly node: CodeNode;
  readonly next: number;
}

/** The arguments of a call: literals as nodes with their values, everything else as an expression. @param open token of the parenthesis */
export function readArguments(code: Code, open: number): readonly CodeNode[] {
  return new ValueReader(code).series(open);
}

/** Reads a value, from a token up to the comma, bracket or semicolon after it. */
export function readValue(code: Code, token: number): ReadValue {
  return new ValueReader(code).value(token, 0);
}

/** The value in a statement such as `const a = …`, which ends with a semicolon or, in TypeScript, with its line. */
export function readStatement(code: Code, token: number): CodeNode {
  return new ValueReader(code, true).value(token, 0).node;
}

/** The next token at the same level. Brackets are skipped with their content. */
export function skipOne(code: Code, token: number): number {
  if (code.kind(token) !== Kind.open) return token + 1;
  return code.partner(token) + (code.closed(token) ? 1 : 0);
}

class ValueReader {
  readonly #language: CodeLanguage;

  constructor(
    private readonly code: Code,
    private readonly statement = false,
  ) {
    this.#language = code.language;
  }

  /** The values between two brackets. */
  series(open: number): CodeNode[] {
    const items: CodeNode[] = [];
    this.#each(open, (token) => {
      const { node, next } = this.value(token, 0);
      items.push(node);
      return next;
    });
    return items;
  }

  value(start: number, depth: number): ReadValue {
    const { code } = this;
    const cast = this.#cast(start);
    const first = cast === undefined ? start : start + 3;
    const literal = depth < MAX_LITERAL_LEVELS ? this.#primary(first, depth) : undefined;
    if (literal !== undefined) {
      const next = this.#typed(literal.next);
      if (this.#ended(next) || (depth === 0 && this.#lineEnded(next)))
        return { node: changes(cast, literal.node) ? this.#expression(start, next) : literal.node, next };
    }
    const next = this.#skip(start);
    return { node: this.#expression(start, next, code.is(start, '...')), next };
  }

  #primary(token: number, depth: number): ReadValue | undefined {
    const { code } = this;
    const span = { start: code.start(token), end: code.end(token) };
    switch (code.kind(token)) {
      case Kind.text: {
        const node = this.#text(span);
        return node === undefined ? undefined : { node, next: token + 1 };
      }
      case Kind.number:
        return scalar(literalNumber(code.of(token)), span, token + 1);
      case Kind.sign: {
        const sign = code.of(token);
        if (code.kind(token + 1) !== Kind.number || !(sign === '-' || sign === '+')) return undefined;
        const end = code.end(token + 1);
        return scalar(literalNumber(`${sign === '-' ? '-' : ''}${code.of(token + 1)}`), { start: span.start, end }, token + 2);
      }
      case Kind.word: {
        const word = code.of(token).toLowerCase();
        if (this.#language === 'php' && word === 'array' && code.is(token + 1, '(')) return this.#phpArray(token + 1, span.start, depth);
        if (this.#language === 'typescript' && word === 'undefined') return scalar(null, span, token + 1);
        return Object.hasOwn(words, word) ? scalar(words[word], span, token + 1) : undefined;
      }
      case Kind.open:
        if (code.is(token, '[')) return this.#language === 'php' ? this.#phpArray(token, span.start, depth) : this.#list(token, depth);
        return code.is(token, '{') && this.#language === 'typescript' ? this.#object(token, depth) : undefined;
      default:
        return undefined;
    }
  }

  #text({ start, end }: Span): TextNode | undefined {
    const { text } = this.code;
    const quote = text[start];
    if (quote !== "'" && quote !== '"' && quote !== '`') return undefined;
    const closed = end > start + 1 && text[end - 1] === quote;
    const inner = { start: start + 1, end: closed ? end - 1 : end };
    const raw = text.slice(inner.start, inner.end);
    // A text over several lines with code in it: its closing quote is still missing.
    if (this.#language === 'php' && /(?:[;{}]|=>)[ \t]*\r?\n/.test(raw)) return undefined;
    const value = literalText(raw, quote, this.#language);
    return value === undefined ? undefined : { kind: 'text', value, inner, quote, start, end };
  }

  #phpArray(open: number, start: number, depth: number): ReadValue {
    const { code } = this;
    const entries: MapEntry[] = [];
    let index = 0;
    let list = true;
    const { next, end } = this.#each(open, (token) => {
      const first = this.value(token, depth + 1);
      if (!code.is(first.next, '=>')) {
        const { node } = first;
        const key: CodeNode = isSpread(node)
          ? { kind: 'expression', start: node.start, end: node.start }
          : { kind: 'scalar', value: index++, start: node.start, end: node.start };
        entries.push({ key, value: node, start: node.start, end: node.end });
        return first.next;
      }
      const { node: value, next: after } = this.value(first.next + 1, depth + 1);
      const key = keyOf(first.node);
      // In PHP, keys that count from 0 make a list.
      if (key === String(index)) index++;
      else list = false;
      entries.push({ key: first.node, value, start: first.node.start, end: value.end });
      return after;
    });
    if (!list) return { node: { kind: 'map', entries, start, end }, next };
    return { node: { kind: 'list', items: entries.flatMap(({ value }) => value ?? []), start, end }, next };
  }

  #list(open: number, depth: number): ReadValue {
    const items: CodeNode[] = [];
    const { next, end } = this.#each(open, (token) => {
      const item = this.value(token, depth + 1);
      items.push(item.node);
      return item.next;
    });
    return { node: { kind: 'list', items, start: this.code.start(open), end }, next };
  }

  #object(open: number, depth: number): ReadValue {
    const entries: MapEntry[] = [];
    const { next, end } = this.#each(open, (token) => {
      const { entry, next: after } = this.#property(token, depth);
      entries.push(entry);
      return after;
    });
    return { node: { kind: 'map', entries, start: this.code.start(open), end }, next };
  }

  #property(token: number, depth: number): { readonly entry: MapEntry; readonly next: number } {
    const { code } = this;
    const [start, end] = [code.start(token), code.end(token)];
    const bare = code.kind(token) === Kind.word;
    const key: CodeNode | undefined = bare
      ? { kind: 'text', value: code.of(token), inner: { start, end }, quote: '', start, end }
      : code.kind(token) === Kind.text || code.kind(token) === Kind.number
        ? this.#primary(token, MAX_LITERAL_LEVELS)?.node
        : undefined;
    if (key !== undefined && code.is(token + 1, ':')) {
      const { node: value, next } = this.value(token + 2, depth + 1);
      return { entry: { key, value, start, end: value.end }, next };
    }
    // `{ filters }` is short for `{ filters: filters }`. A quoted key without a value is being typed.
    if (key !== undefined && this.#ended(token + 1)) {
      return { entry: { key, value: bare ? { kind: 'expression', start, end } : undefined, start, end }, next: token + 1 };
    }
    const next = this.#skip(token);
    const node = this.#expression(token, next);
    return { entry: { key: node, value: undefined, start: node.start, end: node.end }, next };
  }

  /** Iterates over the parts between commas. @param item reads a part from its token and returns the token after it */
  #each(open: number, item: (token: number) => number): { readonly next: number; readonly end: number } {
    const { code } = this;
    const close = code.partner(open);
    let token = open + 1;
    while (token < close) {
      if (code.is(token, ',')) {
        token++;
        continue;
      }
      // Always go forward, even at brackets and signs that make no sense.
      token = Math.max(token + 1, item(token));
    }
    const closed = code.closed(open);
    return { next: close + (closed ? 1 : 0), end: closed ? code.end(close) : code.end(Math.max(open, close - 1)) };
  }

  /** The token after an expression. */
  #skip(start: number): number {
    const { code } = this;
    const php = this.#language === 'php';
    // The arrow of `fn (…) => …` belongs to the expression.
    let arrows = php && (code.is(start, 'fn') || (code.is(start, 'static') && code.is(start + 1, 'fn'))) ? 1 : 0;
    let token = start;
    while (token < code.count) {
      if (code.kind(token) === Kind.close || code.isOne(token, ends)) break;
      if (php && code.is(token, '=>') && arrows-- <= 0) break;
      token = Math.max(token + 1, skipOne(code, token));
    }
    return token;
  }

  #expression(start: number, next: number, spread = false): ExpressionNode {
    const from = this.code.start(start);
    return { kind: 'expression', start: from, end: next > start ? this.code.end(next - 1) : from, ...(spread ? { spread } : {}) };
  }

  /** The token after `as const` and other types that follow a value. */
  #typed(token: number): number {
    const { code } = this;
    if (this.#language !== 'typescript' || !(code.is(token, 'as') || code.is(token, 'satisfies'))) return token;
    // `as const;` and `as Filter[]`, up to the end of the statement.
    return this.statement && code.kind(token + 1) === Kind.word ? this.#afterType(token + 1) : this.#skip(token);
  }

  #afterType(token: number): number {
    const { code } = this;
    let next = token + 1;
    while (code.is(next, '.') || code.is(next, '[')) next = code.is(next, '.') ? next + 2 : skipOne(code, next);
    return next;
  }

  /** Whether a statement without a semicolon ends here. */
  #lineEnded(token: number): boolean {
    const { code } = this;
    if (!this.statement || this.#language !== 'typescript') return false;
    return code.kind(token) === Kind.word && code.text.slice(code.end(token - 1), code.start(token)).includes('\n');
  }

  /** The type of a cast such as `(object)`. */
  #cast(token: number): string | undefined {
    const { code } = this;
    if (this.#language !== 'php' || !code.is(token, '(') || !code.is(token + 2, ')')) return undefined;
    const type = code.of(token + 1).toLowerCase();
    return casts.has(type) ? type : undefined;
  }

  /** Whether a value ends here. */
  #ended(token: number): boolean {
    const { code } = this;
    if (token >= code.count || code.kind(token) === Kind.close || code.isOne(token, ends)) return true;
    return this.#language === 'php' && code.is(token, '=>');
  }
}

function scalar(value: number | string | boolean | null | undefined, span: Span, next: number): ReadValue | undefined {
  return value === undefined ? undefined : { node: { kind: 'scalar', value, ...span }, next };
}

/** Whether a cast changes the type of a literal. */
function changes(cast: string | undefined, node: CodeNode): boolean {
  if (cast === undefined) return false;
  if (cast === 'object' || cast === 'array') return node.kind !== 'map' && node.kind !== 'list';
  if (cast === 'string') return node.kind !== 'text';
  if (node.kind !== 'scalar') return true;
  return cast.startsWith('int')
    ? !Number.isInteger(node.value)
    : cast.startsWith('bool')
      ? typeof node.value !== 'boolean'
      : typeof node.value !== 'number';
}

function isSpread(node: CodeNode): boolean {
  return node.kind === 'expression' && node.spread === true;
}
