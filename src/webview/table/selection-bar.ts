import type { TableRequest } from '../../pages/table-messages';
import { button, element, refuse } from '../ui';

/** What the line below the rows depends on. */
export interface BarState {
  readonly selected: number;
  readonly rows: number;
  /** How people call a row and several of them. */
  readonly words: { readonly one: string; readonly many: string };
  /** Whether rows can be opened, and whether cells of them can be changed. */
  readonly opens: boolean;
  readonly customers: boolean;
  /** Whether the store takes no writes: then none are offered. */
  readonly readOnly: boolean;
  /** Why customers cannot be deleted. */
  readonly undeletable: string | undefined;
  /** Cells that were changed and not sent yet. */
  readonly edits: number;
}

/** The line below the rows: how many are selected, and what can be done with them. */
export class SelectionBar {
  readonly element = element('footer', 'selection');
  readonly #words = element('span', 'count');
  readonly #actions = element('div', 'actions');
  readonly #edits = element('div', 'actions edits');
  readonly #editWords = element('span', 'edit-words');
  /** What writes to the store. */
  readonly #writes: readonly HTMLElement[];
  readonly #remove: HTMLElement;

  constructor(send: (request: TableRequest) => void) {
    this.#words.setAttribute('role', 'status');
    this.#actions.setAttribute('role', 'group');
    const copy = button('Copy', () => {
      send({ type: 'copy', format: 'tsv' });
    });
    copy.title = 'Copy the selected rows, for spreadsheets';
    const csv = button('CSV', () => {
      send({ type: 'copy', format: 'csv' });
    });
    csv.title = 'Copy the selected rows as CSV';
    const change = button('Change…', () => {
      send({ type: 'change' });
    });
    change.title = 'Give the selected rows the same value of an attribute';
    const remove = button('Delete…', () => {
      send({ type: 'delete' });
    });
    this.#writes = [change, remove];
    this.#remove = remove;
    this.#actions.append(
      copy,
      csv,
      button('Export…', () => {
        send({ type: 'export' });
      }),
      change,
      remove,
    );
    this.#edits.setAttribute('role', 'group');
    this.#edits.setAttribute('aria-label', 'Changed cells');
    this.#edits.append(
      this.#editWords,
      button(
        'Review…',
        () => {
          send({ type: 'review-edits' });
        },
        'primary',
      ),
      button('Discard', () => {
        send({ type: 'discard-edits' });
      }),
    );
    this.element.append(this.#words, this.#actions, this.#edits);
  }

  show({ selected, rows, words, opens, customers, readOnly, undeletable, edits }: BarState): void {
    const hints = [
      opens ? `Enter opens ${/^[aeiou]/.test(words.one) ? 'an' : 'a'} ${words.one}` : '',
      readOnly || !customers ? '' : 'F2 changes a cell',
    ];
    const hint = hints.filter((part) => part !== '').join(', ');
    this.#actions.setAttribute('aria-label', `Selected ${words.many}`);
    this.#words.textContent = selected > 0 ? `${selected.toLocaleString()} selected` : rows > 0 ? hint : '';
    this.#editWords.textContent = edits === 1 ? '1 change' : `${edits.toLocaleString()} changes`;
    this.#edits.hidden = edits === 0;
    this.#actions.hidden = selected === 0;
    for (const write of this.#writes) write.hidden = readOnly || !customers;
    refuse(this.#remove, undeletable);
  }
}
