import type { Cell, GridState } from '../../pages/grid-messages';
import type { ImportFilter, RowChange, RowDetail } from '../../pages/import-messages';
import { rowStatuses, type PlannedRow, type RowResult, type RowStatus } from '../../store/transfer';
import { t } from '../../l10n/texts';
import { oneLine } from '../text';
import { nameOf, type NumberNames } from './import-doubts';
import { customerWords, keptRow, rowColumns, statusWords, textOf, titleOf, toKeptRow, visibleText, type KeptRow } from './import-row';
import { PackedRows } from './packed-rows';
import { isWithin, typedRows } from './row-numbers';

const actions = ['create', 'update', 'unchanged', 'reject'] as const satisfies readonly PlannedRow['action'][];
const WARNED_BIT = 0b100;
const LEFT_OUT_BIT = 0b1000;

/** Number of rows of each kind. Rows that are left out are counted separately. */
export interface RowCounts {
  readonly create: number;
  readonly update: number;
  readonly unchanged: number;
  readonly reject: number;
  readonly leftOut: number;
  /** Number of rows that are to be written and have a warning. */
  readonly warned: number;
}

/** Shared by all lists, so that a page never gets rows of another list than the one it asked about. */
let versions = 0;

/**
 * The rows of an import before and after it: their kinds, which of them are left out, and their results. Whatever the size of the file, a
 * row takes a few bytes for its kind and a few dozen compressed bytes for the data that is shown.
 */
export class ImportRows {
  readonly #texts = new PackedRows();
  /** By index: the number of the row, its kind with its marks, and its result. */
  #numbers = new Uint32Array(1024);
  #kinds = new Uint8Array(1024);
  #statuses = new Uint8Array(1024);
  readonly #resultTexts = new Map<number, Pick<RowResult, 'id' | 'message'>>();
  /** Indexes of the rows that are shown, in the order of the file. */
  #order = new Uint32Array(1024);
  #shown = 0;
  #filter: ImportFilter = 'all';
  #text = '';
  #version = ++versions;
  #started = false;
  #ended = false;

  /** @param names the names that numbers of attributes have in the store, as far as they are known now */
  constructor(private readonly names: () => NumberNames = () => new Map()) {}

  /** Number of rows. */
  get length(): number {
    return this.#texts.length;
  }

  get filter(): ImportFilter {
    return this.#filter;
  }

  /** Size of the compressed rows, in bytes. */
  get packedBytes(): number {
    return this.#texts.packedBytes;
  }

  /** Adds the next row of the file. @param out whether it is left out. Ignored for a row that would not be written anyway */
  add(row: PlannedRow, out = false): void {
    const index = this.length;
    this.#room(index);
    this.#numbers[index] = row.number;
    this.#kinds[index] = actions.indexOf(row.action) | (row.warnings.length > 0 ? WARNED_BIT : 0);
    if (out && this.#isWritable(index)) this.#kinds[index] = (this.#kinds[index] ?? 0) | LEFT_OUT_BIT;
    this.#texts.add(JSON.stringify(toKeptRow(row)));
    if (this.#passes(index)) this.#order[this.#shown++] = index;
  }

  get counts(): RowCounts {
    const counts = { create: 0, update: 0, unchanged: 0, reject: 0, leftOut: 0, warned: 0 };
    for (let index = 0; index < this.length; index++) {
      if (this.#has(index, LEFT_OUT_BIT)) counts.leftOut++;
      else {
        counts[this.#actionOf(index)]++;
        if (this.#has(index, WARNED_BIT) && this.#isWritable(index)) counts.warned++;
      }
    }
    return counts;
  }

  /** Number of rows that each filter shows. */
  get filterCounts(): Readonly<Record<ImportFilter, number>> {
    const counts: Record<ImportFilter, number> = {
      all: 0,
      create: 0,
      update: 0,
      unchanged: 0,
      reject: 0,
      warned: 0,
      out: 0,
      done: 0,
      failed: 0,
    };
    for (let index = 0; index < this.length; index++) for (const filter of importFilters) if (this.#isOf(index, filter)) counts[filter]++;
    return counts;
  }

  /** The columns and counts of the list, without the rows. */
  get state(): GridState {
    return {
      version: this.#version,
      total: this.length,
      shown: this.#shown,
      columns: rowColumns(this.#started),
      hidden: 0,
      sort: undefined,
      filter: this.#text,
    };
  }

  /** Whether all, some or none of the shown rows that can be written are ticked. `undefined` where there are none. */
  get checked(): 'all' | 'some' | 'none' | undefined {
    let [on, off] = [false, false];
    for (let position = 0; position < this.#shown && !(on && off); position++) {
      const index = this.#order[position] ?? 0;
      if (!this.#isWritable(index)) continue;
      if (this.#has(index, LEFT_OUT_BIT)) off = true;
      else on = true;
    }
    return on && off ? 'some' : on ? 'all' : off ? 'none' : undefined;
  }

  /** Shows the rows of a kind that contain every word of a text, or that have one of the numbers in it. */
  show(filter: ImportFilter, text: string): void {
    this.#filter = filter;
    this.#text = text;
    this.#shown = 0;
    for (let index = 0; index < this.length; index++) if (this.#passes(index)) this.#order[this.#shown++] = index;
    this.#version = ++versions;
  }

  /** One page of rows. */
  page(start: number, count: number): readonly (readonly Cell[])[] {
    const found: (readonly Cell[])[] = [];
    for (let position = start; position < Math.min(start + count, this.#shown); position++)
      found.push(this.#cells(this.#order[position] ?? 0));
    return found;
  }

  /** A row in full. `undefined` beyond the end. */
  detail(position: number): RowDetail | undefined {
    if (position >= this.#shown) return undefined;
    const index = this.#order[position] ?? 0;
    const { who, id, changes, reasons, warnings } = this.#keptOf(index);
    return {
      title: [t('Row {number}', { number: this.#numbers[index] ?? 0 }), this.#kindWords(index), customerWords(who, id)]
        .filter((part) => part !== '')
        .join(', '),
      changes: changes.map(([attribute, before, after]): RowChange => ({
        attribute: titleOf(attribute),
        before: before === null ? undefined : oneLine(this.#shownValue(attribute, before)),
        after: oneLine(this.#shownValue(attribute, after)),
      })),
      reasons: reasons.map(oneLine),
      warnings: warnings.map(oneLine),
      result: this.#started ? this.#outcomeWords(index) : undefined,
    };
  }

  /** A row as one line of text. */
  line(position: number): string | undefined {
    if (position >= this.#shown) return undefined;
    return this.#cells(this.#order[position] ?? 0)
      .map(([kind, text]) => (kind === 'check' ? '' : text))
      .filter((text) => text !== '')
      .join('\t');
  }

  /** Leaves the rows between two positions out, or takes them back in. Rows that are not to be written stay as they are. */
  leaveOut(from: number, to: number, out: boolean): void {
    for (let position = Math.max(0, Math.min(from, to)); position <= Math.min(Math.max(from, to), this.#shown - 1); position++) {
      const index = this.#order[position] ?? 0;
      if (this.#isWritable(index)) this.#kinds[index] = ((this.#kinds[index] ?? 0) & ~LEFT_OUT_BIT) | (out ? LEFT_OUT_BIT : 0);
    }
  }

  /** The numbers of the rows that are left out. */
  get leftOut(): readonly number[] {
    const numbers: number[] = [];
    for (let index = 0; index < this.length; index++) if (this.#has(index, LEFT_OUT_BIT)) numbers.push(this.#numbers[index] ?? 0);
    return numbers;
  }

  /** Whether a row is left out, by its number. */
  isLeftOut(number: number): boolean {
    const index = this.#indexOf(number);
    return index !== undefined && this.#has(index, LEFT_OUT_BIT);
  }

  /** Begins the import. The results of rows are shown from now on. */
  begin(): void {
    this.#started = true;
    this.#version = ++versions;
  }

  /** Ends the import. Rows without a result were not reached. */
  end(): void {
    this.#ended = true;
  }

  /** Notes the result of a row. */
  note({ row, status, id, message }: RowResult): void {
    const index = this.#indexOf(row);
    if (index === undefined) return;
    this.#statuses[index] = 1 + rowStatuses.indexOf(status);
    if (id !== undefined || message !== undefined)
      this.#resultTexts.set(index, { ...(id === undefined ? {} : { id }), ...(message === undefined ? {} : { message }) });
  }

  #cells(index: number): readonly Cell[] {
    const row = this.#keptOf(index);
    const check = this.#isWritable(index) ? (this.#has(index, LEFT_OUT_BIT) ? 'off' : 'on') : '';
    return [
      // Once the import has begun, rows cannot be ticked.
      ...(this.#started ? [] : [['check', check] as const]),
      ['number', String(this.#numbers[index])],
      ['text', this.#kindWords(index)],
      ['text', customerWords(row.who, row.id)],
      ['text', textOf(row, (attribute, value) => this.#shownValue(attribute, value))],
      ...(this.#started ? [['text', this.#outcomeWords(index)] as const] : []),
    ];
  }

  #shownValue(attribute: string, value: string): string {
    return value === '' ? visibleText(value) : visibleText(nameOf(value, this.names().get(attribute)));
  }

  #kindWords(index: number): string {
    if (this.#has(index, LEFT_OUT_BIT)) return t('Left out');
    const warned = this.#has(index, WARNED_BIT);
    switch (this.#actionOf(index)) {
      case 'create':
        return warned ? t('New, warning') : t('New');
      case 'update':
        return warned ? t('Changed, warning') : t('Changed');
      case 'unchanged':
        return t('Unchanged');
      case 'reject':
        return t('Refused');
    }
  }

  /** The result of a row. Empty for a row that the import has not reached so far. */
  #outcomeWords(index: number): string {
    const status = this.#statusOf(index);
    if (status === undefined) return this.#ended ? t('not reached') : '';
    const { id, message } = this.#resultTexts.get(index) ?? {};
    const because = message === undefined || status === 'left-out' || status === 'rejected' ? '' : `: ${message.replace(/\.$/, '')}`;
    return oneLine(`${statusWords(status)}${id === undefined ? '' : ` #${id}`}${because}`);
  }

  #statusOf(index: number): RowStatus | undefined {
    return rowStatuses[(this.#statuses[index] ?? 0) - 1];
  }

  #keptOf(index: number): KeptRow {
    return keptRow.parse(JSON.parse(this.#texts.at(index)));
  }

  #actionOf(index: number): PlannedRow['action'] {
    return actions[(this.#kinds[index] ?? 0) & 0b11] ?? 'reject';
  }

  #has(index: number, mark: number): boolean {
    return ((this.#kinds[index] ?? 0) & mark) !== 0;
  }

  #isWritable(index: number): boolean {
    const action = this.#actionOf(index);
    return action === 'create' || action === 'update';
  }

  #isOf(index: number, filter: ImportFilter): boolean {
    const status = this.#statusOf(index);
    switch (filter) {
      case 'all':
        return true;
      case 'warned':
        return this.#has(index, WARNED_BIT);
      case 'out':
        return this.#has(index, LEFT_OUT_BIT);
      case 'done':
        return status === 'created' || status === 'updated';
      case 'failed':
        return status === 'failed' || status === 'changed' || status === 'unknown' || (this.#ended && status === undefined);
      default:
        return this.#actionOf(index) === filter;
    }
  }

  #passes(index: number): boolean {
    if (!this.#isOf(index, this.#filter)) return false;
    const text = this.#text.trim();
    if (text === '') return true;
    const numbers = typedRows(text);
    if ('ranges' in numbers && isWithin(numbers.ranges, this.#numbers[index] ?? 0)) return true;
    const held = this.#cells(index)
      .map(([kind, part]) => (kind === 'text' ? part : ''))
      .join(' ')
      .toLowerCase();
    return text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => held.includes(word));
  }

  /** Finds a row by binary search: rows are in the order of the file, so their numbers ascend. */
  #indexOf(number: number): number | undefined {
    let [low, high] = [0, this.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#numbers[middle] ?? 0;
      if (found === number) return middle;
      if (found < number) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  #room(index: number): void {
    if (index < this.#numbers.length) return;
    this.#numbers = grown(this.#numbers, new Uint32Array(index * 2));
    this.#order = grown(this.#order, new Uint32Array(index * 2));
    this.#kinds = grown(this.#kinds, new Uint8Array(index * 2));
    this.#statuses = grown(this.#statuses, new Uint8Array(index * 2));
  }
}

const importFilters: readonly ImportFilter[] = ['all', 'create', 'update', 'unchanged', 'reject', 'warned', 'out', 'done', 'failed'];

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
