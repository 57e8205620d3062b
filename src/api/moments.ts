import { t } from '../l10n/texts';

/**
 * Points in time as stores send them. The same attribute has several forms, and two of them look the same. `created_at` of `customer.list`
 * is UTC, without a zone. `created_at` of `customer.info` is the store's local time, in Maho 26.7 also without a zone (Maho 25 and OpenMage
 * add the offset). So the meaning of a value depends on where it was read. In the last case it also depends on the list's value for the
 * same customer.
 */

/** The origin of a value: lists give UTC, single records may give the local time of the store. */
export interface ReadFrom {
  readonly by: 'list' | 'info';
  /** The value of the same attribute of the same customer in a list, if known. */
  readonly listed?: string | undefined;
}

/** A point in time, and how it was determined. */
export interface Moment {
  /** Milliseconds since 1970; `undefined` if the zone is unknown. */
  readonly at: number | undefined;
  /** The digits read as UTC, in milliseconds since 1970. */
  readonly wall: number;
  /** The zone of the value; `store` is the local time of the store. */
  readonly zone: 'utc' | 'store' | 'unknown';
  /** Minutes by which the value is ahead of UTC, if known. */
  readonly offset: number | undefined;
  /** How the zone is known, or why it is not, as the end of "Sent as 2026-11-23 03:10:35: …". */
  readonly rule: string;
}

/** Zones are at most this far from UTC, in minutes, and in steps of a quarter of an hour. */
const FARTHEST_MINUTES = 14 * 60;
const QUARTER_HOUR_MINUTES = 15;
const MINUTE_MS = 60_000;

/**
 * Reads a time that a store sent.
 * @param code attribute of the value
 * @returns `undefined` for a value that is not a time
 */
export function momentOf(code: string, value: string, { by, listed }: ReadFrom = { by: 'list' }): Moment | undefined {
  if (/^\d{9,11}$/.test(value)) return utc(Number(value) * 1000, t('seconds since 1970'));
  const zone = /(Z|[+-]\d{2}:?\d{2})$/.exec(value.slice(10))?.[1];
  const wall = wallOf(zone === undefined ? value : value.slice(0, -zone.length));
  if (wall === undefined) return undefined;
  if (zone !== undefined) {
    const offset = offsetOf(zone);
    return {
      at: wall - offset * MINUTE_MS,
      wall,
      zone: zone === 'Z' ? 'utc' : 'store',
      offset,
      rule: zone === 'Z' ? 'UTC' : t('the time of the store, with its offset from UTC'),
    };
  }
  if (by === 'list' || code !== 'created_at') return utc(wall, code === 'created_at' ? t('UTC, as in lists') : 'UTC');
  return besideList(wall, listed);
}

/**
 * A store's local time, in the form for writing `created_at`: stores read it as their own time (wire v1/120). @param at ms since 1970
 * @param offset minutes ahead of UTC
 */
export function storeTime(at: number, offset: number): string {
  return new Date(at + offset * MINUTE_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** An offset from UTC such as `UTC-05:00`. @param offset minutes ahead of UTC */
export function offsetText(offset: number): string {
  const minutes = Math.abs(offset);
  return `UTC${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Reads a value of `customer.info` without a zone. Only the list's value for the same customer shows how far the store is from UTC. */
function besideList(wall: number, listed: string | undefined): Moment {
  const unknown = (rule: string): Moment => ({
    at: undefined,
    wall,
    zone: 'unknown',
    offset: undefined,
    rule,
  });
  const there = listed === undefined ? undefined : momentOf('created_at', listed);
  if (listed === undefined || there?.at === undefined)
    return unknown(
      t(
        'the response has no time zone. In Maho 26.7 it is the time of the store; its offset from UTC is known only after the list was read',
      ),
    );
  const offset = (wall - there.at) / MINUTE_MS;
  if (Math.abs(offset) > FARTHEST_MINUTES || offset % QUARTER_HOUR_MINUTES !== 0)
    return unknown(
      t(
        'the response has no time zone. In Maho 26.7 it is the time of the store; the list has {listed} in UTC, which matches no time zone',
        {
          listed,
        },
      ),
    );
  return {
    at: there.at,
    wall,
    zone: 'store',
    offset,
    rule: t('the time of the store, {offset}: the list has {listed} in UTC for the same customer', {
      offset: offsetText(offset),
      listed,
    }),
  };
}

function utc(at: number, rule: string): Moment {
  return { at, wall: at, zone: 'utc', offset: 0, rule };
}

/** The digits of a date with a time, read as UTC; `undefined` for anything else, and for days that do not exist. */
function wallOf(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?$/.exec(text);
  if (match === null) return undefined;
  const [, day = '', time = ''] = match;
  const at = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? undefined : at;
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
