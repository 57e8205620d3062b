/** Signs that change the variable next to them. */
export const changingSigns: ReadonlySet<string> = new Set([
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '.=',
  '%=',
  '**=',
  '|=',
  '&=',
  '^=',
  '??=',
  '&&=',
  '||=',
]);

/** Signs of two or more characters that must be told apart to read calls. */
export const longSigns: ReadonlySet<string> = new Set([
  '=>',
  '->',
  '?->',
  '::',
  '?.',
  '...',
  '==',
  '===',
  '!=',
  '!==',
  '<=',
  '>=',
  '&&',
  '||',
  '??',
  ...changingSigns,
]);

/** Words after which JavaScript expects a value, so that a slash begins a regular expression. */
export const beforeValue: ReadonlySet<string> = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'void',
  'delete',
  'throw',
  'new',
  'else',
  'do',
  'await',
  'yield',
]);

/** Words before the parentheses of a loop, which can contain semicolons. */
export const forWords: ReadonlySet<string> = new Set(['for', 'await']);

/** Whether a character can begin a word: letters, `_`, `$`, and characters beyond ASCII except blanks. */
export function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 36 ||
    (code > 127 && code !== 160 && code !== 0xfeff && code !== 0x2028 && code !== 0x2029)
  );
}

/** Offset after a word. */
export function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (!isWordStart(code) && !(code >= 48 && code <= 57)) break;
    at++;
  }
  return at;
}

/** Offset after a regular expression, or the end of its line if it is not closed. */
export function regexEnd(text: string, from: number): { readonly at: number; readonly closed: boolean } {
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
