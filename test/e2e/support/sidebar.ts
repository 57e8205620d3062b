import { errors, type Locator, type Page } from 'playwright-core';
import { press } from './focus';
import { clickRow, pressRow, type RowClick } from './rows';
import { isInTime, until, untilShown } from './waiting';

/** A tree row as it is shown. */
export interface Row {
  readonly label: string;
  /** The dimmed text after the label; empty when there is none. */
  readonly description: string;
  /** 1 for the top of a view. */
  readonly level: number;
  /** `undefined` for a row that cannot be expanded. */
  readonly expanded: boolean | undefined;
}

/** A real row, not its copy that sticks to the top of a scrolled tree. */
const ROW = '.monaco-list-rows > .monaco-list-row';

/** The content of a row, without the button that expands it. */
const CONTENTS = '.monaco-tl-contents';

/** The button that expands and collapses a row. */
const TWISTIE = '.monaco-tl-twistie';

/** How long to try to point at a row before the pointer is moved away from what may cover it, in ms. */
const ATTEMPT_LIMIT_MS = 3000;

/** Time limit for reading a whole tree, in ms. */
const ROWS_LIMIT_MS = 120_000;

/**
 * How many frames to wait for between two steps of a walk down a list. VS Code adds rows to the page as soon as the list is scrolled, so a
 * first search does not wait: drawing each screen would take most of the time. If it does not find the row, the next searches wait until
 * everything is drawn. Reading all rows also waits.
 */
const CERTAIN_FRAMES = 2;

/** How long a menu may ignore a click, in ms. */
const MENU_LIMIT_MS = 60_000;

/** Our view container in the activity bar, and the trees in it. */
export class Sidebar {
  readonly #page: Page;
  readonly #title: string;

  /** @param title the container's title in the manifest */
  constructor(page: Page, title: string) {
    this.#page = page;
    this.#title = title;
  }

  /** The container's icon in the activity bar. */
  get icon(): Locator {
    const title = this.#title.replaceAll('"', '\\"');
    return this.#page.locator('.activitybar .action-item', { has: this.#page.locator(`a[aria-label^="${title}"]`) });
  }

  /** Shows the container. */
  async open(): Promise<void> {
    await this.icon.waitFor();
    const title = this.#page.locator('.sidebar .composite.title', { hasText: this.#title });
    // After a reload VS Code may be about to show it, and then a click would hide it.
    await untilShown(title, async () => {
      if (!(await title.isVisible())) await this.icon.click();
    });
  }

  /** Drags the edge of the side bar until it has a width. @param width in px */
  async resize(width: number): Promise<void> {
    const bar = await this.#page.locator('.part.sidebar').boundingBox();
    if (bar === null) throw new Error('The side bar is not shown.');
    const right = bar.x + bar.width;
    const sashes = await Promise.all((await this.#page.locator('.monaco-sash.vertical').all()).map((sash) => sash.boundingBox()));
    const edges = sashes.flatMap((sash) => (sash === null ? [] : [sash.x + sash.width / 2]));
    const edge = edges.toSorted((a, b) => Math.abs(a - right) - Math.abs(b - right))[0] ?? right;
    const middle = bar.y + bar.height / 2;
    await this.#page.mouse.move(edge, middle);
    await this.#page.mouse.down();
    await this.#page.mouse.move(edge + width - bar.width, middle, { steps: 5 });
    await this.#page.mouse.up();
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

  /** All trees of the container together, for labels that are unambiguous. */
  get tree(): Tree {
    return new Tree(this.#page, this.#page.locator('.sidebar'));
  }
}

/** The tree of a view. Rows outside of the visible part are not in the page; `rows` scrolls to find them. */
export class Tree {
  readonly #page: Page;
  readonly #root: Locator;

  constructor(page: Page, root: Locator) {
    this.#page = page;
    this.#root = root;
  }

  /** A row with a text in its label or description, if it is in the visible part. */
  row(text: string | RegExp): Locator {
    return this.#root.locator(ROW, { hasText: text }).first();
  }

  /**
   * Scrolls to a row, from the top down, and repeats that until the row exists. VS Code may remove the row at any later moment, and a
   * locator for its element would then wait in vain: `attribute` reads a row and reveals it again where necessary.
   */
  async reveal(text: string | RegExp): Promise<Locator> {
    const row = this.row(text);
    const list = this.#root.locator('.monaco-list').first();
    let frames = 0;
    for (const end = Date.now() + ROWS_LIMIT_MS; Date.now() < end; await this.#page.waitForTimeout(200)) {
      if (await isInSight(row)) return row;
      await list.waitFor();
      await walk(list, frames, { wanted: text });
      if (await isInSight(row)) return row;
      frames = CERTAIN_FRAMES;
    }
    throw new Error(`No row with ${String(text)} came within ${ROWS_LIMIT_MS / 1000} s.`);
  }

  /** The value of an attribute of a row, such as `aria-selected`, read in one step. */
  async attribute(text: string | RegExp, name: string): Promise<string | undefined> {
    const row = await this.reveal(text);
    return await row.evaluateAll(([element], name) => element?.getAttribute(name) ?? undefined, name);
  }

  /** Clicks a row as a user does, which opens, expands or collapses it. */
  async click(text: string | RegExp): Promise<void> {
    await this.#press(text, { inside: CONTENTS });
  }

  /** Adds a row to the selection. */
  async select(text: string | RegExp): Promise<void> {
    await this.#press(text, { inside: CONTENTS, adding: true });
  }

  /** Presses a row after scrolling to it. */
  async #press(text: string | RegExp, click: RowClick): Promise<void> {
    await pressRow(this.#root.locator(ROW), text, click, () => this.reveal(text));
  }

  /** Moves the pointer to a row. */
  async pointAt(text: string | RegExp): Promise<void> {
    await until(() => this.#tryToPointAt(text));
  }

  /** Moves the pointer to a row. Fails if something covers it or it is removed in the meantime. */
  async #tryToPointAt(text: string | RegExp): Promise<boolean> {
    return await isInTime(async () => {
      await (await this.reveal(text)).hover({ timeout: ATTEMPT_LIMIT_MS });
    });
  }

  /**
   * Points at a row until VS Code shows its hover, and returns the hover. If a row under the pointer is read again, its hover disappears,
   * and a row that the pointer has just reached may still be loading its hover.
   */
  async explanation(text: string | RegExp, containing: string | RegExp): Promise<Locator> {
    const hover = this.#page.locator('.monaco-hover', { hasText: containing }).filter({ visible: true }).first();
    await untilShown(hover, async () => {
      await this.#page.mouse.move(700, 600);
      await this.#tryToPointAt(text);
    });
    return hover;
  }

  /** Expands a row unless it is expanded. */
  async expand(text: string | RegExp): Promise<void> {
    await this.#turn(text, 'true');
  }

  /** Collapses a row unless it is collapsed. */
  async collapse(text: string | RegExp): Promise<void> {
    await this.#turn(text, 'false');
  }

  /**
   * The extension expands some rows automatically, such as a filter that was just saved: a click at that moment would collapse them again.
   */
  async #turn(text: string | RegExp, expanded: 'true' | 'false'): Promise<void> {
    await untilShown(this.#root.locator(`${ROW}[aria-expanded="${expanded}"]`, { hasText: text }).first(), async () => {
      const row = await this.reveal(text);
      // A row that has changed or disappeared in the meantime is checked again.
      const other = `${ROW}[aria-expanded="${expanded === 'true' ? 'false' : 'true'}"]`;
      if ((await isExpanded(row)) !== (expanded === 'true')) await clickRow(this.#root.locator(other), text, { inside: TWISTIE });
    });
  }

  /** Clicks an action that a row shows while the pointer is over it, by the action's title. */
  async inlineAction(text: string | RegExp, action: string): Promise<void> {
    await pressRow(this.#root.locator(ROW), text, { inside: `.actions a[aria-label^="${action}"]` }, () => this.#tryToPointAt(text));
  }

  /** Chooses an entry of a row's context menu. */
  async contextMenu(text: string | RegExp, entry: string): Promise<void> {
    const menu = this.#page.locator('.monaco-menu').first();
    const action = this.#page.locator('.monaco-menu .action-label', { hasText: new RegExp(`^${escapeRegExp(entry)}`) }).first();
    // A menu offers the actions that were possible when VS Code last drew the row, which may be outdated.
    const open = (): Promise<void> =>
      untilShown(action, async () => {
        if (await menu.isVisible()) await press(this.#page, 'Escape');
        await this.#press(text, { inside: CONTENTS, button: 'right' });
      });
    await open();
    // A menu ignores the button for a moment after it opens, so that the click that opened it cannot choose an entry. How long depends on
    // the machine; an accepted click closes the menu. A change of the focus also closes it, such as when the last tab closes: a menu that
    // has closed before it was clicked is opened again.
    let clicked = false;
    for (const end = Date.now() + MENU_LIMIT_MS; ;) {
      const box = await action.boundingBox({ timeout: 500 }).catch(noneInTime);
      if (box === null && clicked) return;
      if (Date.now() > end) throw new Error(`The menu does not take "${entry}" within ${MENU_LIMIT_MS / 1000} s.`);
      if (box === null) {
        await open();
        continue;
      }
      await this.#page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { delay: 50 });
      clicked = true;
      await action.waitFor({ state: 'hidden', timeout: 500 }).catch(noneInTime);
    }
  }

  /** Every row of the tree from top to bottom, including those that must be scrolled to. Ends at the top of the tree. */
  async rows(): Promise<Row[]> {
    return await this.#read(({ rows, total }) => rows.size === total);
  }

  /** The rows directly under the row with this label. Does not read beyond them. */
  async children(label: string): Promise<Row[]> {
    const complete = ({ rows, total, ended }: Seen): boolean => ended || rows.size === total;
    const rows = await this.#read(complete, label);
    const parent = rows.findIndex((row) => row.label === label);
    const level = rows[parent]?.level;
    if (level === undefined) return [];
    const after = rows.slice(parent + 1);
    const end = after.findIndex((row) => row.level <= level);
    return after.slice(0, end === -1 ? undefined : end).filter((row) => row.level === level + 1);
  }

  /**
   * Rows from the top. Repeated from the top while they are not complete, because the tree changed or was not drawn in time.
   * @param under read only to the end of the rows under the row with this label
   */
  async #read(complete: (seen: Seen) => boolean, under?: string): Promise<Row[]> {
    const list = this.#root.locator('.monaco-list').first();
    await list.waitFor();
    for (const end = Date.now() + ROWS_LIMIT_MS; Date.now() < end;) {
      const seen = await walk(list, CERTAIN_FRAMES, { under });
      if (!complete(seen)) continue;
      await toTop(list);
      return [...seen.rows].sort(([a], [b]) => a - b).map(([, row]) => row);
    }
    throw new Error(`The rows of the tree could not be read within ${ROWS_LIMIT_MS / 1000} s.`);
  }
}

/** Turns a timeout into `null`, for elements that may be missing. */
function noneInTime(error: unknown): null {
  if (!(error instanceof errors.TimeoutError)) throw error;
  return null;
}

/**
 * Whether the whole row can be clicked now. VS Code also draws rows that are cut off by the edge of their list, or covered by the parents
 * that stick to its top. Checked in one step, because VS Code may remove a row between two steps.
 */
async function isInSight(row: Locator): Promise<boolean> {
  return await row.evaluateAll(([element]) => {
    if (element === undefined) return false;
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom <= top) return false;
    const list = element.closest('.monaco-list');
    if (list === null) return true;
    const frame = list.getBoundingClientRect();
    const covered = list.querySelector('.monaco-tree-sticky-container')?.getBoundingClientRect();
    return top >= Math.max(frame.top, covered?.bottom ?? 0) - 1 && bottom <= frame.bottom + 1;
  });
}

/** Whether a row is expanded, read in one step; undefined if it was removed or cannot be expanded. */
async function isExpanded(row: Locator): Promise<boolean | undefined> {
  const state = await row.evaluateAll(([element]) => element?.getAttribute('aria-expanded') ?? undefined);
  return state === undefined ? undefined : state === 'true';
}

/** The rows that a walk down a list found, by index, and how many rows the list has, calculated from its height. */
interface Seen {
  readonly rows: ReadonlyMap<number, Row>;
  readonly total: number;
  /** Whether it stopped at its {@link WalkEnd}, and not at the end of the list. */
  readonly ended: boolean;
}

/** Where a walk may stop before the end of the list: when a row with a text can be clicked, or after everything under a row. */
interface WalkEnd {
  readonly wanted?: string | RegExp;
  /** The label of the row. */
  readonly under?: string | undefined;
}

/**
 * Scrolls from the top of a list to its end, or to an earlier one. It runs completely in the page: a call for each screen of rows would
 * take longer than the scrolling.
 * @param frames how many frames to wait for after each step
 */
async function walk(list: Locator, frames: number, { wanted, under }: WalkEnd): Promise<Seen> {
  const text = typeof wanted === 'string' ? wanted.replace(/\s+/g, ' ').trim().toLowerCase() : undefined;
  const pattern = wanted instanceof RegExp ? { source: wanted.source, flags: wanted.flags } : undefined;
  const { rows, total, ended } = await list
    .locator('.monaco-list-rows')
    .first()
    .evaluate(
      // This runs in the browser, where a named function would need a helper of tsx that does not exist there.
      async (container, { frames, text, pattern, under }) => {
        const list = container.closest('.monaco-list') ?? container;
        const rows: [number, Row][] = [];
        for (let pixels = -1_000_000, bottom = -1; ; pixels = list.getBoundingClientRect().height * 0.6) {
          // A real wheel event scrolls a list by 50 pixels whatever its size, so this one is synthetic: 120 units of `wheelDeltaY` are 50
          // pixels. It scrolls less than a page, so that every row is completely visible at some point.
          const wheel = new WheelEvent('wheel', { bubbles: true, cancelable: true });
          container.dispatchEvent(Object.defineProperty(wheel, 'wheelDeltaY', { value: (-pixels / 50) * 120 }));
          for (let frame = 0; frame < frames; frame++)
            await new Promise((resolve) => {
              requestAnimationFrame(resolve);
            });
          // Excludes the copies that stick to the top of a scrolled tree.
          const elements = [...container.querySelectorAll(':scope > .monaco-list-row')];
          const frame = list.getBoundingClientRect();
          const top = Math.max(frame.top, list.querySelector('.monaco-tree-sticky-container')?.getBoundingClientRect().bottom ?? 0);
          let found = false;
          let last = -1;
          for (const element of elements) {
            const index = Number(element.getAttribute('data-index'));
            const box = element.getBoundingClientRect();
            const content = element.textContent ?? '';
            const meant =
              (text !== undefined && content.replace(/\s+/g, ' ').trim().toLowerCase().includes(text)) ||
              (pattern !== undefined && new RegExp(pattern.source, pattern.flags).test(content));
            found ||= meant && box.top >= top - 1 && box.bottom <= frame.bottom + 1;
            last = Math.max(last, index);
            rows.push([
              index,
              {
                label: element.querySelector('.label-name')?.textContent ?? '',
                description: element.querySelector('.label-description')?.textContent ?? '',
                level: Number(element.getAttribute('aria-level')),
                expanded: element.hasAttribute('aria-expanded') ? element.getAttribute('aria-expanded') === 'true' : undefined,
              },
            ]);
          }
          const parent = rows.find(([, { label }]) => label === under);
          const behind = parent !== undefined && rows.some(([index, { level }]) => index > parent[0] && level <= parent[1].level);
          const ended = found || behind;
          const rowHeight = elements[0]?.getBoundingClientRect().height ?? 1;
          if (ended || last === bottom) return { rows, total: Math.round(container.getBoundingClientRect().height / rowHeight), ended };
          bottom = last;
        }
      },
      { frames, text, pattern, under },
    );
  return { rows: new Map(rows), total, ended };
}

/** Scrolls a list to its top, and waits until VS Code has drawn it. */
async function toTop(list: Locator): Promise<void> {
  await list
    .locator('.monaco-list-rows')
    .first()
    .evaluate(async (container) => {
      const wheel = new WheelEvent('wheel', { bubbles: true, cancelable: true });
      container.dispatchEvent(Object.defineProperty(wheel, 'wheelDeltaY', { value: 1_000_000 }));
      for (let frame = 0; frame < 2; frame++)
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
    });
}

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
