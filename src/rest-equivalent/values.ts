import type { SoapValue } from '../api/value';
import type { Writing } from '../api/rest-attributes';

/** A value of SOAP in the form of REST; `undefined` if its meaning is not clear. */
export function written(writing: Writing, value: SoapValue): SoapValue | undefined {
  return writers[writing](value);
}

const writers: Readonly<Record<Writing, (value: SoapValue) => SoapValue | undefined>> = {
  text: (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined),
  int: (value) => {
    if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
    return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
  },
  flag: (value) => {
    if (typeof value === 'boolean') return value;
    if (value === 1 || value === '1') return true;
    return value === 0 || value === '0' ? false : undefined;
  },
  day: (value) => {
    // An empty text clears a birthday.
    if (typeof value !== 'string' || value === '') return value === '' ? '' : undefined;
    return /^(\d{4}-\d{2}-\d{2})(?: 00:00:00)?$/.exec(value)?.[1];
  },
  lines: () => undefined,
  id: () => undefined,
};
