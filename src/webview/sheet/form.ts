import { translated, t } from '../../l10n/texts';
import { isDefaultFlag, FLAG_SET } from '../../forms/address-fields';
import { sectionsOf } from '../../forms/rules';
import type { SheetForm, SheetFormField, SheetHint, SheetState, SheetWords } from '../../pages/sheet-messages';
import type { Field } from '../../api/types';
import { checkbox, choice, element, linkButton, textArea, textInput } from '../ui';
import { choicesOf, OTHER } from './values';

/** A fault of the store that concerns one field. */
export interface FieldFault {
  readonly attribute: string;
  readonly words: SheetWords;
}

/** ID of the words that describe a changed field to screen readers; others see its mark. */
const CHANGED_ID = 'changed-words';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Reports the text of a field. @returns the sequence number of this input */
type OnType = (code: string, text: string) => number;

interface Row {
  readonly row: HTMLElement;
  readonly notes: HTMLElement;
  readonly control: Control;
  /**
   * Sequence number of the last input in this field. Until the extension has processed it, its value for the field is older than the text
   * in it.
   */
  typed: number;
  /** The content of its notes. */
  told: string;
}

/** The fields of a customer as inputs, with the problems beside each. Typing redraws only the parts that it changes. */
export class Form {
  readonly element = element('form', 'sections');
  readonly #rows = new Map<string, Row>();
  readonly #first: string | undefined;

  constructor(
    private readonly state: SheetState,
    form: SheetForm,
    private readonly onType: OnType,
  ) {
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
    });
    this.#first = form.fields[0]?.code;
    const values = new Map(form.fields.map((field) => [field.code, field]));
    const { kind, mode } = state.work;
    for (const { title, fields } of sectionsOf(kind, mode === 'new' ? 'new' : 'edit')) {
      const box = element('section');
      box.append(element('h2', '', translated(title)));
      for (const field of fields) {
        const shown = values.get(field.name);
        if (shown !== undefined) box.append(this.#field(field, shown));
      }
      this.element.append(box);
    }
    const words = element('span', '', t('changed, not sent yet'));
    words.id = CHANGED_ID;
    words.hidden = true;
    this.element.append(words);
  }

  /** Moves the focus to a field; to the first one by default. */
  focus(code = this.#first): void {
    this.#rows.get(code ?? '')?.control.focus();
  }

  /**
   * Marks changed fields, and shows problems and hints beside each field. @param heard sequence number of the last input that `form`
   * includes
   */
  update({ fields }: SheetForm, heard: number, fault: FieldFault | undefined): void {
    for (const field of fields) {
      const shown = this.#rows.get(field.code);
      if (shown === undefined) continue;
      const { row, notes, control } = shown;
      const { code, problem, changed } = field;
      if (shown.typed <= heard) put(control, field);
      const words = fault?.attribute === code ? fault.words : undefined;
      const told = JSON.stringify([words, problem, field.hints, field.filled, field.unread && !changed]);
      row.classList.toggle('changed', changed);
      control.setAttribute('aria-describedby', changed ? `${notes.id} ${CHANGED_ID}` : notes.id);
      control.setAttribute('aria-invalid', String(problem !== undefined || words !== undefined));
      // Replaced notes would be read again at each key press.
      if (told === shown.told) continue;
      shown.told = told;
      notes.replaceChildren(
        ...(words === undefined ? [] : [faultNote(words)]),
        ...(problem === undefined ? [] : [note('error', problem)]),
        ...field.hints.map((hint) =>
          hintNote(hint, (text) => {
            this.#set(code, text);
          }),
        ),
        ...(field.filled ? [this.#filled(code)] : []),
        ...(field.unread && !changed
          ? [note('information', t('Its value is {unread}. You can set it.', { unread: this.state.unread }))]
          : []),
      );
    }
  }

  #field(field: Field, shown: SheetFormField): HTMLElement {
    const { name, title, doc } = field;
    const row = element('div', 'field');
    const label = element('label');
    label.htmlFor = `field-${name}`;
    label.title = `${name}: ${translated(doc)}`;
    label.append(element('span', 'title', translated(title)), ' ', element('code', '', name));
    const control = this.#control(field, shown);
    const notes = element('div', 'notes');
    notes.id = `notes-${name}`;
    notes.setAttribute('aria-live', 'polite');
    control.setAttribute('aria-describedby', notes.id);
    const cell = element('div', 'cell');
    cell.append(control, notes);
    row.append(label, cell);
    this.#rows.set(name, { row, notes, control, typed: 0, told: '' });
    return row;
  }

  #control(field: Field, { value, unread }: SheetFormField): Control {
    const { name, role, type } = field;
    const typed = (text: string): void => {
      this.#typed(name, text);
    };
    if (isDefaultFlag(name))
      return checkbox(`field-${name}`, value === FLAG_SET, (on) => {
        typed(on ? FLAG_SET : '');
      });
    if (role === 'multiline') return textArea(`field-${name}`, value, typed);
    const choices = choicesOf(role, this.state, value);
    if (choices !== undefined) {
      return choice(`field-${name}`, value, choices, (chosen) => {
        if (chosen === OTHER) this.#typeInstead(name);
        else this.#typed(name, chosen);
      });
    }
    const input = textInput(
      `field-${name}`,
      value,
      name === 'password' ? 'password' : role === 'email' ? 'email' : type.kind === 'int' ? 'numeric' : 'text',
      typed,
    );
    if (role === 'date') input.placeholder = '1980-12-31';
    if (unread) input.placeholder = this.state.unread;
    return input;
  }

  /** Replaces the choices with an input, for a value that is not among them. */
  #typeInstead(code: string): void {
    const row = this.#rows.get(code);
    if (row === undefined) return;
    const input = textInput(row.control.id, '', 'numeric', (text) => {
      this.#typed(code, text);
    });
    input.placeholder = t('number');
    input.setAttribute('aria-describedby', row.notes.id);
    row.control.replaceWith(input);
    this.#rows.set(code, { ...row, control: input });
    this.#typed(code, '');
    input.focus();
  }

  #typed(code: string, text: string): void {
    const typed = this.onType(code, text);
    const row = this.#rows.get(code);
    if (row !== undefined) row.typed = typed;
  }

  #set(code: string, text: string): void {
    const control = this.#rows.get(code)?.control;
    if (control === undefined) return;
    if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = text === FLAG_SET;
    else control.value = text;
    control.focus();
    this.#typed(code, text);
  }

  /** A note that a secret was typed. The extension does not send it back to the page, which may have been created again since. */
  #filled(code: string): HTMLElement {
    const line = note('information', t('Kept only in memory until the window is closed or reloaded.'));
    line.append(
      linkButton(
        t('Clear'),
        () => {
          this.#set(code, '');
        },
        t('Clear the input'),
      ),
    );
    return line;
  }
}

/** Shows the value of a field in its control. */
function put(control: Control, { value, filled }: SheetFormField): void {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') {
    control.checked = value === FLAG_SET;
    return;
  }
  if (control.type === 'password') {
    if (!filled) control.value = '';
    if (control instanceof HTMLInputElement)
      control.placeholder = filled && control.value === '' ? t('Filled in. Type to replace it.') : '';
  } else if (control.value !== value) {
    if (control instanceof HTMLSelectElement && ![...control.options].some((option) => option.value === value))
      control.append(new Option(value === '' ? t('not set') : value, value));
    control.value = value;
  }
}

const icons = { error: 'error', warning: 'warning', information: 'info', hint: 'lightbulb' } as const;

/** A line of text with the icon of its severity. */
export function note(severity: keyof typeof icons, text: string): HTMLElement {
  const line = element('p', `note ${severity}`);
  line.append(element('span', `codicon codicon-${icons[severity]}`), element('span', '', text));
  return line;
}

/** A fault of the store. The quote is on its own line, because it may end without a period. */
function faultNote({ what, said: quote, why, next }: SheetWords): HTMLElement {
  const line = note('error', what);
  const ours = [why, next].filter((part) => part !== undefined).join(' ');
  for (const part of [quote === undefined ? '' : t('The store said: {said}', { said: quote }), ours])
    if (part !== '') line.lastElementChild?.append(' ', element('span', 'more', part));
  return line;
}

/** A trap: what happens, the reason on hover, and buttons for its fixes. */
function hintNote({ severity, message, why, fixes }: SheetHint, onFix: (text: string) => void): HTMLElement {
  const line = note(severity, message);
  line.title = why;
  for (const { title, value } of fixes)
    line.append(
      linkButton(title, () => {
        onFix(value);
      }),
    );
  return line;
}
