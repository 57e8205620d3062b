import { t } from '../../l10n/texts';
import { withoutIcons } from '../text';
import type { ListTable } from './list-table';
import { pickSeveral } from '../picks';

/** Asks which columns a table shows. @returns whether columns were chosen */
export async function chooseColumns(table: ListTable): Promise<boolean> {
  const items = table.allColumns.map(({ code, title }) => ({
    label: withoutIcons(title),
    description: title === code ? '' : withoutIcons(code),
    code,
    picked: !table.choice.hidden.includes(code),
  }));
  const chosen = await pickSeveral(items, {
    placeHolder: t('Select the columns to show'),
  });
  if (chosen === undefined || chosen.length === 0) return false;
  const shown = new Set(chosen.map(({ code }) => code));
  const order = items.map(({ code }) => code);
  // Hidden columns that were not offered, such as those that only V1 returns, stay hidden.
  const others = table.choice.hidden.filter((code) => !order.includes(code));
  table.choose({ ...table.choice, order, hidden: [...others, ...order.filter((code) => !shown.has(code))] });
  return true;
}
