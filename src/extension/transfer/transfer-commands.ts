import * as vscode from 'vscode';
import type { Handlers } from '../commands/commands';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import { asTreeNode, storeNodeOf } from '../tree/nodes';
import type { StoresTree } from '../tree/stores-tree';
import { exportSelection } from './export-customers';
import { importCustomers, type TaskKeeper } from './import-customers';
import type { ReportDocuments } from '../reports/report-documents';
import { selectionsOf } from './selection';

/** What export and import need. */
export interface TransferServices {
  readonly active: ActiveStore;
  readonly tree: Pick<StoresTree, 'storeNodes'>;
  readonly reports: ReportDocuments;
  readonly memory: vscode.Memento;
  readonly history: TaskKeeper;
}

/** Export and import of customers, from rows of the tree and from the palette. */
export function transferCommands({ active, tree, reports, memory, history }: TransferServices): Handlers<'transfer'> {
  return {
    export: async (row, rows) => {
      const selections = selectionsOf(row, rows);
      for (const [index, selection] of selections.entries()) {
        // Leaving the questions of one file also cancels those of the files that follow.
        if (!(await exportSelection(selection, selections.length === 1 ? '' : ` (file ${index + 1} of ${selections.length})`))) break;
      }
      if (selections.length === 0) {
        const store = await chosen('Which store is to be exported?');
        if (store !== undefined) await exportSelection({ store, ids: undefined, filters: undefined, what: 'customers' });
      }
    },
    import: async (row) => {
      const node = asTreeNode(row);
      const store = (node === undefined ? undefined : storeNodeOf(node)?.store) ?? (await toImportInto());
      if (store !== undefined) await importCustomers(store, { reports, memory, history, onWritten });
    },
    'customer.change': async (row, rows) => {
      const { changeAttribute } = await import('./change-attribute');
      // A selection over several stores is done store by store: each has its own groups, and its own question.
      for (const { store, ids } of selectionsOf(row, rows))
        if (ids !== undefined) await changeAttribute(store, ids, { reports, memory, history, onWritten });
    },
  };

  /** Asks which store is meant, unless there is only one. */
  async function chosen(question: string): Promise<Store | undefined> {
    return active.all.length === 1 ? active.current : await active.choose(question);
  }

  async function toImportInto(): Promise<Store | undefined> {
    const question = 'Select the store to import customers into';
    return active.all.length === 1 ? await active.neededToWrite(question) : await active.choose(question, active.writable);
  }

  function onWritten(store: Store): void {
    const node = tree.storeNodes().find((candidate) => candidate.store === store);
    if (node !== undefined) void vscode.commands.executeCommand('mahoSoap.refresh', node);
  }
}
