import type { CallNames } from './call-names';
import type { Span } from './node';
import { Kind, type Code } from './tokens';

/** A place in code that calls a method with a name of this API. */
export interface CallSite extends Span {
  /** Name without `Async`. */
  readonly name: string;
  /** Place of the name. */
  readonly nameSpan: Span;
  /** Token of the name. */
  readonly token: number;
  /** Token of the opening parenthesis. */
  readonly open: number;
  /** Whether it is called on an object, as in `$client->name(…)`. Otherwise it is a function, or the declaration of one. */
  readonly member: boolean;
  /** Whether that object is `$this` or `this`. */
  readonly own: boolean;
}

const arrows: ReadonlySet<string> = new Set(['->', '?->', '::']);
const dots: ReadonlySet<string> = new Set(['.', '?.']);

/** The most tokens of the types in `name<…>(…)`. */
const MAX_TYPES_TOKENS = 60;

/** Finds call sites, in the order of their names in the code. */
export function callSites(code: Code, names: CallNames): readonly CallSite[] {
  const sites: CallSite[] = [];
  for (let token = 0; token < code.count; token++) {
    const kind = code.kind(token);
    if (kind !== Kind.word && kind !== Kind.text) continue;
    const site = kind === Kind.word ? named(code, names, token) : quoted(code, names, token);
    if (site !== undefined) sites.push(site);
  }
  return sites;
}

function named(code: Code, names: CallNames, token: number): CallSite | undefined {
  if (!names.mayBeginWith(code.text.charCodeAt(code.start(token)))) return undefined;
  const name = code.of(token);
  if (!names.isMethodName(name)) return undefined;
  const member = code.isOne(token - 1, code.language === 'php' ? arrows : dots);
  if (code.language === 'php' && !member) return undefined;
  const open = parenthesis(code, token + 1);
  if (open === undefined || (!member && declared(code, token, open))) return undefined;
  return siteOf(code, name, code.start(token), token, open, member ? token - 2 : undefined);
}

/** `client['name'](…)`, or `$client->{'name'}(…)` in PHP. */
function quoted(code: Code, names: CallNames, token: number): CallSite | undefined {
  const php = code.language === 'php';
  if (!code.is(token - 1, php ? '{' : '[') || !code.is(token + 1, php ? '}' : ']')) return undefined;
  if (php && !code.isOne(token - 2, arrows)) return undefined;
  const name = code.text.slice(code.start(token) + 1, code.end(token) - 1);
  const open = names.isMethodName(name) ? parenthesis(code, token + 2) : undefined;
  if (open === undefined) return undefined;
  const before = code.isOne(token - 2, php ? arrows : dots) ? token - 3 : token - 2;
  return siteOf(code, name, code.start(token) + 1, token, open, before);
}

function siteOf(code: Code, written: string, start: number, token: number, open: number, receiver: number | undefined): CallSite {
  const name = written.replace(/Async$/, '');
  const close = code.partner(open);
  const end = code.closed(open) ? code.end(close) : Math.max(code.end(open), code.end(close - 1));
  const own = receiver !== undefined && (code.is(receiver, '$this') || code.is(receiver, 'this')) && !code.isOne(receiver - 1, dots);
  return { name, nameSpan: { start, end: start + name.length }, token, open, member: receiver !== undefined, own, start, end };
}

/** The parenthesis of a call, after an optional `?.` and types in angle brackets. */
function parenthesis(code: Code, after: number): number | undefined {
  let token = after;
  if (code.language === 'typescript') {
    if (code.is(token, '!')) token++;
    if (code.is(token, '?.')) token++;
    if (code.is(token, '<')) token = afterTypes(code, token) ?? token;
  }
  return code.is(token, '(') ? token : undefined;
}

function afterTypes(code: Code, open: number): number | undefined {
  let depth = 0;
  for (let token = open; token < open + MAX_TYPES_TOKENS && token < code.count; token++) {
    if (code.is(token, '<')) depth++;
    else if (code.is(token, '>') && --depth === 0) return token + 1;
    else if (code.is(token, '>>') && (depth -= 2) <= 0) return token + 1;
    else if (code.is(token, ';') && code.outer(token) === code.outer(open)) return undefined;
  }
  return undefined;
}

/** Whether a name with parentheses, on no object, declares a function or method instead of calling one. */
function declared(code: Code, token: number, open: number): boolean {
  if (code.is(token - 1, 'function') || code.is(token - 1, '*')) return true;
  const close = code.partner(open);
  return code.is(close + 1, '{') || code.is(close + 1, ':') || code.is(close + 1, '=>') || open + 1 === close;
}
