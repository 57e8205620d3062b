import type { ImportRequest, ImportState, ImportUpdate } from '../../pages/import-messages';
import { t } from '../../l10n/texts';
import { Grid, type ActiveCell } from '../grid/grid';
import type { Host } from '../host';
import { element } from '../ui';
import { Columns } from './columns';
import { detailOf } from './detail';
import { Footer } from './footer';
import { headOf, problemOf, questionsOf } from './head';
import { RowsToolbar } from './toolbar';

/** The import view: draws the state that the extension sends, and reports what the user does. */
export class ImportPage {
  readonly #send = (request: ImportRequest): void => {
    this.host.send(request);
  };
  readonly #head = element('div', 'above');
  readonly #questions = element('div', 'questions');
  readonly #columns = new Columns(this.#send);
  readonly #toolbar = new RowsToolbar(this.#send);
  readonly #detail = element('section', 'detail');
  readonly #footer = new Footer(this.#send);
  readonly #drawn = { head: '', questions: '' };
  #grid: Grid | undefined;
  #state: ImportState | undefined;
  /** The row whose details were requested. */
  #asked = '';
  /** The row where a Shift selection begins. */
  #anchor = 0;

  constructor(private readonly host: Host<ImportRequest, ImportUpdate>) {
    this.#detail.setAttribute('aria-label', t('Row in full'));
    this.#detail.tabIndex = 0;
    this.#detail.hidden = true;
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f' || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.#toolbar.focusFilter();
    });
  }

  /** Handles a message of the extension. */
  take(update: ImportUpdate): void {
    switch (update.type) {
      case 'show':
        this.#show(update.state);
        return;
      case 'rows':
        this.#grid?.fill(update.version, update.start, update.rows);
        return;
      case 'detail':
        this.#showDetail(update);
    }
  }

  #show(state: ImportState): void {
    const before = this.#state;
    this.#state = state;
    document.body.className = `import ${state.environment ?? ''}`;
    const grid = this.#grid ?? this.#begin(state);
    const head = JSON.stringify([state.file, state.facts, state.store, state.environment, state.problem]);
    if (head !== this.#drawn.head) {
      this.#drawn.head = head;
      const problem = problemOf(state, this.#send);
      this.#head.replaceChildren(headOf(state), ...(problem === undefined ? [] : [problem]));
    }
    const questions = JSON.stringify([state.doubts, state.decisions, state.earlier, state.changeable]);
    if (questions !== this.#drawn.questions) {
      this.#drawn.questions = questions;
      this.#questions.replaceChildren(...questionsOf(state, this.#send));
    }
    this.#columns.show(state);
    this.#toolbar.show(state);
    this.#footer.show(state);
    this.#toolbar.element.hidden = state.grid.total === 0;
    grid.element.hidden = state.grid.total === 0;
    grid.label = t('Rows of {file}', { file: state.file });
    if (before !== undefined && JSON.stringify(before.grid) !== JSON.stringify(state.grid)) grid.update(state.grid);
    if (before !== undefined && before.revision !== state.revision) {
      grid.renew();
      this.#asked = '';
      this.#askDetail(grid.active);
    }
    this.host.keep({ place: state.place, given: state.given });
  }

  #begin(state: ImportState): Grid {
    const { host } = this;
    const grid = new Grid(
      state.grid,
      {
        label: t('Rows of {file}', { file: state.file }),
        empty: t('No rows match the filter.'),
        kinds: false,
        ask: (version, start) => {
          host.send({ type: 'rows', version, start });
        },
        active: (cell) => {
          this.#askDetail(cell);
        },
        place: () => undefined,
        key: (event, cell) => this.#onKey(event, cell),
        went: (row, event) => {
          this.#went(row, event);
        },
        context: () => ({ webviewSection: 'import-row' }),
      },
      { row: 0, column: 0 },
    );
    this.#grid = grid;
    const main = element('main');
    // The details of the row and the button stay visible where the page scrolls.
    const below = element('div', 'below');
    below.append(this.#detail, this.#footer.element);
    main.append(this.#head, this.#columns.element, this.#questions, this.#toolbar.element, grid.element, below);
    document.body.replaceChildren(main);
    return grid;
  }

  #went(row: number, event: KeyboardEvent | MouseEvent): void {
    if (!(event instanceof MouseEvent) || event.button !== 0 || this.#grid?.active?.column.code !== 'check') return;
    this.#check(row, event.shiftKey);
  }

  /** Ticks or clears the box of a row; with Shift also those of the rows between it and the last one. */
  #check(row: number, range: boolean): void {
    const grid = this.#grid;
    const state = this.#state;
    if (grid === undefined || (state?.phase !== 'ready' && state?.phase !== 'comparing')) return;
    const from = range ? this.#anchor : row;
    // The box that was clicked decides for all rows of the range.
    const on = grid.element.querySelector(`#cell-${row}-0 .check`)?.ariaChecked !== 'true';
    this.#anchor = row;
    this.host.send({ type: 'check', version: grid.state.version, from, to: row, on });
  }

  #askDetail(cell: ActiveCell | undefined): void {
    const { version, shown } = this.#grid?.state ?? { version: 0, shown: 0 };
    if (cell === undefined || cell.row < 0 || shown === 0) {
      this.#asked = '';
      this.#detail.hidden = true;
      return;
    }
    const asked = `${version} ${cell.row}`;
    if (cell.cell === undefined || asked === this.#asked) return;
    this.#asked = asked;
    this.host.send({ type: 'detail', version, row: cell.row });
  }

  #showDetail({ version, row, detail }: Extract<ImportUpdate, { type: 'detail' }>): void {
    if (`${version} ${row}` !== this.#asked) return;
    this.#detail.hidden = false;
    this.#detail.replaceChildren(...detailOf(detail));
  }

  #onKey(event: KeyboardEvent, active: ActiveCell | undefined): boolean {
    if (active === undefined || active.row < 0) return false;
    const whole = event.ctrlKey || event.metaKey;
    if (event.key === ' ') this.#check(active.row, event.shiftKey);
    else if (whole && event.key.toLowerCase() === 'c')
      this.host.send({ type: 'copy-row', version: this.#grid?.state.version ?? 0, row: active.row });
    else return false;
    return true;
  }
}
