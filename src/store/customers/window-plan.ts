import { IdEstimate } from './id-estimate';
import type { IdRange } from './id-range';

/** The next request to a store. */
export type Question =
  /** All rows of a range of IDs. Reading stops after `limit` rows, since the range was then too wide. */
  | { readonly kind: 'range'; readonly range: IdRange; readonly limit: number }
  /** Rows whose ID matches a pattern of SQL's LIKE, spread over the whole store: a few rows that show where the rest is. */
  | { readonly kind: 'sample'; readonly pattern: string; readonly limit: number }
  /** Rows with these IDs: a few rows that show where the newest ones are. */
  | { readonly kind: 'points'; readonly ids: readonly number[] };

/** The answer to a question. */
export interface Answer {
  /** IDs of the rows in the answer, in any order. */
  readonly ids: readonly number[];
  /** `stopped`: after the limit. `failed`: the request was too large for the store to answer. */
  readonly end: 'whole' | 'stopped' | 'failed';
}

/** The rows to walk, and how. */
export interface PlanOptions {
  /** IDs to walk, both ends included. */
  readonly range: IdRange;
  readonly order: 'newest' | 'oldest';
  /** Approximate number of rows wanted per window. */
  readonly wanted: number;
  /** Highest ID seen before. */
  readonly highest?: number | undefined;
  /** Whether there are conditions on other fields than the ID, so that most rows may not match. */
  readonly filtered: boolean;
}

/** If a window has this many times fewer rows than estimated, the estimate for the rest of its stretch is divided by this factor. */
const THIN_FACTOR = 8;

/** A range with more than this many times the wanted rows is abandoned and asked for in smaller pieces. */
const TOO_MANY_TIMES = 5;
/** Number of IDs in a block that a sample asks for: one for each last digit. */
const SAMPLE_BLOCK_IDS = 10;
/** Number of zeros before the last digit of a sampled ID. The usual sample has two: ten IDs in a thousand. */
const USUAL_ZEROS = 2;
/** The finest sample has one zero: ten IDs in a hundred. It finds rows in small groups that are far from each other. */
const FINEST_ZEROS = 1;
const COARSEST_ZEROS = 6;
/**
 * Maximum number of rows of a first sample. A store of 50,000 rows has this many in the usual sample. For a larger store, a coarser sample
 * is enough.
 */
const SAMPLE_ROWS = 500;
/** Maximum number of rows of a later sample. Gaps in the IDs make a finer sample worth its rows. */
const MAX_SAMPLE_ROWS = 5000;
/** Number of single IDs that are asked for to find the newest rows within a block. */
const SINGLE_IDS = 160;
/** Number of failed questions in a row after which the walk ends. */
const MAX_FAILED_QUESTIONS = 12;
/** How many times narrower the next window is at most after a failed one. */
const SHRINK_FACTOR = 10;
/** How many times wider than the window before each window may be, after a failed one. */
const REGROW_FACTOR = 4;

/**
 * Decides the windows of IDs in which the rows of a resource are read (facts §6). The API has no paging and no order, IDs can
 * have gaps of any size, and a store that is asked for too much fails. So a window is as wide as the wanted number of rows needs:
 *
 * * Without gaps, a window has as many IDs as rows are wanted, and one window follows the other.
 * * As soon as a window has far fewer rows, or when the newest come first and nothing is known of them, a sample of the whole store
 *   shows where rows are. Windows then follow the sample: empty stretches take one request, and no window should have too many rows.
 * * A window that has far too many rows even so, or that the store cannot answer, is read in pieces.
 *
 * It sends no requests: {@link next} returns the next question, {@link tell} takes the answer. Its windows follow each other
 * and never overlap, except for the abandoned ones, so no customer is missed or delivered twice.
 */
export class WindowPlan {
  readonly #estimate = new IdEstimate();
  readonly #newest: boolean;
  readonly #filtered: boolean;
  #left: IdRange;
  #wanted: number;
  /** The next sample to ask for, as its number of zeros. */
  #sample: number | undefined;
  /** Zeros of the samples that were asked for, so that none is asked for twice. */
  readonly #tried = new Set<number>();
  /** The last sample that was answered. */
  #taken: { readonly zeros: number; readonly hits: number } | undefined;
  /** The range in which the newest rows may be: between the last hit of a sample and the next ID that the sample would have found. */
  #top: IdRange | undefined;
  /** Ratio of rows to estimated rows in the last window, 1 or less. */
  #slack = 1;
  /** Maximum number of IDs in the next window, after a window failed that was estimated to be empty. */
  #widest = Infinity;
  /** Maximum number of estimated rows in the next window, after a failed one. */
  #most = Infinity;
  /** Largest number of rows that the store gave in one answer. */
  #served = 0;
  #failures = 0;
  /** Whether any question failed. The store is then asked only for amounts that are known to be safe. */
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

  /** The next question; `undefined` at the end. */
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
   * Takes the answer to the question.
   * @returns `false` when nothing smaller can be asked for: the walk then ends with the failure
   */
  tell(question: Question, answer: Answer): boolean {
    this.#failures = answer.end === 'failed' ? this.#failures + 1 : 0;
    this.#died ||= answer.end === 'failed';
    if (this.#failures > MAX_FAILED_QUESTIONS) return false;
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
    // However empty the last window was, a window that is as full as estimated must not have too many rows.
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

  /** Asks for a sample after gaps were found, unless an earlier sample says as much, or its rows would cost more than it saves. */
  #consider(zeros: number): void {
    if (width(this.#left) <= TOO_MANY_TIMES * this.#wanted) return;
    const next = this.#taken === undefined ? USUAL_ZEROS : this.#taken.zeros - 1;
    if (next < zeros || this.#tried.has(next) || (this.#taken !== undefined && this.#taken.hits * 10 > MAX_SAMPLE_ROWS)) return;
    this.#sample = next;
  }

  /**
   * After the highest ID that a sample found, nearly a whole block may be full. If that is too much for a window, single IDs are asked for
   * to find the end.
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

  /** Compares the number of rows in a window with the estimate. */
  #measure(range: IdRange, rows: number): void {
    this.#recover(range, rows);
    const believed = this.#estimate.rows(range);
    if (believed < this.#wanted / 4) return;
    this.#slack = Math.min(1, Math.max(1 / TOO_MANY_TIMES, rows / believed));
    // A coarse sample that hits a small group counts its whole block as full. After the group, windows must grow quickly. A store that
    // failed once is asked for more only after a window without rows.
    if ((!this.#died || rows === 0) && rows * THIN_FACTOR < believed)
      this.#estimate.thin(this.#newest ? this.#left.to : this.#left.from, 1 / THIN_FACTOR);
    if (rows < this.#wanted / 2) this.#consider(USUAL_ZEROS);
  }

  /** Raises the estimate where an abandoned window had customers. */
  #learn(ids: readonly number[]): void {
    const low = ids.reduce((least, id) => Math.min(least, id), Infinity);
    const high = ids.reduce((most, id) => Math.max(most, id), 0);
    if (low < high) this.#estimate.raise({ from: low, to: high }, ids.length / (high - low + 1));
  }

  /**
   * Shrinks the next window after a failed range: to half of the estimated customers, or to a tenth of the IDs
   * if hardly any were estimated. The store is not asked again for more than it ever gave at once.
   */
  #shrink(range: IdRange): boolean {
    if (width(range) < 4) return false;
    const believed = this.#estimate.rows(range);
    this.#slack = 1;
    if (believed > this.#served) this.#wanted = Math.max(1, Math.min(this.#wanted, this.#served), Math.floor((this.#wanted * 2) / 3));
    if (believed >= 2) this.#most = believed / 2;
    // If half of the estimate was too much as well, there are customers where none were estimated.
    if (believed < 2 || this.#failures > 1) this.#widest = Math.max(1, Math.floor(width(range) / SHRINK_FACTOR));
    this.#consider(FINEST_ZEROS);
    return true;
  }

  /** After an answer, the next window may be larger again. */
  #recover(range: IdRange, rows: number): void {
    this.#most = this.#most * 2 < this.#wanted ? this.#most * 2 : Infinity;
    if (this.#widest === Infinity) return;
    // An empty window does not show how much fits. With the wanted rows as measure, a slow store would be asked for each ID of a gap.
    const fits = rows === 0 ? Infinity : (width(range) * this.#wanted) / rows;
    this.#widest = Math.ceil(Math.min(fits, width(range) * REGROW_FACTOR));
    if (this.#widest >= width(this.#left)) this.#widest = Infinity;
  }
}

function width(range: IdRange): number {
  return range.to - range.from + 1;
}

/** IDs spread over a range, with all last digits, since some stores use only every second or tenth number. */
function spread(range: IdRange): number[] {
  const step = width(range) / SINGLE_IDS;
  return [...new Set(Array.from({ length: SINGLE_IDS }, (_, index) => Math.min(range.to, Math.round(range.from + index * step))))];
}
