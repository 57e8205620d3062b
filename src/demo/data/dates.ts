import type { Generation } from '../../api/generations';

/** A point in time as the database stores it: `2026-11-23 08:10:35`, UTC. */
export function utcText(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** A time from the database as a date; `undefined` for any other text. */
function utcDate(text: string): Date | undefined {
  const date = new Date(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/**
 * A time from the database as `info` shows it: in the store's time zone, with its offset or, in Maho 26.7, without one (facts §4).
 * @example shownTime('2026-11-23 08:10:35', { timeZone: 'America/New_York', generation }) // 2026-11-23T03:10:35-05:00
 */
export function shownTime(utc: string, { timeZone, generation }: { readonly timeZone: string; readonly generation: Generation }): string {
  const date = utcDate(utc);
  if (date === undefined) return utc;
  const minutes = offsetMinutes(date, timeZone);
  const local = new Date(date.getTime() + minutes * 60_000);
  if (generation.infoCreatedAt === 'local') return utcText(local);
  const sign = minutes < 0 ? '-' : '+';
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${local.toISOString().slice(0, 19)}${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** A time in the store's zone as the database stores it, for values written to `created_at` (facts §4); `undefined` for any other text. */
export function localToUtc(local: string, timeZone: string): string | undefined {
  const parsed = parseDateTime(local);
  if (parsed === undefined) return undefined;
  const asUtc = utcDate(parsed);
  if (asUtc === undefined) return undefined;
  const first = new Date(asUtc.getTime() - offsetMinutes(asUtc, timeZone) * 60_000);
  // Near a clock change, the first result may have used the offset from the other side of it.
  return utcText(new Date(asUtc.getTime() - offsetMinutes(first, timeZone) * 60_000));
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Offsets by zone and hour: zones change their offset only at full hours, apart from a few in the past. */
const offsets = new Map<string, number>();

/** The offset of a zone from UTC at a point in time, in minutes; positive to the east. */
function offsetMinutes(date: Date, timeZone: string): number {
  const hour = Math.floor(date.getTime() / 3_600_000);
  const key = `${timeZone} ${hour}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  const name = format.formatToParts(date).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  const minutes = match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
  if (offsets.size > 10_000) offsets.clear();
  offsets.set(key, minutes);
  return minutes;
}

/** A date for comparison in filters: every form that the database reads, in the form that it stores. Other text stays as it is. */
export function comparableDate(text: string): string {
  return parseDateTime(text) ?? text;
}

const ISO = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*$/;
const SLASHED = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/;
const DOTTED = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$/;
/** PHP reads a text of digits alone as seconds since 1970. */
const TIMESTAMP = /^\s*(\d{1,11})\s*$/;

/**
 * A date in one of the usual forms as `YYYY-MM-DD HH:MM:SS`; `undefined` for any other text.
 * @param swaps whether `31/12/1990` is read as 31 December, although PHP reads slashes as month first
 */
export function parseDateTime(text: string, swaps = true): string | undefined {
  const iso = ISO.exec(text);
  if (iso !== null)
    return normal(Number(iso[1]), Number(iso[2]), Number(iso[3]), Number(iso[4] ?? 0), Number(iso[5] ?? 0), Number(iso[6] ?? 0));
  const slashed = SLASHED.exec(text);
  if (slashed !== null) {
    const [first, second, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])];
    if (!swaps) return normal(year, first, second, 0, 0, 0);
    return first > 12
      ? normal(year, second, first, 0, 0, 0)
      : (normal(year, first, second, 0, 0, 0) ?? normal(year, second, first, 0, 0, 0));
  }
  const dotted = DOTTED.exec(text);
  if (dotted !== null) return normal(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]), 0, 0, 0);
  const seconds = TIMESTAMP.exec(text);
  return seconds === null ? undefined : utcText(new Date(Number(seconds[1]) * 1000));
}

function normal(year: number, month: number, day: number, hour: number, minute: number, second: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return undefined;
  return utcText(date);
}
