import { RE2JS, RE2JSException } from 're2js';
import { t } from '../../l10n/texts';

/** A compiled regular expression of a file. */
export interface Pattern {
  /** Whether it matches anywhere in a text. Takes time linear in the length of the text. */
  readonly test: (text: string) => boolean;
}

/** The reason why an expression is refused. */
export interface PatternProblem {
  /** A sentence with `{what}` for the place of the expression, in the language of the reader. */
  readonly what: string;
  /** `true` when JSON Schema cannot express the rule, so that the editor must report it itself. */
  readonly beyond: boolean;
}

/** The characters that `\s` matches in JavaScript, as the inside of a class. */
const BLANKS = String.raw`\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`;

/** The characters that `\S` matches in JavaScript, as the inside of a class. */
const NO_BLANKS = String.raw`\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`;

/** The characters that `.` does not match in JavaScript, as the inside of a class. */
const BREAKS = String.raw`\n\r\x{2028}\x{2029}`;

/** Compiled expressions by flags and source, since a run tests the same one against many rows. */
const compiled = new Map<string, Pattern | PatternProblem>();

const MAX_COMPILED_PATTERNS = 200;

/** A longer expression is refused: compiling it takes memory for each of its characters. */
const MAX_SOURCE_CHARS = 2000;

/**
 * Compiles an expression in JavaScript syntax with the flag `u`, for an engine that takes linear time. Request files can come from other
 * people, so an expression that could hang must not run. Such an engine does not support look-around or back-references.
 * @param flags `i` ignores case, `s` lets a point match line breaks too
 * @returns the expression, or the reason why it is refused
 */
export function patternOf(source: string, flags = ''): Pattern | PatternProblem {
  const key = `${flags}/${source}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = compile(source, flags);
  if (compiled.size >= MAX_COMPILED_PATTERNS) compiled.clear();
  compiled.set(key, made);
  return made;
}

/** Whether an expression is refused. */
export function isProblem(made: Pattern | PatternProblem): made is PatternProblem {
  return 'what' in made;
}

function compile(source: string, flags: string): Pattern | PatternProblem {
  const beyond = (what: string): PatternProblem => ({ what, beyond: true });
  const what = '{what}';
  if (source.length > MAX_SOURCE_CHARS) return beyond(t('{what} is longer than {count} characters.', { what, count: MAX_SOURCE_CHARS }));
  try {
    void new RegExp(source, 'u');
  } catch (error) {
    if (error instanceof SyntaxError) return { what: t('{what} is not a regular expression.', { what }), beyond: false };
    throw error;
  }
  const unsupported = unsupportedIn(source);
  if (unsupported !== undefined)
    return beyond(
      t('{what} uses {unsupported}, which is not supported, because expressions are matched in linear time.', { what, unsupported }),
    );
  try {
    const expression = RE2JS.compile(translated(source, flags.includes('s')), flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0);
    return { test: (text) => expression.test(text) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return beyond(
      t('{what} cannot be matched in linear time ({reason}).', { what, reason: error.message.replace(/^error parsing regexp: /, '') }),
    );
  }
}

/**
 * Tokens of an expression: an escape, the beginning of a group, the beginning of a class (`[^` and `[]` are one token), or one character.
 */
const TOKEN =
  /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|k<[^>]*>|.)|\(\?(?:<[=!]|<|[=!:])|\[\^?\]|[^]/gsu;

function unsupportedIn(source: string): string | undefined {
  let inClass = false;
  for (const [token] of source.matchAll(TOKEN)) {
    if (token === '[') inClass = true;
    else if (token.endsWith(']')) inClass = false;
    else if (!inClass && /^\(\?<?[=!]$/.test(token)) return t('look-around');
    else if (!inClass && /^\\(?:[1-9]|k)/.test(token)) return t('a back-reference');
  }
  return undefined;
}

/** The same expression in the syntax of RE2. */
function translated(source: string, everything: boolean): string {
  let inClass = false;
  let first = false;
  return source.replace(TOKEN, (token) => {
    if (inClass) {
      const start = first;
      first = false;
      if (token.endsWith(']') && !token.startsWith('\\')) inClass = false;
      return classToken(token, start);
    }
    switch (token) {
      case '[':
        inClass = true;
        first = true;
        return token;
      case '[]':
        return String.raw`[^\x{0}-\x{10ffff}]`;
      case '[^]':
        return String.raw`[\x{0}-\x{10ffff}]`;
      case '.':
        return everything ? String.raw`[\x{0}-\x{10ffff}]` : `[^${BREAKS}]`;
      case String.raw`\s`:
        return `[${BLANKS}]`;
      case String.raw`\S`:
        return `[^${BLANKS}]`;
      case '(?<':
        return '(?P<';
      default:
        return escape(token);
    }
  });
}

/** @param first whether the token is at the beginning of the class, where `^` negates it */
function classToken(token: string, first: boolean): string {
  // An opening bracket is a plain character inside a class. The others are escaped because RE2 could read them as operations on classes.
  if (token.startsWith('[')) return `\\${token}`;
  if (token === '&' || token === '~' || (token === '^' && !first)) return `\\${token}`;
  if (token === String.raw`\s`) return BLANKS;
  if (token === String.raw`\S`) return NO_BLANKS;
  return token === String.raw`\b` ? String.raw`\x{8}` : escape(token);
}

function escape(token: string): string {
  const code = /^\\(?:u\{([0-9a-fA-F]+)\}|[ux]([0-9a-fA-F]+))$/.exec(token);
  if (code !== null) return `\\x{${code[1] ?? code[2] ?? ''}}`;
  if (/^\\c[A-Za-z]$/.test(token)) return `\\x{${(token.charCodeAt(2) % 32).toString(16)}}`;
  if (token === String.raw`\0`) return String.raw`\x{0}`;
  const script = /^(\\[pP])\{(?:Script|sc|General_Category|gc)=(\w+)\}$/.exec(token);
  return script === null ? token : `${script[1] ?? ''}{${script[2] ?? ''}}`;
}
