import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';

/**
 * Stops a call from the menu of a tree row that VS Code could not find.
 *
 * VS Code sends the clicked row by a handle. While the view reads its rows again, the handle leads to nothing for a moment, and the
 * command gets an empty value where the row should be. Commands that also run from the Command Palette would then use the active store,
 * which may be another store than the one that was clicked.
 *
 * A menu of a row always passes two arguments: the row, and the selected rows or nothing. The Command Palette, keys and links pass none,
 * and the menus of editors and of view titles pass at most one empty value.
 * @param args the arguments of a command
 * @throws {ToolkitError} of kind `input` when the clicked row or one of the selected rows is missing
 */
export function checkRows(args: readonly unknown[]): void {
  if (args.length !== 2) return;
  const [row, selection] = args;
  const several = Array.isArray(selection);
  const lost = several ? isEmpty(row) || selection.some(isEmpty) : isEmpty(row) && isEmpty(selection);
  if (!lost) return;
  throw new ToolkitError('input', {
    code: 'row-lost',
    what: t('The command did not run because the view was reading its rows again.'),
    next: t('Run the command on the row again.'),
  });
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null;
}
