import { t } from '../../l10n/texts';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import { listLimits } from '../../forms/list-limits';
import type { ArgumentValues } from '../../forms/method-form';
import { oneLine } from '../text';
import { pickOne } from '../picks';

/**
 * Asks how much of a list is wanted that nothing narrows.
 * @returns the arguments with what narrows it, the same ones where nothing is to be asked; `undefined` when the question was dismissed
 */
export async function askForLimit(method: StoreMethod, values: ArgumentValues): Promise<ArgumentValues | undefined> {
  const limits = listLimits(method, values, new Date());
  if (limits === undefined) return values;
  const placeHolder = t('Without filters, this returns everything that the store has. Select how much to read');
  return (await pickOne([...limits], { title: oneLine(method.id), placeHolder }))?.values;
}
