import { setKey, type MutableRecord, type SoapValue } from '../../api/value';
import type { Junk } from '../../soap/decoding/decode';

/** Maximum number of positions at which JSON is tried after the output of PHP or an extension. */
const MAX_STARTS = 50;

/** Greatest depth of lists and maps inside each other. Deeper JSON is refused, since walking it could overflow the stack. */
const MAX_LEVELS = 500;

/** Maximum number of characters of junk that are kept. */
const MAX_JUNK_CHARS = 4096;

/**
 * Reads JSON, also after a byte order mark and after notices that PHP printed.
 * @returns `undefined` if the text is not JSON
 */
export function parseJson(text: string): { readonly value: SoapValue; readonly junk: readonly Junk[] } | undefined {
  const marked = text.startsWith('\ufeff');
  const plain = marked ? text.slice(1) : text;
  const mark: readonly Junk[] = marked ? [{ where: 'mark', offset: 0, text: '\ufeff' }] : [];
  const whole = parsed(plain);
  if (whole !== undefined) return { value: whole.value, junk: mark };
  let place = plain.search(/[[{]/);
  for (let tries = 0; place >= 0 && tries < MAX_STARTS; tries++) {
    const found = parsed(plain.slice(place));
    if (found !== undefined)
      return {
        value: found.value,
        junk: [...mark, { where: 'before', offset: mark.length, text: plain.slice(0, place).slice(0, MAX_JUNK_CHARS) }],
      };
    const next = plain.slice(place + 1).search(/[[{]/);
    place = next < 0 ? -1 : place + 1 + next;
  }
  return undefined;
}

function parsed(text: string): { readonly value: SoapValue } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value, 0) ? undefined : { value: asValue(value) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isTooDeep(value: unknown, level: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return level >= MAX_LEVELS || Object.values(value).some((inner) => isTooDeep(inner, level + 1));
}

/** Every JSON value is a value here. */
function asValue(value: unknown): SoapValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(asValue);
  if (typeof value !== 'object' || value === null) return null;
  const record: MutableRecord = {};
  for (const [key, inner] of Object.entries(value)) setKey(record, key, asValue(inner));
  return record;
}
