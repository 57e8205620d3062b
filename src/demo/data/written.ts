import { createHash, randomInt } from 'node:crypto';
import type { Generation } from '../../api/generations';
import { UntypedObject, type NaturalValue } from '../../soap/decoding/request';
import { phpError, StoreFault } from '../fault';
import type { Attribute } from './attributes';
import { leadingNumber } from './conditions';
import { localToUtc, parseDateTime } from './dates';

/** Maximum length of a text in a column, in characters. The rest is cut without a fault (facts §8.2). */
const MAX_TEXT_CHARS = 255;

/**
 * A value as the database stores it. An empty text is no value. Long texts are cut. Characters beyond the basic plane become `????`. A text
 * becomes the number at its beginning in a column of numbers. Dates are read in many forms (facts §4, §8).
 * @throws {StoreFault} for a date that cannot be read
 */
export function storedValue(attribute: Attribute, value: NaturalValue, timeZone: string, generation: Generation): string | null {
  if (value === null) return null;
  if (value instanceof UntypedObject) throw phpError('Object of class stdClass could not be converted to string');
  if (attribute.column === 'int') {
    if (value === '') return attribute.own ? '0' : null;
    if (typeof value === 'boolean') return value ? '1' : '0';
    const number = Math.trunc(typeof value === 'number' ? value : typeof value === 'string' ? leadingNumber(value) : 1);
    // The table's own columns are unsigned small integers, and the database stores the nearest number in their range.
    return String(attribute.own ? Math.min(Math.max(number, 0), MAX_SMALLINT) : number);
  }
  // A list cannot be converted to text, so the database stores no value.
  if (typeof value === 'object') return null;
  const text = value === true ? '1' : value === false ? '' : String(value);
  if (text === '') return null;
  if (attribute.column === 'datetime') {
    const date = attribute.code === 'created_at' ? localToUtc(text, timeZone) : parseDateTime(text, generation.unreadableDate === 'fault');
    if (date === undefined) throw unreadableDate(generation);
    return date;
  }
  return storedText(text);
}

function unreadableDate(generation: Generation): StoreFault {
  if (generation.unreadableDate === 'fault') return new StoreFault('1', 'Invalid date');
  return phpError('date(): Argument #2 ($timestamp) must be of type ?int, false given');
}

/**
 * Text as the database stores it: its connection supports three bytes per character, and each byte of a longer character becomes a question
 * mark.
 */
export function storedText(text: string): string {
  const plain = /[\u{10000}-\u{10ffff}]/u.test(text) ? text.replace(/[\u{10000}-\u{10ffff}]/gu, '????') : text;
  return plain.length > MAX_TEXT_CHARS ? plain.slice(0, MAX_TEXT_CHARS) : plain;
}

/** Largest number in an integer column of the customers' own table. */
const MAX_SMALLINT = 65_535;

const SALT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A password as the store hashes it: SHA-256 of salt and password, then the salt. Maho 26.7 uses bcrypt. Only its format is reproduced
 * here, because real hashing takes a third of a second.
 * @throws {StoreFault} with code 1 when the password is too short
 */
export function passwordHash(password: string, generation: Generation): string {
  if (password.trim().length < 7) {
    throw new StoreFault('1', 'The password must have at least 7 characters. Leading or trailing spaces will be ignored.');
  }
  if (generation.passwordHash === 'bcrypt') return bcryptLike(password, saltOf(BCRYPT_SALT_CHARS));
  const salt = saltOf(32);
  return `${digestOf(salt + password)}:${salt}`;
}

/** Whether {@link passwordHash} made this hash from this password. Real bcrypt hashes never match. */
export function passwordMatches(hash: string | null, password: string): boolean {
  if (hash === null) return false;
  if (hash.startsWith(BCRYPT)) return hash === bcryptLike(password, hash.slice(BCRYPT.length, BCRYPT.length + BCRYPT_SALT_CHARS));
  const [digest, salt = ''] = hash.split(':');
  return digest === digestOf(salt + password);
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function saltOf(length: number): string {
  return Array.from({ length }, () => SALT.charAt(randomInt(SALT.length))).join('');
}

/** Prefix of a bcrypt hash: its version and cost. */
const BCRYPT = '$2y$12$';

/** Length of the salt in a bcrypt hash, in characters. */
const BCRYPT_SALT_CHARS = 22;

function bcryptLike(password: string, salt: string): string {
  const digest = createHash('sha256').update(salt + password);
  return `${BCRYPT}${salt}${digest.digest('base64').replaceAll('+', '.').slice(0, 31)}`;
}
