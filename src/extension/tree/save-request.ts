import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { CustomerNode } from './nodes';
import { summarize } from '../customer/customer-summary';

/** The text of a request file with requests that read these customers. */
export function requestFileFor(nodes: readonly CustomerNode[]): string {
  const [first] = nodes;
  const store = first === undefined ? undefined : (first.store.config?.name ?? first.store.name);
  const same = nodes.every((node) => node.store === first?.store);
  const requests = nodes.map(({ row }) => {
    const { id } = summarize(row);
    return { name: t('Read customer {id}', { id }), method: 'customer.info', args: { customerId: Number(id) } };
  });
  return `${JSON.stringify({ ...(same && store !== undefined ? { store } : {}), requests }, undefined, 2)}\n`;
}

/** Opens a new request file with requests that read these customers. */
export async function openRequestsFor(nodes: readonly CustomerNode[]): Promise<void> {
  const [first, ...others] = nodes;
  if (first === undefined) return;
  await openRequestFile(others.length === 0 ? `customer-${summarize(first.row).id}` : `${nodes.length}-customers`, requestFileFor(nodes));
}

/**
 * Opens an unsaved request file that already has a name.
 * @param name of the file, without an extension. Characters that file names must not contain are replaced
 */
export async function openRequestFile(name: string, text: string): Promise<void> {
  const uri = await freeName(name);
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { preview: false });
}

/** A name that no file and no unsaved document has yet. */
async function freeName(name: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  for (let number = 1; ; number++) {
    const file = `${name.replace(/[^\w-]/g, '_')}${number === 1 ? '' : `-${number}`}.maho.json`;
    const place = folder === undefined ? undefined : vscode.Uri.joinPath(folder, file);
    const uri = vscode.Uri.from({ scheme: 'untitled', path: place?.path ?? file });
    const open = vscode.workspace.textDocuments.some((document) => document.uri.path === uri.path);
    if (
      !open &&
      (place === undefined || (await vscode.workspace.findFiles(new vscode.RelativePattern(folder ?? place, file), null, 1)).length === 0)
    )
      return uri;
  }
}
