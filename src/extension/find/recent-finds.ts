import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { SoapRecord } from '../../api/value';
import { summarize } from '../customer/customer-summary';
import { keptList } from '../kept-entries';

const STATE_KEY = 'mahoSoap.recentFinds';

/** Customers that are remembered of a store; those found longest ago are forgotten. */
const MAX_CUSTOMERS = 8;

/** Stores that something is remembered of; those used longest ago are forgotten. */
const MAX_STORES = 20;

/** What the box shows of a customer. Nothing else of it is kept. */
const SHOWN_ATTRIBUTES = ['firstname', 'middlename', 'lastname', 'email'];

const keptFinds = z.object({ store: z.string(), customers: z.array(z.record(z.string(), z.string())) });

/** The customers that were found last, store by store, in the memory of the workspace. */
export class RecentFinds {
  constructor(private readonly memory: vscode.Memento) {}

  /** The latest first. @param store its ID */
  of(store: string): readonly SoapRecord[] {
    return this.#kept.find((each) => each.store === store)?.customers ?? [];
  }

  async add(store: string, row: SoapRecord): Promise<void> {
    const { id } = summarize(row);
    if (id === '') return;
    const customer: Record<string, string> = { customer_id: id };
    for (const code of SHOWN_ATTRIBUTES) {
      const value = row[code];
      if (typeof value === 'string') customer[code] = value;
    }
    const others = this.#kept.filter((each) => each.store !== store);
    const before = this.#kept.find((each) => each.store === store)?.customers ?? [];
    const customers = [customer, ...before.filter((other) => other['customer_id'] !== id)].slice(0, MAX_CUSTOMERS);
    await this.memory.update(STATE_KEY, [{ store, customers }, ...others].slice(0, MAX_STORES));
  }

  get #kept(): readonly z.infer<typeof keptFinds>[] {
    return keptList(this.memory.get<unknown>(STATE_KEY), keptFinds);
  }
}
