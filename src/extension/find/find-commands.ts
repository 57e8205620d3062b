import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { Handlers } from '../commands/commands';
import type { ActiveStore } from '../stores/active-store';
import { connectionFor } from '../stores/wait-with-notice';
import { summarize } from '../customer/customer-summary';
import { asTreeNode, CustomerNode, storeNodeOf, type StoreNode } from '../tree/nodes';
import type { StoresTree } from '../tree/stores-tree';
import type { StoresView } from '../tree/stores-view';
import { findCustomer } from './find-box';

/** The dependencies of the command. */
export interface FindPorts {
  readonly tree: StoresTree;
  readonly view: StoresView;
  readonly active: ActiveStore;
  /** ID of the store of the active sheet or of the selected row. `undefined` when there is neither. */
  readonly seen: () => string | undefined;
}

/**
 * The command that finds customers: in the store of its row, otherwise in the store that the user is looking at, or in the active one.
 * Opens the chosen customer and selects its row in the tree, if it has one.
 */
export function findCommands({ tree, view, active, seen }: FindPorts): Handlers<'find'> {
  return {
    find: async (argument) => {
      const node = await storeFor(argument);
      if (node === undefined) return;
      if (node.store.connection === undefined) await connectionFor(node.store);
      const { list } = node.customers;
      // The newest customer that was read saves most of the search for the highest ID.
      const highest =
        list.shownOrder === 'newest' && list.rows[0] !== undefined ? Number(summarize(list.rows[0]).id) || undefined : undefined;
      const { pinned, recent } = node.remembered;
      const row = await findCustomer(node.store, { highest, pinned, recent });
      if (row === undefined) return;
      await vscode.commands.executeCommand('mahoSoap.customer.open', new CustomerNode(row, node.customers, 0));
      await view.select(node, summarize(row).id);
    },
  };

  async function storeFor(argument: unknown): Promise<StoreNode | undefined> {
    const given = asTreeNode(argument);
    const clicked = given === undefined ? undefined : storeNodeOf(given);
    if (clicked !== undefined) return clicked;
    const store = active.all.find(({ id }) => id === seen()) ?? (await active.needed(t('Select the store of the customer')));
    return tree.storeNodes().find((node) => node.store === store);
  }
}
