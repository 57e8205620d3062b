import { isSecretValue, keyAttributes, secretAttributes } from '../api/secrets';
import { isList, isRecord, setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../api/value';

/** What stands in place of a secret. */
export const MASK = '••••••';

/** Names whose values are secrets whatever they are: the attributes that the catalogue calls so, and what opens sessions. */
export const secretNames: ReadonlySet<string> = new Set([...secretAttributes, 'sessionId', 'apiKey', 'loginReturn', 'startSessionReturn', 'new_password']);

/** Names under which a secret may stand. */
const guarded: ReadonlySet<string> = new Set([...secretNames, ...keyAttributes]);

/** Whether what stands under a name is a secret: {@link isSecretValue}, and what opens sessions. */
export function isSecret(name: string, value: SoapValue | undefined): boolean {
  return isSecretValue(name, value, secretNames);
}

/** Methods whose plain result is a session. */
const opensSession = new Set(['login', 'startSession']);

/** A copy of a value with every secret replaced by {@link MASK}, keeping what is empty or null. */
export function maskValue(value: SoapValue): SoapValue {
  if (typeof value === 'string') return maskDumps(value);
  if (isList(value)) return value.map(maskValue);
  if (!isRecord(value)) return value;
  const masked: MutableRecord = {};
  // A condition of V2, { key: "password_hash", value: … }, names the attribute in its value.
  const named = typeof value['key'] === 'string' && guarded.has(value['key']) ? value['key'] : undefined;
  for (const [key, inner] of Object.entries(value)) setKey(masked, key, guarded.has(key) ? maskAll(inner, key) : named !== undefined && key === 'value' ? maskAll(inner, named) : maskValue(inner));
  return masked;
}

/** Like {@link maskValue}, for the arguments of a call. */
export function maskRecord(value: SoapRecord): SoapRecord {
  const masked = maskValue(value);
  return isRecord(masked) ? masked : {};
}

/** The result of a method, masked; sessions are results too. */
export function maskResult(method: string, value: SoapValue): SoapValue {
  return opensSession.has(method) ? maskAll(value, 'sessionId') : maskValue(value);
}

/** Masks every secret inside the value of a name, alternatives and lists included; operators stay. */
function maskAll(value: SoapValue, name: string): SoapValue {
  if (isList(value)) return value.map((item) => maskAll(item, name));
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'key' && 'value' in value ? inner : maskAll(inner, name)]));
  return isSecret(name, value) ? MASK : value;
}

const names = [...guarded].join('|');
/** Without `<`, which no attribute may hold: a search never runs past the next tag. */
const attributes = `(?:[^<>"']|"[^"<]*"|'[^'<]*')*?`;
const content = String.raw`(?:[^<]+|<!\[CDATA\[[^]*?(?:\]\]>|$))+`;
const prefix = String.raw`(?:[\w.-]+:)?`;

/** `<password_hash …>secret`: V2, WS-I, and the parts of requests. */
const elements = new RegExp(`(<${prefix}(${names})(?:\\s${attributes})?(?<!/)>)(${content})`, 'g');
/** The same within a text, where it is escaped: a request that an error page or a fault quotes. */
const quoted = new RegExp(`(&lt;${prefix}(${names})(?:\\s(?:[^<&]|&(?:quot|apos|amp);)*)?(?<!/)&gt;)([^<&]*(?:&(?!lt;)[^<&]*)*)`, 'g');
/** `<key>password_hash</key><value>`: V1's maps and V2's filters. What the value holds may be nested. */
const entryStart = new RegExp(`<${prefix}key(?:\\s${attributes})?>\\s*(?:<!\\[CDATA\\[)?(${names})(?:\\]\\]>)?\\s*</${prefix}key>\\s*<${prefix}value(?:\\s${attributes})?(?<!/)>`, 'g');
const valueTag = new RegExp(`<(/?)${prefix}value(?:\\s${attributes})?(/?)>`, 'g');
/** `<loginResponseParam …><result>secret`: sessions of WS-I. */
const sessions = new RegExp(`(<${prefix}(?:login|startSession)Response(?:Param)?(?:\\s${attributes})?>\\s*<${prefix}(?:result|loginReturn|startSessionReturn)(?:\\s${attributes})?>)(${content})`, 'g');
/** A quotation mark as it stands, escaped by a backslash, or as an entity of an entity. */
const mark = String.raw`(?:\\{0,3}["']|&(?:amp;){0,2}(?:quot|apos|#0?34|#0?39|#x27);)`;
/** `"password":"…"`, `'password' => '…'`, `["password"]=> string(8) "…"`, `[password] => …`: JSON, and how PHP dumps maps. */
const dumped = new RegExp(String.raw`((?:${mark}|\[)(${names})(?:${mark}\]?|\])\s*(?:=>|=&(?:amp;){0,2}gt;|[:=])\s*(?:string\(\d+\)\s*)?)(?:(${mark})((?:\\[^]|[^\\<])*?)(?=\3)|(?<=\][^\r\n\]]{0,20})([^\s<"'&][^\r\n<]*))`, 'g');
/** Texts within a value, apart from keys, which are operators there. */
const texts = new RegExp(`(<${prefix}key(?:\\s${attributes})?>|^|>)(${content})(?=<|$)`, 'g');

/**
 * XML of any dialect, complete or cut off, with the values of secrets replaced by {@link MASK}. The markup stays as it is.
 * @param literals further secrets, replaced wherever they stand: the key, the session
 */
export function maskXml(xml: string, literals: readonly string[] = []): string {
  const hidden = xml
    .replace(elements, hideContent)
    .replace(quoted, hideContent)
    .replace(sessions, (_, open: string, text: string) => open + hide('sessionId', text));
  return maskText(maskEntries(maskDumps(hidden)), literals);
}

/** Masks secrets in a text that holds a map as JSON or as PHP prints it: pages and faults of developer mode, a map given as a text. */
export function maskDumps(text: string): string {
  return text.replace(dumped, (whole, open: string, name: string, quote: string | undefined, quoted: string | undefined, bare: string | undefined) => {
    const secret = quoted ?? bare ?? '';
    return isSecret(name, secret.trim()) ? `${open}${quote ?? ''}${MASK}` : whole;
  });
}

/** Masks all text within the values of secret map entries. */
function maskEntries(xml: string): string {
  let masked = '';
  let done = 0;
  entryStart.lastIndex = 0;
  for (let entry = entryStart.exec(xml); entry !== null; entry = entryStart.exec(xml)) {
    const name = entry[1] ?? '';
    const start = entryStart.lastIndex;
    const end = endOfValue(xml, start);
    masked += xml.slice(done, start) + xml.slice(start, end).replace(texts, (whole, open: string, text: string) => (open.length > 1 ? whole : open + hide(name, text)));
    done = entryStart.lastIndex = end;
  }
  return masked + xml.slice(done);
}

/** Where the value that is open at `start` closes; the end of the text when it does not. */
function endOfValue(xml: string, start: number): number {
  valueTag.lastIndex = start;
  for (let depth = 1, tag = valueTag.exec(xml); tag !== null; tag = valueTag.exec(xml)) {
    if (tag[1] === '/') depth--;
    else if (tag[2] !== '/') depth++;
    if (depth === 0) return tag.index;
  }
  return xml.length;
}

function hideContent(_: string, open: string, name: string, text: string): string {
  return open + hide(name, text);
}

/** A text of XML as it may be shown. */
function hide(name: string, text: string): string {
  return isSecret(name, text.trim()) ? MASK : text;
}

/** Every text of a value that stands under the name of a secret. */
export function secretsIn(value: SoapValue, secret?: string): readonly string[] {
  if (isList(value)) return value.flatMap((item) => secretsIn(item, secret));
  if (isRecord(value)) {
    const named = typeof value['key'] === 'string' && guarded.has(value['key']) ? value['key'] : undefined;
    return Object.entries(value).flatMap(([key, inner]) => secretsIn(inner, guarded.has(key) ? key : key === 'value' ? (named ?? secret) : secret));
  }
  return secret !== undefined && typeof value !== 'boolean' && isSecret(secret, value) ? [String(value)] : [];
}

/** Any text with the given secrets replaced, also where they are escaped for XML, HTML, JSON, a script or a URL. */
export function maskText(text: string, literals: readonly string[]): string {
  let masked = text;
  for (const literal of literals) {
    // Replacing very short keys would make everything unreadable and hide nothing.
    if (literal.length < 4) continue;
    masked = /^[A-Za-z0-9]+$/.test(literal) ? masked.replaceAll(literal, MASK) : masked.replace(escapes(literal), MASK);
  }
  return masked;
}

/** Finds a text however its characters are escaped, where an escaped text was escaped again too: HTML within XML. */
function escapes(literal: string): RegExp {
  return new RegExp([...literal].map(forms).join(''), 'g');
}

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** A pattern for one character as it stands, as an entity, a reference, a percent code, and as JSON and scripts write it. */
function forms(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const point = character.codePointAt(0) ?? 0;
  const hex = (number: number, digits = 1): string => number.toString(16).padStart(digits, '0').replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const named = entities[character];
  const references = [...(named === undefined ? [] : [named]), `#0*${point}`, `#[xX]0*${hex(point)}`].join('|');
  const bytes = [...new TextEncoder().encode(character)].map((byte) => `%${hex(byte, 2)}`).join('');
  const units = Array.from({ length: character.length }, (_, index) => String.raw`\\u${hex(character.charCodeAt(index), 4)}`).join('');
  const own = character === '\\' ? String.raw`\\{1,4}` : character.replace(/[!-/:-@[-`{-~]/, String.raw`\$&`);
  // Scripts put backslashes before quotes and slashes, also where the quote is an entity.
  const escaped = /["'/]/.test(character) ? String.raw`\\{0,3}` : '';
  return `(?:${escaped}(?:${own}|&(?:amp;){0,2}(?:${references});)|${bytes}|${units}${character === ' ' ? String.raw`|\+` : ''})`;
}
