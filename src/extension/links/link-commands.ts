import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { Handlers } from '../commands/commands';
import { summarize } from '../customer/customer-summary';
import { showInformation } from '../messages';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import { asTreeNode, storeNodeOf } from '../tree/nodes';
import { adminPage, linkTo, type LinkTarget } from './link';

/** The commands that copy a link to a row, and that open the shop's admin. */
export function linkCommands(extension: string, active: ActiveStore): Handlers<'links'> {
  return {
    'link.copy': async (argument) => {
      const target = targetOf(argument);
      if (target === undefined) return;
      await vscode.env.clipboard.writeText(linkTo(target, vscode.env.uriScheme, extension));
      vscode.window.setStatusBarMessage(t('Link copied'), 3000);
    },
    'store.openAdmin': async (argument) => {
      const node = asTreeNode(argument);
      const store = (node === undefined ? undefined : storeNodeOf(node)?.store) ?? (await active.needed(t('Select a store')));
      const adminUrl = store?.config?.adminUrl;
      if (store === undefined) return;
      if (adminUrl === undefined) {
        const enter = t('Enter URL');
        const offered = store.listed === undefined ? [] : [enter];
        const chosen = await showInformation(t('The URL of the admin of {store} is not set.', { store: nameOf(store) }), ...offered);
        if (chosen === enter) await vscode.commands.executeCommand('mahoSoap.store.edit', argument, 'admin');
        return;
      }
      const page = adminPage(adminUrl, node?.kind === 'customer' ? summarize(node.row).id : undefined);
      await vscode.env.openExternal(vscode.Uri.parse(page, true));
    },
  };
}

/** The target of a row. `undefined` for a row that cannot be linked to. */
function targetOf(argument: unknown): LinkTarget | undefined {
  // A row of the view "Requests".
  if (typeof argument === 'object' && argument !== null && 'uri' in argument && argument.uri instanceof vscode.Uri)
    return { kind: 'request', file: vscode.workspace.asRelativePath(argument.uri, false) };
  const node = asTreeNode(argument);
  const store = node === undefined ? undefined : storeNodeOf(node)?.store;
  if (node === undefined || store === undefined) return undefined;
  if (node.kind === 'store') return { kind: 'store', store: nameOf(store) };
  if (node.kind === 'customer') return { kind: 'customer', store: nameOf(store), id: summarize(node.row).id };
  return node.kind === 'filter' ? { kind: 'filter', store: nameOf(store), name: node.filter.name } : undefined;
}

function nameOf(store: Store): string {
  return store.config?.name ?? store.name;
}
