/**
 * Whether a call comes from the menu of a tree row that VS Code could not find.
 *
 * VS Code sends the clicked row by a handle. While the view reads its rows again, the handle leads to nothing for a moment, and the
 * command gets an empty value where the row should be. Commands that also run from the Command Palette would then use the active store,
 * which may be another store than the one that was clicked.
 *
 * A menu of a row always passes two arguments: the row, and the selected rows or nothing. The Command Palette, keys and links pass none,
 * and the menus of editors and of view titles pass at most one empty value.
 * @param args the arguments of a command
 */
export function isRowLost(args: readonly unknown[]): boolean {
  if (args.length !== 2) return false;
  const [row, selection] = args;
  if (Array.isArray(selection)) return isEmpty(row) || selection.some(isEmpty);
  return isEmpty(row) && isEmpty(selection);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null;
}
