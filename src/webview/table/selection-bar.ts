import type { TableRequest } from '../../pages/table-messages';
import { formatNumber, plural, t } from '../../l10n/texts';
import { button, element, refuse } from '../ui';

/** The part of the table's state that the line below the rows shows. */
export interface BarState {
  readonly selected: number;
  readonly rows: number;
  /** `opens`: rows can be opened. `customers`: their cells can be changed. */
  readonly opens: boolean;
  readonly customers: boolean;
  /** Whether the store does not allow writes. Then the line offers none. */
  readonly readOnly: boolean;
  /** Why customers cannot be deleted. */
  readonly undeletable: string | undefined;
  /** Changed cells that were not sent yet. */
  readonly edits: number;
}

/** The line below the rows: how many are selected, and the actions on them. */
export class SelectionBar {
  readonly element = element('footer', 'selection');
  readonly #words = element('span', 'count');
  readonly #actions = element('div', 'actions');
  readonly #edits = element('div', 'actions edits');
  readonly #editWords = element('span', 'edit-words');
  /** The buttons that write to the store. */
  readonly #writes: readonly HTMLElement[];
  readonly #remove: HTMLElement;

  constructor(send: (request: TableRequest) => void) {
    this.#words.setAttribute('role', 'status');
    this.#actions.setAttribute('role', 'group');
    const copy = button(t('Copy'), () => {
      send({ type: 'copy', format: 'tsv' });
    });
    copy.title = t('Copy the selected rows, for spreadsheets');
    const csv = button('CSV', () => {
      send({ type: 'copy', format: 'csv' });
    });
    csv.title = t('Copy the selected rows as CSV');
    const change = button(t('Change…'), () => {
      send({ type: 'change' });
    });
    change.title = t('Set an attribute of the selected rows to the same value');
    const remove = button(t('Delete…'), () => {
      send({ type: 'delete' });
    });
    this.#writes = [change, remove];
    this.#remove = remove;
    this.#actions.append(
      copy,
      csv,
      button(t('Export…'), () => {
        send({ type: 'export' });
      }),
      change,
      remove,
    );
    this.#edits.setAttribute('role', 'group');
    this.#edits.setAttribute('aria-label', t('Changed cells'));
    this.#edits.append(
      this.#editWords,
      button(
        t('Review…'),
        () => {
          send({ type: 'review-edits' });
        },
        'primary',
      ),
      button(t('Discard'), () => {
        send({ type: 'discard-edits' });
      }),
    );
    this.element.append(this.#words, this.#actions, this.#edits);
  }

  show({ selected, rows, opens, customers, readOnly, undeletable, edits }: BarState): void {
    const hints = [
      opens ? (customers ? t('Enter opens a customer') : t('Enter opens a row')) : '',
      readOnly || !customers ? '' : t('F2 changes a cell'),
    ];
    const hint = hints.filter((part) => part !== '').join(', ');
    this.#actions.setAttribute('aria-label', customers ? t('Selected customers') : t('Selected rows'));
    this.#words.textContent = selected > 0 ? t('{count} selected', { count: formatNumber(selected) }) : rows > 0 ? hint : '';
    this.#editWords.textContent = plural(edits, '{count} change', '{count} changes');
    this.#edits.hidden = edits === 0;
    this.#actions.hidden = selected === 0;
    for (const write of this.#writes) write.hidden = readOnly || !customers;
    refuse(this.#remove, undeletable);
  }
}
