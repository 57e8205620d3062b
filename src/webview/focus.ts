/**
 * Keeps the focus when the element that has it is replaced, hidden or disabled. Without this, the browser moves the focus to the body, and
 * the next Tab starts at the top of the page. `host.ts` calls it for every page, so no part of a page needs code for this.
 */

/** Selector of the elements that can have the focus. */
const FOCUSABLE = 'a[href], button, input, select, textarea, summary, vscode-button, [tabindex="0"]';

/** The element that had the focus, among all focusable elements at that moment, in document order. */
interface Place {
  readonly at: number;
  readonly line: readonly Stop[];
}

interface Stop {
  readonly element: HTMLElement;
  /** Identifies the element after it was replaced: the ID, or else type and label. */
  readonly key: string;
}

/** Moves the focus to the replacement of a lost element, or else to the next element that is left. */
export function keepFocus(): void {
  let place: Place | undefined;
  let frame = 0;
  document.addEventListener('focusin', ({ target }) => {
    place = target instanceof HTMLElement ? placeOf(target) : undefined;
  });
  document.addEventListener('pointerdown', ({ target }) => {
    // A press outside of all focusable elements removes the focus on purpose.
    if (!(target instanceof Element) || target.closest(FOCUSABLE) === null) place = undefined;
  });
  new MutationObserver(() => {
    if (place === undefined || frame !== 0) return;
    // The browser removes the focus from hidden elements at the next frame.
    frame = requestAnimationFrame(() => {
      frame = 0;
      if (place !== undefined && isLost() && document.hasFocus()) standInFor(place)?.focus();
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['hidden', 'disabled', 'open'] });
}

function placeOf(element: HTMLElement): Place | undefined {
  const line = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].map((each) => ({ element: each, key: keyOf(each) }));
  const at = line.findIndex((stop) => stop.element === element);
  return at < 0 ? undefined : { at, line };
}

function keyOf(element: HTMLElement): string {
  return element.id === ''
    ? `${element.localName} ${element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby') ?? element.textContent ?? ''}`
    : `#${element.id}`;
}

function isLost(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || !isUsable(activeElement);
}

function isUsable(element: Element): boolean {
  return element.isConnected && !element.hasAttribute('disabled') && element.getClientRects().length > 0;
}

/** The replacement of the lost element, or else the nearest following element that is left, or else the nearest preceding one. */
function standInFor({ at, line }: Place): HTMLElement | undefined {
  const now = new Map<string, HTMLElement>();
  for (const element of document.querySelectorAll<HTMLElement>(FOCUSABLE))
    if (isUsable(element) && !now.has(keyOf(element))) now.set(keyOf(element), element);
  for (const { element, key } of [...line.slice(at), ...line.slice(0, at).toReversed()]) {
    const standIn = isUsable(element) ? element : now.get(key);
    if (standIn !== undefined) return standIn;
  }
  return undefined;
}
