/**
 * The only file that knows `@vscode/webview-ui-toolkit`: it is no longer developed, so a successor must be one file away
 * (design decision 12). Everything else asks for controls by what they do.
 */
import { Button, provideVSCodeDesignSystem, vsCodeButton, vsCodeDivider, vsCodeProgressRing } from '@vscode/webview-ui-toolkit';

/** Makes the controls known to the browser. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDivider(), vsCodeProgressRing());
}

/** A button with words. */
export function button(label: string, onPress: () => void, appearance: 'primary' | 'secondary' = 'secondary'): HTMLElement {
  const control = new Button();
  control.appearance = appearance;
  control.textContent = label;
  control.addEventListener('click', onPress);
  return control;
}

/** A button with an icon; its label is for tooltips and screen readers. */
export function iconButton(icon: string, label: string, onPress: () => void): HTMLElement {
  const control = new Button();
  // The label first, as an attribute: the toolkit calls icons without one "Icon Button".
  control.setAttribute('aria-label', label);
  control.appearance = 'icon';
  control.title = label;
  control.append(element('span', `codicon codicon-${icon}`));
  control.addEventListener('click', onPress);
  return control;
}

/** A ring that turns while something is under way. */
export function progress(label: string): HTMLElement {
  const ring = document.createElement('vscode-progress-ring');
  ring.setAttribute('aria-label', label);
  return ring;
}

/** A line between parts. */
export function divider(): HTMLElement {
  const line = document.createElement('vscode-divider');
  line.setAttribute('role', 'separator');
  return line;
}

/** An element with text. Text is always set as text: whatever a store sends can never become markup. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, className = '', text?: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
