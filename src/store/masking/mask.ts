import { append } from '../../api/lists';
import { isSecretValue, mayHoldSecret } from '../../api/secrets';
import { isList, isRecord, setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { dumpedSecrets } from './dumps';
import { occurrences } from './literals';
import { secretRanges } from './markup';
import { MASK, masked, type Range } from './ranges';
import { views } from './views';

export { MASK };

/** Methods whose whole result is a session. */
const opensSession = new Set(['login', 'startSession']);

/** A copy of a value with every secret replaced by {@link MASK}. Empty values and null are kept. */
export function maskValue(value: SoapValue): SoapValue {
  if (typeof value === 'string') return maskDumps(value);
  if (isList(value)) return value.map(maskValue);
  if (!isRecord(value)) return value;
  const copy: MutableRecord = {};
  // A condition of V2 names the attribute in its value: { key: "password_hash", value: … }.
  const named = typeof value['key'] === 'string' && mayHoldSecret(value['key']) ? value['key'] : undefined;
  for (const [key, inner] of Object.entries(value)) {
    const name = mayHoldSecret(key) ? key : key === 'value' ? named : undefined;
    setKey(copy, key, name === undefined ? maskValue(inner) : maskAll(inner, name));
  }
  return copy;
}

/** Like {@link maskValue}, for the arguments of a call. */
export function maskRecord(value: SoapRecord): SoapRecord {
  const copy = maskValue(value);
  return isRecord(copy) ? copy : {};
}

/** The result of a method, masked. Some results are sessions. */
export function maskResult(method: string, value: SoapValue): SoapValue {
  return opensSession.has(method) ? maskAll(value, 'sessionId') : maskValue(value);
}

/** Masks every secret inside the value of a name, including alternatives and lists. Operators are kept. */
function maskAll(value: SoapValue, name: string): SoapValue {
  if (isList(value)) return value.map((item) => maskAll(item, name));
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key === 'key' && 'value' in value ? inner : maskAll(inner, name)]),
    );
  return isSecretValue(name, value) ? MASK : value;
}

/**
 * Any text that may contain XML of any dialect, complete or cut off, with its secrets replaced by {@link MASK}. They are found where
 * the decoder finds them, by their names in JSON and PHP dumps, and by their values. The markup is kept.
 * @param literals further secrets, replaced wherever they occur: the key, the session
 */
export function maskXml(xml: string, literals: readonly string[] = []): string {
  const found: Range[] = [];
  for (const view of views(xml, literals)) {
    if (view.brought.tags || view.brought.others) for (const place of secretRanges(view.text)) append(found, view.original(place));
    for (const literal of literals) for (const place of occurrences(view.text, literal)) append(found, view.original(place));
  }
  return masked(xml, found);
}

/** Masks secrets in a text that contains a map as JSON or as PHP prints it: pages and faults of developer mode, a map given as text. */
export function maskDumps(text: string): string {
  // Nearly every value of a customer is a plain word, so this check saves most of the work.
  if (!/["'\]=&]/.test(text)) return text;
  return masked(
    text,
    views(text).flatMap((view) => dumpedSecrets(view.text).flatMap((place) => view.original(place))),
  );
}

/** Every text of a value that has the name of a secret. */
export function secretsIn(value: SoapValue, secret?: string): readonly string[] {
  if (isList(value)) return value.flatMap((item) => secretsIn(item, secret));
  if (isRecord(value)) {
    const named = typeof value['key'] === 'string' && mayHoldSecret(value['key']) ? value['key'] : undefined;
    return Object.entries(value).flatMap(([key, inner]) =>
      secretsIn(inner, mayHoldSecret(key) ? key : key === 'value' ? (named ?? secret) : secret),
    );
  }
  return secret !== undefined && typeof value !== 'boolean' && isSecretValue(secret, value) ? [String(value)] : [];
}

/**
 * Any text with the given secrets replaced. They are also found if they are escaped for XML, HTML, JSON, a script or a URL, or if only
 * their first twelve or more characters occur, as in PHP's stack traces. The time is linear in the length of the text.
 */
export function maskText(text: string, literals: readonly string[]): string {
  if (literals.length === 0) return text;
  const found: Range[] = [];
  for (const view of views(text, literals)) {
    for (const literal of literals) for (const place of occurrences(view.text, literal)) append(found, view.original(place));
  }
  return masked(text, found);
}
