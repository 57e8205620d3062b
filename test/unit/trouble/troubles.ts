import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { Dialect } from '../../../src/api/dialect';
import { facets } from '../../../src/api/dialect-facets';
import type { ToolkitError } from '../../../src/api/errors';
import { toToolkitError } from '../../../src/api/errors';
import { startDemoStore, type DemoFaults, type DemoStore } from '../../../src/demo';
import type { RowSource } from '../../../src/extension/customer/row-list';
import { StoreClient } from '../../../src/store/calls/client';

/** A demo store that can be made trouble with in the middle of something, and healed again with all that it holds. */
export interface Patient {
  readonly client: StoreClient;
  /** Where a list of the tree gets its customers from. */
  readonly source: RowSource;
  /** A folder that goes with the test. */
  readonly folder: string;
  /** Somebody else, whom no trouble reaches: only to be asked while the store is well. */
  readonly behind: StoreClient;
  readonly trouble: () => Promise<void>;
  readonly heal: () => Promise<void>;
}

/** Longer than {@link LIMIT_MS}. The demo store waits no longer than somebody listens. In ms. */
const SLOW_MS = 60_000;
/**
 * How long the client waits for an answer of a store that turns slow, in ms: long enough that a busy machine answers while the store is
 * well.
 */
const LIMIT_MS = 5000;

/** What can happen to a store. `'dies'` closes its ports; it comes back on the same ones with the customers it had. */
export const troubles: Readonly<Record<string, DemoFaults | 'dies'>> = {
  'turns slow': { slow: SLOW_MS },
  'drops connections': { drop: true },
  'denies access': { deny: true },
  'runs out of memory': { 'memory-limit': true },
  dies: 'dies',
};

/** Trouble that nobody should notice: every session ends once. */
export const expiry: DemoFaults = { 'expire-sessions': true };

export async function patient(t: TestContext, trouble: DemoFaults | 'dies', customers: number, dialect: Dialect): Promise<Patient> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-trouble-'));
  const options = { customers, ...(trouble === 'dies' ? { dataFile: path.join(folder, 'store.jsonl') } : {}) };
  const isRest = facets[dialect].protocol === 'rest';
  const made = isRest ? 'maho' : 'maho@25';
  const urlOf = ({ urls, restUrl = '' }: DemoStore): string => ({ ...urls, rest: restUrl })[dialect];
  let store: DemoStore = await startDemoStore({ product: made, ...options, onRequest: passing });
  /** A session that has ended is asked for again; what follows must meet no second end. */
  function passing({ fault }: { readonly fault: { readonly code: string } | undefined }): void {
    if (trouble === expiry && (fault?.code === '5' || fault?.code.startsWith('401') === true)) store.setFaults({});
  }
  const [account] = store.users;
  const client = new StoreClient(
    {
      name: 'Demo',
      url: urlOf(store),
      user: account?.user ?? '',
      ...(isRest ? { dialect } : {}),
      ...(trouble === troubles['turns slow'] ? { timeouts: { firstByte: LIMIT_MS } } : {}),
    },
    { key: () => Promise.resolve(account?.key ?? ''), retry: { repeats: 2, backoff: 1 } },
  );
  const behind = new StoreClient(
    { name: 'Behind', url: store.urls.v1, user: account?.user ?? '' },
    { key: () => Promise.resolve(account?.key ?? '') },
  );
  t.after(async () => {
    await client.close();
    await behind.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { product, namespace } = await client.describe();
  await client.login();
  const connection = { client, dialect, product, namespace, endpoint: urlOf(store) };
  return {
    client,
    source: { connection, signal: new AbortController().signal, lost: () => Promise.resolve(false) },
    folder,
    behind,
    trouble: async () => {
      if (trouble === 'dies') await store.close();
      else store.setFaults(trouble);
    },
    heal: async () => {
      if (trouble === 'dies') store = await startDemoStore({ product: made, ...options, port: store.ports.rpc, wsiPort: store.ports.wsi });
      else store.setFaults({});
    },
  };
}

/** What ended something; `undefined` when it came to its end. A programming error does not count as trouble of a store. */
export async function endOf(task: () => Promise<unknown>): Promise<ToolkitError | undefined> {
  try {
    await task();
    return undefined;
  } catch (thrown) {
    return known(toToolkitError(thrown));
  }
}

/** A failure must say what happened and what to do. */
export function known(error: ToolkitError): ToolkitError {
  assert.notEqual(error.code, 'unexpected', error.stack);
  return error;
}

/** Asserts that people are told what happened and what they can do. */
export function assertHelpful(error: ToolkitError | undefined): void {
  assert.ok(error !== undefined, 'it says that something went wrong');
  assert.ok(error.words.what.length > 5, error.message);
  assert.ok((error.words.next ?? '').length > 5, `it says what to do: ${JSON.stringify(error.words)}`);
}
