import type { CellEdit } from '../../pages/table-messages';
import { element } from '../ui';

/** The callbacks of a cell that is being edited. */
export interface CellEditing {
  readonly done: (value: string) => void;
  readonly left: () => void;
}

/** Replaces a cell's value with an input or choice. Enter accepts the new value, Escape keeps the old one. */
export function editCell(cell: HTMLElement, { value, choices, problem }: CellEdit, label: string, { done, left }: CellEditing): void {
  const control = choices.length === 0 ? element('input', 'cell-editor') : element('select', 'cell-editor');
  if (control instanceof HTMLSelectElement) {
    const known = choices.some((choice) => choice.value === value) ? choices : [{ value, label: value }, ...choices];
    for (const choice of known) {
      const option = element('option', '', choice.label);
      option.value = choice.value;
      control.append(option);
    }
  }
  control.value = value;
  control.setAttribute('aria-label', label);
  if (problem !== undefined) {
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-description', problem);
    control.title = problem;
  }
  let over = false;
  const end = (taken: boolean): void => {
    if (over) return;
    over = true;
    if (taken) done(control.value);
    else left();
  };
  control.addEventListener('keydown', (event: Event) => {
    if (!(event instanceof KeyboardEvent)) return;
    // The keys of the list have another meaning here.
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    end(event.key === 'Enter');
  });
  for (const press of ['mousedown', 'dblclick', 'click'] as const)
    control.addEventListener(press, (event) => {
      event.stopPropagation();
    });
  // As in spreadsheets, leaving the cell accepts the new value.
  control.addEventListener('blur', () => {
    end(true);
  });
  cell.replaceChildren(control);
  if (problem !== undefined) {
    const words = element('span', 'cell-problem', problem);
    words.setAttribute('role', 'alert');
    cell.append(words);
    cell.classList.add('wrong');
    keepInList(words, cell);
  }
  control.focus();
  if (control instanceof HTMLInputElement) control.select();
}

/** Puts the text below a cell on the side where the list has room for it. */
function keepInList(words: HTMLElement, cell: HTMLElement): void {
  const list = cell.closest('.grid')?.getBoundingClientRect();
  if (list === undefined) return;
  const { right, bottom } = words.getBoundingClientRect();
  words.classList.toggle('before', right > list.right);
  words.classList.toggle('above', bottom > list.bottom);
}
