import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { press } from './focus';
import { until } from './waiting';

/** The focused element of a page. */
export interface Focused {
  /** Accessible name; empty if nothing in the page has the focus. */
  readonly name: string;
  /** Whether it is on the screen and has a visible focus ring. */
  readonly seen: boolean;
}

/** More Tab stops than any page has. */
const MAX_STOPS = 80;

/** The focused element in a webview. */
export async function focusedIn(view: FrameLocator): Promise<Focused> {
  return await view.locator('body').evaluate((body) => {
    const active = document.activeElement;
    if (active === null || active === body || !document.hasFocus()) return { name: '', seen: false };
    const referred = (active.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
    const labels =
      'labels' in active && active.labels instanceof NodeList ? [...active.labels].map((label) => label.textContent ?? '') : [];
    const name = [active.getAttribute('aria-label') ?? '', ...referred, ...labels, active.textContent ?? ''].find(
      (text) => text.trim() !== '',
    );
    // A grid shows the ring at its active cell, a button of the toolkit at a part inside its shadow root.
    const drawn = [active, active.querySelector('.cell.active'), active.shadowRoot?.querySelector('.control') ?? null];
    const ring = drawn.some((element) => {
      if (element === null) return false;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && !/^transparent$|, 0\)$/.test(outlineColor);
    });
    const { top, bottom, left, right } = active.getBoundingClientRect();
    const onScreen = bottom > 0 && top < window.innerHeight && right > 0 && left < window.innerWidth;
    return { name: (name ?? active.localName).replace(/\s+/g, ' ').trim(), seen: ring && onScreen };
  });
}

/** Presses Tab until the element with this name has the focus. At every stop on the way, the focus must be visible. */
export async function tabTo(page: Page, view: FrameLocator, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const stops: string[] = [];
  while (stops.length < MAX_STOPS) {
    await press(page, key);
    const { name: at, seen } = await focusedIn(view);
    stops.push(at);
    // After the last stop, the focus is outside of the page until it comes back.
    if (at === '') continue;
    assert.ok(seen, `The focus on “${at}” is not visible.`);
    if (typeof name === 'string' ? at === name : name.test(at)) return;
  }
  assert.fail(`No Tab stop has the name ${String(name)}: ${stops.join(' | ')}`);
}

/** Waits until an element of the page has the focus visibly, as it must after the focused element is gone. */
export async function keyboardStays(view: FrameLocator): Promise<Focused> {
  let at: Focused = { name: '', seen: false };
  await until(async () => (at = await focusedIn(view)).seen, 20_000).catch(() => {
    assert.fail(`The focus is lost or not visible: “${at.name}”`);
  });
  return at;
}
