import { RE2JS, RE2JSException } from 're2js';
import { t } from '../../l10n/texts';

/** A regular expression of a file, ready to be searched for. */
export interface Pattern {
  /** Whether it matches anywhere in a text, in time that grows with the text alone. */
  readonly test: (text: string) => boolean;
}

/** Why an expression is not used. */
export interface PatternProblem {
  /** A sentence with `{what}` for the place of the expression, in the language of the reader. */
  readonly what: string;
  /** Whether no JSON Schema can say it, so that an editor has to say it by itself. */
  readonly beyond: boolean;
}

/** What `\s` stands for in JavaScript, as the inside of a class. */
const BLANKS = String.raw`\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`;

/** What `\S` stands for in JavaScript, as the inside of a class. */
const NO_BLANKS = String.raw`\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`;

/** What `.` does not match in JavaScript, as the inside of a class. */
const BREAKS = String.raw`\n\r\x{2028}\x{2029}`;

/** Expressions that were compiled last: a run looks for the same one in many rows. */
const compiled = new Map<string, Pattern | PatternProblem>();

const MAX_COMPILED = 200;

/** An expression longer than this is refused: what it is compiled to takes memory for each of its letters. */
const LONGEST_SOURCE_CHARS = 2000;

/**
 * Compiles an expression in the syntax of JavaScript with the flag `u`, for an engine that takes linear time. Such an engine cannot look
 * around and knows no back-references; files of others are run, so one that could hang is not used.
 * @param flags `i` for any case, `s` for a point that matches line breaks too
 * @returns the expression, or what is wrong with it
 */
export function patternOf(source: string, flags = ''): Pattern | PatternProblem {
  const key = `${flags}/${source}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = compile(source, flags);
  if (compiled.size >= MAX_COMPILED) compiled.clear();
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
  if (source.length > LONGEST_SOURCE_CHARS)
    return beyond(t('{what} is longer than {count} characters.', { what, count: LONGEST_SOURCE_CHARS }));
  try {
    void new RegExp(source, 'u');
  } catch (error) {
    if (error instanceof SyntaxError) return { what: t('{what} is not a regular expression.', { what }), beyond: false };
    throw error;
  }
  const unsupported = unsupportedIn(source);
  if (unsupported !== undefined)
    return beyond(
      t('{what} uses {unsupported}, which an expression here cannot, since it is matched in linear time.', { what, unsupported }),
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

/** Tokens of an expression: an escape, a group's beginning, or a class that is empty, or one character. */
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

/** @param first whether it stands at the beginning of the class, where `^` turns it round */
function classToken(token: string, first: boolean): string {
  // An opening bracket is a character there, and so are what RE2 could take for an operation between classes.
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
