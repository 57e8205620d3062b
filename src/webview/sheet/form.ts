import { formSections } from '../../api/customer-form';
import type { SheetState, SheetWords } from '../../api/messages';
import type { Finding } from '../../api/traps';
import type { Field } from '../../api/types';
import { choice, element, linkButton, textInput } from '../ui';
import type { Draft } from './draft';
import { choicesOf, OTHER } from './values';

/** A fault of the store that is about one field. */
export interface FieldFault {
  readonly attribute: string;
  readonly words: SheetWords;
}

/** The fields of a customer as inputs, with what is wrong beside each. Typing redraws nothing but what it changes. */
export class Form {
  readonly element = element('form', 'sections');
  readonly #rows = new Map<string, { readonly row: HTMLElement; readonly notes: HTMLElement; readonly control: HTMLInputElement | HTMLSelectElement }>();

  constructor(
    private readonly state: SheetState,
    private readonly draft: Draft,
    private readonly fault: FieldFault | undefined,
    private readonly onChange: () => void,
  ) {
    this.element.addEventListener('submit', (event) => { event.preventDefault(); });
    for (const { title, fields } of formSections(draft.mode)) {
      const box = element('section');
      box.append(element('h2', '', title));
      for (const field of fields) box.append(this.#field(field));
      this.element.append(box);
    }
    this.#update();
  }

  /** Puts the keyboard into a field, the first one by default. */
  focus(code = this.fault?.attribute ?? this.draft.codes[0]): void {
    this.#rows.get(code ?? '')?.control.focus();
  }

  /** The first field with something that cannot be sent. */
  get wrong(): string | undefined {
    return this.draft.codes.find((code) => this.draft.problem(code) !== undefined);
  }

  #field(field: Field): HTMLElement {
    const { name, title, doc } = field;
    const row = element('div', 'field');
    const label = element('label');
    label.htmlFor = `field-${name}`;
    label.title = doc;
    label.append(element('span', 'title', title), element('code', '', name));
    const control = this.#control(field);
    const notes = element('div', 'notes');
    notes.id = `notes-${name}`;
    notes.setAttribute('aria-live', 'polite');
    control.setAttribute('aria-describedby', notes.id);
    const cell = element('div', 'cell');
    cell.append(control, notes);
    row.append(label, cell);
    this.#rows.set(name, { row, notes, control });
    return row;
  }

  #control(field: Field): HTMLInputElement | HTMLSelectElement {
    const { name, role } = field;
    const value = this.draft.value(name);
    const onInput = (text: string): void => {
      this.draft.set(name, text);
      this.#update();
      this.onChange();
    };
    const choices = choicesOf(role, this.state, value);
    if (choices !== undefined) {
      return choice(`field-${name}`, value, choices, (chosen) => {
        if (chosen === OTHER) this.#typeInstead(name, onInput);
        else onInput(chosen);
      });
    }
    return this.#text(field, value, onInput);
  }

  #text({ name, role, type }: Field, value: string, onInput: (text: string) => void): HTMLInputElement {
    const input = textInput(`field-${name}`, value, name === 'password' ? 'password' : role === 'email' ? 'email' : type.kind === 'int' ? 'numeric' : 'text', onInput);
    if (role === 'date') input.placeholder = '1980-12-31';
    if (this.state.unreadable.includes(name)) input.placeholder = this.state.unread;
    return input;
  }

  /** Puts an input in the place of choices, for a value that is none of them. */
  #typeInstead(code: string, onInput: (text: string) => void): void {
    const row = this.#rows.get(code);
    if (row === undefined) return;
    const input = textInput(row.control.id, '', 'numeric', onInput);
    input.placeholder = 'number';
    input.setAttribute('aria-describedby', row.notes.id);
    row.control.replaceWith(input);
    this.#rows.set(code, { ...row, control: input });
    onInput('');
    input.focus();
  }

  /** Marks what is changed, and says beside each field what is wrong with it or worth knowing. */
  #update(): void {
    const hints = this.draft.hints();
    for (const [code, { row, notes, control }] of this.#rows) {
      const problem = this.draft.problem(code);
      const fault = this.fault?.attribute === code ? this.fault.words : undefined;
      row.classList.toggle('changed', this.draft.isChanged(code));
      control.setAttribute('aria-invalid', String(problem !== undefined || fault !== undefined));
      notes.replaceChildren(
        ...(fault === undefined ? [] : [faultNote(fault)]),
        ...(problem === undefined ? [] : [note('error', problem)]),
        // What cannot be sent at all needs no second opinion.
        ...(problem === undefined ? (hints.get(code) ?? []).map((finding) => hintNote(finding, (text) => { this.#set(code, text); })) : []),
        ...(code === 'password' && this.draft.isChanged(code) ? [note('information', 'Not kept when the window is reloaded.')] : []),
        ...(this.state.unreadable.includes(code) && !this.draft.isChanged(code) ? [note('information', `Its value is ${this.state.unread}; it can be set all the same.`)] : []),
      );
    }
  }

  #set(code: string, text: string): void {
    this.draft.set(code, text);
    const control = this.#rows.get(code)?.control;
    if (control !== undefined) {
      control.value = text;
      control.focus();
    }
    this.#update();
    this.onChange();
  }
}

const icons = { error: 'error', warning: 'warning', information: 'info', hint: 'lightbulb' } as const;

/** A line of text with the icon of its severity. */
export function note(severity: keyof typeof icons, text: string): HTMLElement {
  const line = element('p', `note ${severity}`);
  line.append(element('span', `codicon codicon-${icons[severity]}`), element('span', '', text));
  return line;
}

function faultNote({ what, said, why, next }: SheetWords): HTMLElement {
  const line = note('error', what);
  const more = element('span', 'more', [said === undefined ? undefined : `The store said: ${said}`, why, next].filter((part) => part !== undefined).join(' '));
  line.lastElementChild?.append(' ', more);
  return line;
}

/** A trap: what happens, why on hover, and the way out where there is one for this field. */
function hintNote({ severity, message, why, fixes }: Finding, onFix: (text: string) => void): HTMLElement {
  const line = note(severity, message);
  line.title = why;
  for (const { title, edits } of fixes) {
    const [edit, ...others] = edits;
    if (edit?.kind === 'set' && others.length === 0 && typeof edit.value === 'string') {
      const { value } = edit;
      line.append(linkButton(title, () => { onFix(value); }));
    }
  }
  return line;
}
