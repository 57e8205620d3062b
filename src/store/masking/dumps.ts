import { isSecretValue, mayHoldSecret } from '../../api/secrets';
import type { Range } from './ranges';

/**
 * `"name" =>`, `'name':`, `[name] =>`, `["name":protected]=> string(8)`, `'name' => string` and `s:8:"name";s:6:`: how JSON and PHP begin a
 * value. In what PHP serializes, the class of a property stands before its name, between two U+0000.
 */
const ENTRY_HEAD =
  /(?:(\\{0,3}["'])(?:\0[^\0"'<]{1,80}\0)?([\w.:-]{1,80})\1(?::protected|:\\{0,3}["'][\w\\]{1,80}["']:private)?\]?|\[([\w.:-]{1,80})\])(?:\s{0,200}(?:=>|[:=])\s{0,200}(?:string\(\d{1,12}\)\s{0,8}|string\s{1,8}(?=["']))?|;s:\d{1,12}:)/g;

/**
 * What stands between the sign behind a name without quotes and its value in quotes: `name: "value"`, `:name=>"value"`, `name = 'value'`.
 */
const TO_QUOTE = />?\s{0,8}(?=\\{0,3}["'])/y;

/** Which characters a name or its value begins or ends with in a dump, by their codes; a text without them holds none. */
export const DUMP_SIGNS = Uint8Array.from({ length: 128 }, (_, code) => ('"\'[='.includes(String.fromCharCode(code)) ? 1 : 0));

/** Attributes with values of which none can be a name or a part of a dump that goes on behind the tag. */
const QUIET_TAG = /^<\/?[^\s<>"'=[/]+(?:\s+[A-Za-z_][\w.:-]*="[^"'<>=[\\]*")*\s*\/?>$/;

/** Whether a tag holds no dump, and no dump begins in it, whatever follows. */
export function isQuietTag(tag: string): boolean {
  return QUIET_TAG.test(tag) && dumpedSecrets(tag).length === 0;
}

/** Blanks between a name and its `=`. */
const MAX_BLANKS_CHARS = 8;

/** Characters of a name before `=`. */
const LONGEST_NAME_CHARS = 80;

/**
 * The secrets of a text that holds a map as JSON, as PHP prints it or as a form sends it, by their names: pages and faults of developer
 * mode, a map given as a text. Takes time in proportion to the text.
 */
export function dumpedSecrets(text: string): readonly Range[] {
  const found: Range[] = [];
  ENTRY_HEAD.lastIndex = 0;
  for (let head = ENTRY_HEAD.exec(text); head !== null; head = ENTRY_HEAD.exec(text)) {
    // The value of a harmless name may be a map, whose own names come next.
    ENTRY_HEAD.lastIndex = add(found, text, head[2] ?? head[3] ?? '', ENTRY_HEAD.lastIndex, head[3] === undefined ? 'plain' : 'line');
  }
  for (let equals = text.indexOf('='); equals >= 0;) {
    equals = text.indexOf('=', addQuoted(found, text, equals) ?? add(found, text, nameBefore(text, equals), equals + 1, 'form'));
  }
  if (!/["']/.test(text)) return found;
  for (let colon = text.indexOf(':'); colon >= 0;) colon = text.indexOf(':', addQuoted(found, text, colon) ?? colon + 1);
  return found;
}

/** Adds the value at a position if it is a secret; returns where to look on. */
function add(found: Range[], text: string, name: string, start: number, form: Form): number {
  const value = mayHoldSecret(name) ? valueAt(text, start, form) : undefined;
  if (value === undefined) return start;
  if (isSecretValue(name, text.slice(value.start, value.end).trim())) found.push(value);
  return Math.max(start, value.end);
}

/** Adds the value in quotes behind a sign if it is a secret; returns where to look on, `undefined` where no quotes follow. */
function addQuoted(found: Range[], text: string, sign: number): number | undefined {
  TO_QUOTE.lastIndex = sign + 1;
  if (!TO_QUOTE.test(text)) return undefined;
  let end = sign;
  while (end > 0 && sign - end < MAX_BLANKS_CHARS && text.charAt(end - 1) === ' ') end--;
  return add(found, text, nameBefore(text, end), TO_QUOTE.lastIndex, 'plain');
}

function nameBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && end - start < LONGEST_NAME_CHARS && /[\w.-]/.test(text.charAt(start - 1))) start--;
  return text.slice(start, end);
}

/** How a value ends that has no quotes: with its line, like a field of a form, or like a word of JSON. */
type Form = 'line' | 'form' | 'plain';

/** Where the value at a position stands, without its quotes. A value that is cut off goes to the end, or to the next tag. */
function valueAt(text: string, start: number, form: Form): { readonly start: number; readonly end: number } | undefined {
  const quote = /\\{0,3}["']/y;
  quote.lastIndex = start;
  const mark = quote.exec(text)?.[0];
  if (mark !== undefined) return { start: start + mark.length, end: endOfQuoted(text, start + mark.length, mark) };
  const first = text.charAt(start);
  if (form === 'plain' && (first === '[' || first === '{')) return { start, end: endOfBracket(text, start) };
  const bare = form === 'line' ? /[^\s<"'&][^\r\n<]*/y : form === 'form' ? /[^\s<>"'&;,)]+/y : /[^\s<>"'&,;:()[\]{}]+/y;
  bare.lastIndex = start;
  const word = bare.exec(text)?.[0];
  if (word === undefined || /^(?:null|true|false|array|NULL)$/.test(word)) return undefined;
  return { start, end: start + word.length };
}

function endOfQuoted(text: string, from: number, mark: string): number {
  const slashes = mark.length - 1;
  const quote = mark.charAt(slashes);
  for (let at = from, before = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '<') return at;
    if (character === '\\') {
      before++;
      continue;
    }
    // More backslashes than at its beginning, and an odd number of them more, stand before a quote that belongs to the value.
    if (character === quote && (slashes === 0 ? before % 2 === 0 : before <= slashes))
      return at - (slashes === 0 ? 0 : Math.min(before, slashes));
    before = 0;
  }
  return text.length;
}

function endOfBracket(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '<') return at;
    if (character === '"' || character === "'") at = endOfQuoted(text, at + 1, character);
    else if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && --depth === 0) return at + 1;
  }
  return text.length;
}
