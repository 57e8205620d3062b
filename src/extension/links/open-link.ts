import * as vscode from 'vscode';
import path from 'node:path';
import { realpath } from 'node:fs/promises';
import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import { confirmed } from '../messages';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import { oneLine } from '../text';
import { parseLink, type LinkTarget } from './link';

/** The functions that show the targets of links. */
export interface LinkPorts {
  readonly active: ActiveStore;
  readonly memory: vscode.Memento;
  readonly showStore: (store: Store) => Promise<void>;
  readonly showCustomer: (store: Store, id: string) => Promise<void>;
  readonly showFilter: (store: Store, name: string) => Promise<void>;
  /** Names of the saved filters of a store. */
  readonly filters: (store: Store) => readonly string[];
}

/** The memento key of the stores for which the user agreed to open links. */
const AGREED_KEY = 'mahoSoap.linkedStores';

/**
 * Opens the target of a link. A link may come from anywhere, so it can only show things. It writes nothing and changes no settings. If the
 * store was not used in this workspace before, the user has to agree first.
 * @throws {ToolkitError} when the target does not exist
 */
export async function openLink({ path: at, query }: Pick<vscode.Uri, 'path' | 'query'>, ports: LinkPorts): Promise<void> {
  const target = parseLink(at, query);
  if (target.kind === 'request') await showRequest(target.file);
  else {
    const store = ports.active.named(target.store);
    if (store === undefined)
      throw nothing(
        t('There is no store named "{store}".', { store: oneLine(target.store) }),
        t('Add the store, then open the link again.'),
      );
    if (target.kind === 'filter' && !ports.filters(store).includes(target.name))
      throw nothing(
        t('{store} has no filter "{filter}".', { store: oneLine(target.store), filter: oneLine(target.name) }),
        t('Create the filter, or ask the sender of the link for its settings.'),
      );
    if (await agreed(store, target, ports.memory)) await show(store, target, ports);
  }
}

async function show(store: Store, target: Exclude<LinkTarget, { kind: 'request' }>, ports: LinkPorts): Promise<void> {
  if (target.kind === 'customer') await ports.showCustomer(store, target.id);
  else if (target.kind === 'filter') await ports.showFilter(store, target.name);
  else await ports.showStore(store);
}

/** Whether the store may be asked for this: it is connected, the user agreed before, or the user agrees now. */
async function agreed(store: Store, target: LinkTarget, memory: vscode.Memento): Promise<boolean> {
  const kept = memory.get<unknown>(AGREED_KEY);
  const known = Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  if (store.connection !== undefined || known.includes(store.id)) return true;
  const name = oneLine(store.name);
  const sure = await confirmed(
    questionOf(target, name),
    t('You followed a link to {name}, which this workspace has not used yet. Opening the link connects to the store. Nothing is changed.', {
      name,
    }),
    t('Connect and Open'),
  );
  if (sure) await memory.update(AGREED_KEY, [...known, store.id]);
  return sure;
}

/** The question before a link opens something of a store that was not used here before. */
function questionOf(target: LinkTarget, store: string): string {
  if (target.kind === 'customer') return t('Open customer {id} of {store}?', { id: target.id, store });
  return target.kind === 'filter' ? t('Open a saved filter of {store}?', { store }) : t('Open the store {store}?', { store });
}

/** Shows a request file of the workspace as text. Symbolic links that lead out of the workspace are not followed. */
async function showRequest(file: string): Promise<void> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const found = await within(uri, file);
    if (found === undefined) continue;
    await vscode.window.showTextDocument(found);
    return;
  }
  throw nothing(
    t('{file} is not in any folder of this workspace.', { file: oneLine(file) }),
    t('Open the folder that contains it, then open the link again.'),
  );
}

async function within(folder: vscode.Uri, file: string): Promise<vscode.Uri | undefined> {
  const uri = vscode.Uri.joinPath(folder, ...file.split('/'));
  try {
    await vscode.workspace.fs.stat(uri);
    if (uri.scheme !== 'file') return uri;
    const [root, real] = await Promise.all([realpath(folder.fsPath), realpath(uri.fsPath)]);
    return real.startsWith(root + path.sep) ? uri : undefined;
  } catch {
    // The file is not in this folder, or cannot be read. Another folder may contain it.
    return undefined;
  }
}

function nothing(what: string, next: string): ToolkitError {
  return new ToolkitError('input', { code: 'link-nowhere', what: t('The target of this link does not exist.'), why: what, next });
}
