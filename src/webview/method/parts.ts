import type { WireType } from '../../api/types';
import { element } from '../ui';

/** The value that a control is for. */
export interface ControlFacts {
  /** Position of the value in the form. Problems refer to it. */
  readonly path: string;
  /** Name of the value. The names of controls within it begin with it. */
  readonly name: string;
  readonly type: WireType;
  /** Attributes that filters can use. */
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

/** Moves the focus to the first control within an element. */
export function focusIn(place: Element): void {
  place.querySelector<HTMLElement>('input, select, textarea, vscode-button')?.focus();
}
