import * as vscode from 'vscode';
import type { SoapRecord } from '../../api/value';
import type { KnownLink } from '../../forms/known-links';
import type { TablePlace, TableSource } from '../../pages/table-messages';
import { plural } from '../../l10n/texts';
import type { Store } from '../stores/store';
import { text } from '../customer/customer-summary';
import type { ListTable } from './list-table';
import type { TablePorts } from './table-ports';

/** The commands of the tree that a table runs on customers. */
export const commands = { export: 'mahoSoap.export', change: 'mahoSoap.customer.change', delete: 'mahoSoap.customer.delete' } as const;

/** Runs a command of the tree on rows. Questions and confirmations are those of the tree. */
export async function runOn(command: string, nodes: readonly unknown[]): Promise<void> {
  const [first, ...others] = nodes;
  if (first !== undefined) await vscode.commands.executeCommand(command, first, [first, ...others]);
}

/** Exports all customers of a list, loaded or not. For a search, exports those that were found. */
export async function exportList(ports: TablePorts, place: TablePlace, store: Store, found: readonly SoapRecord[]): Promise<void> {
  if (place.source.kind === 'search') await runOn(commands.export, ports.nodes(store, found));
  else await vscode.commands.executeCommand(commands.export, ports.listNode(place));
}

/** Copies the selected rows with the shown columns. */
export async function copyRows(table: ListTable, format: 'tsv' | 'csv'): Promise<void> {
  const { length } = table.selectedRows;
  if (length === 0) return;
  await vscode.env.clipboard.writeText(table.copy(format));
  vscode.window.setStatusBarMessage(
    plural(length, 'Copied {count} row as {format}', 'Copied {count} rows as {format}', { format: format.toUpperCase() }),
    3000,
  );
}

/** Opens the target of a row of another list, as the response view does. */
export async function openLinked(store: string, link: KnownLink | undefined): Promise<void> {
  if (link !== undefined) await vscode.commands.executeCommand('mahoSoap.api.follow', { store, link });
}

/** Whether one of these IDs is among the arguments of a list, so that the list belongs to it. */
export function namesOneOf(source: TableSource, ids: readonly string[]): boolean {
  return source.kind === 'list' && source.args.some((value) => ids.includes(text(value)));
}

/** Opens a customer beside the table. */
export async function openCustomer(ports: TablePorts, store: Store | undefined, row: SoapRecord | undefined, edit: boolean): Promise<void> {
  if (row === undefined || store === undefined) return;
  const [node] = ports.nodes(store, [row]);
  await vscode.commands.executeCommand(edit ? 'mahoSoap.customer.edit' : 'mahoSoap.customer.open', node, 'beside');
}

/** Carries out the action that an empty table offers. @param node the row of the tree for the list */
export async function actOnEmpty(action: 'new' | 'edit-filter', node: unknown): Promise<void> {
  await vscode.commands.executeCommand(action === 'new' ? 'mahoSoap.customer.new' : 'mahoSoap.filter.edit', node);
}
