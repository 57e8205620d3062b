import { plural, t } from '../../l10n/texts';
import { customer } from '../../api/resources/customer';
import { toToolkitError } from '../../api/errors';
import { RowList } from '../customer/row-list';
import { selectionOf, type SavedFilter } from '../customer/saved-filter';
import type { Store } from '../stores/store';
import { count, oneLine } from '../text';

/**
 * The number of customers that match a filter, in words. Counts as many as one page of the tree has. Does not count if there are conditions
 * that the API cannot filter by, since that would read the whole store.
 * @param signal stops the counting
 * @returns empty when it was stopped
 */
export async function foundWords(store: Store, filter: Omit<SavedFilter, 'name'>, signal: AbortSignal): Promise<string> {
  const selection = selectionOf({ name: 'count', ...filter });
  if (selection.matches !== undefined) return t('not counted: the toolkit would have to read the whole store');
  const list = new RowList(
    store,
    customer,
    () => 'newest',
    selection,
    async (task) => {
      await task(() => undefined, signal);
    },
  );
  try {
    await store.connected();
    await list.loadFirst();
  } catch (error) {
    return signal.aborted ? '' : oneLine(toToolkitError(error).words.what);
  }
  if (signal.aborted) return '';
  if (list.problem !== undefined) return oneLine(list.problem.words.what);
  const number = list.rows.length;
  if (number === 0 && !list.more) return t('finds no customers now');
  return list.more
    ? t('finds {count} or more customers now', { count: count(number) })
    : plural(number, 'finds {count} customer now', 'finds {count} customers now');
}
