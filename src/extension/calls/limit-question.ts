import { t } from '../../l10n/texts';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import { listLimits } from '../../forms/list-limits';
import type { ArgumentValues } from '../../forms/method-form';
import { oneLine } from '../text';
import { pickOne } from '../picks';

/**
 * Asks for the number of rows to read from a list without a filter.
 * @returns the arguments with a limit, or unchanged if there is nothing to ask. `undefined` when the question was dismissed
 */
export async function askForLimit(method: StoreMethod, values: ArgumentValues): Promise<ArgumentValues | undefined> {
  const limits = listLimits(method, values, new Date());
  if (limits === undefined) return values;
  const placeHolder = t('Select how much to read. Without filters, this returns everything in the store.');
  return (await pickOne([...limits], { title: oneLine(method.id), placeHolder }))?.values;
}
