import type { TableRequest } from '../../pages/table-messages';
import { button, element, refuse } from '../ui';

/** The line below the rows: how many are selected, and what can be done with them. */
export class SelectionBar {
  readonly element = element('footer', 'selection');
  readonly #words = element('span', 'count');
  readonly #actions = element('div', 'actions');
  /** What writes to the store. */
  readonly #writes: readonly HTMLElement[];
  readonly #remove: HTMLElement;

  constructor(send: (request: TableRequest) => void) {
    this.#words.setAttribute('role', 'status');
    this.#actions.setAttribute('role', 'group');
    this.#actions.setAttribute('aria-label', 'Selected customers');
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
    change.title = 'Give the selected customers the same value of an attribute';
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
    this.element.append(this.#words, this.#actions);
  }

  /**
   * @param readOnly whether the store takes no writes: then none are offered
   * @param undeletable why customers cannot be deleted
   */
  show(selected: number, rows: number, readOnly: boolean, undeletable: string | undefined): void {
    this.#words.textContent = selected > 0 ? `${selected.toLocaleString()} selected` : rows > 0 ? 'Enter opens a customer' : '';
    this.#actions.hidden = selected === 0;
    for (const write of this.#writes) write.hidden = readOnly;
    refuse(this.#remove, undeletable);
  }
}
