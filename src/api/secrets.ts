import { addressEntity, addressEntityCreate, customerEntity, customerEntityToCreate } from './entities';
import { kindOf, type SoapValue } from './value';

const fields = [customerEntity, customerEntityToCreate, addressEntity, addressEntityCreate].flatMap((entity) => entity.fields);

/** Attributes that the catalogue calls secrets, in every dialect. Whether any name is one, {@link isSecretName} says. */
export const secretAttributes: ReadonlySet<string> = new Set(fields.filter((field) => field.role === 'secret').map((field) => field.name));

/**
 * Attributes that V1 returns a secret for, V2 and WS-I only whether there is one: the key of `confirmation` is all that is needed to
 * confirm the address (facts §4).
 */
const keyAttributes: ReadonlySet<string> = new Set(['confirmation']);

/** What opens sessions, by the names of its parts. */
const opensSessions: ReadonlySet<string> = new Set(['sessionid', 'apikey', 'loginreturn', 'startsessionreturn', 'phpsessid']);

/** What the catalogue says of a name, in lower case: whether it is a secret. */
const known: ReadonlyMap<string, boolean> = new Map(fields.map((field) => [field.name.toLowerCase(), field.role === 'secret']));

/** How yes and no come over the wire. */
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
/** Words that make a secret together with the word behind them: `api_key`, `session_id`. */
const secretPairs: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['key', new Set(['api', 'private', 'secret', 'access', 'encryption', 'signing', 'session', 'auth', 'master'])],
  ['id', new Set(['session'])],
]);
/** Ends of names that describe a secret and do not hold it: `token_expires_at`, `password_type`. */
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
/** Names whose answer is remembered: many more than any store has, and few enough when a store makes them up. */
const MAX_REMEMBERED_NAMES = 4096;

/**
 * Whether what stands under a name is a secret: what the catalogue calls so, what opens sessions, and every name that looks like one
 * (`twofa_secret`, `guest_access_token`, `customerPassword`, `API-KEY`) unless the catalogue says otherwise. Capitals do not matter.
 * @param name attribute code, name of an element without prefix, or whatever else a value stands under
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

/** Whether secrets may stand under a name; which of its values are some, {@link isSecretValue} says. */
export function mayHoldSecret(name: string): boolean {
  return isSecretName(name) || isKeyAttribute(name);
}

/**
 * Whether an attribute has a secret for its value. Nothing (null, empty text) is none, nor is a plain yes or no, unless the catalogue
 * knows that the attribute is a secret whatever it is.
 */
export function isSecretValue(name: string, value: SoapValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || typeof value === 'boolean') return false;
  const flag = typeof value !== 'object' && FLAG.test(String(value));
  if (isSecretName(name)) return !flag || isCertain(name);
  return isKeyAttribute(name) && !flag;
}

/** A short value as a sentence may quote it; {@link kindOf} for lists, maps and secrets. */
export function quotedValue(name: string, value: SoapValue | undefined, longest = 60): string {
  if (value === undefined || value === null || typeof value === 'object' || isSecretValue(name, value)) return kindOf(value);
  const text = String(value);
  return `"${text.length > longest ? `${text.slice(0, longest - 3)}…` : text}"`;
}

/** Whether V1 returns a secret for an attribute, and V2 and WS-I only whether there is one. */
export function isKeyAttribute(name: string): boolean {
  return keyAttributes.has(name) || (name.length === 'confirmation'.length && keyAttributes.has(name.toLowerCase()));
}

/** Whether a name is a secret by what is known, not by how it looks. */
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

/** `secret`, and words written together: `accesstoken`, `passwordhash`, `apikey`. */
function isSecretWord(word: string): boolean {
  return (
    secretWords.has(word) || /(?:secret|token|hash|password|passwd|apikey|sessionid)$|^(?:password|passwd|apikey|secretkey)/.test(word)
  );
}
