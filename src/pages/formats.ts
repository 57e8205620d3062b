// Formats times, dates and sizes in the editor's language, for views of the extension and its pages. Texts for programs (logs, files, the
// command line) are formatted elsewhere, in English.

import { dateLocale, formatNumber, t } from '../l10n/texts';

const ONE_DIGIT = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;

/** A duration such as `41 ms` or `1.2 s`. @param ms milliseconds */
export function duration(ms: number): string {
  if (ms < 10) return `${formatNumber(ms, { maximumFractionDigits: 1 })} ms`;
  // 999.5 ms and more would be rounded to 1000 ms, so they are shown in seconds.
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${formatNumber(ms / 1000, ONE_DIGIT)} s`;
}

/** A size such as `812 B` or `1.2 MB`, in decimal units. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_950 ? `${formatNumber(bytes / 1000, ONE_DIGIT)} kB` : `${formatNumber(bytes / 1_000_000, ONE_DIGIT)} MB`;
}

/** A point in time such as `Nov 28, 2026, 3:10:35 PM`. @param at ms since 1970 */
export function dateAndTime(at: number): string {
  return new Date(at).toLocaleString(dateLocale(), { dateStyle: 'medium', timeStyle: 'medium' });
}

/** A time of day such as `3:10 PM`. @param at ms since 1970 */
export function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString(dateLocale(), { timeStyle: 'short' });
}

/** A day such as `Today`, `Yesterday` or `Friday, November 27`, with the year if it is not this year. @param at ms since 1970 */
export function day(at: number, now: number = Date.now()): string {
  const [date, today] = [new Date(at), new Date(now)];
  const yesterday = new Date(now);
  yesterday.setDate(today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return t('Today');
  if (date.toDateString() === yesterday.toDateString()) return t('Yesterday');
  const year = date.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return date.toLocaleDateString(dateLocale(), { weekday: 'long', day: 'numeric', month: 'long', ...year });
}
