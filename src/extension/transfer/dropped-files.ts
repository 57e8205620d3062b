import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import { guard } from '../../store/calls/policy';
import { storeNodeOf, type TreeNode } from '../tree/nodes';
import type { ImportViews } from './import-views';
import { localPath } from './save-place';

/**
 * Imports the files that were dropped on a row of the tree into its store, each in a view of its own.
 * @throws {ToolkitError} of kind `input` or `policy` when there is no store, it takes no writes, or a file is not on this computer
 */
export async function importDropped(row: TreeNode | undefined, data: vscode.DataTransfer, views: ImportViews): Promise<void> {
  const store = row === undefined ? undefined : storeNodeOf(row)?.store;
  if (store?.config === undefined)
    throw new ToolkitError('input', {
      code: 'drop-place',
      what: 'The file was not dropped on a store.',
      next: 'Drop it on the customers of the store that it is for.',
    });
  guard(store.config, 'customer.create', true);
  for (const uri of await droppedFiles(data)) await views.open({ store: store.id, file: localPath(uri) });
}

async function droppedFiles(data: vscode.DataTransfer): Promise<readonly vscode.Uri[]> {
  // The list separates its addresses by line breaks, and comments begin with a number sign (RFC 2483).
  const lines = ((await data.get('text/uri-list')?.asString()) ?? '').split(/\r?\n/);
  const listed = lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).map((line) => vscode.Uri.parse(line.trim(), true));
  if (listed.length > 0) return listed;
  const files = [...data].flatMap(([, item]) => item.asFile() ?? []);
  const known = files.flatMap(({ uri }) => uri ?? []);
  if (known.length > 0) return known;
  throw new ToolkitError('input', {
    code: 'drop-file',
    what: files.length === 0 ? 'What was dropped is not a file.' : 'The editor does not say where the dropped file is.',
    why: files.length === 0 ? undefined : 'An import needs its place: the results are written beside it.',
    next: 'Drop a file from the Explorer, or use Import Customers.',
  });
}
