import { count } from '../text';
import type { Field } from '../../api/types';
import { dayOf, shownMoment } from '../../forms/shown-value';
import { timeOfDay } from '../../pages/formats';
import { t } from '../../l10n/texts';
import type { TableRows } from './table-rows';

/** The facts that the words for the number of rows depend on. */
export interface Counted {
  readonly rows: Pick<TableRows, 'rows' | 'more' | 'isSearch' | 'checked' | 'stopped' | 'staleSince'>;
  /** Number of rows that match the typed filter. */
  readonly shown: number;
  readonly filtered: boolean;
  readonly sorted: boolean;
  readonly outdated: boolean;
}

/**
 * The number of rows in a table, such as `first 400 loaded` or `all 60`. A store neither tells how many customers it has, nor sorts or
 * filters rows that were not read, so the words say which rows are meant.
 */
export function countWords({ rows: list, shown, filtered, sorted, outdated }: Counted): string {
  const { rows, more, isSearch, checked, stopped, staleSince } = list;
  const { length } = rows;
  if (length === 0)
    return isSearch && more && checked > 0
      ? [t('none among the first {count}', { count: count(checked) }), stopped ? t('stopped') : ''].filter((part) => part !== '').join(', ')
      : '';
  return [
    takenFrom({ rows: list, shown, filtered }),
    sorted && more ? t('sorted within the {count} loaded', { count: count(length) }) : '',
    stopped ? t('stopped') : '',
    staleSince === undefined ? '' : t('as of {time}', { time: timeOfDay(staleSince) }),
    outdated ? t('may be outdated') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** The number of rows, and of how many. */
function takenFrom({ rows: { rows, more, isSearch, checked }, shown, filtered }: Pick<Counted, 'rows' | 'shown' | 'filtered'>): string {
  const numbers = { shown: count(shown), count: count(rows.length), looked: count(checked) };
  if (!more) return filtered ? t('{shown} of all {count}', numbers) : t('all {count}', numbers);
  if (!isSearch) return filtered ? t('{shown} of the first {count} loaded', numbers) : t('first {count} loaded', numbers);
  return filtered ? t('{shown} of {count} found among the first {looked}', numbers) : t('{count} found among the first {looked}', numbers);
}

/** A day or a point in time of a list, formatted for people. `undefined` for an attribute that is neither. */
export function dayWords(fields: readonly Field[], code: string, value: string): string | undefined {
  const role = fields.find(({ name }) => name === code)?.role;
  const shown = role === 'date' ? dayOf(value) : role === 'datetime' ? shownMoment(code, value, { by: 'list' }) : undefined;
  return shown?.raw === undefined ? undefined : shown.text;
}
