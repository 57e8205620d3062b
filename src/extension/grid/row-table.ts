import type { Field } from '../../api/types';
import { PAGE_ROWS, type Cell, type GridColumn, type GridSort, type GridState } from '../../pages/grid-messages';
import { widthInDigits } from '../../pages/text-width';
import { isList, isRecord, type SoapList, type SoapRecord, type SoapValue } from '../../api/value';
import { maskValue } from '../../store/masking/mask';
import { harmlessCell } from '../../store/transfer/cells';
import { csvText } from '../../store/transfer/writers';
import { translated } from '../../l10n/texts';
import { cellOf, cellText } from './cells';

/** The only column of a list of scalars. */
const PLAIN = 'value';
/** Number of rows that decide how wide columns are. */
const SAMPLE_ROWS = 200;

/** The shown columns of a table and their order. Columns that it does not name are shown at the end, unless they are hidden. */
export interface ColumnChoice {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Widths in px that the user set. Other columns fit their values. */
  readonly widths?: Readonly<Record<string, number>> | undefined;
  /** Columns that stay visible at the beginning of each row. */
  readonly pinned?: readonly string[] | undefined;
}

/** Smallest and largest width of a column, in px. */
const NARROWEST_PX = 40;
const WIDEST_PX = 2000;

/** Whether a list can be shown as a table: its rows are all maps without nested values, or all scalars. */
export function isTabular(value: SoapValue | undefined): value is SoapList {
  if (!isList(value)) return false;
  const [first] = value;
  const maps = isRecord(first);
  // Rows with nested lists or maps, such as the methods of `resources`, are shown as a tree.
  if (value.slice(0, SAMPLE_ROWS).some((row) => isRecord(row) && Object.values(row).some(isNested))) return false;
  return value.every((row) => (maps ? isRecord(row) : !isRecord(row) && !isList(row)));
}

function isNested(value: SoapValue): boolean {
  return isList(value)
    ? value.some((inner) => isRecord(inner) || isList(inner))
    : isRecord(value) && Object.values(value).some((inner) => isRecord(inner) || isList(inner));
}

/** Shared by all tables, so that a request about one table, such as a cell to copy, never gets data of a table that replaced it. */
let versions = 0;

/** The facts about a table apart from its rows. */
export interface TableFacts {
  readonly choice?: ColumnChoice | undefined;
  /** The known attributes of a row. */
  readonly fields?: readonly Field[];
  /** Whether columns have the titles of attributes instead of their codes. */
  readonly titled?: boolean;
  /** Words that are shown instead of a value, such as the name of a group or a formatted date. Copies contain the value. */
  readonly words?: (code: string, value: SoapValue | undefined) => string | undefined;
}

/**
 * A list as a table. The rows stay in their order. Sorting and filtering only change a list of their indexes, so 50,000 rows cost one
 * number each.
 */
export class RowTable {
  #rows: readonly SoapRecord[];
  #all: readonly GridColumn[];
  /** Whether rows are scalars, which are wrapped for the only column. */
  readonly #plain: boolean;
  readonly #facts: TableFacts;
  /** Attributes that are days or points in time. */
  readonly #days: ReadonlySet<string>;
  #order: readonly number[];
  #version = ++versions;
  #filter = '';
  #sort: GridSort | undefined;
  #choice: ColumnChoice;

  constructor(rows: SoapList, facts: TableFacts = {}) {
    this.#plain = rows.length > 0 && !isRecord(rows[0]);
    this.#rows = rows.map((row) => (isRecord(row) ? row : { [PLAIN]: row }));
    this.#facts = facts;
    this.#days = new Set(facts.fields?.filter(({ role }) => role === 'date' || role === 'datetime').map(({ name }) => name));
    this.#all = columnsOf(this.#rows, facts);
    this.#order = this.#rows.map((_, index) => index);
    this.#choice = facts.choice ?? { order: [], hidden: [] };
  }

  /**
   * Replaces the rows. Columns, sort and filter stay. If the new rows only follow the old ones, the old ones keep their positions and the
   * version stays the same.
   */
  replace(rows: readonly SoapRecord[]): void {
    const before = this.#rows;
    const columns = this.#all;
    this.#rows = rows;
    this.#all = columnsOf(rows, this.#facts);
    const grown = rows.length >= before.length && before.every((row, index) => row === rows[index]);
    const alike = columns.length === this.#all.length && columns.every(({ code }, index) => code === this.#all[index]?.code);
    if (grown && alike && this.#sort === undefined) {
      const words = wordsOf(this.#filter);
      const codes = this.#all.map(({ code }) => code);
      const added = rows.slice(before.length).map((_, index) => before.length + index);
      const text = this.#shownText;
      this.#order = [...this.#order, ...added.filter((index) => holds(rows[index] ?? {}, codes, words, text))];
    } else this.#arrange();
  }

  /** Arranges the rows again, because the words for values changed. */
  renew(): void {
    this.#all = columnsOf(this.#rows, this.#facts);
    this.#arrange();
  }

  /** The shown rows in their order, not masked. */
  get shownRows(): readonly SoapRecord[] {
    return this.#order.map((index) => this.#rows[index] ?? {});
  }

  /** The order of the columns and the hidden ones, as {@link choose} set them. */
  get choice(): ColumnChoice {
    return this.#choice;
  }

  /** All columns in their order, including hidden ones. */
  get allColumns(): readonly GridColumn[] {
    const { order } = this.#choice;
    const place = new Map(order.map((code, index) => [code, index]));
    return this.#all.toSorted((a, b) => (place.get(a.code) ?? order.length) - (place.get(b.code) ?? order.length));
  }

  /** The shown columns in their order. */
  get columns(): readonly GridColumn[] {
    const { hidden, widths = {}, pinned = [] } = this.#choice;
    return this.allColumns
      .filter(({ code }) => !hidden.includes(code))
      .map((column) => ({
        ...column,
        px: Object.hasOwn(widths, column.code) ? widths[column.code] : undefined,
        ...(pinned.includes(column.code) ? { pinned: true } : {}),
      }))
      .toSorted((one, other) => Number(other.pinned === true) - Number(one.pinned === true));
  }

  /** The columns and counts of the table, without the rows. */
  get state(): GridState {
    const { columns } = this;
    return {
      version: this.#version,
      total: this.#rows.length,
      shown: this.#order.length,
      columns,
      hidden: this.#all.length - columns.length,
      sort: this.#sort,
      filter: this.#filter,
    };
  }

  /** One page of rows. Shorter at the end. */
  page(start: number, count = PAGE_ROWS): readonly (readonly Cell[])[] {
    const { columns } = this;
    const { words } = this.#facts;
    return this.#order.slice(start, start + count).map((index) =>
      columns.map(({ code }): Cell => {
        const value = own(this.#rows[index], code);
        const shown = words?.(code, value);
        if (shown === undefined) return cellOf(value, code);
        return this.#days.has(code) ? ['text', shown, cellText(value, code)] : ['text', shown];
      }),
    );
  }

  /** Sorts by a column: first ascending, then descending, then in the order of the store. */
  sortBy(column: string): void {
    const { column: before, descending } = this.#sort ?? {};
    this.#sort = before !== column ? { column, descending: false } : descending === true ? undefined : { column, descending: true };
    this.#arrange();
  }

  /** Only shows rows that contain every word of the text, ignoring case. */
  filterBy(text: string): void {
    this.#filter = text;
    this.#arrange();
  }

  /** Sets the order of columns and the hidden ones. Cells that were requested before belong to an earlier version. */
  choose(choice: ColumnChoice): void {
    this.#choice = choice;
    this.#version = ++versions;
  }

  /** Moves a visible column to another position among the visible ones. */
  move(column: string, to: number): void {
    const codes = this.columns.map(({ code }) => code).filter((code) => code !== column);
    codes.splice(to, 0, column);
    this.choose({ ...this.#choice, order: [...codes, ...this.#choice.hidden] });
  }

  /** Pins a column to the beginning of each row, or unpins it. */
  pin(column: string, on: boolean): void {
    const others = (this.#choice.pinned ?? []).filter((code) => code !== column);
    this.choose({ ...this.#choice, pinned: on ? [...others, column] : others });
  }

  /** Sets the width of a visible column in px. `undefined` fits it to its values again. */
  widen(column: string, px: number | undefined): void {
    const others = Object.entries(this.#choice.widths ?? {}).filter(([code]) => code !== column);
    const own = px === undefined ? [] : [[column, Math.round(Math.max(NARROWEST_PX, Math.min(WIDEST_PX, px)))] as const];
    // Rows keep their positions, so requests under way stay valid.
    this.#choice = { ...this.#choice, widths: Object.fromEntries([...others, ...own]) };
  }

  /** A shown row, secrets masked. `undefined` beyond the end. */
  row(position: number): SoapValue | undefined {
    const row = this.#rows[this.#order[position] ?? -1];
    return row === undefined ? undefined : maskValue(this.#plain ? (row[PLAIN] ?? null) : row);
  }

  /** The whole text of one cell. */
  text(position: number, column: string): string {
    return cellText(own(this.#rows[this.#order[position] ?? -1], column), column);
  }

  /** The shown rows with the shown columns, secrets masked. */
  json(): string {
    const codes = this.columns.map(({ code }) => code);
    const rows = this.#order.map((index) => {
      const row = this.#rows[index] ?? {};
      return maskValue(
        this.#plain
          ? (row[PLAIN] ?? null)
          : Object.fromEntries(codes.filter((code) => Object.hasOwn(row, code)).map((code) => [code, row[code] ?? null])),
      );
    });
    return `${JSON.stringify(rows, null, 2)}\n`;
  }

  /** The shown rows with the shown columns. Cells that spreadsheets would take for formulas are made harmless. */
  csv(): string {
    const codes = this.columns.map(({ code }) => code);
    return csvText([
      codes.map(harmlessCell),
      ...this.#order.map((index) => codes.map((code) => harmlessCell(cellText(own(this.#rows[index], code), code)))),
    ]);
  }

  /** The text of a value that filters search. A day is found by its formatted text and by the text from the store. */
  readonly #shownText = (row: SoapRecord | undefined, code: string): string => {
    const value = own(row, code);
    const said = this.#facts.words?.(code, value);
    return said === undefined ? cellText(value, code) : this.#days.has(code) ? `${said} ${cellText(value, code)}` : said;
  };

  /**
   * The text of a value that rows are sorted by. Days are sorted by the text from the store, since formatted days would be sorted
   * alphabetically.
   */
  readonly #sortedText = (row: SoapRecord | undefined, code: string): string =>
    this.#days.has(code) ? cellText(own(row, code), code) : this.#shownText(row, code);

  #arrange(): void {
    const words = wordsOf(this.#filter);
    const codes = this.#all.map(({ code }) => code);
    const indexes = this.#rows.map((_, index) => index);
    const kept = words.length === 0 ? indexes : indexes.filter((index) => holds(this.#rows[index] ?? {}, codes, words, this.#shownText));
    this.#order = this.#sort === undefined ? kept : sorted(kept, this.#rows, this.#sort, this.#sortedText);
    this.#version = ++versions;
  }
}

function wordsOf(filter: string): readonly string[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Gives the text of a value of a row. */
type ShownText = (row: SoapRecord | undefined, code: string) => string;

function holds(row: SoapRecord, codes: readonly string[], words: readonly string[], text: ShownText): boolean {
  if (words.length === 0) return true;
  const texts = codes.map((code) => text(row, code).toLowerCase());
  return words.every((word) => texts.some((shown) => shown.includes(word)));
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function sorted(
  indexes: readonly number[],
  rows: readonly SoapRecord[],
  { column, descending }: GridSort,
  shown: ShownText,
): readonly number[] {
  const keys = new Map(indexes.map((index) => [index, shown(rows[index], column)]));
  const numbers = new Map([...keys].map(([index, text]) => [index, text === '' ? NaN : Number(text)]));
  const numeric = [...keys].every(([index, text]) => text === '' || !Number.isNaN(numbers.get(index)));
  const direction = descending ? -1 : 1;
  return indexes.toSorted((a, b) => {
    const [one, other] = [keys.get(a) ?? '', keys.get(b) ?? ''];
    // Rows without a value are last in either direction.
    if (one === '' || other === '') return Number(one === '') - Number(other === '');
    return direction * (numeric ? (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0) : collator.compare(one, other));
  });
}

function columnsOf(rows: readonly SoapRecord[], { fields = [], titled = false, words }: TableFacts): readonly GridColumn[] {
  const codes = new Set<string>();
  for (const row of rows) for (const code of Object.keys(row)) codes.add(code);
  const known = new Map(fields.map((field) => [field.name, field]));
  const sample = rows.slice(0, SAMPLE_ROWS);
  return [...codes].map((code) => {
    const cells = sample.map((row): Cell => {
      const shown = words?.(code, own(row, code));
      return shown === undefined ? cellOf(own(row, code), code) : ['text', shown];
    });
    const filled = cells.filter(([, text]) => text !== '');
    const field = known.get(code);
    return {
      code,
      title: titled && field !== undefined ? translated(field.title) : code,
      doc: field === undefined ? '' : `${titled ? code : translated(field.title)}. ${translated(field.doc)}`,
      px: undefined,
      width: Math.max(0, ...cells.map(([, text]) => widthInDigits(text))),
      numeric: filled.length > 0 && filled.every(([kind]) => kind === 'number'),
    };
  });
}

function own(record: SoapRecord | undefined, key: string): SoapValue | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
