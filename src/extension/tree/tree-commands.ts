import * as vscode from 'vscode';
import type { SoapRecord } from '../../api/value';
import type { Handlers } from '../commands/commands';
import { summarize } from '../customer/customer-summary';
import type { RememberedCustomers } from '../customer/remembered-customers';
import type { ApiKeys } from '../stores/api-keys';
import { apiUser, webUser } from '../stores/stores';
import type { ListNode } from './customer-nodes';
import type { Grouping } from '../customer/grouping';
import { asTreeNode, selectedNodes, storeNodeOf, type StoreNode } from './nodes';
import { pressRowKey } from './row-keys';
import type { StoresTree } from './stores-tree';
import type { StoresView } from './stores-view';

/** The dependencies of the commands of the tree. */
export interface TreeCommandPorts {
  readonly tree: StoresTree;
  readonly view: StoresView;
  readonly keys: ApiKeys;
  readonly remembered: RememberedCustomers;
}

/** The commands that load and arrange the rows of the tree. */
export function treeCommands({ tree, view, keys, remembered }: TreeCommandPorts): Handlers<'tree'> {
  return {
    refresh: async (argument) => {
      const node = asTreeNode(argument);
      await showingProgress(async () => {
        if (node?.kind === 'filter' || node?.kind === 'group' || node?.kind === 'customers') await reload(node);
        else await Promise.all(storesOf(node).map((store) => refreshStore(store)));
      });
    },
    retry: async (argument) => {
      const node = asTreeNode(argument);
      if (node === undefined) return;
      const at = node.kind === 'problem' ? asTreeNode(node.parent) : node;
      if (at === undefined) return;
      if (at.kind === 'customers' && at.grouping !== undefined) {
        at.forgetProblem();
        tree.refresh(at);
      } else if (at.kind === 'customers' || at.kind === 'filter' || at.kind === 'group') await retry(at);
      else if (at.kind === 'store') await reconnect(at);
      else if (at.kind === 'api') tree.refresh(at);
      else if (at.kind === 'customer') {
        at.showAddresses();
        tree.refresh(at);
      }
    },
    'customers.loadMore': async (argument) => {
      const node = asTreeNode(argument);
      if (node?.kind === 'more') await loadMore(node.parent);
    },
    'customers.groupByGroup': async (argument) => {
      await group(argument, 'customer-group');
    },
    'customers.groupByWebsite': async (argument) => {
      await group(argument, 'website');
    },
    'customers.ungroup': async (argument) => {
      await group(argument, undefined);
    },
    'customer.showAddresses': async (argument) => {
      const node = asTreeNode(argument);
      if (node?.kind !== 'customer') return;
      node.showAddresses();
      tree.refresh(node);
      await view.expand(node);
    },
    'customer.pin': async (argument, selection) => {
      for (const [store, rows] of customersOf(argument, selection)) await remembered.pin(store, rows);
    },
    'customer.unpin': async (argument, selection) => {
      for (const [store, rows] of customersOf(argument, selection))
        await remembered.unpin(
          store,
          rows.map((row) => summarize(row).id),
        );
    },
    'row.open': async () => {
      await pressRowKey('open', await view.keyboardRows());
    },
    'row.edit': async () => {
      await pressRowKey('edit', await view.keyboardRows());
    },
    'row.delete': async () => {
      await pressRowKey('delete', await view.keyboardRows());
    },
  };

  /** The customers of selected rows, by the ID of their store. */
  function customersOf(argument: unknown, selection: unknown): ReadonlyMap<string, readonly SoapRecord[]> {
    const found = new Map<string, SoapRecord[]>();
    for (const node of selectedNodes(argument, selection))
      if (node.kind === 'customer') found.set(node.store.id, [...(found.get(node.store.id) ?? []), node.row]);
    return found;
  }

  function storesOf(node: ReturnType<typeof asTreeNode>): readonly StoreNode[] {
    if (node === undefined) return tree.storeNodes();
    if (node.kind === 'demo') return node.children();
    return [storeNodeOf(node)].filter((found) => found !== undefined);
  }

  async function refreshStore(node: StoreNode): Promise<void> {
    const { store, customers, filters, api } = node;
    if (store.connection === undefined) {
      await store.reset();
      return;
    }
    tree.customersAsked(store);
    // A search through the whole store is repeated only when the user refreshes it.
    const cheap = filters.filter(({ filter, list }) => list.started && (filter.empty ?? []).length === 0);
    await Promise.all([api.forget(), customers.reload(), ...cheap.map(({ list }) => list.reload())]);
    tree.refresh(node);
  }

  async function reload(node: ListNode): Promise<void> {
    if (node.store.connection === undefined) {
      await node.store.reset();
      return;
    }
    await (node.kind === 'customers' ? node.reload() : node.list.reload());
    tree.refresh(node);
  }

  async function retry(node: ListNode): Promise<void> {
    await showingProgress(async () => {
      await node.list.retry();
    });
    tree.refresh(node);
  }

  async function loadMore(node: ListNode): Promise<void> {
    await showingProgress(async () => {
      await node.list.loadMore();
    });
    tree.refresh(node);
  }

  async function group(argument: unknown, grouping: Grouping | undefined): Promise<void> {
    const node = asTreeNode(argument);
    const customers = node === undefined ? undefined : storeNodeOf(node)?.customers;
    if (customers === undefined) return;
    customers.groupBy(grouping);
    tree.refresh(customers);
    await view.expand(customers);
  }

  /** Tries to connect again. Asks for a missing secret first. */
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
