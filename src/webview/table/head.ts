import type { TableState, TableRequest } from '../../pages/table-messages';
import { t } from '../../l10n/texts';
import { environmentName } from '../environments';
import { button, element, iconButton, progress } from '../ui';

/** Pause before a filter is applied while the user types, in ms. */
const TYPING_PAUSE_MS = 150;

type Send = (request: TableRequest) => void;

/** The lines above the rows: the table's name and conditions, the row count, and the actions on all rows. Created once, then updated. */
export class TableHead {
  readonly element = element('div', 'above');
  readonly #facts = element('div', 'facts');
  readonly #count = element('span', 'count');
  readonly #busy = element('span', 'busy');
  readonly #filter = element('input', 'filter');
  readonly #look: HTMLElement;
  readonly #more: HTMLElement;
  readonly #columns: HTMLElement;
  readonly #cancel: HTMLElement;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #drawn = '';

  constructor(private readonly send: Send) {
    this.#look = button(t('Search the whole store'), () => {
      send({ type: 'look' });
    });
    this.#more = button(t('Load more'), () => {
      send({ type: 'more' });
    });
    this.#columns = button(t('Columns'), () => {
      send({ type: 'columns' });
    });
    this.#cancel = button(t('Cancel'), () => {
      send({ type: 'cancel' });
    });
    this.#build();
  }

  /** Moves the focus to the filter. */
  focusFilter(): void {
    this.#filter.focus();
    this.#filter.select();
  }

  /** Updates the lines. */
  show(state: TableState): void {
    this.#showFacts(state);
    const { count, busy, more, loadsOn, findable, empty, grid, customers } = state;
    const label = customers ? t('Filter loaded customers') : t('Filter loaded rows');
    if (this.#filter.placeholder !== label) {
      this.#filter.placeholder = label;
      this.#filter.setAttribute('aria-label', label);
    }
    this.#count.textContent = count;
    this.#busy.replaceChildren(...(busy === undefined ? [] : [progress(), element('span', '', busy)]));
    this.#cancel.hidden = busy === undefined;
    this.#more.hidden = busy !== undefined || !more || loadsOn;
    // An empty table shows the same button in the middle.
    this.#look.hidden = findable === undefined || empty !== undefined;
    this.#columns.textContent = grid.hidden === 0 ? t('Columns') : t('Columns ({count} hidden)', { count: grid.hidden });
    this.#columns.hidden = grid.total === 0;
    if (document.activeElement !== this.#filter && this.#typing === undefined) this.#filter.value = grid.filter;
  }

  #build(): void {
    this.#count.setAttribute('role', 'status');
    this.#busy.setAttribute('role', 'status');
    const filter = this.#filter;
    filter.type = 'search';
    filter.maxLength = 1000;
    filter.spellcheck = false;
    filter.addEventListener('input', () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => {
        this.#typing = undefined;
        this.send({ type: 'filter', text: filter.value });
      }, TYPING_PAUSE_MS);
    });
    const head = element('header');
    const actions = element('div', 'actions');
    actions.append(
      this.#columns,
      iconButton('cloud-download', t('Export the whole list, loaded or not'), () => {
        this.send({ type: 'export-all' });
      }),
      iconButton('refresh', t('Refresh'), () => {
        this.send({ type: 'refresh' });
      }),
    );
    head.append(this.#facts, actions);
    const bar = element('div', 'toolbar');
    bar.append(filter, this.#look, this.#count, this.#more, this.#busy, this.#cancel);
    this.element.append(head, bar);
  }

  #showFacts({ title, conditions, store, environment, readOnly }: TableState): void {
    const drawn = JSON.stringify([title, conditions, store, environment, readOnly]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const heading = element('h1', '', title);
    heading.dir = 'auto';
    const place = element('span', `store ${environment ?? ''}`, store);
    const parts: HTMLElement[] = [heading, place];
    if (environment !== undefined) parts.push(element('span', 'environment', environmentName(environment)));
    if (readOnly !== undefined) {
      const words = element('span', 'badge', t('Read-only'));
      words.title = readOnly;
      parts.push(words);
    }
    if (conditions !== '') parts.push(element('span', 'conditions', conditions));
    this.#facts.replaceChildren(...parts);
  }
}
