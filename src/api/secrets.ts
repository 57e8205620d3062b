import { addressEntity, addressEntityCreate, customerEntity, customerEntityToCreate } from './entities';
import { kindOf, type SoapValue } from './value';

const fields = [customerEntity, customerEntityToCreate, addressEntity, addressEntityCreate].flatMap((entity) => entity.fields);

/** Attributes that are secrets according to the catalogue, in every dialect. For any other name see {@link isSecretName}. */
export const secretAttributes: ReadonlySet<string> = new Set(fields.filter((field) => field.role === 'secret').map((field) => field.name));

/**
 * Attributes with a secret value in V1, while V2 and WS-I only return whether there is one. The key of `confirmation` is enough to confirm
 * the address (facts §4).
 */
const keyAttributes: ReadonlySet<string> = new Set(['confirmation']);

/** Names of values that open sessions, in lower case. */
const opensSessions: ReadonlySet<string> = new Set(['sessionid', 'apikey', 'loginreturn', 'startsessionreturn', 'phpsessid']);

/** By name in lower case, whether the catalogue says that an attribute is a secret. */
const known: ReadonlyMap<string, boolean> = new Map(fields.map((field) => [field.name.toLowerCase(), field.role === 'secret']));

/** The forms of yes and no in answers. */
const FLAG = /^(?:true|false|[01])$/;

const secretWords: ReadonlySet<string> = new Set([
  'secrets',
  'tokens',
  'hashes',
  'passwords',
  'pwd',
  'passphrase',
  'passcode',
  'credential',
  'credentials',
]);
/** Words that mean a secret together with the word before them: `api_key`, `session_id`. */
const secretPairs: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['key', new Set(['api', 'private', 'secret', 'access', 'encryption', 'signing', 'session', 'auth', 'master'])],
  ['id', new Set(['session'])],
]);
/** Last words of names that describe a secret but do not hold it: `token_expires_at`, `password_type`. */
const aboutSecrets: ReadonlySet<string> = new Set([
  'at',
  'date',
  'time',
  'expires',
  'expiry',
  'expiration',
  'lifetime',
  'ttl',
  'type',
  'count',
  'length',
  'algorithm',
  'enabled',
  'required',
]);

const remembered = new Map<string, boolean>();
/** Limit of cached names. It is far above the number in any store, and limits the memory when a store invents names. */
const MAX_REMEMBERED_NAMES = 4096;

/**
 * Whether values under a name are secrets: attributes that are secrets in the catalogue, values that open sessions, and every name that
 * looks like a secret (`twofa_secret`, `guest_access_token`, `customerPassword`, `API-KEY`) unless the catalogue says otherwise. Case is
 * ignored.
 * @param name attribute code, name of an element without prefix, or any other name of a value
 */
export function isSecretName(name: string): boolean {
  let answer = remembered.get(name);
  if (answer === undefined) {
    answer = name.length <= 256 && judged(name);
    if (remembered.size >= MAX_REMEMBERED_NAMES) remembered.clear();
    remembered.set(name, answer);
  }
  return answer;
}

/** Whether values under a name can be secret. {@link isSecretValue} decides about each value. */
export function mayHoldSecret(name: string): boolean {
  return isSecretName(name) || isKeyAttribute(name);
}

/**
 * Whether the value of an attribute is a secret. Null, an empty text, true and false are not. Neither are texts and numbers for yes and no,
 * unless the attribute is known to be a secret.
 */
export function isSecretValue(name: string, value: SoapValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || typeof value === 'boolean') return false;
  const flag = typeof value !== 'object' && FLAG.test(String(value));
  if (isSecretName(name)) return !flag || isCertain(name);
  return isKeyAttribute(name) && !flag;
}

/** A short value in quotes for a sentence; {@link kindOf} for lists, maps and secrets. */
export function quotedValue(name: string, value: SoapValue | undefined, longest = 60): string {
  if (value === undefined || value === null || typeof value === 'object' || isSecretValue(name, value)) return kindOf(value);
  const text = String(value);
  return `"${text.length > longest ? `${text.slice(0, longest - 3)}…` : text}"`;
}

/** Whether an attribute has a secret value in V1, while V2 and WS-I only return whether there is one. */
export function isKeyAttribute(name: string): boolean {
  return keyAttributes.has(name) || (name.length === 'confirmation'.length && keyAttributes.has(name.toLowerCase()));
}

/** Whether a name is known to be a secret, rather than only looking like one. */
function isCertain(name: string): boolean {
  const lower = name.toLowerCase();
  return known.get(lower) === true || opensSessions.has(lower);
}

function judged(name: string): boolean {
  const lower = name.toLowerCase();
  return known.get(lower) ?? (opensSessions.has(lower) || looksSecret(name));
}

function looksSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (aboutSecrets.has(words.at(-1) ?? '')) return false;
  return words.some((word, index) => isSecretWord(word) || secretPairs.get(word)?.has(words[index - 1] ?? '') === true);
}

/** Whether a word means a secret, also joined with others: `accesstoken`, `passwordhash`, `apikey`. */
function isSecretWord(word: string): boolean {
  return (
    secretWords.has(word) || /(?:secret|token|hash|password|passwd|apikey|sessionid)$|^(?:password|passwd|apikey|secretkey)/.test(word)
  );
}
