import { customer } from '../../api/resources/customer';
import type { ToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import { idOf } from '../../store/customers/id-range';
import { summarize } from '../customer/customer-summary';
import { RowList, type LongTask, type SearchProgress, type RowSource } from '../customer/row-list';
import type { Order } from '../customer/row-walk';
import { planFor } from '../find/queries';

/**
 * The source of a table's rows: {@link RowList} reads a list of the store window by window, {@link SearchRows} searches several lists
 * together, and `CallRows` reads a list with one call. See {@link RowList} for the members.
 */
export type TableRows = Pick<
  RowList,
  | 'rows'
  | 'isSearch'
  | 'started'
  | 'more'
  | 'checked'
  | 'stopped'
  | 'problem'
  | 'staleSince'
  | 'outdated'
  | 'loadFirst'
  | 'loadMore'
  | 'reload'
  | 'retry'
  | 'recheck'
>;

/**
 * The customers that are found for a text, as in Find Customer. Each way to search is a list. A later step is only taken when the earlier
 * steps found no customer. A customer in several lists is one row.
 */
export class SearchRows implements TableRows {
  readonly #steps: readonly (readonly RowList[])[];
  #step = 0;
  #from: readonly (readonly SoapRecord[])[] = [];
  #rows: readonly SoapRecord[] = [];
  /** The progress of each list that is loading. */
  readonly #underWay = new Map<RowList, SearchProgress>();
  #reloading = false;

  constructor(
    text: string,
    source: RowSource,
    private readonly order: () => Order,
    run: LongTask,
  ) {
    this.#steps = planFor(text).map((queries) =>
      queries.map(({ filters }) => {
        const list: RowList = new RowList(source, customer, order, { filters }, async (task) => {
          await run(async (report, signal) => {
            try {
              await task((progress) => {
                this.#underWay.set(list, progress);
                report(this.#progress());
              }, signal);
            } finally {
              this.#underWay.delete(list);
            }
          });
        });
        return list;
      }),
    );
  }

  /** The combined progress: that of the list that has searched the fewest customers. */
  #progress(): SearchProgress {
    const all = [...this.#underWay.values()];
    // While the lists load, the number of their combined rows counts each customer once. While they are read again, those rows are still
    // the old ones.
    const found = Math.max(0, ...all.map((progress) => progress.found));
    return { checked: Math.min(...all.map(({ checked }) => checked)), found: this.#reloading ? found : this.rows.length };
  }

  get #lists(): readonly RowList[] {
    return this.#steps.slice(0, this.#step + 1).flat();
  }

  get rows(): readonly SoapRecord[] {
    const lists = this.#lists;
    const from = lists.map(({ rows }) => rows);
    if (from.length !== this.#from.length || from.some((rows, index) => rows !== this.#from[index])) {
      this.#from = from;
      this.#rows = merged(from, lists[0]?.shownOrder ?? this.order());
    }
    return this.#rows;
  }
  get isSearch(): boolean {
    return this.#lists.some(({ isSearch }) => isSearch);
  }
  get started(): boolean {
    return this.#lists.some(({ started }) => started);
  }
  get more(): boolean {
    return this.#lists.some(({ more }) => more);
  }
  get checked(): number {
    // A list that is complete has searched all customers, so it says nothing about the progress of the others.
    const going = this.#lists.filter(({ more }) => more);
    return going.length === 0 ? this.rows.length : Math.min(...going.map(({ checked }) => checked));
  }
  get stopped(): boolean {
    return this.#lists.some(({ stopped }) => stopped);
  }
  get problem(): ToolkitError | undefined {
    return this.#lists.map(({ problem }) => problem).find((problem) => problem !== undefined);
  }
  get staleSince(): number | undefined {
    const times = this.#lists.map(({ staleSince }) => staleSince).filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }
  get outdated(): boolean {
    return this.#lists.some(({ outdated }) => outdated);
  }

  async loadFirst(): Promise<void> {
    await this.#inSteps((list) => list.loadFirst());
  }

  async loadMore(): Promise<void> {
    await this.#inSteps(async (list) => {
      if (!list.started) await list.loadFirst();
      else if (list.more) await list.loadMore();
    });
  }

  async reload(): Promise<void> {
    this.#reloading = true;
    try {
      await Promise.all(this.#lists.map((list) => list.reload()));
    } finally {
      this.#reloading = false;
    }
  }

  async retry(): Promise<void> {
    await this.#inSteps(async (list) => {
      if (!list.started) await list.loadFirst();
      else if (list.problem !== undefined) await list.retry();
    });
  }

  async recheck(ids: readonly string[]): Promise<void> {
    await Promise.all(this.#lists.map((list) => list.recheck(ids)));
  }

  async #inSteps(load: (list: RowList) => Promise<void>): Promise<void> {
    for (;;) {
      await Promise.all(this.#lists.map(load));
      const over = this.rows.length > 0 || this.problem !== undefined || this.stopped || this.more;
      if (over || this.#step + 1 >= this.#steps.length) return;
      this.#step++;
    }
  }
}

/** Rows of several lists, once for each ID. Rows without an ID are all kept. */
function merged(lists: readonly (readonly SoapRecord[])[], order: Order): readonly SoapRecord[] {
  const met = new Set<string>();
  const rows = lists.flat().filter((row) => {
    const { id } = summarize(row);
    return id === '' || (!met.has(id) && met.add(id).size > 0);
  });
  const sign = order === 'newest' ? -1 : 1;
  const idIn = (row: SoapRecord): number => idOf(row[customer.idField]) ?? 0;
  return rows.sort((one, other) => sign * (idIn(one) - idIn(other)));
}
