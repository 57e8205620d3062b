import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import type { TypeModel, TypesTarget } from '../../codegen';
import { confirmed, withProgress } from '../messages';
import { pickOne } from '../picks';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import { oneLine, withoutIcons } from '../text';

interface SourceItem extends vscode.QuickPickItem {
  /** `undefined` for the catalogue. */
  readonly store: Store | undefined;
}

interface LanguageItem extends vscode.QuickPickItem {
  readonly targets: readonly TypesTarget[];
}

/**
 * Writes TypeScript declarations and PHP classes of the API into a folder, from the catalogue or from the WSDL of a store.
 * @throws {ToolkitError} why the store or the folder cannot be used
 */
export async function writeTypes(active: ActiveStore): Promise<void> {
  const source = await chooseSource(active);
  if (source === undefined) return;
  const targets = await chooseLanguages();
  if (targets === undefined) return;
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const model = await modelOf(source.store);
  if (model === undefined) return;
  const { generateTypes, typesFileNames } = await import('../../codegen');
  for (const target of targets) {
    const file = vscode.Uri.joinPath(folder, typesFileNames[target]);
    if (await write(file, generateTypes(target, model)))
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file), { preview: false });
  }
}

async function chooseSource(active: ActiveStore): Promise<SourceItem | undefined> {
  const { all, current } = active;
  if (all.length === 0) return { label: '', store: undefined };
  const stores = all.map((store): SourceItem => ({
    label: withoutIcons(store.config?.name ?? store.name),
    description: store === current ? t('active') : '',
    detail: t('The WSDL of the store, and what the store adds to it.'),
    store,
  }));
  return await pickOne(
    [{ label: t('The Catalogue'), detail: t('The customer methods that every store has.'), store: undefined }, ...stores],
    { title: t('Write Types (1/2)'), placeHolder: t('Select where to take the types from') },
  );
}

async function chooseLanguages(): Promise<readonly TypesTarget[] | undefined> {
  const { typesFileNames } = await import('../../codegen');
  const items: readonly LanguageItem[] = [
    { label: 'TypeScript', description: typesFileNames.typescript, targets: ['typescript'] },
    { label: 'PHP', description: typesFileNames.php, targets: ['php'] },
    { label: t('Both'), description: Object.values(typesFileNames).join(', '), targets: ['typescript', 'php'] },
  ];
  return (await pickOne(items, { title: t('Write Types (2/2)'), placeHolder: t('Select a language') }))?.targets;
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: t('Folder for the types'),
    openLabel: t('Write Here'),
    canSelectFolders: true,
    canSelectFiles: false,
    canSelectMany: false,
    ...(defaultUri === undefined ? {} : { defaultUri }),
  });
  return chosen?.[0];
}

/** @returns `undefined` when it was cancelled */
async function modelOf(store: Store | undefined): Promise<TypeModel | undefined> {
  const { catalogueModel, storeModel } = await import('../../codegen');
  if (store === undefined) return catalogueModel();
  const { config, ports } = store.forDoctor();
  const title = t('Reading the WSDL of {name}', { name: oneLine(store.config?.name ?? store.name) });
  return await withProgress(title, async (_progress, token) => {
    const { StoreClient } = await import('../../store/calls/client');
    const { familyOf } = await import('../../soap/family');
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    // A separate client: the WSDL is public, so neither key nor session is needed.
    const client = new StoreClient(config, ports);
    try {
      const methods = familyOf(await client.service(stop.signal));
      return storeModel(client.url ?? config.url, methods);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      await client.close();
    }
  });
}

/** @returns whether the file now has this text */
async function write(file: vscode.Uri, text: string): Promise<boolean> {
  const bytes = new TextEncoder().encode(text);
  const now = await read(file);
  if (now !== undefined && new TextDecoder().decode(now) !== text) {
    const name = oneLine(vscode.workspace.asRelativePath(file));
    if (!(await confirmed(t('{file} already exists. Replace it?', { file: name }), t('This replaces its content.'), t('Replace'))))
      return false;
  }
  try {
    await vscode.workspace.fs.writeFile(file, bytes);
    return true;
  } catch (error) {
    throw new ToolkitError(
      'input',
      {
        code: 'file',
        what: t('{file} cannot be written.', { file: oneLine(file.fsPath) }),
        why: error instanceof Error ? error.message : undefined,
        next: t('Select another folder.'),
      },
      { cause: error },
    );
  }
}

async function read(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
