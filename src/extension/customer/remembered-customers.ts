import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { SoapRecord } from '../../api/value';
import { keptList } from '../kept-entries';
import { summarize } from './customer-summary';

/** The memento key of recent customers. It is called "finds" because at first only found customers counted. */
const RECENT_KEY = 'mahoSoap.recentFinds';
const PINNED_KEY = 'mahoSoap.pinnedCustomers';

/** Number of recent customers of a store. The oldest are forgotten. */
const MAX_RECENT_CUSTOMERS = 8;

/** Number of pinned customers of a store. The ones pinned first are dropped first. */
const MAX_PINNED_CUSTOMERS = 50;

/** Number of stores whose customers are remembered. Those used longest ago are forgotten. */
const MAX_STORES = 20;

/** The attributes that rows show of a customer. No others are kept. */
const SHOWN_ATTRIBUTES = ['firstname', 'middlename', 'lastname', 'email'];

const entry = z.object({ store: z.string(), customers: z.array(z.record(z.string(), z.string())) });

type RememberedKey = typeof RECENT_KEY | typeof PINNED_KEY;

/** The customers that the user works with, by store, in the memory of the workspace: recent and pinned ones. */
export class RememberedCustomers {
  readonly #listeners = new Set<(store: string) => void>();

  constructor(private readonly memory: Pick<vscode.Memento, 'get' | 'update'>) {}

  /** Customers that were found or opened, the latest first. @param store ID of the store */
  recent(store: string): readonly SoapRecord[] {
    return this.#of(RECENT_KEY, store);
  }

  /** Pinned customers, in the order in which they were pinned. @param store ID of the store */
  pinned(store: string): readonly SoapRecord[] {
    return this.#of(PINNED_KEY, store);
  }

  isPinned(store: string, id: string): boolean {
    return this.pinned(store).some((row) => summarize(row).id === id);
  }

  /** Notes that a customer was used. */
  async add(store: string, row: SoapRecord): Promise<void> {
    const customer = shown(row);
    if (customer === undefined) return;
    const others = without(this.recent(store), [customer.customer_id]);
    await this.#keep(RECENT_KEY, store, [customer, ...others].slice(0, MAX_RECENT_CUSTOMERS));
  }

  /** Pins customers. Those that are already pinned keep their position. */
  async pin(store: string, rows: readonly SoapRecord[]): Promise<void> {
    const fresh = rows.flatMap((row) => shown(row) ?? []).filter(({ customer_id }) => !this.isPinned(store, customer_id));
    await this.#keep(PINNED_KEY, store, [...this.pinned(store), ...fresh].slice(-MAX_PINNED_CUSTOMERS));
  }

  async unpin(store: string, ids: readonly string[]): Promise<void> {
    await this.#keep(PINNED_KEY, store, without(this.pinned(store), ids));
  }

  /**
   * Updates remembered customers after a change, and forgets those that no longer exist.
   * @param rows the current rows of changed customers
   * @param gone IDs of customers that no longer exist
   */
  async changed(store: string, rows: readonly SoapRecord[], gone: readonly string[]): Promise<void> {
    const now = new Map(rows.flatMap((row) => shown(row) ?? []).map((row) => [row.customer_id, row]));
    for (const key of [RECENT_KEY, PINNED_KEY] as const) {
      const before = this.#of(key, store);
      const after = without(before, gone).map((row) => now.get(summarize(row).id) ?? row);
      if (JSON.stringify(before) !== JSON.stringify(after)) await this.#keep(key, store, after);
    }
  }

  /** Calls a listener after each change. @returns a handle that removes the listener */
  onDidChange(listener: (store: string) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #of(key: RememberedKey, store: string): readonly SoapRecord[] {
    return this.#kept(key).find((each) => each.store === store)?.customers ?? [];
  }

  async #keep(key: RememberedKey, store: string, customers: readonly SoapRecord[]): Promise<void> {
    const others = this.#kept(key).filter((each) => each.store !== store);
    await this.memory.update(key, [...(customers.length === 0 ? [] : [{ store, customers }]), ...others].slice(0, MAX_STORES));
    for (const listener of this.#listeners) listener(store);
  }

  #kept(key: RememberedKey): readonly z.infer<typeof entry>[] {
    return keptList(this.memory.get<unknown>(key), entry);
  }
}

/** The part of a customer that is kept. `undefined` for a customer without an ID. */
function shown(row: SoapRecord): (Record<string, string> & { customer_id: string }) | undefined {
  const { id } = summarize(row);
  if (id === '') return undefined;
  const texts = SHOWN_ATTRIBUTES.flatMap((code) => {
    const value = row[code];
    return typeof value === 'string' ? [[code, value] as const] : [];
  });
  return { customer_id: id, ...Object.fromEntries(texts) };
}

function without(rows: readonly SoapRecord[], ids: readonly string[]): readonly SoapRecord[] {
  return rows.filter((row) => !ids.includes(summarize(row).id));
}
