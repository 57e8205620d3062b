import type { ToolkitError } from '../../api/errors';
import { listArguments, listPath, type FilterableResource } from '../../api/resources';
import type { SoapRecord } from '../../api/value';
import { facets } from '../../api/dialect-facets';
import type { CallOptions, StoreClient } from '../calls/client';
import type { Exchange } from '../wire/exchange';
import { TransportError } from '../wire/failure';
import { idOf, MAX_ID, takeRange, type IdRange } from './id-range';
import { noteOf } from '../wire/note';
import { isTooMuch } from './too-much';
import { WindowPlan, type Question } from './window-plan';

/** Rows of one window of IDs. */
export interface RowWindow extends IdRange {
  /** Sorted by ID in the requested order, since stores promise none (facts §5). Empty only if rows were checked and none passed. */
  readonly rows: readonly SoapRecord[];
  /** Number of rows that were checked for it. */
  readonly checked: number;
  readonly exchange: Exchange;
}

/** The rows of a resource to walk, and how. */
export interface WindowOptions {
  /** Further conditions. A condition on the ID narrows the range that is walked. */
  readonly filters?: SoapRecord | undefined;
  /** Order by ID: `newest`, the highest first, by default. */
  readonly order?: 'newest' | 'oldest' | undefined;
  /** Approximate number of rows wanted per window, 200 by default. */
  readonly rows?: number | undefined;
  /** Highest ID seen before. It saves the search for the newest rows. */
  readonly highest?: number | undefined;
  readonly dialect?: CallOptions['dialect'];
  readonly signal?: AbortSignal | undefined;
  /** Receives each question before it is sent: samples, single IDs, and ranges, including empty ones. */
  readonly onQuestion?: ((question: Question) => void) | undefined;
}

/** The part of a client that is used here. A client without a dialect answers with whole lists. */
type Caller = Pick<StoreClient, 'call'> & Partial<Pick<StoreClient, 'dialect'>>;

const WINDOW_ROWS = 200;

/**
 * Walks the rows of a resource in windows of IDs. Each window is one request, sent only when the caller asks for it (facts §6; design
 * decision 7). {@link WindowPlan} decides the windows. No row is missed or delivered twice, even while other rows come and go.
 * @throws {ToolkitError} as {@link StoreClient.call} does; rows delivered before stay valid. A window that is too large for the store
 *   is first asked for in smaller pieces
 */
export async function* rowWindows(
  client: Caller,
  resource: FilterableResource,
  options: WindowOptions = {},
): AsyncGenerator<RowWindow, void> {
  const { idField } = resource;
  const { range, rest } = takeRange(options.filters ?? {}, resource);
  if (range === undefined) {
    yield* whole(client, resource, options);
    return;
  }
  const order = options.order ?? 'newest';
  const dialect = options.dialect ?? client.dialect;
  if (dialect !== undefined && facets[dialect].paged) {
    yield* paged(client, resource, { range, rest, order }, options);
    return;
  }
  const { rows: wanted = WINDOW_ROWS, highest } = options;
  const plan = new WindowPlan({ range, order, wanted, highest, filtered: Object.keys(rest).length > 0 });
  let answered = false;
  for (let question = plan.next(); question !== undefined; question = plan.next()) {
    options.onQuestion?.(question);
    const limit = 'limit' in question ? question.limit : Infinity;
    const seen = await ask(client, resource, { ...rest, [idField]: condition(question) }, limit, options, answered);
    const ids = seen.rows.map((row) => idOf(row[idField]) ?? 0);
    if (!plan.tell(question, { ids, end: seen.end }) && seen.error !== undefined) throw seen.error;
    answered ||= seen.end === 'whole';
    if (question.kind === 'range' && seen.end === 'whole' && seen.rows.length > 0) {
      yield { ...question.range, rows: sorted(seen.rows, order, idField), checked: seen.rows.length, exchange: seen.exchange };
    }
  }
}

/** The condition on the ID for a question. */
function condition(question: Question): SoapRecord {
  switch (question.kind) {
    case 'range':
      return { from: question.range.from, to: question.range.to };
    case 'sample':
      return { like: question.pattern };
    case 'points':
      return { in: question.ids };
  }
}

type Seen =
  | { readonly end: 'whole'; readonly rows: readonly SoapRecord[]; readonly exchange: Exchange; readonly error?: undefined }
  | { readonly end: 'stopped' | 'failed'; readonly rows: readonly SoapRecord[]; readonly error: ToolkitError };

/**
 * Sends one request, and gives up when more rows arrive than the limit.
 * @param answered whether this store answered a question of this kind before
 */
async function ask(
  client: Caller,
  resource: FilterableResource,
  filters: SoapRecord,
  limit: number,
  options: Pick<WindowOptions, 'dialect' | 'signal'>,
  answered: boolean,
): Promise<Seen> {
  const rows: SoapRecord[] = [];
  const enough = new AbortController();
  const signal = options.signal === undefined ? enough.signal : AbortSignal.any([options.signal, enough.signal]);
  const onRow = (row: unknown): void => {
    if (isRow(row)) rows.push(row);
    if (rows.length > limit) enough.abort();
  };
  try {
    const args = listArguments(resource, filters);
    const { exchange } = await client.call(listPath(resource), args, { signal, onRow, dialect: options.dialect });
    return { end: 'whole', rows, exchange };
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    if (enough.signal.aborted && error instanceof TransportError && noteOf(error).exchange !== undefined)
      return { end: 'stopped', rows, error };
    if (!enough.signal.aborted && isTooMuch(error, answered)) return { end: 'failed', rows, error };
    throw error;
  }
}

/** Filters that cannot be combined with windows: one request, its rows sorted. */
async function* whole(client: Caller, resource: FilterableResource, options: WindowOptions): AsyncGenerator<RowWindow, void> {
  const seen = await ask(client, resource, options.filters ?? {}, Infinity, options, false);
  if (seen.end !== 'whole') throw seen.error;
  if (seen.rows.length === 0) return;
  const rows = sorted(seen.rows, options.order ?? 'newest', resource.idField);
  yield { from: 1, to: MAX_ID, rows, checked: rows.length, exchange: seen.exchange };
}

/** For lists that come in pages: a window is as many pages as the wanted rows need, and the next window begins after them. */
async function* paged(
  client: Caller,
  resource: FilterableResource,
  { range, rest, order }: { readonly range: IdRange; readonly rest: SoapRecord; readonly order: 'newest' | 'oldest' },
  options: WindowOptions,
): AsyncGenerator<RowWindow, void> {
  const { rows: wanted = WINDOW_ROWS, dialect, signal } = options;
  let left = range;
  while (left.from <= left.to) {
    const rows: SoapRecord[] = [];
    let looked = 0;
    const isEnough = (so: number): boolean => (looked = so) >= wanted;
    const onRow = (row: unknown): void => {
      if (isRow(row)) rows.push(row);
    };
    const args = listArguments(resource, { ...rest, [resource.idField]: { from: left.from, to: left.to } });
    const { settled = left, exchange } = await client.call(listPath(resource), args, { dialect, signal, order, onRow, isEnough });
    if (rows.length > 0 || looked > 0)
      yield { ...settled, rows: sorted(rows, order, resource.idField), checked: Math.max(looked, rows.length), exchange };
    left = order === 'newest' ? { from: left.from, to: settled.from - 1 } : { from: settled.to + 1, to: left.to };
  }
}

function sorted(rows: readonly SoapRecord[], order: 'newest' | 'oldest', idField: string): readonly SoapRecord[] {
  const sign = order === 'newest' ? -1 : 1;
  return [...rows].sort((a, b) => sign * ((idOf(a[idField]) ?? 0) - (idOf(b[idField]) ?? 0)));
}

function isRow(value: unknown): value is SoapRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
