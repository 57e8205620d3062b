import type { WireType } from '../../api/types';
import { element } from '../ui';

/** What a control stands for. */
export interface ControlFacts {
  /** Where the value stands; the problems of a form name it. */
  readonly path: string;
  /** What it is called; controls within it go by its name too. */
  readonly name: string;
  readonly type: WireType;
  /** Attributes that filters can be about. */
  readonly attributes: readonly string[];
  /** ID of the element with the label. */
  readonly label: string;
}

/** ID of the control for a value. */
export function controlId(path: string): string {
  return `value-${path}`;
}

/** A button with a cross. */
export function removeButton(label: string, onPress: () => void): HTMLElement {
  const made = element('button', 'remove');
  made.type = 'button';
  made.title = label;
  made.setAttribute('aria-label', label);
  made.append(element('span', 'codicon codicon-close'));
  made.addEventListener('click', onPress);
  return made;
}

/** Gives the keyboard to the first control within an element. */
export function focusIn(place: Element): void {
  place.querySelector<HTMLElement>('input, select, textarea, vscode-button')?.focus();
}
