import { IdEstimate } from './id-estimate';
import type { IdRange } from './id-range';

/** What to ask a store next. */
export type Question =
  /** All rows of a range of IDs. Reading stops behind `limit` rows: the range was too wide then. */
  | { readonly kind: 'range'; readonly range: IdRange; readonly limit: number }
  /** Rows whose ID fits a pattern of SQL's LIKE, spread over the whole store: a few rows that say where the rest is. */
  | { readonly kind: 'sample'; readonly pattern: string; readonly limit: number }
  /** Rows with these IDs: a few rows that say where the newest ones are. */
  | { readonly kind: 'points'; readonly ids: readonly number[] };

/** What came of a question. */
export interface Answer {
  /** IDs that came, in any order. */
  readonly ids: readonly number[];
  /** `stopped` behind the limit; `failed` when the store could not answer for the size of what it was asked. */
  readonly end: 'whole' | 'stopped' | 'failed';
}

/** What is walked, and how. */
export interface PlanOptions {
  /** IDs to walk, both ends included. */
  readonly range: IdRange;
  readonly order: 'newest' | 'oldest';
  /** Rows wanted per window, about. */
  readonly wanted: number;
  /** Highest ID seen before. */
  readonly highest?: number | undefined;
  /** Whether conditions beside the ID apply, so that most rows may not match. */
  readonly filtered: boolean;
}

/** A window with so many times fewer customers than believed makes the rest of its stretch be believed emptier by as much. */
const THIN_FACTOR = 8;

/** A range that holds more than so many times the rows wanted is given up and asked for in smaller pieces. */
const TOO_MANY_TIMES = 5;
/** Of each sample, IDs that it asks for in a block: their last digit is any. */
const SAMPLE_BLOCK_IDS = 10;
/** Zeros before the last digit of a sampled ID. Two, the usual sample: ten IDs in a thousand. */
const USUAL_ZEROS = 2;
/** One: ten IDs in a hundred, where rows stand in small groups far from each other. */
const FINEST_ZEROS = 1;
const COARSEST_ZEROS = 6;
/** Rows of a first sample. A store of 50,000 rows has as many in the finest one; of a larger store a coarser one says enough. */
const SAMPLE_ROWS = 500;
/** Rows of a sample where gaps in the IDs make a finer one worth them. */
const MAX_SAMPLE_ROWS = 5000;
/** IDs asked for one by one to find the newest rows within a block. */
const SINGLE_IDS = 160;
/** Questions in a row that the store could not answer, after which it is given up. */
const MAX_FAILURES = 12;
/** How much narrower the next window is when the store could not answer one, at most. */
const SHRINK_FACTOR = 10;
/** How much wider each window may be than the one before it, after one that the store could not answer. */
const REGROW_FACTOR = 4;

/**
 * Decides in which windows of IDs the rows of a resource are asked for (facts §6). The API knows no paging and no order, IDs can
 * have gaps of any size, and a store that is asked for too much dies. So a window is as wide as about the rows wanted need:
 *
 * * Without gaps, as many IDs as rows are wanted, one window after the other.
 * * As soon as a window holds much less, or when the newest come first and nothing is known of them, a sample of the whole store
 *   says where rows are, and windows follow it: over empty stretches in one request, never with more than was expected.
 * * A window that holds far too many after all, or that the store cannot answer, is asked for in pieces.
 *
 * It sends no requests: {@link next} says what to ask for, {@link tell} takes what came. The windows it asks for follow each other
 * and never overlap, apart from those that were given up, so no customer is missed or given twice.
 */
export class WindowPlan {
  readonly #estimate = new IdEstimate();
  readonly #newest: boolean;
  readonly #filtered: boolean;
  #left: IdRange;
  #wanted: number;
  /** The sample to ask for next, by its zeros. */
  #sample: number | undefined;
  /** Zeros of the samples that were asked for: none is asked for twice. */
  readonly #tried = new Set<number>();
  /** What the last sample that came was. */
  #taken: { readonly zeros: number; readonly hits: number } | undefined;
  /** Where the newest rows may be, between the last hit of a sample and the next ID that it would have hit. */
  #top: IdRange | undefined;
  /** How much emptier than believed the last window was, 1 or less. */
  #slack = 1;
  /** Most IDs of the next window, after one that was believed to be empty and that the store could not answer. */
  #widest = Infinity;
  /** Most rows that the next window may be believed to hold, after one that the store could not answer. */
  #most = Infinity;
  /** Most rows that the store gave in one answer. */
  #served = 0;
  #failures = 0;
  /** Whether the store ever could not answer: then it is asked for no more than is known to be safe. */
  #died = false;

  constructor({ range, order, wanted, highest, filtered }: PlanOptions) {
    this.#left = range;
    this.#wanted = wanted;
    this.#newest = order === 'newest';
    this.#filtered = filtered;
    const wide = range.to - range.from >= TOO_MANY_TIMES * wanted;
    const endKnown = !this.#newest || (highest !== undefined && highest > 0);
    if (wide && (filtered || !endKnown)) this.#sample = USUAL_ZEROS;
    if (this.#newest && highest !== undefined) this.#estimate.set({ from: highest + 1, to: Math.max(highest + 1, range.to) }, 0);
  }

  /** What to ask next; `undefined` at the end. */
  next(): Question | undefined {
    const left = this.#left;
    if (left.from > left.to) return undefined;
    if (this.#sample !== undefined)
      return {
        kind: 'sample',
        pattern: `%${'0'.repeat(this.#sample)}_`,
        limit: this.#taken === undefined ? SAMPLE_ROWS : MAX_SAMPLE_ROWS,
      };
    if (this.#top !== undefined) return { kind: 'points', ids: spread(this.#top) };
    return { kind: 'range', range: this.#window(left), limit: TOO_MANY_TIMES * this.#wanted };
  }

  /**
   * Takes what came of the question.
   * @returns `false` when nothing smaller can be asked for: what failed is then the end of the walk
   */
  tell(question: Question, answer: Answer): boolean {
    this.#failures = answer.end === 'failed' ? this.#failures + 1 : 0;
    this.#died ||= answer.end === 'failed';
    if (this.#failures > MAX_FAILURES) return false;
    if (answer.end === 'whole') this.#served = Math.max(this.#served, answer.ids.length);
    switch (question.kind) {
      case 'sample':
        this.#sampled(this.#sample ?? USUAL_ZEROS, answer);
        return true;
      case 'points':
        this.#pointed(question.ids, answer);
        return true;
      case 'range':
        return this.#answered(question.range, answer);
    }
  }

  #window(left: IdRange): IdRange {
    const end = this.#newest ? 'to' : 'from';
    // However empty the last window was, one that is as full as believed must not hold too many.
    const window = this.#estimate.window(left, end, Math.min(this.#wanted / this.#slack, (TOO_MANY_TIMES - 1) * this.#wanted, this.#most));
    if (width(window) <= this.#widest) return window;
    return this.#newest ? { from: window.to - this.#widest + 1, to: window.to } : { from: window.from, to: window.from + this.#widest - 1 };
  }

  #sampled(zeros: number, { ids, end }: Answer): void {
    this.#tried.add(zeros);
    this.#sample = undefined;
    if (end !== 'whole') {
      if (this.#taken === undefined && zeros < COARSEST_ZEROS) this.#sample = zeros + 1;
      return;
    }
    const first = this.#taken === undefined;
    const block = 10 ** (zeros + 1);
    this.#taken = { zeros, hits: ids.length };
    this.#estimate.sampled(ids, { block, share: SAMPLE_BLOCK_IDS, few: this.#wanted / 2 });
    this.#slack = 1;
    if (first && this.#newest) this.#lookForTop(ids, block);
  }

  /** Asks for a sample where gaps were met, unless one was taken that says as much, or its rows would cost more than it saves. */
  #consider(zeros: number): void {
    if (width(this.#left) <= TOO_MANY_TIMES * this.#wanted) return;
    const next = this.#taken === undefined ? USUAL_ZEROS : this.#taken.zeros - 1;
    if (next < zeros || this.#tried.has(next) || (this.#taken !== undefined && this.#taken.hits * 10 > MAX_SAMPLE_ROWS)) return;
    this.#sample = next;
  }

  /**
   * Behind the highest ID that a sample hit, nearly a whole block may be full. Where that is too much for a window, points say how far it
   * goes.
   */
  #lookForTop(ids: readonly number[], block: number): void {
    const hit = ids.reduce((highest, id) => (id <= this.#left.to ? Math.max(highest, id) : highest), 0);
    const top = { from: Math.max(hit + 1, this.#left.from), to: Math.min(this.#left.to, (Math.floor(hit / block) + 1) * block - 1) };
    const needed = !this.#filtered && top.to - top.from >= TOO_MANY_TIMES * this.#wanted;
    this.#top = needed ? top : undefined;
  }

  #pointed(asked: readonly number[], { ids, end }: Answer): void {
    const top = this.#top;
    this.#top = undefined;
    if (top === undefined || end !== 'whole') return;
    const highest = ids.reduce((most, id) => Math.max(most, id), 0);
    this.#estimate.set({ from: Math.max(highest + 1, top.from), to: top.to }, 0);
    const below = asked.filter((id) => id <= highest).length;
    if (below > 0) this.#estimate.raise({ from: top.from, to: highest }, ids.length / below);
  }

  #answered(range: IdRange, { ids, end }: Answer): boolean {
    switch (end) {
      case 'whole':
        this.#left = this.#newest ? { from: this.#left.from, to: range.from - 1 } : { from: range.to + 1, to: this.#left.to };
        this.#measure(range, ids.length);
        return true;
      case 'stopped':
        this.#slack = 1;
        this.#estimate.raise(range, (TOO_MANY_TIMES * this.#wanted) / width(range));
        this.#learn(ids);
        this.#consider(FINEST_ZEROS);
        return true;
      case 'failed':
        return this.#shrink(range);
    }
  }

  /** Compares what a window held with what it was believed to hold. */
  #measure(range: IdRange, rows: number): void {
    this.#recover(range, rows);
    const believed = this.#estimate.rows(range);
    if (believed < this.#wanted / 4) return;
    this.#slack = Math.min(1, Math.max(1 / TOO_MANY_TIMES, rows / believed));
    // A coarse sample hits a small island and takes its whole block for full: behind the island, windows grow quickly. A store that could
    // not answer once is asked for more only behind a window without anybody.
    if ((!this.#died || rows === 0) && rows * THIN_FACTOR < believed)
      this.#estimate.thin(this.#newest ? this.#left.to : this.#left.from, 1 / THIN_FACTOR);
    if (rows < this.#wanted / 2) this.#consider(USUAL_ZEROS);
  }

  /** The customers that a window held before it was given up say where it is full. */
  #learn(ids: readonly number[]): void {
    const low = ids.reduce((least, id) => Math.min(least, id), Infinity);
    const high = ids.reduce((most, id) => Math.max(most, id), 0);
    if (low < high) this.#estimate.raise({ from: low, to: high }, ids.length / (high - low + 1));
  }

  /**
   * A store that cannot answer for a range may do for less: half of the customers believed to be there, or a tenth of the IDs
   * where hardly any were. More than it ever gave at once are not asked for again.
   */
  #shrink(range: IdRange): boolean {
    if (width(range) < 4) return false;
    const believed = this.#estimate.rows(range);
    this.#slack = 1;
    if (believed > this.#served) this.#wanted = Math.max(1, Math.min(this.#wanted, this.#served), Math.floor((this.#wanted * 2) / 3));
    if (believed >= 2) this.#most = believed / 2;
    // When half of what was believed was too much as well, there are customers where none were believed to be.
    if (believed < 2 || this.#failures > 1) this.#widest = Math.max(1, Math.floor(width(range) / SHRINK_FACTOR));
    this.#consider(FINEST_ZEROS);
    return true;
  }

  /** After an answer, the next window may be larger again. */
  #recover(range: IdRange, rows: number): void {
    this.#most = this.#most * 2 < this.#wanted ? this.#most * 2 : Infinity;
    if (this.#widest === Infinity) return;
    // Where nobody was, nothing says how much fits: a store that can answer few at once would be asked for each ID of a gap.
    const fits = rows === 0 ? Infinity : (width(range) * this.#wanted) / rows;
    this.#widest = Math.ceil(Math.min(fits, width(range) * REGROW_FACTOR));
    if (this.#widest >= width(this.#left)) this.#widest = Infinity;
  }
}

function width(range: IdRange): number {
  return range.to - range.from + 1;
}

/** IDs spread over a range, with last digits of all kinds: some stores give only every second or tenth number. */
function spread(range: IdRange): number[] {
  const step = width(range) / SINGLE_IDS;
  return [...new Set(Array.from({ length: SINGLE_IDS }, (_, index) => Math.min(range.to, Math.round(range.from + index * step))))];
}
