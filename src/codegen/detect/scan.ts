import type { CodeLanguage } from './node';

/** A place in code where a method is called by a name that this API uses. */
export interface CallSite {
  readonly name: string;
  /** Offset of the name. */
  readonly start: number;
  /** Offset of the opening parenthesis. */
  readonly open: number;
}

const METHOD = '(?:customer(?:Customer|Address|Group)\\w*|call|multiCall|callAsync|multiCallAsync|__soapCall)';

/** Words without which a file cannot hold a call of this API. Looked for first, since nearly all files have none. */
const words = /customer(?:Customer|Address|Group|\.|_address\.|_group\.)|SoapClient|'soap'|"soap"/;

/** Whether a file may speak of this API at all; costs one search, a tenth of a millisecond in 5,000 lines. */
export function mayHoldCalls(text: string): boolean {
  return words.test(text);
}

// Strings and comments are matched so that what looks like a call inside them is passed over.
const common = `\\/\\*[^]*?(?:\\*\\/|$)|'[^'\\\\]*(?:\\\\[^][^'\\\\]*)*(?:'|$)|"[^"\\\\]*(?:\\\\[^][^"\\\\]*)*(?:"|$)`;
const php = `${common}|(?:\\/\\/|#(?!\\[))[^\\n]*?(?=\\?>|\\n|$)|\\?>|<<<[ \\t]*(['"]?)(\\w+)\\1|(?:->|::)\\s*(${METHOD})\\s*\\(`;
// Where a regular expression may begin; `regexEnd` finds where it ends.
const regex = `(?<=[=(,:[!&|?{};+]\\s*|\\breturn\\s+)\\/(?![*/])`;
// JavaScript's quoted strings end with their line, so that an apostrophe in JSX text does no harm.
const quoted = `'(?:[^'\\\\\\n]|\\\\[^])*(?:'|\\n|$)|"(?:[^"\\\\\\n]|\\\\[^])*(?:"|\\n|$)`;
const typescript = `\\/\\*[^]*?(?:\\*\\/|$)|${quoted}|\\/\\/[^\\n]*|${regex}|\`|(?:\\.\\s*|\\b)(${METHOD})\\s*\\(`;

/** Finds call sites in code, outside of strings and comments. One pass over the text. */
export function scanCalls(text: string, language: CodeLanguage): readonly CallSite[] {
  return language === 'php' ? scanPhp(text) : scanTypeScript(text);
}

function scanPhp(text: string): readonly CallSite[] {
  const sites: CallSite[] = [];
  const pattern = new RegExp(php, 'g');
  pattern.lastIndex = phpStart(text, 0);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, , heredoc, name] = match;
    if (name !== undefined) sites.push(siteOf(match.index, whole, name));
    else if (whole === '?>') pattern.lastIndex = phpStart(text, pattern.lastIndex);
    else if (heredoc !== undefined) pattern.lastIndex = heredocEnd(text, pattern.lastIndex, heredoc);
    // `$` in the patterns of open strings and comments matches nothing more at the end of the text.
    if (whole === '') pattern.lastIndex++;
  }
  return sites;
}

/** Offset after the next opening tag. Text without any, such as a snippet in a test, is PHP from its start. */
function phpStart(text: string, from: number): number {
  const tag = /<\?(?:php\b|=)/g;
  tag.lastIndex = from;
  const found = tag.exec(text);
  if (found !== null) return tag.lastIndex;
  return from === 0 ? 0 : text.length;
}

function heredocEnd(text: string, from: number, name: string): number {
  const end = new RegExp(`\\n[ \\t]*${name}\\b`, 'g');
  end.lastIndex = from;
  return end.exec(text) === null ? text.length : end.lastIndex;
}

function scanTypeScript(text: string): readonly CallSite[] {
  const sites: CallSite[] = [];
  const pattern = new RegExp(typescript, 'g');
  // Up to here no regular expression ends: a line is looked through once, however many slashes could begin one.
  let none = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, name] = match;
    if (name !== undefined) sites.push(siteOf(match.index, whole, name));
    else if (whole === '`') pattern.lastIndex = templateEnd(text, pattern.lastIndex);
    else if (whole === '/' && match.index >= none) {
      const { at, closed } = regexEnd(text, pattern.lastIndex);
      if (closed) pattern.lastIndex = at;
      else none = at;
    }
  }
  return sites;
}

/** Offset after a regular expression, or the end of its line when it does not end there. */
function regexEnd(text: string, from: number): { readonly at: number; readonly closed: boolean } {
  let inClass = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && text[at + 1] !== '\n') at++;
    else if (character === '\n') return { at, closed: false };
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return { at: at + 1, closed: true };
  }
  return { at: text.length, closed: false };
}

/** Offset after a template literal; calls inside its `${…}` are passed over. */
export function templateEnd(text: string, from: number): number {
  // What is open, outermost first: 0 for the text of a template, otherwise how many braces are open in its code. No recursion, since code may nest them a million times.
  const open = [0];
  for (let at = from; at < text.length; at++) {
    const last = open.length - 1;
    const braces = open[last] ?? 0;
    const character = text[at];
    if (braces > 0) {
      if (character === '{') open[last] = braces + 1;
      else if (character === '`') open.push(0);
      else if (character === '}' && braces > 1) open[last] = braces - 1;
      else if (character === '}') open.pop();
    } else if (character === '\\') at++;
    else if (character === '`') {
      open.pop();
      if (open.length === 0) return at + 1;
    } else if (character === '$' && text[at + 1] === '{') {
      open.push(1);
      at++;
    }
  }
  return text.length;
}

function siteOf(index: number, whole: string, name: string): CallSite {
  return { name, start: index + whole.indexOf(name), open: index + whole.length - 1 };
}

/** Call sites in a few lines around an offset, which may be inside anything: for help at the cursor, whatever the size of the file. */
export function callsBefore(text: string, offset: number, language: CodeLanguage, window = 8_000): readonly CallSite[] {
  const from = Math.max(0, offset - window);
  const pattern = new RegExp(language === 'php' ? `(?:->|::)\\s*(${METHOD})\\s*\\(` : `(?:\\.\\s*|\\b)(${METHOD})\\s*\\(`, 'g');
  // The cursor may be in the name itself, before its parenthesis.
  return [...text.slice(from, offset + 80).matchAll(pattern)].map((match) => siteOf(from + match.index, match[0], match[1] ?? ''));
}
