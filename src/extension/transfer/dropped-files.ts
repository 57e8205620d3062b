import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import { guard } from '../../store/calls/policy';
import { storeNodeOf, type TreeNode } from '../tree/nodes';
import type { ImportViews } from './import-views';
import { changesFolder, writeChange } from './change-files';
import { localPath } from './save-place';

/**
 * Imports the files that were dropped on a row of the tree into its store, each in a view of its own.
 * @param storage of the extension: a file of which the editor gives no place, as in a browser, is kept there with its results
 * @throws {ToolkitError} of kind `input` or `policy` when there is no store, it takes no writes, or a file is not on this computer
 */
export async function importDropped(
  row: TreeNode | undefined,
  data: vscode.DataTransfer,
  views: ImportViews,
  storage: string,
): Promise<void> {
  const store = row === undefined ? undefined : storeNodeOf(row)?.store;
  if (store?.config === undefined)
    throw new ToolkitError('input', {
      code: 'drop-place',
      what: 'The file was not dropped on a store.',
      next: 'Drop it on the customers of the store that it is for.',
    });
  guard(store.config, 'customer.create', true);
  const open = async (file: string): Promise<void> => {
    await views.open({ store: store.id, file });
  };
  const listed = await listedFiles(data);
  if (listed.length > 0) {
    for (const uri of listed) await open(localPath(uri));
    return;
  }
  const files = [...data].flatMap(([, item]) => item.asFile() ?? []);
  if (files.length === 0)
    throw new ToolkitError('input', {
      code: 'drop-file',
      what: 'What was dropped is not a file.',
      next: 'Drop a CSV file, or use Import Customers.',
    });
  for (const file of files) await open(file.uri === undefined ? await kept(file, storage) : localPath(file.uri));
}

/** Keeps the content of a file as the extension's own. A browser does not say where the file is that somebody dropped. */
async function kept(file: vscode.DataTransferFile, storage: string): Promise<string> {
  return await writeChange(changesFolder(storage), file.name.replace(/\.\w+$/, ''), await file.data());
}

/** What an editor or its Explorer says of the files that are dragged. */
async function listedFiles(data: vscode.DataTransfer): Promise<readonly vscode.Uri[]> {
  // The list separates its addresses by line breaks, and comments begin with a number sign (RFC 2483).
  const lines = ((await data.get('text/uri-list')?.asString()) ?? '').split(/\r?\n/);
  const addresses = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return addresses.map((line) => vscode.Uri.parse(line.trim(), true));
}
