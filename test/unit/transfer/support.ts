import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { Dialect } from '../../../src/api/dialect';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../../src/demo';
import { StoreClient } from '../../../src/store/client';
import { originalText } from '../../../src/store/transfer';

/** A demo store with a client that speaks one dialect to it; both end with the test. */
export async function demo(t: TestContext, dialect: Dialect = 'v2', options: DemoStoreOptions = {}): Promise<{ readonly store: DemoStore; readonly client: StoreClient }> {
  const store = await startDemoStore(options);
  t.after(() => store.close());
  return { store, client: clientOf(t, store, dialect) };
}

/** A client of a demo store that ends with the test. */
export function clientOf(t: TestContext, store: DemoStore, dialect: Dialect = 'v2'): StoreClient {
  const [user] = store.users;
  const client = new StoreClient({ name: 'Demo', url: store.urls[dialect], user: user?.user ?? '' }, { key: () => Promise.resolve(user?.key ?? ''), retry: { repeats: 2, backoff: 1 } });
  t.after(() => client.close());
  return client;
}

/** A folder that goes with the test. */
export async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-transfer-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** The rows of a CSV text by column, the cells as they stand. */
export function cells(text: string, delimiter = ','): Record<string, string>[] {
  return parse<Record<string, string>>(text, { bom: true, columns: true, delimiter });
}

/** The rows of a CSV text by column, with the texts that the cells stand for. */
export function rows(text: string): Record<string, string>[] {
  return cells(text).map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, originalText(cell)])));
}
