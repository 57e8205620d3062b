// Made-up sets of customer IDs, and a walk through one of them that counts the requests to a store.
import type { IdRange } from '../../src/store/customers/id-range';
import { MAX_ID } from '../../src/store/customers/id-range';
import { WindowPlan, type Answer, type PlanOptions, type Question } from '../../src/store/customers/window-plan';

/** IDs `from` to `to`. */
export function ids(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

const CUSTOMERS = 26_000;

/** Sorted IDs of stores with about 26,000 customers, distributed in different ways. */
export const idSets: Readonly<Record<string, readonly number[]>> = {
  'without gaps': ids(1, CUSTOMERS),
  'one far above the others': [...ids(1, CUSTOMERS), 158_000],
  'ten islands': Array.from({ length: 10 }, (_, island) => ids(island * 1_000_000 + 1, island * 1_000_000 + CUSTOMERS / 10)).flat(),
  'a hundred small islands': Array.from({ length: 100 }, (_, island) =>
    ids(island * 90_137 + 371, island * 90_137 + 370 + CUSTOMERS / 100),
  ).flat(),
  'from 1,001,001': ids(1_001_001, 1_001_000 + CUSTOMERS),
  'from a billion': ids(1_000_000_000, 999_999_999 + CUSTOMERS),
  'every tenth number': ids(0, CUSTOMERS - 1).map((index) => 3 + 10 * index),
  'scattered over fifty million': scattered(CUSTOMERS, 50_000_000),
  'one customer': [158_000],
};

/** Different pseudo-random IDs, the same in each run. */
function scattered(count: number, below: number): number[] {
  const found = new Set<number>();
  let state = 1;
  while (found.size < count) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    found.add(1 + Math.floor((state / 2 ** 32) * below));
  }
  return [...found].sort((a, b) => a - b);
}

export interface CountedWalk {
  readonly requests: number;
  /** Rows that the store read for all requests, including responses that failed. */
  readonly rows: number;
  /** Requests until the first customers were loaded. */
  readonly first: number | undefined;
  /** IDs in the order in which they were returned. */
  readonly given: readonly number[];
  readonly ranges: readonly IdRange[];
  /** Whether the plan was completed. */
  readonly complete: boolean;
}

/** Walks through a set of IDs with the plan. @param most how many customers the store can return at once */
export function walkSet(set: readonly number[], options: Pick<PlanOptions, 'order' | 'wanted'>, most = Infinity): CountedWalk {
  const plan = new WindowPlan({ range: { from: 1, to: MAX_ID }, filtered: false, ...options });
  const given: number[] = [];
  const ranges: IdRange[] = [];
  let requests = 0;
  let rows = 0;
  let first: number | undefined;
  for (let question = plan.next(); question !== undefined; question = plan.next()) {
    const found = matching(set, question);
    requests++;
    rows += found.length;
    const answer = answerWith(found, 'limit' in question ? question.limit : Infinity, most);
    if (question.kind === 'range') ranges.push(question.range);
    if (!plan.tell(question, answer)) return { requests, rows, first, given, ranges, complete: false };
    if (question.kind !== 'range' || answer.end !== 'whole' || found.length === 0) continue;
    first ??= requests;
    for (const id of options.order === 'newest' ? found.reverse() : found) given.push(id);
  }
  return { requests, rows, first, given, ranges, complete: true };
}

function answerWith(found: readonly number[], limit: number, most: number): Answer {
  if (found.length > most) return { ids: [], end: 'failed' };
  return found.length > limit ? { ids: found.slice(0, limit + 1), end: 'stopped' } : { ids: found, end: 'whole' };
}

function matching(set: readonly number[], question: Question): number[] {
  switch (question.kind) {
    case 'range':
      return set.slice(place(set, question.range.from), place(set, question.range.to + 1));
    case 'points':
      return question.ids.filter((id) => set[place(set, id)] === id);
    case 'sample': {
      const ending = new RegExp(`${question.pattern.replace('%', '').replace('_', '.')}$`);
      return set.filter((id) => ending.test(String(id)));
    }
  }
}

/** Index of the first ID that is not less than this one. */
function place(set: readonly number[], id: number): number {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle] ?? Infinity) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The cost of windows with a fixed width between the known lowest and highest ID. */
export function fixedWindows(set: readonly number[], width: number): { readonly requests: number; readonly rows: number } {
  const low = set[0] ?? 1;
  const high = set.at(-1) ?? 0;
  return { requests: Math.ceil((high - low + 1) / width), rows: set.length };
}
