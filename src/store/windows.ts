import type { SoapRecord } from '../api/value';
import type { CallOptions, StoreClient } from './client';
import type { Exchange } from './exchange';
import { TransportError } from './failure';
import { noteOf } from './note';
import { idOf, MAX_ID, takeRange, type IdRange } from './id-range';

/** Customers of one window of IDs. */
export interface CustomerWindow extends IdRange {
  /** Sorted by ID, in the order asked for: stores promise none (facts §5). Never empty. */
  readonly rows: readonly SoapRecord[];
  readonly exchange: Exchange;
}

/** Which customers are walked, and how. */
export interface WindowOptions {
  /** Further conditions; one on `customer_id` narrows the range walked. */
  readonly filters?: SoapRecord | undefined;
  /** By ID; `newest`, the highest first, otherwise. */
  readonly order?: 'newest' | 'oldest' | undefined;
  /** Customers wanted per window, about; 200 otherwise. */
  readonly rows?: number | undefined;
  /** Highest ID seen before, which saves most of the search for the newest customers. */
  readonly highest?: number | undefined;
  readonly dialect?: CallOptions['dialect'];
  readonly signal?: AbortSignal | undefined;
  /** Told each range before it is asked for, empty ones too. */
  readonly onProbe?: ((range: IdRange) => void) | undefined;
}

type Caller = Pick<StoreClient, 'call'>;

const ROWS = 200;
/** How much wider the next window gets while nothing is found: few requests reach from 200 to the highest possible ID. */
const GROWTH = 8;
/** A window that holds more than so many times the rows wanted is given up and asked for in smaller pieces. */
const SURPRISE = 5;

/**
 * Walks the customers of a store in windows of IDs, each one request, only as far as it is pulled (facts §6; design
 * decision 7). Windows grow where few customers are and shrink where many are. Customers are neither missed nor given
 * twice, even while others come and go.
 * @throws {ToolkitError} as {@link StoreClient.call} does; what was given before stays good
 */
export async function* customerWindows(client: Caller, options: WindowOptions = {}): AsyncGenerator<CustomerWindow, void> {
  const { range, rest } = takeRange(options.filters ?? {});
  const wanted = options.rows ?? ROWS;
  if (range === undefined) {
    yield* whole(client, options);
    return;
  }
  const newest = options.order !== 'oldest';
  const bounds = newest && range.to - range.from > SURPRISE * wanted ? { ...range, to: Math.min(range.to, await highestCustomerId(client, options)) } : range;
  let width = wanted;
  let edge = newest ? bounds.to : bounds.from;
  while (edge >= bounds.from && edge <= bounds.to) {
    const window = newest ? { from: Math.max(bounds.from, edge - width + 1), to: edge } : { from: edge, to: Math.min(bounds.to, edge + width - 1) };
    const seen = await ask(client, rest, window, width > wanted ? SURPRISE * wanted : Infinity, options);
    if (!seen.complete) {
      width = Math.max(wanted, Math.floor(width / GROWTH));
      continue;
    }
    if (seen.rows.length > 0) yield { ...window, rows: sorted(seen.rows, newest), exchange: seen.exchange };
    edge = newest ? window.from - 1 : window.to + 1;
    width = Math.min(MAX_ID, Math.max(wanted, Math.round(width * Math.min(GROWTH, wanted / Math.max(1, seen.rows.length)))));
  }
}

/**
 * The highest ID of a store, or 0 when it has no customers. There is no sorting, so it is found like this:
 *
 * 1. A ladder of single IDs, each rung a seventh above the one below, and then a finer one between the last two: the highest
 *    that exists is near the highest of all. Two requests with small answers; a date would bring everybody after a bulk import.
 * 2. Everything above that ID is asked for: mostly nothing, one request.
 * 3. Only where that is more than a thousand customers, the range above is halved until it is not, about 15 requests.
 *
 * With `highest` from an earlier look the first step is left out, and the second brings just what is new.
 */
export async function highestCustomerId(client: Caller, options: Pick<WindowOptions, 'highest' | 'dialect' | 'signal' | 'onProbe'> = {}): Promise<number> {
  const known = options.highest ?? (await landmark(client, options));
  return await highestAbove(client, known, options);
}

/** Rows that a search for the highest ID reads at most per request. */
const SEARCH_ROWS = 1000;

/** IDs asked for one by one in a step towards the highest: so few that the answers are small, so many that two steps are enough. */
const RUNGS = 160;

/** A high ID that exists, found by asking for single IDs: each step is one request that is answered by few rows, however large the store is. */
async function landmark(client: Caller, options: WindowOptions): Promise<number> {
  const ladder = [...new Set(Array.from({ length: RUNGS }, (_, rung) => Math.round(MAX_ID ** (rung / (RUNGS - 1)))))];
  const low = await highestAmong(client, ladder, options);
  const above = ladder.find((id) => id > low) ?? MAX_ID;
  const step = Math.ceil((above - low) / RUNGS);
  if (low === 0 || step < 2) return low;
  return Math.max(low, await highestAmong(client, Array.from({ length: RUNGS }, (_, rung) => low + rung * step), options));
}

async function highestAmong(client: Caller, ids: readonly number[], options: WindowOptions): Promise<number> {
  const { rows } = await ask(client, { customer_id: { in: ids } }, undefined, Infinity, options);
  return highestOf(rows);
}

async function highestAbove(client: Caller, known: number, options: WindowOptions): Promise<number> {
  let low = known;
  let high = MAX_ID;
  // The first step up is small, because the highest ID is mostly near; then the remaining range is halved.
  let from = low + 1;
  while (from <= high) {
    const { rows, complete } = await ask(client, {}, { from, to: high }, SEARCH_ROWS, options);
    if (complete && rows.length > 0) return highestOf(rows);
    if (complete) high = from - 1;
    else low = Math.max(from, highestOf(rows));
    if (high <= low) return low;
    from = low + Math.max(1, Math.min(Math.ceil((high - low) / 2), 8 * low + SEARCH_ROWS));
  }
  return low;
}

interface Seen {
  readonly rows: readonly SoapRecord[];
  /** `false` when there were more rows than the limit, and reading stopped there. */
  readonly complete: boolean;
  readonly exchange: Exchange;
}

/** Asks for one range of IDs, and gives up when it holds more rows than expected. */
async function ask(client: Caller, filters: SoapRecord, range: IdRange | undefined, limit: number, options: Pick<WindowOptions, 'dialect' | 'signal' | 'onProbe'>): Promise<Seen> {
  if (range !== undefined) options.onProbe?.(range);
  const rows: SoapRecord[] = [];
  const enough = new AbortController();
  const signal = options.signal === undefined ? enough.signal : AbortSignal.any([options.signal, enough.signal]);
  const onRow = (row: unknown): void => {
    if (isRow(row)) rows.push(row);
    if (rows.length > limit) enough.abort();
  };
  try {
    const all = range === undefined ? filters : { ...filters, customer_id: { from: range.from, to: range.to } };
    const { exchange } = await client.call('customer.list', { filters: all }, { signal, onRow, dialect: options.dialect });
    return { rows, complete: true, exchange };
  } catch (error) {
    const { exchange } = noteOf(error);
    if (enough.signal.aborted && options.signal?.aborted !== true && error instanceof TransportError && exchange !== undefined) return { rows, complete: false, exchange };
    throw error;
  }
}

/** Filters that no window can be put over: one request, its rows sorted. */
async function* whole(client: Caller, options: WindowOptions): AsyncGenerator<CustomerWindow, void> {
  const { rows, exchange } = await ask(client, options.filters ?? {}, undefined, Infinity, options);
  if (rows.length > 0) yield { from: 1, to: MAX_ID, rows: sorted(rows, options.order !== 'oldest'), exchange };
}

function sorted(rows: readonly SoapRecord[], newest: boolean): readonly SoapRecord[] {
  const sign = newest ? -1 : 1;
  return [...rows].sort((a, b) => sign * ((idOf(a['customer_id']) ?? 0) - (idOf(b['customer_id']) ?? 0)));
}

function highestOf(rows: readonly SoapRecord[]): number {
  return rows.reduce((highest, row) => Math.max(highest, idOf(row['customer_id']) ?? 0), 0);
}

function isRow(value: unknown): value is SoapRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
