import type { Locator } from 'playwright-core';
import { until } from './waiting';

export interface RowClick {
  /** Selector of the element to press in the row; the middle of the row by default. */
  readonly inside?: string;
  readonly button?: 'left' | 'right';
  /** Whether the click adds the row to the selection. */
  readonly adding?: boolean;
}

/** A position where VS Code shows no hover, in px. */
const ASIDE = [1, 1] as const;

/**
 * Clicks the first row with a text, once there is one that nothing covers. A hover at the old position of the pointer may cover it, so the
 * pointer is moved away then.
 * @param reveal scrolls to the row where the list requires it
 */
export async function pressRow(
  rows: Locator,
  text: string | RegExp,
  click: RowClick = {},
  reveal: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  await until(async () => {
    await reveal();
    if (await clickRow(rows, text, click)) return true;
    await rows.page().mouse.move(...ASIDE);
    return false;
  });
}

/**
 * Clicks the first row with a text, if it exists and nothing covers it, in one step in the page. VS Code refills the elements of its lists
 * whenever it reads a list again. A button that goes down on one element and up on another is not a click, and no error is reported.
 * @param rows elements of a list, not of its sticky copies
 * @returns false when there was no such row to press
 */
export async function clickRow(
  rows: Locator,
  text: string | RegExp,
  { inside, button = 'left', adding = false }: RowClick = {},
): Promise<boolean> {
  // Compares as Playwright does: case-insensitive, with all whitespace treated alike.
  const wanted = typeof text === 'string' ? text.replace(/\s+/g, ' ').trim().toLowerCase() : { source: text.source, flags: text.flags };
  return await rows.evaluateAll(
    (elements, { wanted, inside, button, adding }) => {
      for (const element of elements) {
        const content = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
        const meant =
          typeof wanted === 'string' ? content.toLowerCase().includes(wanted) : new RegExp(wanted.source, wanted.flags).test(content);
        const target = inside === undefined ? element : element.querySelector(inside);
        if (!meant) continue;
        if (target === null) return false;
        let box = target.getBoundingClientRect();
        let hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        if (hit === null || !target.contains(hit)) {
          // The row is cut off by the edge of its list.
          element.scrollIntoView({ block: 'nearest' });
          box = target.getBoundingClientRect();
          hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        }
        if (hit === null || !target.contains(hit)) return false;
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const pressed = button === 'left' ? 0 : 2;
        const mac = navigator.userAgent.includes('Macintosh');
        const mouse = {
          ...{ bubbles: true, cancelable: true, composed: true, view: window },
          ...{ detail: 1, clientX: x, clientY: y, button: pressed, ctrlKey: adding && !mac, metaKey: adding && mac },
        };
        hit.dispatchEvent(new MouseEvent('mousedown', { ...mouse, buttons: button === 'left' ? 1 : 2 }));
        hit.dispatchEvent(new MouseEvent('mouseup', mouse));
        hit.dispatchEvent(new MouseEvent(button === 'left' ? 'click' : 'contextmenu', mouse));
        return true;
      }
      return false;
    },
    { wanted, inside, button, adding },
  );
}
