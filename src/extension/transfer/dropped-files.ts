import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import { guard } from '../../store/calls/policy';
import { t } from '../../l10n/texts';
import type { Store } from '../stores/store';
import { storeNodeOf, type TreeNode } from '../tree/nodes';
import type { ImportViews } from './import-views';
import { changesFolder, writeChange } from './change-files';
import { localPath } from './save-place';

/**
 * Imports the files that were dropped on a row of the tree into its store, each in its own view.
 * @param storage of the extension. A file without a path, as in a browser, is kept there with its results
 * @throws {ToolkitError} of kind `input` or `policy` when there is no store, it is read-only, or a file is not on this computer
 */
export async function importDropped(
  row: TreeNode | undefined,
  data: vscode.DataTransfer,
  views: Pick<ImportViews, 'open'>,
  storage: string,
): Promise<void> {
  await importInto(row === undefined ? undefined : storeNodeOf(row)?.store, data, views, storage);
}

/** As {@link importDropped}, for the store of the row. */
export async function importInto(
  store: Store | undefined,
  data: vscode.DataTransfer,
  views: Pick<ImportViews, 'open'>,
  storage: string,
): Promise<void> {
  if (store?.config === undefined)
    throw new ToolkitError('input', {
      code: 'drop-place',
      what: t('The file was not dropped on a store.'),
      next: t('Drop it on the customers of a store.'),
    });
  guard(store.config, 'customer.create', true);
  const places = await placesOf(data);
  // All places are checked before the first file is opened, so that a drop is imported whole or not at all.
  const files = places.map((place) => (place instanceof vscode.Uri ? localPath(place) : place));
  if (files.length === 0)
    throw new ToolkitError('input', {
      code: 'drop-file',
      what: t('The dropped item is not a file.'),
      next: t('Drop a CSV file, or use Import Customers.'),
    });
  for (const file of files) await views.open({ store: store.id, file: typeof file === 'string' ? file : await kept(file, storage) });
}

/** Copies the content of a file into the extension's storage. A browser does not tell the path of a dropped file. */
async function kept(file: vscode.DataTransferFile, storage: string): Promise<string> {
  return await writeChange(changesFolder(storage), file.name.replace(/\.\w+$/, ''), await file.data());
}

/**
 * The dropped files: the addresses that the editor lists, or else the files themselves, which have a path in the desktop editor. In a
 * browser the list contains names of files instead of addresses, and a name such as `12:30.csv` can look like an address.
 */
async function placesOf(data: vscode.DataTransfer): Promise<readonly (vscode.Uri | vscode.DataTransferFile)[]> {
  const listed = await listedFiles(data);
  const files = [...data].flatMap(([, item]) => item.asFile() ?? []);
  if (files.length === 0 || (listed.length > 0 && listed.every(({ scheme }) => scheme === 'file'))) return listed;
  return files.map((file) => file.uri ?? file);
}

/** The addresses that an editor or its Explorer gives for dragged files. Text that is not an address is ignored. */
async function listedFiles(data: vscode.DataTransfer): Promise<readonly vscode.Uri[]> {
  // The addresses are separated by line breaks, and comments begin with a number sign (RFC 2483).
  const lines = ((await data.get('text/uri-list')?.asString()) ?? '').split(/\r?\n/);
  const addresses = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return addresses.flatMap((line) => addressOf(line.trim()) ?? []);
}

function addressOf(text: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(text, true);
  } catch {
    return undefined;
  }
}
