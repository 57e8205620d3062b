/** How often the selection is looked at again while the view reads its rows anew. */
const ATTEMPTS = 5;

/**
 * The rows that a key of a tree means: the one that has the keyboard, and with it the rest of the selection when it is part of that.
 *
 * VS Code gives commands that are run by a key no row, and tells extensions what is selected but not where the keyboard is. The arrow keys
 * move only the latter, so the selection alone would let Delete hit another row than the marked one. The list's own command changes the
 * selection at the row with the keyboard, which shows where that is, and run once more it changes it back.
 *
 * While a view reads its rows anew, parts of the selection are missing for a moment. Only a change of exactly one row tells the one with
 * the keyboard; anything else is looked at again, so that never another row is meant.
 * @param toggle changes the selection at the row with the keyboard
 * @returns the row with the keyboard first; nothing when no row has it
 */
export async function markedRows<T>(view: { readonly selection: readonly T[] }, toggle: () => PromiseLike<unknown>): Promise<readonly T[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = view.selection;
    await toggle();
    const after = view.selection;
    await toggle();
    const again = view.selection;
    const changed = differing(before, after);
    const [row] = changed;
    if (row === undefined && differing(after, again).length === 0) return [];
    const sure = changed.length === 1 && differing(before, again).length === 0;
    if (row !== undefined && sure) return before.includes(row) ? [row, ...before.filter((each) => each !== row)] : [row];
  }
  return [];
}

/** What only one of two selections has. */
function differing<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  return [...one.filter((each) => !other.includes(each)), ...other.filter((each) => !one.includes(each))];
}
