import type { CodeNode } from './node';
import { readStatement } from './read';
import { Kind, type Code } from './tokens';

const classWords: ReadonlySet<string> = new Set(['class', 'interface', 'trait', 'enum']);

/** The most tokens in the head of a class. */
const MAX_HEAD_TOKENS = 60;

/** How many blocks around a use are searched. */
const MAX_BLOCK_LEVELS = 64;

/** Constants of a file: `const LIST = 'customer.list'` inside or outside of a class, `define('LIST', …)`, `static readonly LIST = …`. */
export class Constants {
  /**
   * By name. The key of a class constant begins with the token of the class's brace and a colon. `undefined` for a name that is defined
   * several times.
   */
  #known: Map<string, CodeNode | undefined> | undefined;
  /** Tokens of the opening braces of classes, by name; `undefined` for a name that several classes have. */
  readonly #classes = new Map<string, number | undefined>();

  constructor(private readonly code: Code) {}

  /** The value of a constant outside of any class. */
  outsideClasses(name: string): CodeNode | undefined {
    return this.code.language === 'php' ? this.#all().get(name) : undefined;
  }

  /** The value of `self::NAME` or `Name::NAME`. The value of `static::NAME` is known only when the program runs. */
  ofClass(name: string, declaredConstant: string, use: number): CodeNode | undefined {
    const all = this.#all();
    if (name !== 'self') {
      const brace = this.#classes.get(name);
      return brace === undefined ? undefined : all.get(`${brace}:${declaredConstant}`);
    }
    let block = this.code.block(use);
    for (let depth = 0; block !== -1 && depth < MAX_BLOCK_LEVELS; depth++) {
      const key = `${block}:${declaredConstant}`;
      if (all.has(key)) return all.get(key);
      block = this.code.block(block);
    }
    return undefined;
  }

  #all(): ReadonlyMap<string, CodeNode | undefined> {
    if (this.#known !== undefined) return this.#known;
    const known = (this.#known = new Map<string, CodeNode | undefined>());
    const { code } = this;
    for (let token = 0; token < code.count; token++) {
      if (code.kind(token) !== Kind.word) continue;
      const found = code.language === 'php' ? (constant(code, token) ?? definedConstant(code, token)) : staticConstant(code, token);
      if (found !== undefined) {
        const block = code.block(token);
        const key = block === -1 || !found.inClass ? found.name : `${block}:${found.name}`;
        const value = readStatement(code, found.value);
        known.set(key, known.has(key) || value.kind === 'expression' ? undefined : value);
      }
      if (code.isOne(token, classWords)) this.#class(token);
    }
    return known;
  }

  #class(token: number): void {
    const { code } = this;
    if (code.kind(token + 1) !== Kind.word) return;
    for (let next = token + 2; next < Math.min(code.count, token + MAX_HEAD_TOKENS); next++) {
      if (!code.is(next, '{')) continue;
      const name = code.of(token + 1);
      // If two classes have the same name, it is unknown which one is meant.
      this.#classes.set(name, this.#classes.has(name) ? undefined : next);
      return;
    }
  }
}

interface FoundConstant {
  readonly name: string;
  readonly value: number;
  readonly inClass: boolean;
}

/** `const NAME = value`, with or without a type. */
function constant(code: Code, token: number): FoundConstant | undefined {
  if (!code.is(token, 'const')) return undefined;
  for (let next = token + 1; next < token + 8; next++) {
    if (code.is(next, '='))
      return code.kind(next - 1) === Kind.word ? { name: code.of(next - 1), value: next + 1, inClass: true } : undefined;
  }
  return undefined;
}

/** `define('NAME', value)`. */
function definedConstant(code: Code, token: number): FoundConstant | undefined {
  if (!code.is(token, 'define') || !code.is(token + 1, '(') || code.kind(token + 2) !== Kind.text || !code.is(token + 3, ','))
    return undefined;
  return { name: code.text.slice(code.start(token + 2) + 1, code.end(token + 2) - 1), value: token + 4, inClass: false };
}

/** `static readonly NAME = value` of TypeScript. */
function staticConstant(code: Code, token: number): FoundConstant | undefined {
  if (!code.is(token, 'readonly') || !code.is(token - 1, 'static') || code.kind(token + 1) !== Kind.word) return undefined;
  const sign = code.is(token + 2, ':') && code.kind(token + 3) === Kind.word ? token + 4 : token + 2;
  return code.is(sign, '=') ? { name: code.of(token + 1), value: sign + 1, inClass: true } : undefined;
}
