import type { ImportFilter, ImportRequest, ImportState } from '../../pages/import-messages';
import { formatNumber, t } from '../../l10n/texts';
import { element } from '../ui';

/** Pause before a filter is applied while the user types, in ms. */
const TYPING_PAUSE_MS = 150;

/** The line above the rows: filters, and a box that ticks all rows that are shown. */
export class RowsToolbar {
  readonly element = element('div', 'toolbar');
  readonly #all = element('input');
  readonly #allLabel = element('label', 'all');
  readonly #filters = element('div', 'filters');
  readonly #text = element('input', 'filter');
  readonly #buttons = new Map<ImportFilter, HTMLButtonElement>();
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (request: ImportRequest) => void) {
    this.#all.type = 'checkbox';
    this.#all.addEventListener('change', () => {
      send({ type: 'check-shown', on: this.#all.checked });
    });
    this.#allLabel.append(this.#all, element('span', '', t('All shown')));
    this.#allLabel.title = t('Import all shown rows, or none of them');
    this.#filters.setAttribute('role', 'group');
    this.#filters.setAttribute('aria-label', t('Shown rows'));
    const text = this.#text;
    text.type = 'search';
    text.placeholder = t('Filter rows, or 3, 10-20');
    text.setAttribute('aria-label', t('Filter rows by text or row number'));
    text.maxLength = 1000;
    text.spellcheck = false;
    text.addEventListener('input', () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => {
        this.#typing = undefined;
        send({ type: 'filter', text: text.value });
      }, TYPING_PAUSE_MS);
    });
    this.element.append(this.#allLabel, this.#filters, text);
  }

  /** Moves the focus to the text filter. */
  focusFilter(): void {
    this.#text.focus();
    this.#text.select();
  }

  show({ filters, filter, checked, phase, grid }: ImportState): void {
    const over = phase === 'running' || phase === 'over';
    this.#all.checked = checked === 'all';
    this.#all.indeterminate = checked === 'some';
    this.#all.disabled = checked === undefined;
    this.#allLabel.hidden = over;
    for (const [id, made] of this.#buttons)
      if (!filters.some((each) => each.id === id)) {
        made.remove();
        this.#buttons.delete(id);
      }
    for (const { id, label, count } of filters) {
      const made = this.#buttons.get(id) ?? this.#make(id);
      made.replaceChildren(element('span', '', label), element('span', 'number', formatNumber(count)));
      made.ariaPressed = String(id === filter);
      // A filter without rows stays visible while it is selected.
      made.hidden = count === 0 && id !== filter && id !== 'all';
    }
    if (document.activeElement !== this.#text && this.#typing === undefined) this.#text.value = grid.filter;
  }

  #make(id: ImportFilter): HTMLButtonElement {
    const made = element('button', 'chip');
    made.type = 'button';
    made.addEventListener('click', () => {
      this.send({ type: 'show', filter: id });
    });
    this.#buttons.set(id, made);
    this.#filters.append(made);
    return made;
  }
}
