import { createHash, randomInt } from 'node:crypto';
import { UntypedObject, type NaturalValue } from '../../soap/request';
import { phpError, StoreFault } from '../fault';
import type { Attribute } from './attributes';
import { leadingNumber } from './conditions';
import { localToUtc, parseDateTime } from './dates';

/** Longest text of a column, in characters; the rest is cut without a word (facts §8). */
const LONGEST = 255;

/**
 * A value as the database keeps it.
 * An empty text is no value; text is cut; characters beyond the basic plane become `????`; numbers are what the text
 * begins with; a date is read in many forms (facts §4, §8).
 * @throws {StoreFault} with code 1 for a date that is none
 */
export function storedValue(attribute: Attribute, value: NaturalValue, timeZone: string): string | null {
  if (value === null) return null;
  if (value instanceof UntypedObject) throw phpError('Object of class stdClass could not be converted to string');
  if (attribute.column === 'int') {
    if (value === '') return attribute.own ? '0' : null;
    if (typeof value === 'boolean') return value ? '1' : '0';
    return String(Math.trunc(typeof value === 'number' ? value : typeof value === 'string' ? leadingNumber(value) : 1));
  }
  const text = typeof value === 'object' ? 'Array' : value === true ? '1' : value === false ? '' : String(value);
  if (text === '') return null;
  if (attribute.column === 'datetime') {
    const date = attribute.code === 'created_at' ? localToUtc(text, timeZone) : parseDateTime(text);
    if (date === undefined) throw new StoreFault('1', 'Invalid date');
    return date;
  }
  return storedText(text);
}

/** Text as the database keeps it: its connection knows three bytes a character, and each byte of a fourth-plane one becomes a question mark. */
export function storedText(text: string): string {
  const plain = /[\u{10000}-\u{10ffff}]/u.test(text) ? text.replace(/[\u{10000}-\u{10ffff}]/gu, '????') : text;
  return plain.length > LONGEST ? plain.slice(0, LONGEST) : plain;
}

const SALT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A password as the store hashes it: SHA-256 of salt and password, then the salt.
 * @throws {StoreFault} with code 1 when it is too short
 */
export function passwordHash(password: string): string {
  if (password.trim().length < 7) {
    throw new StoreFault('1', 'The password must have at least 7 characters. Leading or trailing spaces will be ignored.');
  }
  const salt = Array.from({ length: 32 }, () => SALT.charAt(randomInt(SALT.length))).join('');
  return `${createHash('sha256').update(salt + password).digest('hex')}:${salt}`;
}
