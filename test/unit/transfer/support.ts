import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { SoapDialect } from '../../../src/api/dialect';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../../src/demo';
import { StoreClient } from '../../../src/store/calls/client';
import { serve } from '../../support/loopback';
import { tinyResult } from '../../support/tiny-store';
import { originalText } from '../../../src/store/transfer';

/** A demo store with a client that speaks one dialect to it; both end with the test. */
export async function demo(
  t: TestContext,
  dialect: SoapDialect = 'v2',
  options: DemoStoreOptions = {},
): Promise<{ readonly store: DemoStore; readonly client: StoreClient }> {
  const store = await startDemoStore({ product: 'maho@25', ...options });
  t.after(() => store.close());
  return { store, client: clientOf(t, store, dialect) };
}

/** A client of a demo store that ends with the test. */
export function clientOf(t: TestContext, store: DemoStore, dialect: SoapDialect = 'v2'): StoreClient {
  const [user] = store.users;
  const client = new StoreClient(
    { name: 'Demo', url: store.urls[dialect], user: user?.user ?? '' },
    { key: () => Promise.resolve(user?.key ?? ''), retry: { repeats: 2, backoff: 1 } },
  );
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

/** A proxy before a demo store that sees what is sent and may get in the way. */
export interface Between {
  readonly client: StoreClient;
  readonly urls: DemoStore['urls'];
  /** Bodies of the requests that write, in order. */
  readonly writes: readonly string[];
}

/**
 * Puts a proxy between a client and a demo store.
 * @param options.v1 whether V1 is there at all; some shops have it switched off
 * @param options.lose what to do with the nth write, from 0: lose it on the way there, or lose its answer, or answer
 * with something that says nothing of the rows
 */
export async function between(
  t: TestContext,
  store: DemoStore,
  dialect: SoapDialect,
  options: { readonly v1?: boolean; readonly lose?: (write: number) => 'there' | 'back' | 'empty' | undefined } = {},
): Promise<Between> {
  const writes: string[] = [];
  const port = dialect === 'wsi' ? store.ports.wsi : store.ports.rpc;
  const { url } = await serve(t, async ({ request, body }, response) => {
    const path = request.url ?? '/';
    if (options.v1 === false && path.startsWith('/api/soap')) {
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html><title>404 Not Found</title></html>');
      return;
    }
    const text = body.toString('utf8');
    const isWrite = /customer\.(create|update)|customerCustomer(Create|Update)/.test(text);
    const lost = isWrite ? options.lose?.(writes.length) : undefined;
    if (isWrite) writes.push(text);
    if (lost === 'there') {
      request.socket.destroy();
      return;
    }
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: request.method ?? 'GET',
      ...(request.method === 'POST' ? { body: text, headers: { 'Content-Type': 'text/xml' } } : {}),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (lost === 'back') request.socket.destroy();
    else if (lost === 'empty') response.writeHead(200, { 'Content-Type': 'text/xml' }).end(tinyResult('multiCall', []));
    else response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? 'text/xml' }).end(bytes);
  });
  const urls = { v1: `${url}/api/soap/`, v2: `${url}/api/v2_soap/`, wsi: `${url}/api/v2_soap/` };
  const [user] = store.users;
  const client = new StoreClient(
    { name: 'Demo', url: urls[dialect], user: user?.user ?? '' },
    { key: () => Promise.resolve(user?.key ?? ''), retry: { repeats: 0, backoff: 1 } },
  );
  t.after(() => client.close());
  return { client, urls, writes };
}

/** All customers of a store over V1, by e-mail, without what the store sets by itself. */
export async function writableParts(client: StoreClient, names: readonly string[]): Promise<Record<string, Record<string, unknown>>> {
  const { value } = await client.call('customer.list', {}, { dialect: 'v1' });
  const list = (Array.isArray(value) ? value : []) as Record<string, unknown>[];
  return Object.fromEntries(
    list.map((row) => [
      `${String(row['email'])} ${String(row['website_id'])}`,
      Object.fromEntries(names.map((name) => [name, row[name] ?? null])),
    ]),
  );
}
