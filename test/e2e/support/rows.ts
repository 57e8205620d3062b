import type { Locator } from 'playwright-core';

export interface RowClick {
  /** What to press inside the row; the middle of the row when not given. */
  readonly inside?: string;
  readonly button?: 'left' | 'right';
}

/**
 * Clicks the first row with a text, if it is there and nothing covers it, all at one moment. VS Code fills the elements of its lists anew
 * whenever it reads a list again: a button that goes down on one element and up on another is no click to it, and nothing tells.
 * @param rows elements of a list, not of its copies
 * @returns false when there was no such row to press
 */
export async function clickRow(rows: Locator, text: string | RegExp, { inside, button = 'left' }: RowClick = {}): Promise<boolean> {
  // As Playwright compares: a string in any case, blanks of any kind and number alike.
  const wanted = typeof text === 'string' ? text.replace(/\s+/g, ' ').trim().toLowerCase() : { source: text.source, flags: text.flags };
  return await rows.evaluateAll(
    (elements, { wanted, inside, button }) => {
      for (const element of elements) {
        const content = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
        const meant =
          typeof wanted === 'string' ? content.toLowerCase().includes(wanted) : new RegExp(wanted.source, wanted.flags).test(content);
        const target = inside === undefined ? element : element.querySelector(inside);
        if (!meant || target === null) continue;
        const { left, top, width, height } = target.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const hit = document.elementFromPoint(x, y);
        if (hit === null || !target.contains(hit)) continue;
        const pressed = button === 'left' ? 0 : 2;
        const mouse = { bubbles: true, cancelable: true, composed: true, view: window, detail: 1, clientX: x, clientY: y, button: pressed };
        hit.dispatchEvent(new MouseEvent('mousedown', { ...mouse, buttons: button === 'left' ? 1 : 2 }));
        hit.dispatchEvent(new MouseEvent('mouseup', mouse));
        hit.dispatchEvent(new MouseEvent(button === 'left' ? 'click' : 'contextmenu', mouse));
        return true;
      }
      return false;
    },
    { wanted, inside, button },
  );
}
