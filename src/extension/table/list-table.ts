import type { SoapRecord } from '../../api/value';
import type { Cell, GridState } from '../../pages/grid-messages';
import type { Choice } from '../../pages/table-messages';
import { maskValue } from '../../store/masking/mask';
import { harmlessCell } from '../../store/transfer/cells';
import { csvText } from '../../store/transfer/writers';
import { t } from '../../l10n/texts';
import { text } from '../customer/customer-summary';
import type { Groups } from '../customer/customer-groups';
import type { LongTask } from '../customer/row-list';
import type { SavedRows } from '../grid/save-rows';
import { RowTable, type ColumnChoice } from '../grid/row-table';
import { count } from '../text';
import { CellEdits, type EditsFile } from './cell-edits';
import { SelectedRows, type Range, type SelectHow } from './selected-rows';
import type { TableRows } from './table-rows';
import type { TableSubject } from './table-subject';
import { countWords, dayWords } from './table-words';

/** The position of the user in the table: the active row, and the first visible row. */
interface ListPosition {
  readonly active: string;
  readonly row: number;
  readonly first: string;
  readonly firstRow: number;
}

/**
 * A list as a table: its rows, their order, and the selection. Knows neither the editor nor the page. Calls its listener after every
 * change.
 */
export class ListTable {
  readonly #selected = new SelectedRows();
  readonly #edits = new CellEdits();
  #revision = 0;
  /** The tasks under way, each with the controller that stops it. */
  readonly #tasks = new Set<AbortController>();
  readonly #rows: TableRows;
  readonly #table: RowTable;
  #groups: Groups = new Map();
  /** The rows that the table was arranged from, and the keys of the shown rows. */
  #taken: readonly SoapRecord[] = [];
  #keys: readonly string[] = [];
  #position: ListPosition | undefined;
  #doing = '';
  #checked = 0;
  #found = 0;
  #outdated = false;

  /**
   * @param subject the kind of rows in the table
   * @param rows makes the list. The table runs its loading tasks, shows their progress and can stop them
   * @param changed called after each change. `by` is the number of rows by which the visible rows moved down
   */
  constructor(
    readonly subject: TableSubject,
    rows: (run: LongTask) => TableRows,
    choice: ColumnChoice | undefined,
    private readonly changed: (by: number) => void,
  ) {
    this.#rows = rows(this.#run);
    this.#table = new RowTable([], {
      choice: choice ?? subject.usual,
      fields: subject.fields,
      titled: true,
      words: (code, value) => {
        const name = this.#isGroup(code) ? this.#groups.get(Number(text(value))) : undefined;
        return name === undefined ? dayWords(subject.fields, code, text(value)) : `${name} (${text(value)})`;
      },
    });
  }

  get #loading(): string {
    return this.subject.customers ? t('Loading customers') : t('Loading rows');
  }

  get rows(): TableRows {
    return this.#rows;
  }
  get grid(): GridState {
    return this.#table.state;
  }
  get choice(): ColumnChoice {
    return this.#table.choice;
  }
  /** The task under way, in words. `undefined` when there is none. */
  get busy(): string | undefined {
    if (this.#tasks.size === 0) return undefined;
    if (this.#checked === 0) return this.#doing;
    return this.#rows.isSearch
      ? t('{task}: {looked} searched, {found} found', { task: this.#doing, looked: count(this.#checked), found: count(this.#found) })
      : `${this.#doing}: ${count(this.#found)}`;
  }
  /** The number of rows, in words. */
  get count(): string {
    const { shown, filter, sort } = this.grid;
    return countWords({
      rows: this.#rows,
      shown,
      filtered: filter.trim() !== '',
      sorted: sort !== undefined,
      outdated: this.#rows.outdated || this.#outdated,
    });
  }
  /** Whether scrolling to the end loads more rows. It does not if they would not be added at the end. */
  get loadsOn(): boolean {
    const { filter, sort } = this.grid;
    const { more, problem, stopped, isSearch, started } = this.#rows;
    return started && more && problem === undefined && !stopped && !isSearch && sort === undefined && filter.trim() === '';
  }
  get selection(): readonly Range[] {
    return this.#selected.ranges(this.#keys);
  }
  /** The selected rows, in the order of the table. */
  get selectedRows(): readonly SoapRecord[] {
    return this.#table.shownRows.filter((row) => this.#selected.has(this.subject.keyOf(row)));
  }

  /** Loads the first rows. Needs a connection. */
  async loadFirst(): Promise<void> {
    this.#doing = this.#loading;
    await this.#rows.loadFirst();
    this.#take();
  }

  /** Loads the next rows. */
  async loadMore(): Promise<void> {
    this.#doing = this.#loading;
    await this.#rows.loadMore();
    this.#take();
  }

  /** Reads the loaded rows again. The visible rows stay where they are. */
  async refresh(): Promise<void> {
    this.#doing = t('Refreshing');
    await this.#rows.reload();
    this.#outdated = false;
    this.#take();
  }

  /** Repeats the task that failed. */
  async retry(): Promise<void> {
    this.#doing = this.#loading;
    await (this.#rows.started ? this.#rows.retry() : this.#rows.loadFirst());
    this.#take();
  }

  /** Reads single customers again, and adds them to the list or removes them from it. */
  async recheck(ids: readonly string[]): Promise<void> {
    await this.#rows.recheck(ids);
    this.#take();
  }

  /** Marks the rows as possibly outdated. */
  outdate(): void {
    this.#outdated = true;
    this.changed(0);
  }

  /** Stops the tasks under way. */
  cancel(): void {
    for (const task of this.#tasks) task.abort();
  }

  /** Takes the names of the customer groups. */
  name(groups: Groups): void {
    this.#groups = groups;
    this.#table.renew();
    this.#arranged(0);
  }

  sortBy(column: string): void {
    this.#table.sortBy(column);
    this.#arranged(0);
  }

  filterBy(filter: string): void {
    if (filter === this.grid.filter) return;
    this.#table.filterBy(filter);
    this.#arranged(0);
  }

  choose(choice: ColumnChoice): void {
    this.#table.choose(choice);
    this.changed(0);
  }

  move(column: string, to: number): void {
    this.#table.move(column, to);
    this.changed(0);
  }

  pin(column: string, on: boolean): void {
    this.#table.pin(column, on);
    this.changed(0);
  }

  widen(column: string, px: number | undefined): void {
    this.#table.widen(column, px);
    this.changed(0);
  }

  /** All columns in their order, including hidden ones. */
  get allColumns(): RowTable['allColumns'] {
    return this.#table.allColumns;
  }

  /** One page of rows. */
  page(start: number): readonly (readonly Cell[])[] {
    const rows = this.#table.page(start);
    if (this.#edits.size === 0) return rows;
    const codes = this.#table.columns.map(({ code }) => code);
    return rows.map((cells, index) =>
      cells.map((cell, column): Cell => {
        const typed = this.typed(start + index, codes[column] ?? '');
        return typed === undefined
          ? cell
          : ['edited', this.choices(codes[column] ?? '').find(({ value }) => value === typed)?.label ?? typed];
      }),
    );
  }

  /** A row as the store sent it. `undefined` beyond the end. */
  record(position: number): SoapRecord | undefined {
    return this.#table.shownRows[position];
  }

  /** The new value of a cell. `undefined` for an unchanged cell. */
  typed(position: number, column: string): string | undefined {
    return this.#edits.of(this.#keys[position] ?? '', column);
  }

  /** The possible values of an attribute, if they are few and known. */
  choices(column: string): readonly Choice[] {
    if (this.subject.fields.some(({ name, role }) => name === column && role === 'gender'))
      return [
        { value: '', label: t('No value') },
        { value: '1', label: `${t('Male')} (1)` },
        { value: '2', label: `${t('Female')} (2)` },
      ];
    if (!this.#isGroup(column)) return [];
    // Group 0 is for visitors who are not logged in, so it is not offered for customers.
    return [...this.#groups].filter(([id]) => id !== 0).map(([id, name]) => ({ value: String(id), label: `${name} (${id})` }));
  }

  /** Whether a column holds the number of a customer group, which has a name. */
  #isGroup(code: string): boolean {
    return this.subject.fields.some(({ name, role }) => name === code && role === 'group');
  }

  /** Whether rows can be opened. The same for all rows of a list, so the first row decides. */
  get opens(): boolean {
    const [first] = this.#taken;
    return this.subject.customers || (first !== undefined && this.subject.linkOf(first) !== undefined);
  }

  /** The selected rows as they are written to a file, with secrets masked. */
  get selected(): Pick<SavedRows, 'csv' | 'json'> {
    return { csv: () => this.copy('csv'), json: () => `${JSON.stringify(maskValue([...this.selectedRows]), null, 2)}\n` };
  }

  /** All shown rows with the shown columns, secrets masked. */
  get whole(): Pick<SavedRows, 'csv' | 'json'> {
    return { csv: () => this.#table.csv(), json: () => this.#table.json() };
  }

  /** Changes a cell. Nothing is sent. */
  edit(position: number, column: string, value: string): void {
    const [key, row] = [this.#keys[position], this.record(position)];
    if (key === undefined || key === '' || row === undefined) return;
    this.#edits.set(key, column, value, row);
    this.#revision++;
    this.changed(0);
  }

  /** Number of changed cells, and a number that increases with each change. */
  get edits(): { readonly count: number; readonly revision: number } {
    return { count: this.#edits.size, revision: this.#revision };
  }

  /** The changed cells as files for imports. */
  editFiles(): readonly EditsFile[] {
    return this.#edits.files();
  }

  discardEdits(): void {
    this.#edits.clear();
    this.#revision++;
    this.changed(0);
  }

  /** Text of one cell, complete. */
  text(position: number, column: string): string {
    return this.#table.text(position, column);
  }

  /** Notes the position of the user, which stays on the screen when rows are added or removed. */
  at(row: number, firstRow: number): void {
    this.#position = { active: this.#keys[row] ?? '', row, first: this.#keys[firstRow] ?? '', firstRow };
  }

  /** Selects the rows between two positions, in either order. */
  select(from: number, to: number, how: SelectHow): void {
    this.#selected.select(this.#keys.slice(Math.min(from, to), Math.max(from, to) + 1), how);
    this.changed(0);
  }

  /** Selects all shown rows, or none. */
  selectAll(all: boolean): void {
    this.#selected.select(all ? this.#keys : [], 'only');
    this.changed(0);
  }

  /** The selected rows with the shown columns, secrets masked. Cells that spreadsheets would take for formulas are made harmless. */
  copy(format: 'tsv' | 'csv'): string {
    const columns = this.#table.columns.map(({ code }) => code);
    const lines = this.#keys.flatMap((key, position) =>
      this.#selected.has(key) ? [columns.map((code) => harmlessCell(this.text(position, code)))] : [],
    );
    return csvText([columns.map(harmlessCell), ...lines], format === 'csv' ? ',' : '\t');
  }

  readonly #run: LongTask = async (task) => {
    const stop = new AbortController();
    this.#tasks.add(stop);
    this.changed(0);
    try {
      await task(({ checked, found }) => {
        this.#checked = checked;
        this.#found = found;
        this.#take();
      }, stop.signal);
    } finally {
      this.#tasks.delete(stop);
      if (this.#tasks.size === 0) this.#checked = this.#found = 0;
      this.changed(0);
    }
  };

  /** Takes the current rows of the list. */
  #take(): void {
    const { rows } = this.#rows;
    if (rows === this.#taken) {
      this.changed(0);
      return;
    }
    const { version } = this.grid;
    this.#taken = rows;
    this.#edits.settle(rows, this.subject.keyOf);
    this.#table.replace(rows);
    const place = this.#position;
    this.#arranged(0, version === this.grid.version ? undefined : place);
  }

  /** Notes that the rows have moved. @param place the position that is to stay on the screen */
  #arranged(by: number, place?: ListPosition): void {
    this.#keys = this.#table.shownRows.map(this.subject.keyOf);
    this.#selected.keep(this.#keys);
    if (place === undefined) {
      this.changed(by);
      return;
    }
    const active = place.active === '' ? -1 : this.#keys.indexOf(place.active);
    const first = place.first === '' ? -1 : this.#keys.indexOf(place.first);
    const down = active >= 0 ? active - place.row : first >= 0 ? first - place.firstRow : 0;
    // Until the page reports its new position, it is this much further down.
    this.#position = { ...place, row: place.row + down, firstRow: place.firstRow + down };
    this.changed(down);
  }
}
