import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { Handler, Handlers } from '../commands/commands';
import type { SoapValue } from '../../api/value';
import { maskValue } from '../../store/masking/mask';
import { summarize, type CustomerSummary } from '../customer/customer-summary';
import type { RememberedCustomers } from '../customer/remembered-customers';
import { asTreeNode, selectedNodes, storeNodeOf, type CustomerNode } from '../tree/nodes';
import type { ActiveStore } from '../stores/active-store';
import type { CustomerSheets } from './customer-sheets';
import type { CustomerDocuments } from '../customer-json/customer-documents';

/** The dependencies of the commands for customers. */
export interface CustomerPorts {
  readonly documents: CustomerDocuments;
  readonly sheets: CustomerSheets;
  readonly active: ActiveStore;
  readonly remembered: RememberedCustomers;
}

/** The commands for customers of the tree. */
export function customerCommands({ documents, sheets, active, remembered }: CustomerPorts): Handlers<'customers'> {
  return {
    // As in the explorer: a click opens a preview and leaves the keyboard focus in the tree. Everything else opens a permanent tab.
    'customer.open': onCustomer(async ({ row, store }, how) => {
      await sheets.open(store, summarize(row).id, { preview: how === 'preview', beside: how === 'beside' });
      // Previews are not remembered: a person who looks through a list does not work with every customer in it.
      if (how !== 'preview') await remembered.add(store.id, row);
    }),
    'customer.edit': onCustomer(async ({ row, store }, how) => {
      await sheets.open(store, summarize(row).id, { edit: true, beside: how === 'beside' });
      await remembered.add(store.id, row);
    }),
    'customer.openJson': onCustomer(async ({ row, store }) => {
      await documents.open(store, summarize(row).id, { preview: true, preserveFocus: true });
    }),
    'customer.new': async (argument) => {
      const node = asTreeNode(argument);
      const store =
        (node === undefined ? undefined : storeNodeOf(node)?.store) ??
        (await active.neededToWrite(t('Select the store for the new customer')));
      if (store !== undefined) await sheets.create(store);
    },
    'customer.copyId': onCustomers(async (nodes) => {
      await vscode.env.clipboard.writeText(lines(nodes, ({ id }) => id));
    }),
    'customer.copyEmail': onCustomers(async (nodes) => {
      await vscode.env.clipboard.writeText(lines(nodes, ({ email }) => email));
    }),
    'customer.copyJson': onCustomers(async (nodes) => {
      await vscode.env.clipboard.writeText(JSON.stringify(maskedRows(nodes), null, 2));
    }),
    'customer.copyPhp': onCustomers(async (nodes) => {
      const { phpLiteral } = await import('../../codegen');
      await vscode.env.clipboard.writeText(phpLiteral(maskedRows(nodes)));
    }),
    'customer.saveRequest': onCustomers(async (nodes) => {
      const { openRequestsFor } = await import('../tree/save-request');
      await openRequestsFor(nodes);
    }),
  };
}

/** The same part of each selected customer, one per line. Customers without it leave no empty line. */
function lines(nodes: readonly CustomerNode[], part: (customer: CustomerSummary) => string): string {
  return nodes
    .map(({ row }) => part(summarize(row)))
    .filter((text) => text !== '')
    .join('\n');
}

/** One customer as a record, several as a list, with secrets masked. */
function maskedRows(nodes: readonly CustomerNode[]): SoapValue {
  const [first, ...others] = nodes.map(({ row }) => maskValue(row));
  return others.length === 0 ? (first ?? null) : [first ?? null, ...others];
}

/** Runs on every selected customer. If the clicked customer is not selected, it runs on that customer only. */
function onCustomers(action: (nodes: readonly CustomerNode[]) => Promise<void>): Handler {
  return async (argument, selection) => {
    const nodes = selectedNodes(argument, selection).filter((node) => node.kind === 'customer');
    if (nodes.length > 0) await action(nodes);
  };
}

function onCustomer(action: (node: CustomerNode, more: unknown) => Promise<void>): Handler {
  return async (argument, more) => {
    const node = asTreeNode(argument);
    if (node?.kind === 'customer') await action(node, more);
  };
}
