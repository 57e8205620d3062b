/** A value as people read it, with what the store sent one hover away. */
export interface Shown {
  readonly text: string;
  /** What was sent, and by which rule it was read; absent where both are the same. */
  readonly raw?: string;
}

/** A day, which has no time zone, in the reader's own form. */
export function dayOf(value: string): Shown {
  const date = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}/.test(value) || Number.isNaN(date.getTime())) return { text: value };
  return { text: date.toLocaleDateString(undefined, { dateStyle: 'long', timeZone: 'UTC' }), raw: `Sent as ${value}: a day, in no time zone.` };
}

/** A moment in the reader's own zone and form. Times come in three forms (facts §4): with an offset, as UTC without saying so, and as seconds since 1970. */
export function momentOf(code: string, value: string): Shown {
  const seconds = /^\d{9,11}$/.test(value);
  const zoned = /[+-]\d{2}:\d{2}$|Z$/.test(value);
  const date = new Date(seconds ? Number(value) * 1000 : zoned ? value : `${value.replace(' ', 'T')}Z`);
  if (Number.isNaN(date.getTime())) return { text: value };
  const rule = seconds ? 'seconds since 1970' : zoned ? 'time of the store, with its offset from UTC' : code === 'created_at' ? 'UTC, as lists say it' : 'UTC';
  return { text: date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }), raw: `Sent as ${value}: ${rule}. Shown in your time zone.` };
}

/** A group by its name and number, as far as the name is known. */
export function groupWords(number: string, name: string | undefined): string {
  return name === undefined || name === '' ? number : `${name} (${number})`;
}
