import { formatNumber, t } from '../l10n/texts';
import { narrows } from '../api/traps/filters';
import type { StoreMethod } from '../api/store-methods/store-methods';
import { openList, WINDOW_IDS, windowFilters, type ListWindow } from '../api/store-methods/windows';
import { isRecord } from '../api/value';
import type { ArgumentValues } from './method-form';

/** Length of the offered window by date, in days. */
const WINDOW_DAYS = 30;

/** A way to run a list that has no conditions. */
export interface ListLimit {
  readonly label: string;
  readonly detail: string;
  /** The arguments of this way. */
  readonly values: ArgumentValues;
}

/**
 * Ways to run a list that would return every row of the store: with a window of IDs or of days where its rows have these, and without a
 * limit.
 * @returns `undefined` where the method is not such a list, or its arguments already have a condition
 */
export function listLimits(method: StoreMethod, values: ArgumentValues, now: Date): readonly ListLimit[] | undefined {
  const list = openList(method.resource, { args: method.args ?? [], result: method.result });
  if (list === undefined || narrows(values[list.position])) return undefined;
  const given = values[list.position];
  const windowed = (window: ListWindow): ArgumentValues => {
    const filters = windowFilters(list, window, isRecord(given) ? given : {});
    return (method.args ?? []).map((_, index) => (index === list.position ? filters : values[index]));
  };
  const since = new Date(now.getTime() - WINDOW_DAYS * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const { idField, dateField } = list;
  return [
    ...(idField === undefined
      ? []
      : [
          {
            label: t('The first {count} IDs', { count: formatNumber(WINDOW_IDS) }),
            detail: t('{attribute} from 1 to {last}', { attribute: idField, last: WINDOW_IDS }),
            values: windowed({ by: 'id', from: 1, to: WINDOW_IDS }),
          },
        ]),
    ...(dateField === undefined
      ? []
      : [
          {
            label: t('The last {count} days', { count: WINDOW_DAYS }),
            detail: t('{attribute} from {day}', { attribute: dateField, day: since }),
            values: windowed({ by: 'date', from: since }),
          },
        ]),
    { label: t('Everything'), detail: t('The store builds the whole list in memory first. A large list takes minutes or fails.'), values },
  ];
}
