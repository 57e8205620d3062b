/**
 * Only this file and `controls.ts` import `@vscode/webview-ui-toolkit`: it is no longer developed, so replacing it must touch two files
 * only. All other code asks for controls by their purpose.
 */
import type { Button } from '@vscode/webview-ui-toolkit';
import { t } from '../l10n/texts';

declare global {
  interface HTMLElementTagNameMap {
    'vscode-button': Button;
  }
}

let wanted = false;

/**
 * Loads the toolkit after the first paint, so that the paint does not wait for it. Until then its controls are plain elements of the same
 * size (media/controls.css); their listeners already work.
 */
export function loadControlsAfterPaint(): void {
  if (wanted) return;
  wanted = true;
  // A frame is painted after its callbacks, so a timer set in a callback runs after the paint.
  requestAnimationFrame(() => {
    setTimeout(() => {
      void import('./controls');
    });
  });
}

/** A button with words. */
export function button(label: string, onPress: () => void, appearance: 'primary' | 'secondary' = 'secondary'): Button {
  const control = document.createElement('vscode-button');
  control.setAttribute('appearance', appearance);
  control.textContent = label;
  control.addEventListener('click', onPress);
  return control;
}

/** A button with an icon; its label is its tooltip and its name for screen readers. */
export function iconButton(icon: string, label: string, onPress: () => void): HTMLElement {
  const control = document.createElement('vscode-button');
  // Set the label first: the toolkit names icon buttons without a label "Icon Button".
  control.setAttribute('aria-label', label);
  control.setAttribute('appearance', 'icon');
  control.title = label;
  control.append(element('span', `codicon codicon-${icon}`));
  control.addEventListener('click', onPress);
  return control;
}

/** Disables a button and gives the reason; enables it when there is no reason. */
export function refuse(control: HTMLElement, reason: string | undefined): void {
  control.toggleAttribute('disabled', reason !== undefined);
  if (reason !== undefined) control.title = reason;
}

/**
 * A spinning ring for a running operation. The toolkit's own ring is not used, because it has the role of an alert.
 * @param label for a ring without words beside it
 */
export function progress(label?: string): HTMLElement {
  const ring = element('span', 'ring codicon codicon-loading codicon-modifier-spin');
  if (label !== undefined) {
    ring.ariaHidden = null;
    ring.setAttribute('role', 'img');
    ring.ariaLabel = label;
  }
  return ring;
}

/** A line between parts of a page. */
export function divider(): HTMLElement {
  const line = document.createElement('vscode-divider');
  line.setAttribute('role', 'separator');
  return line;
}

/**
 * An element with text. Text is always set as text, so that nothing that a store sends can become markup. Icons are hidden from screen
 * readers: they are characters of a font without a name, and the words beside them say what they mean.
 */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, className = '', text?: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (/\bcodicon\b/.test(className)) made.ariaHidden = 'true';
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A small button that looks like a link, for use beside a value. */
export function linkButton(label: string, onPress: () => void, name = label): HTMLButtonElement {
  const control = element('button', 'link', label);
  control.type = 'button';
  if (name !== label) control.setAttribute('aria-label', name);
  control.addEventListener('click', onPress);
  return control;
}

/** A link to the page that explains an error. Its address is a command, the only one that our pages may link to. */
export function learnMore(help: string): HTMLElement {
  const link = element('a', 'more', t('Learn more'));
  link.setAttribute('href', help);
  return link;
}

/**
 * An input for text. It is a plain input, because the inputs of the toolkit are in shadow trees, where labels and descriptions of the page
 * cannot refer to them.
 */
export function textInput(
  id: string,
  value: string,
  kind: 'text' | 'email' | 'numeric' | 'password',
  onInput: (value: string) => void,
): HTMLInputElement {
  const input = element('input');
  input.id = id;
  // The types "email" and "number" are not used: browsers change what is typed there, and stores may hold any text.
  input.type = kind === 'password' ? 'password' : 'text';
  if (kind === 'email' || kind === 'numeric') input.inputMode = kind;
  input.value = value;
  input.spellcheck = false;
  input.autocomplete = kind === 'password' ? 'new-password' : 'off';
  input.dir = 'auto';
  input.addEventListener('input', () => {
    onInput(input.value);
  });
  return input;
}

/** An input for several lines, as high as its content. */
export function textArea(id: string, value: string, onInput: (value: string) => void): HTMLTextAreaElement {
  const area = element('textarea');
  area.id = id;
  area.value = value;
  area.rows = 2;
  area.spellcheck = false;
  area.dir = 'auto';
  area.addEventListener('input', () => {
    onInput(area.value);
  });
  return area;
}

/** A checkbox. */
export function checkbox(id: string, on: boolean, onInput: (on: boolean) => void): HTMLInputElement {
  const box = element('input');
  box.id = id;
  box.type = 'checkbox';
  box.checked = on;
  box.addEventListener('input', () => {
    onInput(box.checked);
  });
  return box;
}

/** A drop-down list. */
export function choice(
  id: string,
  value: string,
  options: readonly { readonly value: string; readonly label: string }[],
  onInput: (value: string) => void,
): HTMLSelectElement {
  const select = element('select');
  select.id = id;
  for (const option of options) {
    const entry = element('option', '', option.label);
    entry.value = option.value;
    select.append(entry);
  }
  select.value = value;
  select.addEventListener('input', () => {
    onInput(select.value);
  });
  return select;
}

/**
 * Reports the choice in a list. A choice with the pointer is reported at once. A choice with keys is reported when Enter is pressed or the
 * list loses the focus, because an arrow key passes through all entries before the wanted one. Escape returns to the last reported value.
 */
export function onChosen(select: HTMLSelectElement, told: (value: string) => void): void {
  let last = select.value;
  let byKey = false;
  const tell = (): void => {
    if (select.value === last) return;
    last = select.value;
    told(last);
  };
  select.addEventListener('pointerdown', () => {
    byKey = false;
  });
  select.addEventListener('keydown', (event) => {
    byKey = true;
    if (event.key === 'Enter') tell();
    else if (event.key === 'Escape') select.value = last;
  });
  select.addEventListener('change', () => {
    if (!byKey) tell();
  });
  select.addEventListener('blur', tell);
}
