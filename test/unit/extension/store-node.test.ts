import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import type { Store } from '../../../src/extension/stores/store';
import type { TreePorts } from '../../../src/extension/tree/customer-nodes';
import { StoreNode, type TreeNode } from '../../../src/extension/tree/nodes';

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

test('a row does not say that its store needs a key while it connects with one, however often it is asked', async () => {
  const missing = new ToolkitError('input', { code: 'key-missing', what: 'The API key is needed.' });
  const refused = new ToolkitError('transport', { code: 'unreachable', what: 'The store cannot be reached.' });
  let [failure, next]: (ToolkitError | undefined)[] = [undefined, missing];
  let begun = Promise.resolve();
  // As much of a store as its row knows: it connects once, and then has failed.
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

  // The key was given: the store connects anew, which takes as long as its first answer.
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
