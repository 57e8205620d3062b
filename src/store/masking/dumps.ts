import { isSecretValue, mayHoldSecret } from '../../api/secrets';
import type { Range } from './ranges';

/**
 * The ways in which JSON and PHP begin a value: `"name" =>`, `'name':`, `[name] =>`, `["name":protected]=> string(8)`, `'name' => string`
 * and `s:8:"name";s:6:`. In PHP's serialized form, the class of a property comes before its name, between two U+0000.
 */
const ENTRY_HEAD =
  /(?:(\\{0,3}["'])(?:\0[^\0"'<]{1,80}\0)?([\w.:-]{1,80})\1(?::protected|:\\{0,3}["'][\w\\]{1,80}["']:private)?\]?|\[([\w.:-]{1,80})\])(?:\s{0,200}(?:=>|[:=])\s{0,200}(?:string\(\d{1,12}\)\s{0,8}|string\s{1,8}(?=["']))?|;s:\d{1,12}:)/g;

/** The characters between the sign after an unquoted name and its quoted value: `name: "value"`, `:name=>"value"`, `name = 'value'`. */
const TO_QUOTE = />?\s{0,8}(?=\\{0,3}["'])/y;

/** The character codes with which a name or its value begins or ends in a dump. A text without these characters contains no dump. */
export const DUMP_SIGNS = Uint8Array.from({ length: 128 }, (_, code) => ('"\'[='.includes(String.fromCharCode(code)) ? 1 : 0));

/** A tag whose attribute values cannot be a name or a part of a dump that continues after the tag. */
const QUIET_TAG = /^<\/?[^\s<>"'=[/]+(?:\s+[A-Za-z_][\w.:-]*="[^"'<>=[\\]*")*\s*\/?>$/;

/** Whether a tag contains no dump, and no dump can begin in it, whatever follows. */
export function isQuietTag(tag: string): boolean {
  return QUIET_TAG.test(tag) && dumpedSecrets(tag).length === 0;
}

/** Maximum number of blanks between a name and its `=`. */
const MAX_BLANK_CHARS = 8;

/** Maximum number of characters of a name before `=`. */
const MAX_NAME_CHARS = 80;

/**
 * The secrets in a text that contains a map as JSON, as PHP prints it or as a form sends it, found by their names. Such texts are pages and
 * faults of developer mode, and maps given as text. The time is linear in the length of the text.
 */
export function dumpedSecrets(text: string): readonly Range[] {
  const found: Range[] = [];
  ENTRY_HEAD.lastIndex = 0;
  for (let head = ENTRY_HEAD.exec(text); head !== null; head = ENTRY_HEAD.exec(text)) {
    // The value of a harmless name may be a map, and the names in that map come next.
    ENTRY_HEAD.lastIndex = add(found, text, head[2] ?? head[3] ?? '', ENTRY_HEAD.lastIndex, head[3] === undefined ? 'plain' : 'line');
  }
  for (let equals = text.indexOf('='); equals >= 0;) {
    equals = text.indexOf('=', addQuoted(found, text, equals) ?? add(found, text, nameBefore(text, equals), equals + 1, 'form'));
  }
  if (!/["']/.test(text)) return found;
  for (let colon = text.indexOf(':'); colon >= 0;) colon = text.indexOf(':', addQuoted(found, text, colon) ?? colon + 1);
  return found;
}

/** Adds the value at a position if it is a secret. Returns the position at which to continue. */
function add(found: Range[], text: string, name: string, start: number, form: Form): number {
  const value = mayHoldSecret(name) ? valueAt(text, start, form) : undefined;
  if (value === undefined) return start;
  if (isSecretValue(name, text.slice(value.start, value.end).trim())) found.push(value);
  return Math.max(start, value.end);
}

/** Adds the quoted value after a sign if it is a secret. Returns the position at which to continue, or `undefined` if no quotes follow. */
function addQuoted(found: Range[], text: string, sign: number): number | undefined {
  TO_QUOTE.lastIndex = sign + 1;
  if (!TO_QUOTE.test(text)) return undefined;
  let end = sign;
  while (end > 0 && sign - end < MAX_BLANK_CHARS && text.charAt(end - 1) === ' ') end--;
  return add(found, text, nameBefore(text, end), TO_QUOTE.lastIndex, 'plain');
}

function nameBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && end - start < MAX_NAME_CHARS && /[\w.-]/.test(text.charAt(start - 1))) start--;
  return text.slice(start, end);
}

/** How an unquoted value ends: with its line, like a field of a form, or like a word of JSON. */
type Form = 'line' | 'form' | 'plain';

/** The range of the value at a position, without its quotes. A value that is cut off ends at the end of the text or at the next tag. */
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
    // A quote belongs to the value if an odd number of backslashes precedes it. In a text that is escaped itself, it belongs to the value
    // if more backslashes precede it than precede the first quote.
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
