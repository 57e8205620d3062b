import * as vscode from 'vscode';
import type { Handler } from '../commands/commands';
import type { ApiKeys } from '../stores/api-keys';
import { apiUser, webUser } from '../stores/stores';
import { asTreeNode, storeNodeOf, type CustomersNode, type StoreNode } from './nodes';
import type { StoresTree } from './stores-tree';

/** What moves the tree itself. */
export function treeCommands(tree: StoresTree, keys: ApiKeys): Readonly<Record<string, Handler>> {
  return {
    refresh: async (argument) => {
      const node = asTreeNode(argument);
      const stores = node?.kind === 'demo' ? node.children() : node === undefined ? tree.storeNodes() : [storeNodeOf(node)].filter((found) => found !== undefined);
      await showingProgress(async () => { await Promise.all(stores.map((store) => refreshStore(store))); });
    },
    retry: async (argument) => {
      const node = asTreeNode(argument);
      if (node === undefined) return;
      const at = node.kind === 'problem' ? node.parent : node;
      if (at.kind === 'customers') await loadMore(at);
      else if (at.kind === 'store') await reconnect(at);
    },
    'customers.loadMore': async (argument) => {
      const node = asTreeNode(argument);
      if (node?.kind === 'more') await loadMore(node.parent);
    },
  };

  async function refreshStore(node: StoreNode): Promise<void> {
    const { store, customers } = node;
    if (store.connection === undefined) {
      await store.reset();
      return;
    }
    await customers.list.reload();
    tree.refresh(node);
  }

  async function loadMore(node: CustomersNode): Promise<void> {
    await showingProgress(async () => { await node.list.loadMore(); });
    tree.refresh(node);
  }

  /** Tries again, with whatever secret is missing asked for first. */
  async function reconnect({ store }: StoreNode): Promise<void> {
    const { listed, failure } = store;
    if (listed !== undefined) {
      const missing = (await keys.get('api', apiUser(listed))) === undefined;
      if (missing && !(await keys.ask('api', apiUser(listed)))) return;
      if (failure?.code === 'web-login' && listed.config?.webUser !== undefined && !(await keys.ask('web', webUser(listed)))) return;
    }
    await store.reset();
  }
}

async function showingProgress(task: () => Promise<void>): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: 'mahoSoap.stores' } }, task);
}
