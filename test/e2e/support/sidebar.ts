import { errors, type Locator, type Page } from 'playwright-core';
import { untilShown } from './waiting';

/** A tree row as it stands on the screen. */
export interface Row {
  readonly label: string;
  /** The dimmed text after the label; empty when there is none. */
  readonly description: string;
  /** 1 for the top of a view. */
  readonly level: number;
  /** `undefined` for a row that cannot be expanded. */
  readonly expanded: boolean | undefined;
}

/** A row proper, not its copy that sticks to the top of the tree while it is scrolled. */
const ROW = '.monaco-list-rows > .monaco-list-row';

/** How long reading a whole tree may take, in ms. */
const ROWS_LIMIT = 40_000;

/** How long a menu may ignore a click, in ms. */
const MENU_LIMIT = 10_000;

/** Our view container in the activity bar, and the trees in it. */
export class Sidebar {
  readonly #page: Page;
  readonly #title: string;

  /** @param title the container's title in the manifest */
  constructor(page: Page, title: string) {
    this.#page = page;
    this.#title = title;
  }

  /** Its icon in the activity bar. */
  get icon(): Locator {
    const title = this.#title.replaceAll('"', '\\"');
    return this.#page.locator('.activitybar .action-item', { has: this.#page.locator(`a[aria-label^="${title}"]`) });
  }

  /** Shows the container, whatever was shown before. */
  async open(): Promise<void> {
    await this.icon.waitFor();
    const title = this.#page.locator('.sidebar .composite.title', { hasText: this.#title });
    // After a reload VS Code may just be showing it again, and a click then hides it.
    await untilShown(title, async () => {
      if (!(await title.isVisible())) await this.icon.click();
    });
  }

  /** One view of the container, by its title such as `Stores`. */
  view(name: string): Tree {
    return new Tree(
      this.#page,
      this.#page.locator('.sidebar .split-view-view', {
        has: this.#page.locator('.pane-header', { hasText: new RegExp(`^\\s*${escapeRegExp(name)}`, 'i') }),
      }),
    );
  }

  /** All trees of the container together: enough where labels are unambiguous. */
  get tree(): Tree {
    return new Tree(this.#page, this.#page.locator('.sidebar'));
  }
}

/** The tree of a view. Rows outside the visible part are not in the page; `rows` scrolls to find them. */
export class Tree {
  readonly #page: Page;
  readonly #root: Locator;

  constructor(page: Page, root: Locator) {
    this.#page = page;
    this.#root = root;
  }

  /** A row by a text in its label or description, if it is in the visible part. */
  row(text: string | RegExp): Locator {
    return this.#root.locator(ROW, { hasText: text }).first();
  }

  /** Scrolls to a row, from the top down; looks again while it is not there yet. */
  async reveal(text: string | RegExp): Promise<Locator> {
    const row = this.row(text);
    const list = this.#root.locator('.monaco-list').first();
    for (const until = Date.now() + ROWS_LIMIT; Date.now() < until; await this.#page.waitForTimeout(200)) {
      if (await isInSight(row)) return row;
      await list.waitFor();
      await this.#scroll(list, -1_000_000);
      for (let last = -1; !(await isInSight(row));) {
        const bottom = Math.max(-1, ...(await inPage(list)).rows.map(([index]) => index));
        if (bottom === last) break;
        last = bottom;
        await this.#pageDown(list);
      }
      if (await isInSight(row)) return row;
    }
    throw new Error(`No row with ${String(text)} came within ${ROWS_LIMIT / 1000} s.`);
  }

  /** Clicks a row as a user does; opens it, or expands or collapses it. */
  async click(text: string | RegExp): Promise<void> {
    await (await this.reveal(text)).locator('.monaco-tl-contents').click();
  }

  /** Expands a row unless it is expanded. */
  async expand(text: string | RegExp): Promise<void> {
    const row = await this.reveal(text);
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
    await this.#root.locator(`${ROW}[aria-expanded="true"]`, { hasText: text }).first().waitFor();
  }

  /** Collapses a row unless it is collapsed. */
  async collapse(text: string | RegExp): Promise<void> {
    const row = await this.reveal(text);
    if ((await row.getAttribute('aria-expanded')) === 'true') await row.locator('.monaco-tl-twistie').click();
    await this.#root.locator(`${ROW}[aria-expanded="false"]`, { hasText: text }).first().waitFor();
  }

  /** Clicks an action that a row shows while the pointer is over it, by the action's title. */
  async inlineAction(text: string | RegExp, action: string): Promise<void> {
    const row = await this.reveal(text);
    await row.hover();
    await row.locator(`.actions a[aria-label^="${action}"]`).click();
  }

  /** Chooses an entry of a row's context menu. */
  async contextMenu(text: string | RegExp, entry: string): Promise<void> {
    const menu = this.#page.locator('.monaco-menu').first();
    const action = this.#page.locator('.monaco-menu .action-label', { hasText: new RegExp(`^${escapeRegExp(entry)}`) }).first();
    // A menu offers what could be done with the row when VS Code drew it last, which may be a moment ago.
    await untilShown(action, async () => {
      if (await menu.isVisible()) await this.#page.keyboard.press('Escape');
      await (await this.reveal(text)).locator('.monaco-tl-contents').click({ button: 'right' });
    });
    // A menu ignores the button for a moment after it opens, so that the click that opened it cannot choose something. How
    // long that moment is depends on the machine; a click that was taken closes the menu.
    const until = Date.now() + MENU_LIMIT;
    while (await action.isVisible()) {
      if (Date.now() > until) throw new Error(`The menu does not take "${entry}" within ${MENU_LIMIT / 1000} s.`);
      const box = await action.boundingBox();
      if (box !== null) await this.#page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { delay: 50 });
      await action.waitFor({ state: 'hidden', timeout: 500 }).catch((error: unknown) => {
        if (!(error instanceof errors.TimeoutError)) throw error;
      });
    }
  }

  /** Every row of the tree from top to bottom, also those that must be scrolled to. Leaves the tree at its top. */
  async rows(): Promise<Row[]> {
    const list = this.#root.locator('.monaco-list').first();
    await list.waitFor();
    const until = Date.now() + ROWS_LIMIT;
    while (Date.now() < until) {
      await this.#scroll(list, -1_000_000);
      const found = new Map<number, Row>();
      for (let before = -1; before < found.size;) {
        before = found.size;
        const { rows, total } = await inPage(list);
        for (const [index, row] of rows) found.set(index, row);
        if (found.size === total) {
          await this.#scroll(list, -1_000_000);
          return [...found].sort(([a], [b]) => a - b).map(([, row]) => row);
        }
        await this.#pageDown(list);
      }
      // The tree changed meanwhile, or was not drawn in time: once more from the top.
    }
    throw new Error(`The rows of the tree could not be read within ${ROWS_LIMIT / 1000} s.`);
  }

  async #pageDown(list: Locator): Promise<void> {
    // Less than a page, so that no row is only ever seen cut off or covered.
    await this.#scroll(list, ((await list.boundingBox())?.height ?? 0) * 0.6);
  }

  /**
   * Turns the wheel by that many pixels and lets VS Code draw what then is visible. A real wheel event moves a list by
   * 50 pixels however large it is, so this one is made by hand: 120 units of `wheelDeltaY` are 50 pixels.
   */
  async #scroll(list: Locator, pixels: number): Promise<void> {
    await list
      .locator('.monaco-list-rows')
      .first()
      .evaluate(
        (rows, units) => {
          rows.dispatchEvent(
            Object.defineProperty(new WheelEvent('wheel', { bubbles: true, cancelable: true }), 'wheelDeltaY', { value: -units }),
          );
        },
        (pixels / 50) * 120,
      );
    for (let frame = 0; frame < 2; frame++)
      await this.#page.evaluate(
        () =>
          new Promise((resolve) => {
            requestAnimationFrame(resolve);
          }),
      );
  }

  /** The rows directly under the row with this label. */
  async children(label: string): Promise<Row[]> {
    const rows = await this.rows();
    const parent = rows.findIndex((row) => row.label === label);
    const level = rows[parent]?.level;
    if (level === undefined) return [];
    const after = rows.slice(parent + 1);
    const end = after.findIndex((row) => row.level <= level);
    return after.slice(0, end === -1 ? undefined : end).filter((row) => row.level === level + 1);
  }
}

/**
 * Whether the whole of a row can be clicked: VS Code also draws rows that are cut off by the edge of their list, or covered
 * by the parents that stick to its top.
 */
async function isInSight(row: Locator): Promise<boolean> {
  if (!(await row.isVisible())) return false;
  return row.evaluate((element) => {
    const list = element.closest('.monaco-list');
    if (list === null) return true;
    const { top, bottom } = element.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    const covered = list.querySelector('.monaco-tree-sticky-container')?.getBoundingClientRect();
    return top >= Math.max(frame.top, covered?.bottom ?? 0) - 1 && bottom <= frame.bottom + 1;
  });
}

/**
 * The rows in the page by their place in the tree (not their copies that stick to its top while it is scrolled),
 * and how many rows the tree has in all, as its height tells.
 */
async function inPage(list: Locator): Promise<{ rows: [number, Row][]; total: number }> {
  // This runs in the browser, where a function with a name of its own would miss the helper that tsx gives it.
  return list
    .locator('.monaco-list-rows')
    .first()
    .evaluate((container) => {
      const elements = [...container.querySelectorAll(':scope > .monaco-list-row')];
      const rowHeight = elements[0]?.getBoundingClientRect().height ?? 1;
      return {
        total: Math.round(container.getBoundingClientRect().height / rowHeight),
        rows: elements.map(
          (element) =>
            [
              Number(element.getAttribute('data-index')),
              {
                label: element.querySelector('.label-name')?.textContent ?? '',
                description: element.querySelector('.label-description')?.textContent ?? '',
                level: Number(element.getAttribute('aria-level')),
                expanded: element.hasAttribute('aria-expanded') ? element.getAttribute('aria-expanded') === 'true' : undefined,
              },
            ] satisfies [number, Row],
        ),
      };
    });
}

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
