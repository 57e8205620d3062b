import { changingSigns } from './lexis';
import type { CodeNode } from './node';
import { skipOne } from './read';
import type { CallNames } from './call-names';
import type { Step } from './steps';
import { Kind, type Code } from './tokens';

/** What the code at one place does with a variable. */
export type Occurrence =
  | { readonly kind: 'value'; readonly token: number; readonly value: number }
  | { readonly kind: 'step'; readonly step: Step }
  /** `read` does not change it. `shared` passes it to other code, which may change its content. `unknown` changes or declares it. */
  | { readonly kind: 'read' | 'shared' | 'unknown' };

const [READ, SHARED, UNKNOWN]: readonly [Occurrence, Occurrence, Occurrence] = [{ kind: 'read' }, { kind: 'shared' }, { kind: 'unknown' }];

const declaring: ReadonlySet<string> = new Set([
  '&',
  'global',
  'static',
  'as',
  'function',
  'class',
  'let',
  'var',
  '++',
  '--',
  'fn',
  'delete',
]);
const starting: ReadonlySet<string> = new Set([';', '{', '}']);
const members: ReadonlySet<string> = new Set(['->', '?->', '.', '?.']);
const declarations: ReadonlySet<string> = new Set(['const', 'let', 'var']);
/** Words before a parenthesis that does not begin the parameters of a function. */
const heads: ReadonlySet<string> = new Set([
  'if',
  'while',
  'switch',
  'elseif',
  'match',
  'for',
  'foreach',
  'isset',
  'empty',
  'echo',
  'print',
  'return',
  'array',
  'use',
]);
const conditions: ReadonlySet<string> = new Set(['if', 'while', 'for', 'with']);
/** Functions that do not change their arguments. */
const harmless: ReadonlySet<string> = new Set([
  'count',
  'sizeof',
  'print_r',
  'var_dump',
  'var_export',
  'json_encode',
  'is_array',
  'in_array',
  'implode',
  'stringify',
  'isArray',
  'log',
  'debug',
  'info',
  'notice',
  'warn',
  'warning',
  'error',
]);
/** The most keys of a step, as in `$f['x']['y'] = …`. */
const MAX_KEYS = 8;

/** The most tokens of a type between the name of a variable and its `=`. */
const MAX_TYPE_TOKENS = 40;

/** The most brackets around a use that are examined, from the inside out. */
const MAX_BRACKETS = 6;

/** The most tokens of a step, and of the head of a function or of `foreach`. */
const MAX_HEAD_TOKENS = 40;

/** The most names that are searched for one by one. For more, an index of all names is faster. */
const MAX_SEARCHED_NAMES = 8;

/** The places of each variable in a file. */
export class Occurrences {
  #dynamic: boolean | undefined;
  #index: ReadonlyMap<string, readonly number[]> | undefined;
  readonly #searched = new Map<string, readonly number[]>();
  readonly #classified = new Map<number, Occurrence>();

  constructor(
    private readonly code: Code,
    private readonly names: CallNames,
  ) {}

  /** Whether variables may change in ways that the code does not show. */
  get dynamic(): boolean {
    return (this.#dynamic ??= this.code.language === 'php' && isDynamic(this.code));
  }

  /** Tokens of a variable, in order. */
  of(name: string): readonly number[] {
    const known = this.#searched.get(name) ?? this.#index?.get(name);
    if (known !== undefined) return known;
    if (this.#index === undefined && this.#searched.size < MAX_SEARCHED_NAMES) {
      const found = tokensOf(this.code, name);
      this.#searched.set(name, found);
      return found;
    }
    this.#index ??= indexOf(this.code);
    return this.#index.get(name) ?? [];
  }

  /** What the code at a token does with the variable. */
  classify(token: number): Occurrence {
    const known = this.#classified.get(token);
    if (known !== undefined) return known;
    const found = this.#classifyAnew(token);
    this.#classified.set(token, found);
    return found;
  }

  #classifyAnew(token: number): Occurrence {
    const { code } = this;
    if (
      code.language === 'typescript' &&
      code.is(token + 1, ':') &&
      code.is(code.outer(token), '{') &&
      (code.is(token - 1, '{') || code.is(token - 1, ','))
    ) {
      return READ;
    }
    const value = this.#valueAt(token);
    if (value !== undefined) return value === -1 ? UNKNOWN : { kind: 'value', token, value };
    if (code.isOne(token - 1, declaring) || code.is(token - 1, 'const') || code.isOne(token + 1, changingSigns) || code.is(token + 1, '=>'))
      return UNKNOWN;
    if (code.is(token - 1, '...') && code.is(code.outer(token), '(') && this.#head(code.outer(token))) return UNKNOWN;
    if (this.#declaredIn(token) || this.#walkedByReference(token)) return UNKNOWN;
    if (code.is(token + 1, '[') || code.isOne(token + 1, members)) return this.#member(token);
    return this.#passed(token);
  }

  /** Token of the value that is assigned here; -1 for an assignment that may not run or cannot be read; `undefined` for no assignment. */
  #valueAt(token: number): number | undefined {
    const { code } = this;
    const declared = code.language === 'typescript' && code.isOne(token - 1, declarations);
    let sign = token + 1;
    if (declared && code.is(sign, ':')) {
      const limit = token + MAX_TYPE_TOKENS;
      while (sign < limit && sign < code.count && !code.is(sign, '=') && !code.is(sign, ';'))
        sign = Math.max(sign + 1, skipOne(code, sign));
    }
    if (!code.is(sign, '=')) return undefined;
    const block = code.outer(token);
    const statement = code.language === 'php' ? token === 0 || code.isOne(token - 1, starting) : declared;
    return statement && (block === -1 || code.is(block, '{')) ? sign + 1 : -1;
  }

  /** `$f['x'][] = …`, `$p->x = …`, `data.x.y`. */
  #member(token: number): Occurrence {
    const { code } = this;
    const path: { key: string | undefined; node: CodeNode }[] = [];
    let next = token + 1;
    let allLiteral = true;
    for (; path.length <= MAX_KEYS;) {
      const found = keyAt(code, next);
      if (found === undefined) break;
      if (found.literal) path.push({ key: found.key, node: found.node });
      else allLiteral = false;
      next = found.next;
      if (!found.literal && path.length > MAX_KEYS) return UNKNOWN;
      if (next - token > MAX_HEAD_TOKENS) return UNKNOWN;
    }
    if (code.isOne(next, changingSigns) || code.is(next, '(') || code.isOne(next, members)) return UNKNOWN;
    if (!code.is(next, '=')) return this.#declaredIn(token) ? UNKNOWN : READ;
    const block = code.outer(token);
    const statement = token === 0 || code.isOne(token - 1, starting) || this.#newLine(token);
    if (!allLiteral || !statement || !(block === -1 || code.is(block, '{'))) return UNKNOWN;
    return { kind: 'step', step: { token, path, value: next + 1 } };
  }

  /** Whether a statement of TypeScript begins on this line that no `if (…)` or `else` before it can skip. */
  #newLine(token: number): boolean {
    const { code } = this;
    const before = token - 1;
    if (code.language !== 'typescript' || !code.text.slice(code.end(before), code.start(token)).includes('\n')) return false;
    if (code.is(before, 'else') || code.is(before, 'do')) return false;
    return !code.is(before, ')') || !code.isOne(code.outer(before) - 1, conditions);
  }

  /** Whether the variable is the list in `foreach ($f as &$item)`, which can change its items. */
  #walkedByReference(token: number): boolean {
    const { code } = this;
    const open = code.outer(token);
    if (!code.is(token + 1, 'as') || !code.is(open - 1, 'foreach')) return false;
    const close = code.partner(open);
    for (let next = token + 2; next < close && next < token + MAX_HEAD_TOKENS; next++) if (code.is(next, '&')) return true;
    return false;
  }

  /** Whether a place is in the head of a function, in a pattern that receives a value, or in `foreach`. */
  #declaredIn(token: number): boolean {
    const { code } = this;
    let place = token;
    for (let depth = 0; depth < MAX_BRACKETS; depth++) {
      const open = code.outer(place);
      if (open === -1) return false;
      if (code.is(open, '(')) return this.#head(open) || (code.is(open - 1, 'foreach') && place === token && code.is(token - 1, '=>'));
      const after = code.partner(open) + 1;
      if (code.is(after, '=') || code.is(after, 'of') || code.is(open - 1, 'as')) return true;
      if (code.is(open, '{') && code.isOne(open - 1, starting)) return false;
      place = open;
    }
    return false;
  }

  /** Whether a parenthesis opens the parameters of a function. */
  #head(open: number): boolean {
    const { code } = this;
    if (code.isOne(open - 1, heads)) return false;
    if (code.is(open - 1, 'catch') || code.is(open - 1, 'unset') || code.is(open - 1, 'list')) return true;
    if (code.is(open - 1, 'function') || code.is(open - 1, 'fn') || code.is(open - 2, 'function') || code.is(open - 2, '&')) return true;
    if (code.language === 'php') return false;
    const after = code.partner(open) + 1;
    return code.is(after, '=>') || code.is(after, '{') || code.is(after, ':');
  }

  /** A variable without a member: it is read, or passed to other code. */
  #passed(token: number): Occurrence {
    const { code } = this;
    let place = token;
    for (let depth = 0; depth < MAX_BRACKETS; depth++) {
      const open = code.outer(place);
      if (open === -1 || (code.is(open, '{') && code.isOne(open - 1, starting))) break;
      if (code.is(open, '(')) {
        const callee = code.kind(open - 1) === Kind.word ? code.of(open - 1) : '';
        const isExpression = code.is(open - 1, ']') || code.is(open - 1, '}') || code.is(open - 1, '>');
        if (heads.has(callee)) return READ;
        if (isExpression || this.names.isMethodName(callee) || harmless.has(callee)) return isExpression ? SHARED : READ;
        const whole =
          place !== token || ((code.is(token - 1, '(') || code.is(token - 1, ',')) && (code.is(token + 1, ')') || code.is(token + 1, ',')));
        return whole && callee !== '' ? SHARED : code.language === 'php' ? READ : SHARED;
      }
      place = open;
    }
    return code.language === 'php' ? READ : SHARED;
  }
}

interface Key {
  readonly key: string | undefined;
  readonly node: CodeNode;
  readonly next: number;
  /** Whether the key is a literal, or empty as in `[]`. */
  readonly literal: boolean;
}

/** The key at a token: `['key']`, `[]`, `->key` or `.key`. */
function keyAt(code: Code, token: number): Key | undefined {
  if (code.is(token, '[')) {
    const close = code.partner(token);
    if (!code.closed(token)) return undefined;
    const node: CodeNode = { kind: 'expression', start: code.start(token), end: code.end(close) };
    if (close === token + 1) return { key: undefined, node, next: close + 1, literal: true };
    const [start, end] = [code.start(token + 1), code.end(token + 1)];
    const raw = code.text.slice(start + 1, end - 1);
    if (close !== token + 2 || code.kind(token + 1) !== Kind.text || !/^\w+$/.test(raw))
      return { key: undefined, node, next: close + 1, literal: false };
    const key: CodeNode = { kind: 'text', value: raw, inner: { start: start + 1, end: end - 1 }, quote: "'", start, end };
    return { key: raw, node: key, next: close + 1, literal: true };
  }
  if (!(code.is(token, '->') || code.is(token, '.')) || code.kind(token + 1) !== Kind.word || code.is(token + 2, '(')) return undefined;
  const [start, end] = [code.start(token + 1), code.end(token + 1)];
  const key = code.of(token + 1);
  return { key, node: { kind: 'text', value: key, inner: { start, end }, quote: '', start, end }, next: token + 2, literal: true };
}

/** Whether a brace opens the body of `switch`, of which only some cases run. */
export function isSwitch(code: Code, brace: number): boolean {
  return code.is(brace - 1, ')') && code.is(code.outer(brace - 1) - 1, 'switch');
}

/** The function whose body a brace opens, with the variables that it captures with `use (…)`. */
export function functionAt(code: Code, brace: number): { readonly uses: readonly string[] } | undefined {
  let close = brace - 1;
  while (close > brace - MAX_HEAD_TOKENS && close > 0 && !code.is(close, ')')) {
    if (code.isOne(close, starting)) return undefined;
    close--;
  }
  if (!code.is(close, ')')) return undefined;
  let open = code.outer(close);
  const uses: string[] = [];
  if (code.is(open - 1, 'use')) {
    for (let token = open + 1; token < close && token < open + MAX_HEAD_TOKENS; token++) {
      if (code.kind(token) === Kind.variable) uses.push(code.is(token - 1, '&') ? '' : code.of(token));
    }
    open = code.outer(open - 2);
  }
  const named = code.is(open - 2, 'function') || (code.is(open - 2, '&') && code.is(open - 3, 'function'));
  return named || code.is(open - 1, 'function') || (code.is(open - 1, '&') && code.is(open - 2, 'function')) ? { uses } : undefined;
}

function isDynamic(code: Code): boolean {
  // Words with which PHP variables become unpredictable.
  for (const { index, 0: found } of code.text.matchAll(
    /\$\$|\b(?:extract|parse_str|eval|goto|endif|endforeach|endfor|endwhile|endswitch)\b/g,
  )) {
    const token = code.at(index);
    if (code.start(token) !== index) continue;
    if (
      found === '$$'
        ? code.kind(token) === Kind.variable
        : code.kind(token) === Kind.word && code.is(token, found) && !code.isOne(token - 1, members)
    )
      return true;
  }
  return false;
}

/** Whether a token is the name of a variable and not of a member. */
function isVariable(code: Code, token: number): boolean {
  if (code.language === 'php') return code.kind(token) === Kind.variable;
  return code.kind(token) === Kind.word && !code.isOne(token - 1, members);
}

function tokensOf(code: Code, name: string): readonly number[] {
  const tokens: number[] = [];
  if (name === '') return tokens;
  for (let at = code.text.indexOf(name); at !== -1; at = code.text.indexOf(name, at + name.length)) {
    const token = code.at(at);
    if (code.start(token) === at && code.is(token, name) && isVariable(code, token)) tokens.push(token);
  }
  return tokens;
}

function indexOf(code: Code): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  for (let token = 0; token < code.count; token++) {
    if (!isVariable(code, token)) continue;
    const name = code.of(token);
    const tokens = index.get(name);
    if (tokens === undefined) index.set(name, [token]);
    else tokens.push(token);
  }
  return index;
}
