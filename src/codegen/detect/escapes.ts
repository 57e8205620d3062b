import type { CodeLanguage } from './node';

const phpEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  v: '\v',
  e: '\u001b',
  f: '\f',
  '\\': '\\',
  $: '$',
  '"': '"',
};
const jsEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', b: '\b', f: '\f', 0: '\0', '\n': '', '\r': '' };

const ESCAPE = /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(\r\n|[^]))/g;

/**
 * The value of a text literal.
 * @param raw the text between its quotes
 * @returns `undefined` when the value is not known from the text: variables in PHP's double quotes, bytes that are not ASCII
 */
export function literalText(raw: string, quote: string, language: CodeLanguage): string | undefined {
  if (language === 'php' && quote === '"' && /(?:^|[^\\])(?:\\\\)*(?:\$[A-Za-z_{\u0080-\uffff]|\{\$)/.test(raw)) return undefined;
  if (!raw.includes('\\')) return raw;
  if (language === 'php' && quote === "'") return raw.replace(/\\([\\'])/g, '$1');
  const escapes = language === 'php' ? phpEscapes : jsEscapes;
  let bytes = false;
  const value = raw.replace(ESCAPE, (whole, braced?: string, four?: string, two?: string, octal?: string, one?: string) => {
    const hex = braced ?? (language === 'php' ? undefined : four) ?? two;
    const code = hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : undefined;
    if (code !== undefined) {
      // These are bytes in PHP, and several of them may make one character.
      if (language === 'php' && braced === undefined && code > 0x7f) bytes = true;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }
    if (one === undefined) return whole;
    // PHP keeps a backslash that does not begin an escape; JavaScript drops it.
    if (language === 'typescript' && one === '\r\n') return '';
    return Object.hasOwn(escapes, one) ? (escapes[one] ?? '') : language === 'php' ? whole : one;
  });
  return bytes ? undefined : value;
}

/**
 * The value of a number literal; `undefined` for one that is not supported. A number that JavaScript would write differently (`1.10`,
 * `12345678901234567890`) becomes its text, as in request files.
 */
export function literalNumber(raw: string): number | string | undefined {
  const text = raw.replaceAll('_', '').replace(/^\+/, '');
  if (/^-?0[xXbB]/.test(text)) {
    const value = Number(text.replace('-', ''));
    return Number.isSafeInteger(value) ? (text.startsWith('-') ? -value : value) : undefined;
  }
  // A leading zero means octal digits in PHP and in old JavaScript.
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return String(value) === text ? value : text;
}
