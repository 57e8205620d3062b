import { dateLocale, t } from '../l10n/texts';
import { momentOf, type ReadFrom } from '../api/moments';

/** A value as people read it, with the text that the store sent for a hover. */
export interface Shown {
  readonly text: string;
  /** The text that was sent, and the rule that it was read by; absent where `text` is the same. */
  readonly raw?: string;
}

/**
 * Each formatter is created once, when it is first needed: a list has thousands of days, and creating a formatter takes as long as
 * formatting a hundred of them.
 */
const forms = {
  day: written({ dateStyle: 'medium', timeZone: 'UTC' }),
  moment: written({ dateStyle: 'medium', timeStyle: 'short' }),
  wall: written({ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
};

function written(form: Intl.DateTimeFormatOptions): (at: Date | number) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (at) => (made ??= new Intl.DateTimeFormat(dateLocale(), form)).format(at);
}

/** A day, which has no time zone, in the reader's format. A day that does not exist stays as it was sent. */
export function dayOf(value: string): Shown {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] ?? '';
  const date = new Date(`${day}T00:00:00Z`);
  // February 30 would become March 1.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day)) return { text: value };
  return {
    text: forms.day(date),
    raw: t('Sent as {value}: a day without a time zone.', { value }),
  };
}

/**
 * A point in time in the reader's time zone and format, with the text that was sent for a hover. Where the zone of the value is not known,
 * the store's own text is shown.
 * @param from where the value was read
 */
export function shownMoment(code: string, value: string, from?: ReadFrom): Shown {
  const moment = momentOf(code, value, from);
  if (moment === undefined) return { text: value };
  if (moment.at === undefined)
    return {
      text: t('{time}, time zone not given', { time: forms.wall(moment.wall) }),
      raw: t('Sent as {value}: {rule}. Shown as it was sent.', { value, rule: moment.rule }),
    };
  return {
    text: forms.moment(moment.at),
    raw: t('Sent as {value}: {rule}. Shown in your time zone.', { value, rule: moment.rule }),
  };
}

/** A flag in words: `Yes` or `No`. A value that is neither, such as the key of a confirmation, stays as it was sent. */
export function flagWords(value: string): Shown {
  const isSet = value === 'true' || value === '1';
  return isSet || value === 'false' || value === '0'
    ? { text: isSet ? t('Yes') : t('No'), raw: t('Sent as {value}.', { value }) }
    : { text: value };
}

/** A group as name and number; the number alone where the name is not known. */
export function groupWords(number: string, name: string | undefined): string {
  return name === undefined || name === '' ? number : `${name} (${number})`;
}
