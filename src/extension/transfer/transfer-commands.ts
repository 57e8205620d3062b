import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { Handlers } from '../commands/commands';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import { oneLine } from '../text';
import { asTreeNode, storeNodeOf } from '../tree/nodes';
import { exportSelection } from './export-customers';
import type { ImportViews } from './import-views';
import { localPath, usualFolder } from './save-place';
import { selectionsOf } from './selection';

/** The dependencies of the commands for export and import. */
export interface TransferServices {
  readonly active: ActiveStore;
  readonly views: () => Promise<ImportViews>;
  /** The folder where changes of customers are kept as files. */
  readonly changes: string;
}

/** The commands for export and import, from rows of the tree and from the palette. */
export function transferCommands({ active, views, changes }: TransferServices): Handlers<'transfer'> {
  return {
    export: async (row, rows) => {
      const selections = selectionsOf(row, rows);
      for (const [index, selection] of selections.entries()) {
        // Cancelling the questions of one file also cancels the files that follow.
        if (!(await exportSelection(selection, selections.length === 1 ? undefined : { number: index + 1, of: selections.length }))) break;
      }
      if (selections.length === 0) {
        const store = await chosen(t('Select a store to export customers from'));
        if (store !== undefined) await exportSelection({ store, ids: undefined, filters: undefined, what: t('customers') });
      }
    },
    import: async (row) => {
      const node = asTreeNode(row);
      const store = (node === undefined ? undefined : storeNodeOf(node)?.store) ?? (await toImportInto());
      if (store === undefined) return;
      const place = await chosenCsv(store);
      if (place !== undefined) await (await views()).open({ store: store.id, file: localPath(place) });
    },
    'customer.change': async (row, rows) => {
      const { changeAttribute } = await import('./change-attribute');
      // A selection over several stores is changed store by store, because each store has its own groups and its own confirmation.
      for (const { store, ids } of selectionsOf(row, rows))
        if (ids !== undefined) await changeAttribute(store, ids, await views(), changes);
    },
  };

  /** Asks for a store, unless there is only one. */
  async function chosen(question: string): Promise<Store | undefined> {
    return active.all.length === 1 ? active.current : await active.choose(question);
  }

  async function toImportInto(): Promise<Store | undefined> {
    const question = t('Select a store to import customers into');
    return active.all.length === 1 ? await active.neededToWrite(question) : await active.choose(question, active.writable);
  }
}

/** Asks for a file. @returns `undefined` when none was chosen */
async function chosenCsv(store: Store): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: t('Import customers into {store}', { store: oneLine(store.config?.name ?? store.name) }),
    openLabel: t('Import'),
    defaultUri: usualFolder(),
    filters: { CSV: ['csv', 'txt', 'tsv'] },
  });
  return chosen?.[0];
}
