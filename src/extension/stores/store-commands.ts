import * as vscode from 'vscode';
import type { Handler } from '../commands/commands';
import { withoutIcons } from '../text';
import { asTreeNode, storeNodeOf } from '../tree/nodes';
import type { StoresView } from '../tree/stores-view';
import type { ActiveStore } from './active-store';
import { askForStore } from './add-store';
import type { ApiKeys } from './api-keys';
import { checkConnection } from './check-connection';
import type { Store } from './store';
import type { StoreSettings } from './store-settings';
import { apiUser, type Stores } from './stores';

/** What store commands need. */
export interface StoreServices {
  readonly settings: StoreSettings;
  readonly keys: ApiKeys;
  readonly stores: Stores;
  readonly active: ActiveStore;
  readonly view: StoresView;
}

/** What can be done with stores of the settings. Called from the palette, each asks which store is meant. */
export function storeCommands({ settings, keys, stores, active, view }: StoreServices): Readonly<Record<string, Handler>> {
  return {
    'store.add': async () => {
      const added = await askForStore();
      if (added === undefined) return;
      const { config, key, source } = added;
      if (key !== '') await keys.keep('api', config, key);
      await settings.add(config, source);
      const store = stores.all.findLast(({ listed }) => listed?.source === source && listed.name === config.name);
      if (store !== undefined) await view.reveal(store);
    },
    'store.use': async (argument) => {
      const store = storeOf(argument);
      if (store === undefined) await active.choose('Which store do requests run on?');
      else await active.use(store);
    },
    'store.editSettings': async (argument) => {
      const store = storeOf(argument);
      const inWorkspace = store?.listed?.source === 'workspace' || (store === undefined && stores.all.every(({ listed }) => listed?.source === 'workspace'));
      await vscode.commands.executeCommand(inWorkspace ? 'workbench.action.openWorkspaceSettingsFile' : 'workbench.action.openSettingsJson', { revealSetting: { key: 'mahoSoap.stores' } });
    },
    'store.remove': async (argument) => {
      const store = await chosen(argument, 'Which store is to be removed?');
      if (store?.listed === undefined) return;
      const remove = 'Remove';
      const detail = 'Its entry leaves the settings and its API key is forgotten. Nothing happens to the store itself.';
      if ((await vscode.window.showWarningMessage(`Remove the store "${withoutIcons(store.name)}"?`, { modal: true, detail }, remove)) !== remove) return;
      await keys.forget('api', apiUser(store.listed));
      await settings.remove(store.listed);
    },
    'store.copyUrl': async (argument) => {
      const store = storeOf(argument);
      const url = store?.connection?.endpoint ?? store?.config?.url;
      if (url !== undefined) await vscode.env.clipboard.writeText(url);
    },
    'store.check': async (argument) => {
      const store = await chosen(argument, 'Which store is to be checked?');
      if (store !== undefined) await checkConnection(store);
    },
    'store.disconnect': async (argument) => { await storeOf(argument)?.disconnect(); },
    'key.set': async (argument) => {
      const store = await chosen(argument, 'Which store is the key for?');
      if (store?.listed === undefined || !(await keys.ask('api', apiUser(store.listed)))) return;
      await store.reset();
      await view.reveal(store);
    },
    'key.forget': async (argument) => {
      const store = await chosen(argument, 'Which key is to be forgotten?');
      if (store?.listed === undefined) return;
      await keys.forget('api', apiUser(store.listed));
      await store.reset();
    },
  };

  async function chosen(argument: unknown, question: string): Promise<Store | undefined> {
    const given = storeOf(argument);
    if (given !== undefined) return given;
    const [only, ...others] = stores.all;
    if (others.length === 0) return only;
    const items = stores.all.map((store) => ({ label: withoutIcons(store.name), description: withoutIcons(store.config?.url ?? ''), store }));
    return (await vscode.window.showQuickPick(items, { placeHolder: question }))?.store;
  }
}

function storeOf(argument: unknown): Store | undefined {
  const node = asTreeNode(argument);
  return node === undefined ? undefined : storeNodeOf(node)?.store;
}
