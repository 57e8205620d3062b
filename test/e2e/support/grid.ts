import type { FrameLocator, Locator } from 'playwright-core';

/** A cell of a table, once its row is loaded: until then, the table ignores a click on it. Both are counted from 0. */
export function loadedCell(view: FrameLocator, row: number, column: number): Locator {
  return view.locator(`.row[aria-busy="false"] #cell-${row}-${column}`);
}
