import type { SoapRecord } from '../../api/value';
import type { Ask } from '../calls/protocol';
import { idOf, MAX_ID, type IdRange } from '../customers/id-range';
import { customerMatches } from '../../api/rest-attributes';
import { PAGE_ROWS, pageOf, type Page } from './pages';
import type { RestPlace } from './places';
import type { RestHeard } from './requests';

/** Where a walk through a store's customers ended, so that the next one begins there. */
interface Trace {
  readonly page: number;
  /** Lowest and highest ID of that page. */
  readonly low: number;
  readonly high: number;
}

const traces = new WeakMap<RestPlace, Trace>();

/** Rows of one page that belong to the walk, in its order. */
export interface Step {
  readonly rows: readonly SoapRecord[];
  /** IDs that are settled with it: every customer of them that there is was given. */
  readonly settled: IdRange;
  readonly heard: RestHeard;
}

/**
 * Walks the customers whose IDs are in a range, page by page. The list has the newest first and nothing else to ask for, so the first page
 * is looked for. A page moves when customers come and go meanwhile. Down the list, that loses a customer only where more went than came,
 * which the number of all customers tells; the page is then looked for again. Up the list, one that came and one that went elsewhere would
 * do, so each page there has a row of the one before. So no customer is missed or given twice.
 * @param query filters that the store knows, such as `search`
 * @throws what asking throws; what was given before stays good
 */
export async function* pageWalk(
  ask: Ask<RestPlace>,
  range: IdRange,
  order: 'newest' | 'oldest',
  query?: Readonly<Record<string, string>>,
): AsyncGenerator<Step, void> {
  const list = { path: '/customers', query, matches: customerMatches } as const;
  const seeker = new Seeker(async (number) => await pageOf(ask, list, number), query === undefined);
  let left = range;
  let page = await seeker.holding(order === 'newest' ? left.to : left.from, order);
  for (;;) {
    const ids = page.rows.map(idIn);
    const rows = page.rows.filter((_, index) => within(ids[index] ?? 0, left));
    const [low, high] = [Math.min(...ids), Math.max(...ids)];
    const ended = page.rows.length === 0 || (order === 'newest' ? low <= left.from || isLast(page) : high >= left.to || page.number === 1);
    const settled: IdRange = ended ? left : order === 'newest' ? { from: low, to: left.to } : { from: left.from, to: high };
    // A page that moved before it was read may hold nothing of what is left; then nothing is settled either.
    if (ended || rows.length > 0) {
      yield { rows: order === 'newest' ? rows : rows.toReversed(), settled, heard: page.heard };
      if (ended) return;
      left = order === 'newest' ? { from: left.from, to: low - 1 } : { from: high + 1, to: left.to };
    }
    if (order === 'newest') {
      const next = await seeker.read(page.number + 1);
      page = next.total === page.total ? next : await seeker.holding(left.to, order, next.number);
      continue;
    }
    const { number, size } = pageUp((page.number - 1) * page.size);
    const next = await pageOf(ask, list, number, size);
    seeker.leave(next);
    const joins = next.rows.some((row) => idIn(row) === high);
    page = joins ? next : await seeker.holding(left.from, order, Math.ceil(((number - 1) * size + 1) / PAGE_ROWS));
  }
}

/**
 * The page that holds the row at a place, counted from 0, and as many rows before it as any does: pages of a size begin at its multiples.
 */
function pageUp(place: number): { readonly number: number; readonly size: number } {
  let best = 2;
  for (let size = 3; size <= PAGE_ROWS; size++) if (place % size >= place % best) best = size;
  return { number: Math.floor(place / best) + 1, size: best };
}

function within(id: number, { from, to }: IdRange): boolean {
  return id >= from && id <= to;
}

function idIn(row: SoapRecord): number {
  return idOf(row['customer_id']) ?? 0;
}

function isLast({ number, size, total, rows }: Page): boolean {
  return rows.length < size || number * size >= total;
}

/** Finds the page that holds an ID, or would. */
class Seeker {
  /**
   * @param read asks for a page
   * @param isWhole whether the list is of all customers, so that traces count
   */
  constructor(
    private readonly ask: (number: number | ((place: RestPlace) => number)) => Promise<Page>,
    private readonly isWhole: boolean,
  ) {}

  /** A page, which is remembered as where the store was left. */
  async read(number: number | ((place: RestPlace) => number)): Promise<Page> {
    const page = await this.ask(number);
    const ids = page.rows.map(idIn);
    if (this.isWhole && ids.length > 0)
      traces.set(page.heard.endpoint, { page: page.number, low: Math.min(...ids), high: Math.max(...ids) });
    return page;
  }

  /** Remembers a page of any size as where the store was left on the way up. */
  leave({ number, size, rows, heard }: Page): void {
    const ids = rows.map(idIn);
    if (!this.isWhole || ids.length === 0) return;
    const place = (number - 1) * size;
    const high = Math.max(...ids);
    // Where pages of the usual size have more rows before this one, the next ID stands on the same of them.
    const next = place % PAGE_ROWS === 0 ? high : high + 1;
    traces.set(heard.endpoint, { page: Math.floor(place / PAGE_ROWS) + 1, low: Math.min(...ids), high: next });
  }

  /**
   * The page where a walk begins: for the newest first, the one with the highest ID that is not above the one given; for the oldest first,
   * the one with the lowest that is not below.
   * @param hint page to try first
   */
  async holding(id: number, order: 'newest' | 'oldest', hint?: number): Promise<Page> {
    // Pages between these two may hold it.
    let [first, last] = [1, Infinity];
    let candidate: Page | undefined;
    let page = await this.read(hint ?? ((place) => guess(traces.get(place), id, order)));
    for (let tries = 0; ; tries++) {
      if (page.total === 0 && page.number > 1) {
        // Beyond the end.
        last = Math.min(last, page.number - 1);
      } else {
        last = Math.min(last, Math.max(1, Math.ceil(page.total / PAGE_ROWS)));
        const ids = page.rows.map(idIn);
        if (ids.length === 0) return page;
        const [low, high] = [Math.min(...ids), Math.max(...ids)];
        if (order === 'newest') {
          if (low > id) first = page.number + 1;
          else {
            candidate = page;
            if (high >= id) return page;
            last = page.number - 1;
            // What stood there may have moved since it was looked at, so it is looked at after this page.
            if (last > 0) first = Math.min(first, last);
          }
        } else if (high < id) last = page.number - 1;
        else {
          candidate = page;
          if (low <= id) return page;
          first = page.number + 1;
          if (page.number * PAGE_ROWS < page.total) last = Math.max(last, first);
        }
        if (first > last) return candidate ?? page;
        page = await this.read(tries % 2 === 0 ? aimed({ first, last }, page, { low, high }, id) : middle({ first, last }));
        continue;
      }
      if (first > last) return candidate ?? page;
      page = await this.read(last === Infinity ? 1 : Math.max(first, Math.ceil((first + last) / 2)));
    }
  }
}

/** Page at which to begin looking. */
function guess(trace: Trace | undefined, id: number, order: 'newest' | 'oldest'): number {
  if (trace === undefined || id >= MAX_ID) return 1;
  if (order === 'newest') return id >= trace.low ? (id <= trace.high ? trace.page : Math.max(1, trace.page - 1)) : trace.page + 1;
  return id <= trace.high ? (id >= trace.low ? trace.page : trace.page + 1) : Math.max(1, trace.page - 1);
}

/** Pages that come into question, both ends included. */
interface Pages {
  readonly first: number;
  readonly last: number;
}

const middle = ({ first, last }: Pages): number => Math.floor((first + last) / 2);

/** The page that is as far from this one as the IDs tell. They may tell wrong, so every other look goes to the middle. */
function aimed(pages: Pages, { number }: Page, { low, high }: { readonly low: number; readonly high: number }, id: number): number {
  const density = PAGE_ROWS / Math.max(PAGE_ROWS, high - low + 1);
  const rows = (id < low ? low - id : id - high) * density;
  const jump = Math.max(1, Math.floor(rows / PAGE_ROWS));
  const page = id < low ? number + jump : number - jump;
  return page < pages.first || page > pages.last ? middle(pages) : page;
}
