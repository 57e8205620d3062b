import { count } from '../text';
import { timeOfDay } from '../../pages/formats';
import type { TableRows } from './table-rows';

/** What decides how many rows are said to be there. */
export interface Counted {
  readonly rows: Pick<TableRows, 'rows' | 'more' | 'isSearch' | 'looked' | 'stopped' | 'staleSince'>;
  /** Rows that the typed filter lets through. */
  readonly shown: number;
  readonly filtered: boolean;
  readonly sorted: boolean;
  readonly outdated: boolean;
}

/**
 * How many rows a table has, such as `first 400 loaded` or `all 60`: a store says neither how many customers it has, nor sorts or filters
 * what was not asked for, so the words say what the rows were taken from.
 */
export function countWords({ rows: list, shown, filtered, sorted, outdated }: Counted): string {
  const { rows, more, isSearch, looked, stopped, staleSince } = list;
  const { length } = rows;
  if (length === 0) return isSearch && more && looked > 0 ? `none among the first ${count(looked)}${stopped ? ', stopped' : ''}` : '';
  const whole = more
    ? isSearch
      ? `${count(length)} found among the first ${count(looked)}`
      : `first ${count(length)} loaded`
    : `all ${count(length)}`;
  return [
    filtered ? `${count(shown)} of ${more && !isSearch ? 'the ' : ''}${whole}` : whole,
    sorted && more ? `sorted within the ${count(length)} loaded` : '',
    stopped ? 'stopped' : '',
    staleSince === undefined ? '' : `as of ${timeOfDay(staleSince)}`,
    outdated ? 'may be outdated' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
