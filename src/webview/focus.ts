/**
 * Keeps the focus when the element that has it is replaced, hidden or disabled. Without this, the browser moves the focus to the body, and
 * the next Tab starts at the top of the page. `host.ts` calls it for every page, so no part of a page needs code for this.
 */

/** Selector of the elements that can have the focus. */
const FOCUSABLE = ['a[href]', 'button', 'input', 'select', 'textarea', 'summary', 'vscode-button', '[tabindex="0"]'].join();

/** The element that had the focus, with what is needed to find another place once it is gone. */
interface Place {
  readonly key: string;
  /** Its ancestors inside `main`, from the innermost to the outermost. */
  readonly around: readonly HTMLElement[];
  /** The focusable elements that followed it. */
  readonly next: readonly HTMLElement[];
}

/**
 * Starts to watch the page. The focus moves to the replacement of the lost element, or else to the part of the page that it was in, or else
 * to the next control. It never moves to a control before the lost one: a second press of Enter would do something that nobody meant.
 */
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
      if (place !== undefined && isLost() && document.hasFocus()) moveFrom(place);
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['hidden', 'disabled', 'open'] });
}

function placeOf(element: HTMLElement): Place | undefined {
  // The page itself is not a place to keep.
  if (element.matches('main, body')) return undefined;
  const line = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const around: HTMLElement[] = [];
  for (let outer = element.parentElement; outer !== null && !outer.matches('main, body'); outer = outer.parentElement) around.push(outer);
  return { key: keyOf(element), around, next: line.slice(line.indexOf(element) + 1) };
}

/** Identifies an element after it was replaced: the ID, or else type and label. */
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
  return element.isConnected && !element.hasAttribute('disabled') && element.getBoundingClientRect().height > 0;
}

function moveFrom({ key, around, next }: Place): void {
  const same = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].find((element) => isUsable(element) && keyOf(element) === key);
  const part = around.find(isUsable);
  const found = same ?? part ?? next.find(isUsable);
  if (found === undefined) return;
  if (found === part && !found.hasAttribute('tabindex')) found.tabIndex = -1;
  found.focus();
}
