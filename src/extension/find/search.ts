import { isList, isRecord, type SoapRecord } from '../../api/value';
import { facets } from '../../api/dialect-facets';
import type { StoreClient } from '../../store/calls/client';
import { customer } from '../../api/resources/customer';
import { rowWindows } from '../../store/customers/windows';
import { summarize } from '../customer/customer-summary';
import type { Plan, Query } from './queries';

/** The results of one query so far. */
export interface QueryResult {
  readonly query: Query;
  /** Without customers that another query of the same search has already found. */
  readonly rows: readonly SoapRecord[];
  /** Whether there may be more than {@link MAX_QUERY_ROWS}, or more than were searched so far. */
  readonly more: boolean;
  /** Number of customers that were searched so far, if rows are filtered here. */
  readonly checked: number;
  /** Whether this query is complete. */
  readonly done: boolean;
}

/** Largest number of customers that one query shows. Typing more text, or saving a filter, finds the others. */
export const MAX_QUERY_ROWS = 50;

type Caller = Pick<StoreClient, 'call' | 'dialect'>;

/** How a search is run: what ends it, and the highest ID seen so far. */
interface Run {
  readonly signal: AbortSignal;
  readonly highest?: number | undefined;
}

type State = Pick<QueryResult, 'more' | 'checked' | 'done'>;

/**
 * Searches for customers. The queries of a step run side by side, and each reports its results as they arrive. Queries that are not exact
 * read windows of the newest customers first, so that a part that half of the customers have costs no more than one that no customer has.
 * @throws {ToolkitError} as soon as one query fails
 */
export async function search(
  client: Caller,
  plan: Plan,
  options: Run & { readonly onFound: (found: readonly QueryResult[]) => void },
): Promise<void> {
  const met = new Set<string>();
  const found = new Map<Query, QueryResult>();
  for (const step of plan) {
    const tell = (query: Query, rows: readonly SoapRecord[], state: State): void => {
      const fresh = rows.filter((row) => {
        const { id } = summarize(row);
        return !met.has(id) && met.add(id).size > 0;
      });
      const all = [...(found.get(query)?.rows ?? []), ...fresh];
      found.set(query, { ...state, query, rows: all.slice(0, MAX_QUERY_ROWS), more: state.more || all.length > MAX_QUERY_ROWS });
      options.onFound([...found.values()]);
    };
    for (const query of step) found.set(query, { query, rows: [], more: false, checked: 0, done: false });
    const together = await sharingPages(client, step);
    await Promise.all([
      walkTogether(client, together, options, tell),
      ...step
        .filter((query) => !together.includes(query))
        .map(async (query) => {
          await run(client, query, options, (rows, state) => {
            tell(query, rows, state);
          });
        }),
    ]);
    if (met.size > 0) return;
  }
}

/**
 * The queries that would each read all pages of the store. Where lists come in pages without filters, one walk through the pages serves
 * all of them.
 */
async function sharingPages({ dialect }: Caller, step: readonly Query[]): Promise<readonly Query[]> {
  if (dialect === undefined || !facets[dialect].paged) return [];
  const { needsAllPages } = await import('../../store/rest/lists');
  const queries = step.filter(({ exact, filters }) => !exact && needsAllPages(filters));
  return queries.length > 1 ? queries : [];
}

/** Reads the pages once and tests each row for every query that is still open. */
async function walkTogether(
  client: Caller,
  queries: readonly Query[],
  { signal, highest }: Run,
  tell: (query: Query, rows: readonly SoapRecord[], state: State) => void,
): Promise<void> {
  if (queries.length === 0) return;
  const { testOf } = await import('../../store/rest/conditions');
  let open = queries.map((query) => ({ query, test: testOf(query.filters), count: 0 }));
  let seen = 0;
  for await (const { from, rows, checked } of rowWindows(client, customer, { rows: MAX_QUERY_ROWS * 4, highest, signal })) {
    seen += checked;
    open = open.filter((one) => {
      const matching = rows.filter(one.test);
      one.count += matching.length;
      const full = one.count >= MAX_QUERY_ROWS;
      tell(one.query, matching, { more: full && (from > 1 || one.count > MAX_QUERY_ROWS), checked: seen, done: full });
      return !full;
    });
    if (open.length === 0) return;
  }
  for (const { query } of open) tell(query, [], { more: false, checked: seen, done: true });
}

async function run(
  client: Caller,
  query: Query,
  { signal, highest }: Run,
  tell: (rows: readonly SoapRecord[], state: State) => void,
): Promise<void> {
  if (query.exact) {
    const { value } = await client.call('customer.list', { filters: query.filters }, { signal });
    tell(isList(value) ? value.filter(isRecord) : [], { more: false, checked: 0, done: true });
    return;
  }
  let [brought, seen] = [0, 0];
  for await (const { from, rows, checked } of rowWindows(client, customer, {
    filters: query.filters,
    rows: MAX_QUERY_ROWS * 4,
    highest,
    signal,
  })) {
    brought += rows.length;
    seen += checked;
    const more = from > 1;
    if (brought >= MAX_QUERY_ROWS) {
      tell(rows, { more: more || brought > MAX_QUERY_ROWS, checked: seen, done: true });
      return;
    }
    tell(rows, { more: false, checked: seen, done: false });
  }
  tell([], { more: false, checked: seen, done: true });
}
