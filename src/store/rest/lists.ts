import { ToolkitError } from '../../api/errors';
import { toV1Filters } from '../../api/filters';
import { customer } from '../../api/resources/customer';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import type { Ask, ExchangeResult, RunOptions } from '../calls/protocol';
import { idOf, MAX_ID, takeRange, type IdRange } from '../customers/id-range';
import { note } from '../wire/note';
import { cancelled } from '../wire/transport';
import { testOf } from './conditions';
import { pageOf } from './pages';
import { customerMatches } from '../../api/rest-attributes';
import { MAX_REST_PAGE_ROWS, MIN_REST_SEARCH_CHARS } from '../../api/rest-api';
import { pageWalk } from './page-walk';
import type { RestPlace } from './places';

/**
 * Maximum number of e-mail addresses that are always asked for one by one. A longer list is asked for in this way only if that takes fewer
 * requests than reading all customers.
 */
const MAX_SINGLE_EMAILS = 10;

/**
 * The customers that pass filters, in the form of `customer.list`. REST can search for an e-mail address and the beginning of a name. For
 * other filters, customers are read page by page and tested here.
 * @throws {ToolkitError} of kind `input` for filters that cannot be tested; also the errors of the requests
 */
export async function customerList(
  ask: Ask<RestPlace>,
  filters: SoapValue | undefined,
  options: RunOptions,
): Promise<ExchangeResult<RestPlace>> {
  const collected = new CollectedRows(options);
  try {
    return await customersOf(ask, plain(filters), options, collected);
  } catch (error) {
    // The complete pages are an answer too, if the list is cancelled or a later page fails.
    throw error instanceof ToolkitError && options.onRow === undefined
      ? note(error, { rows: () => Promise.resolve(collected.rows) })
      : error;
  }
}

async function customersOf(
  ask: Ask<RestPlace>,
  map: SoapRecord,
  options: RunOptions,
  collected: CollectedRows,
): Promise<ExchangeResult<RestPlace>> {
  const test = testOf(map);
  const { range, rest } = takeRange(map, customer);
  if (range === undefined) {
    const wanted = idsIn(map);
    for (const part of wanted ?? [{ from: 1, to: MAX_ID }]) {
      await collect(ask, part, undefined, { ...options, isEnough: undefined }, collected, test);
    }
    return await collected.result(ask);
  }
  const emails = emailsIn(rest);
  if (emails !== undefined && (emails.length <= MAX_SINGLE_EMAILS || emails.length < (await pagesIn(ask)))) {
    for (const email of emails) await collect(ask, range, { email }, { ...options, isEnough: undefined }, collected, test);
    return await collected.result(ask);
  }
  const search = searchFor(rest);
  await collect(ask, range, search === undefined ? undefined : { search }, options, collected, test);
  return await collected.result(ask);
}

async function collect(
  ask: Ask<RestPlace>,
  range: IdRange,
  query: Readonly<Record<string, string>> | undefined,
  { order = 'newest', isEnough, signal }: RunOptions,
  collected: CollectedRows,
  test: (row: SoapRecord) => boolean,
): Promise<void> {
  for await (const { rows, settled, result } of pageWalk(ask, range, order, query)) {
    if (signal?.aborted === true) throw cancelled(true);
    collected.add(rows, test, result, settled);
    if (isEnough?.(collected.checked) === true) return;
  }
}

/** The result so far. */
class CollectedRows {
  readonly #rows: SoapRecord[] = [];
  readonly #ids = new Set<number>();
  #given = 0;
  checked = 0;
  #latest: ExchangeResult<RestPlace> | undefined;
  #settled: IdRange | undefined;

  constructor(private readonly options: Pick<RunOptions, 'onRow'>) {}

  /** Adds rows that pass, each once: a customer may match several of the e-mail addresses. */
  add(rows: readonly SoapRecord[], test: (row: SoapRecord) => boolean, result: ExchangeResult<RestPlace>, settled: IdRange): void {
    this.#latest = result;
    this.#settled =
      this.#settled === undefined
        ? settled
        : { from: Math.min(this.#settled.from, settled.from), to: Math.max(this.#settled.to, settled.to) };
    this.checked += rows.length;
    for (const row of rows) {
      const id = idOf(row['customer_id']) ?? 0;
      if (this.#ids.has(id) || !test(row)) continue;
      this.#ids.add(id);
      if (this.options.onRow === undefined) this.#rows.push(row);
      else this.options.onRow(row, this.#given++);
    }
  }

  /** The rows so far, if they are not delivered one by one. */
  get rows(): readonly SoapRecord[] {
    return this.#rows;
  }

  /** The whole result. If no request was needed, one page is read, so that there is an exchange to show. */
  async result(ask: Ask<RestPlace>): Promise<ExchangeResult<RestPlace>> {
    const latest = this.#latest ?? (await pageOf(ask, { path: '/customers', matches: customerMatches }, 1)).result;
    return { ...latest, value: this.#rows, rows: this.options.onRow === undefined ? 0 : this.#given, settled: this.#settled };
  }
}

async function pagesIn(ask: Ask<RestPlace>): Promise<number> {
  return Math.ceil((await pageOf(ask, { path: '/customers', matches: customerMatches }, 1)).total / MAX_REST_PAGE_ROWS);
}

function plain(filters: SoapValue | undefined): SoapRecord {
  const map = toV1Filters(filters);
  return isRecord(map) ? map : {};
}

/** The IDs of a list of IDs, as ranges from the highest on; `undefined` for another condition. */
function idsIn(filters: SoapRecord): readonly IdRange[] | undefined {
  const condition = filters['customer_id'] ?? filters['entity_id'];
  const list = isRecord(condition) && Object.keys(condition).length === 1 ? condition['in'] : undefined;
  const texts = typeof list === 'string' ? list.split(',').map((text) => text.trim()) : list;
  if (!isList(texts)) return undefined;
  const ids = texts.map((id) => idOf(typeof id === 'string' || typeof id === 'number' ? id : undefined));
  if (ids.some((id) => id === undefined)) return undefined;
  const sorted = [...new Set(ids.map((id) => id ?? 0))].sort((a, b) => b - a);
  const ranges: { from: number; to: number }[] = [];
  for (const id of sorted) {
    const before = ranges.at(-1);
    // IDs that may be on one page become one range.
    if (before !== undefined && before.from - id < MAX_REST_PAGE_ROWS) before.from = id;
    else ranges.push({ from: id, to: id });
  }
  return ranges;
}

/** The complete e-mail addresses of a filter; `undefined` for another condition. */
function emailsIn({ email }: SoapRecord): readonly string[] | undefined {
  const condition = isRecord(email) && Object.keys(email).length === 1 ? (email['eq'] ?? email['in']) : isRecord(email) ? undefined : email;
  const list = typeof condition === 'string' ? [condition] : condition;
  if (!isList(list) || list.length === 0) return undefined;
  const texts = list.filter((text) => typeof text === 'string').map((text) => text.trim());
  // An empty address, and one that begins with blanks, have another meaning for the store.
  return texts.length === list.length && texts.every((text) => text.includes('@')) ? [...new Set(texts)] : undefined;
}

/** Whether a list with these filters reads all customers, page by page, because REST can search for none of its conditions. */
export function needsAllPages(filters: SoapRecord): boolean {
  return emailsIn(filters) === undefined && searchFor(filters) === undefined;
}

/** A search that finds at least all rows of the filters: names and e-mail addresses by their beginning. */
function searchFor(filters: SoapRecord): string | undefined {
  for (const name of ['lastname', 'firstname', 'email']) {
    const condition = filters[name];
    const operator = isRecord(condition) && Object.keys(condition).length === 1 ? Object.entries(condition)[0] : undefined;
    const [kind, value] = isRecord(condition) ? (operator ?? ['', null]) : ['eq', condition ?? null];
    if (typeof value !== 'string') continue;
    const beginning = kind === 'eq' ? value : kind === 'like' ? /^([^%_\\]+)%$/.exec(value)?.[1] : undefined;
    // Only texts that the store searches for as names: with an @ it would search for a whole address, with digits for a phone number.
    if (beginning !== undefined && beginning.length >= MIN_REST_SEARCH_CHARS && /^[\p{L}][\p{L}\p{N} .'-]*\S$/u.test(beginning))
      return beginning;
  }
  return undefined;
}
