import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import type { Store } from '../../../src/extension/stores/store';
import type { TreePorts } from '../../../src/extension/tree/tree-ports';
import { StoreNode, type TreeNode } from '../../../src/extension/tree/nodes';
import { demoClient } from '../../support/demo-client';

const ports: TreePorts = {
  order: () => 'newest',
  filters: () => [],
  ambiguous: () => false,
  pinned: () => [],
  recent: () => [],
  search: () => () => Promise.resolve(),
  methods: () => Promise.reject(new Error('No methods are asked for here.')),
  wait: () => async (task) => {
    await task(() => undefined, new AbortController().signal);
  },
};

const said = (rows: readonly TreeNode[]): readonly string[] =>
  rows.map((row) => (row.kind === 'problem' ? row.problem.code : row.kind === 'note' ? row.words : row.kind));

test('a row does not say that its store needs a key while the store connects with one, even if read repeatedly', async () => {
  const missing = new ToolkitError('input', { code: 'key-missing', what: 'The API key is needed.' });
  const refused = new ToolkitError('transport', { code: 'unreachable', what: 'The store cannot be reached.' });
  let [failure, next]: (ToolkitError | undefined)[] = [undefined, missing];
  let begun = Promise.resolve();
  // The parts of a store that its row uses. It connects once, and then has failed.
  const store = {
    id: 'shop',
    name: 'Shop',
    get failure() {
      return failure;
    },
    connect: async () => {
      await begun;
      failure = next;
    },
  } as unknown as Store;
  const node = new StoreNode(store, undefined, ports);
  assert.deepEqual(said(await node.children()), ['key-missing']);

  // The key was entered, and the store connects again, which takes until the first response.
  let answer = (): void => undefined;
  begun = new Promise((resolve) => (answer = resolve));
  [failure, next] = [undefined, refused];
  assert.deepEqual(said(await node.children()), ['Connecting']);
  assert.deepEqual(said(await Promise.race([node.children(), new Promise<[]>((resolve) => setTimeout(() => resolve([]), 100))])), [
    'Connecting',
  ]);
  answer();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(said(await node.children()), ['unreachable']);
});

test('an unreachable store keeps the loaded customers below the reason, with their time', async (t) => {
  const { client } = await demoClient(t, 'v2', { customers: 700 });
  const gone = new ToolkitError('transport', { code: 'unreachable', what: 'The store cannot be reached.' });
  let connection: unknown = { client, dialect: 'v2' };
  let failure: ToolkitError | undefined;
  const { signal } = new AbortController();
  // The parts of a store that its rows use: a lost connection, and one that replaces it.
  const store = {
    id: 'shop',
    name: 'Shop',
    signal,
    lost: () => Promise.resolve(false),
    connect: () => Promise.resolve(),
    get connection() {
      return connection;
    },
    get failure() {
      return failure;
    },
  } as unknown as Store;
  const node = new StoreNode(store, undefined, ports);
  await node.children();
  const { list } = node.customers;
  const seen = list.rows.length;
  assert.ok(seen > 0 && list.more);
  assert.deepEqual([list.staleSince, list.cutOff], [undefined, false]);
  assert.ok((await node.customers.children()).some(({ kind }) => kind === 'more'));

  [connection, failure] = [undefined, gone];
  const rows = await node.children();
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['problem', 'customers'],
  );
  assert.ok(list.staleSince !== undefined && list.staleSince <= Date.now());
  const below = await node.customers.children();
  assert.equal(below.length, seen, 'and nothing that would load more');

  failure = new ToolkitError('input', { code: 'disconnected', what: 'Disconnected.' });
  assert.deepEqual(
    (await node.children()).map(({ kind }) => kind),
    ['problem'],
    'what somebody disconnected is not looked at',
  );

  [connection, failure] = [{ client, dialect: 'v2' }, undefined];
  await node.children();
  assert.deepEqual([list.staleSince, list.cutOff], [undefined, false]);
});
