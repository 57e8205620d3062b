import type { SoapRecord } from '../../api/value';
import type { Ask } from '../calls/protocol';
import { idOf, MAX_ID, type IdRange } from '../customers/id-range';
import { customerMatches } from '../../api/rest-attributes';
import { MAX_REST_PAGE_ROWS } from '../../api/rest-api';
import { pageOf, type Page } from './pages';
import type { RestPlace } from './places';
import type { RestExchangeResult } from './requests';

/** The last page of a walk through a store's customers. The next walk begins there. */
interface Trace {
  readonly page: number;
  /** Lowest and highest ID of that page. */
  readonly low: number;
  readonly high: number;
}

const traces = new WeakMap<RestPlace, Trace>();

/** Rows of one page that belong to the walk, in its order. */
export interface PageRows {
  readonly rows: readonly SoapRecord[];
  /** The IDs that are done: every existing customer with such an ID was delivered. */
  readonly settled: IdRange;
  readonly result: RestExchangeResult;
}

/**
 * Walks the customers whose IDs are in a range, page by page. The list has the newest first and no other order, so the first page
 * is searched for. Pages shift when customers are created or deleted meanwhile. On the way down the list, a customer is missed only if
 * more were deleted than created. The total number shows that, and the page is then searched for again. On the way up, one new and one
 * deleted customer elsewhere would be enough, so each page overlaps the one before by a row. No customer is missed or delivered twice.
 * @param query filters that the store knows, such as `search`
 * @throws the errors of the requests; rows delivered before stay valid
 */
export async function* pageWalk(
  ask: Ask<RestPlace>,
  range: IdRange,
  order: 'newest' | 'oldest',
  query?: Readonly<Record<string, string>>,
): AsyncGenerator<PageRows, void> {
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
    // A page that shifted before it was read may contain none of the remaining IDs. Then no IDs are done either.
    if (ended || rows.length > 0) {
      yield { rows: order === 'newest' ? rows : rows.toReversed(), settled, result: page.result };
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
    seeker.rememberLast(next);
    const joins = next.rows.some((row) => idIn(row) === high);
    page = joins ? next : await seeker.holding(left.from, order, Math.ceil(((number - 1) * size + 1) / MAX_REST_PAGE_ROWS));
  }
}

/**
 * The page that contains the row at a position, counted from 0, and the size with which it has the most rows before that one. Pages of a
 * size begin at its multiples.
 */
function pageUp(place: number): { readonly number: number; readonly size: number } {
  let best = 2;
  for (let size = 3; size <= MAX_REST_PAGE_ROWS; size++) if (place % size >= place % best) best = size;
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

/** Finds the page on which an ID is or would be. */
class Seeker {
  /**
   * @param ask reads a page
   * @param isWhole whether the list has all customers, so that traces can be used
   */
  constructor(
    private readonly ask: (number: number | ((place: RestPlace) => number)) => Promise<Page>,
    private readonly isWhole: boolean,
  ) {}

  /** Reads a page and remembers it as the last page of the walk. */
  async read(number: number | ((place: RestPlace) => number)): Promise<Page> {
    const page = await this.ask(number);
    const ids = page.rows.map(idIn);
    if (this.isWhole && ids.length > 0)
      traces.set(page.result.endpoint, { page: page.number, low: Math.min(...ids), high: Math.max(...ids) });
    return page;
  }

  /** Remembers a page of any size as the last page of the walk on the way up. */
  rememberLast({ number, size, rows, result }: Page): void {
    const ids = rows.map(idIn);
    if (!this.isWhole || ids.length === 0) return;
    const place = (number - 1) * size;
    const high = Math.max(...ids);
    // If a page of the usual size has rows before this one, the next ID is on that same page.
    const next = place % MAX_REST_PAGE_ROWS === 0 ? high : high + 1;
    traces.set(result.endpoint, { page: Math.floor(place / MAX_REST_PAGE_ROWS) + 1, low: Math.min(...ids), high: next });
  }

  /**
   * The page on which a walk begins. For the newest first, this is the page with the highest ID that is not above the given one. For the
   * oldest first, it is the page with the lowest ID that is not below.
   * @param hint page to try first
   */
  async holding(id: number, order: 'newest' | 'oldest', hint?: number): Promise<Page> {
    // The page is between these two.
    let [first, last] = [1, Infinity];
    let candidate: Page | undefined;
    let page = await this.read(hint ?? ((place) => guess(traces.get(place), id, order)));
    for (let tries = 0; ; tries++) {
      if (page.total === 0 && page.number > 1) {
        // Beyond the end.
        last = Math.min(last, page.number - 1);
      } else {
        last = Math.min(last, Math.max(1, Math.ceil(page.total / MAX_REST_PAGE_ROWS)));
        const ids = page.rows.map(idIn);
        if (ids.length === 0) return page;
        const [low, high] = [Math.min(...ids), Math.max(...ids)];
        if (order === 'newest') {
          if (low > id) first = page.number + 1;
          else {
            candidate = page;
            if (high >= id) return page;
            last = page.number - 1;
            // The rows of that page may have shifted since it was read, so it is read again after this page.
            if (last > 0) first = Math.min(first, last);
          }
        } else if (high < id) last = page.number - 1;
        else {
          candidate = page;
          if (low <= id) return page;
          first = page.number + 1;
          if (page.number * MAX_REST_PAGE_ROWS < page.total) last = Math.max(last, first);
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

/** The page at which to begin the search. */
function guess(trace: Trace | undefined, id: number, order: 'newest' | 'oldest'): number {
  if (trace === undefined || id >= MAX_ID) return 1;
  if (order === 'newest') return id >= trace.low ? (id <= trace.high ? trace.page : Math.max(1, trace.page - 1)) : trace.page + 1;
  return id <= trace.high ? (id >= trace.low ? trace.page : trace.page + 1) : Math.max(1, trace.page - 1);
}

/** The pages that are possible, both ends included. */
interface Pages {
  readonly first: number;
  readonly last: number;
}

const middle = ({ first, last }: Pages): number => Math.floor((first + last) / 2);

/** The page at the distance that the IDs suggest. IDs may mislead, so every other step goes to the middle. */
function aimed(pages: Pages, { number }: Page, { low, high }: { readonly low: number; readonly high: number }, id: number): number {
  const density = MAX_REST_PAGE_ROWS / Math.max(MAX_REST_PAGE_ROWS, high - low + 1);
  const rows = (id < low ? low - id : id - high) * density;
  const jump = Math.max(1, Math.floor(rows / MAX_REST_PAGE_ROWS));
  const page = id < low ? number + jump : number - jump;
  return page < pages.first || page > pages.last ? middle(pages) : page;
}
