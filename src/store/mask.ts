import { addressEntity, addressEntityCreate, customerEntity, customerEntityToCreate } from '../api/entities';
import { isList, isRecord, setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../api/value';

/** What stands in place of a secret. */
export const MASK = '••••••';

/**
 * Names whose values are secrets: the fields that the catalogue calls so, what opens sessions, and the V1 confirmation
 * key, with which anyone could confirm the account.
 */
export const secretNames: ReadonlySet<string> = new Set([
  ...[customerEntity, customerEntityToCreate, addressEntity, addressEntityCreate].flatMap((type) => type.fields.filter((field) => field.role === 'secret').map((field) => field.name)),
  'sessionId',
  'apiKey',
  'loginReturn',
  'startSessionReturn',
  'new_password',
]);

/** Methods whose plain result is a session. */
const opensSession = new Set(['login', 'startSession']);

/** A copy of a value with every secret replaced by {@link MASK}, keeping what is empty or null. */
export function maskValue(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(maskValue);
  if (!isRecord(value)) return value;
  const masked: MutableRecord = {};
  // A condition of V2, { key: "password_hash", value: … }, names the attribute in its value.
  const named = typeof value['key'] === 'string' && secretNames.has(value['key']);
  for (const [key, inner] of Object.entries(value)) setKey(masked, key, secretNames.has(key) || (named && key === 'value') ? maskAll(inner) : maskValue(inner));
  return masked;
}

/** Like {@link maskValue}, for the arguments of a call. */
export function maskRecord(value: SoapRecord): SoapRecord {
  const masked = maskValue(value);
  return isRecord(masked) ? masked : {};
}

/** The result of a method, masked; sessions are results too. */
export function maskResult(method: string, value: SoapValue): SoapValue {
  return opensSession.has(method) ? maskAll(value) : maskValue(value);
}

function maskAll(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(maskAll);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskAll(inner)]));
  return value === null || value === '' || typeof value === 'boolean' ? value : MASK;
}

const names = [...secretNames].join('|');
const attributes = `(?:[^>"']|"[^"]*"|'[^']*')*?`;
const content = String.raw`(?:[^<]|<!\[CDATA\[[^]*?(?:\]\]>|$))+`;
const prefix = String.raw`(?:[\w.-]+:)?`;

/** `<password_hash …>secret`: V2, WS-I, and the parts of requests. */
const elements = new RegExp(`(<${prefix}(?:${names})(?:\\s${attributes})?(?<!/)>)(${content})`, 'g');
/** `<key>password_hash</key><value>secret`: V1's maps and V2's filters, also with an operator between. */
const entries = new RegExp(
  `(<${prefix}key(?:\\s${attributes})?>\\s*(?:${names})\\s*</${prefix}key>\\s*<${prefix}value(?:\\s${attributes})?(?<!/)>)((?:(?!</?${prefix}item[\\s>/])[^])*?)(?=</${prefix}value>\\s*(?:</|<${prefix}(?:key|item|complexObjectArray)[\\s>/])|$)`,
  'g',
);
/** `<loginResponseParam …><result>secret`: sessions of WS-I. */
const sessions = new RegExp(`(<${prefix}(?:login|startSession)Response(?:Param)?(?:\\s${attributes})?>\\s*<${prefix}(?:result|loginReturn|startSessionReturn)(?:\\s${attributes})?>)(${content})`, 'g');
const texts = new RegExp(`(>)(${content})(?=<|$)`, 'g');

/**
 * XML of any dialect, complete or cut off, with the values of secrets replaced by {@link MASK}. The markup stays as it is.
 * @param literals further secrets, replaced wherever they stand: the key, the session
 */
export function maskXml(xml: string, literals: readonly string[] = []): string {
  const hide = (_: string, open: string, text: string): string => (text.trim() === '' ? open + text : open + MASK);
  const masked = xml
    .replace(elements, hide)
    .replace(sessions, hide)
    .replace(entries, (_: string, open: string, inner: string) => open + (inner.includes('<') && !inner.startsWith('<![CDATA[') ? inner.replace(/^([^<]+)/, hideText).replace(texts, hide) : hideText(inner)));
  return maskText(masked, literals);
}

/** Any text with the given secrets replaced, also where they are escaped for XML or a URL. */
export function maskText(text: string, literals: readonly string[]): string {
  let masked = text;
  for (const literal of literals) {
    // Replacing very short keys would make everything unreadable and hide nothing.
    if (literal.length < 4) continue;
    for (const form of new Set([literal, escapeXml(literal), encodeURIComponent(literal)])) masked = masked.replaceAll(form, MASK);
  }
  return masked;
}

function hideText(text: string): string {
  return text.trim() === '' ? text : MASK;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
