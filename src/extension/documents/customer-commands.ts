import * as vscode from 'vscode';
import type { Handler } from '../commands/commands';
import { maskValue } from '../../store/mask';
import { summarize } from '../tree/customer-summary';
import { asTreeNode, type CustomerNode } from '../tree/nodes';
import type { CustomerSheets } from '../sheet/customer-sheets';
import type { CustomerDocuments } from './customer-documents';

/** What can be done with a customer of the tree. */
export function customerCommands(documents: CustomerDocuments, sheets: CustomerSheets): Readonly<Record<string, Handler>> {
  return {
    'customer.open': onCustomer(async ({ row, parent }) => {
      // As in the explorer: the preview opens, the keyboard stays in the tree.
      await documents.open(parent.parent.store, summarize(row).id, { preview: true, preserveFocus: true });
    }),
    'customer.openSheet': onCustomer(({ row, parent }) => {
      sheets.open(parent.parent.store, summarize(row).id);
      return Promise.resolve();
    }),
    'customer.copyId': onCustomer(async ({ row }) => { await vscode.env.clipboard.writeText(summarize(row).id); }),
    'customer.copyEmail': onCustomer(async ({ row }) => { await vscode.env.clipboard.writeText(summarize(row).email); }),
    'customer.copyJson': onCustomer(async ({ row }) => { await vscode.env.clipboard.writeText(JSON.stringify(maskValue(row), null, 2)); }),
  };
}

function onCustomer(action: (node: CustomerNode) => Promise<void>): Handler {
  return async (argument) => {
    const node = asTreeNode(argument);
    if (node?.kind === 'customer') await action(node);
  };
}
