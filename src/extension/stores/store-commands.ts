import * as vscode from 'vscode';
import type { ClientPorts } from '../../store/client';
import type { StoreConfig } from '../../store/config';
import type { Exchange } from '../../store/exchange';
import type { Handler } from '../commands/commands';
import type { ReportDocuments } from '../documents/report-documents';
import { confirmed } from '../messages';
import { oneLine, withoutIcons } from '../text';
import { asTreeNode, storeNodeOf } from '../tree/nodes';
import type { StoresView } from '../tree/stores-view';
import type { ActiveStore } from './active-store';
import type { ApiKeys } from './api-keys';
import { checkConnection } from './check-connection';
import type { Store } from './store';
import { askForStore, expandStore, type DescribedStore } from './store-questions';
import type { ListedStore, StoreSettings } from './store-settings';
import { apiUser, type Stores } from './stores';

/** What store commands need. */
export interface StoreServices {
  readonly settings: StoreSettings;
  readonly keys: ApiKeys;
  readonly stores: Stores;
  readonly active: ActiveStore;
  readonly view: StoresView;
  readonly reports: ReportDocuments;
  readonly onExchange: (exchange: Exchange) => void;
}

/** What can be done with stores of the settings. Called from the palette, each asks which store is meant. */
export function storeCommands({ settings, keys, stores, active, view, reports, onExchange }: StoreServices): Readonly<Record<string, Handler>> {
  return {
    'store.add': async () => {
      const added = await askForStore({ known });
      if (added === undefined) return;
      const { config, source } = added;
      await keepKey(added);
      await settings.add(config, source);
      const store = stores.all.findLast(({ listed }) => listed?.source === source && listed.name === config.name);
      if (store !== undefined) await view.reveal(store);
    },
    'store.edit': async (argument) => {
      const store = await chosen(argument, 'Which store is to be changed?');
      const listed = store?.listed;
      if (store === undefined || listed === undefined) return;
      const config = settings.entryOf(listed);
      // What is no entry of a store cannot be asked about; it has to be looked at.
      if (config === undefined) {
        await openSettings(store);
        return;
      }
      const changed = await askForStore({ known }, { config, source: listed.source });
      if (changed === undefined) return;
      await keepKey(changed, listed);
      await settings.replace(listed, changed.config);
      const now = stores.all.find((other) => other.listed?.source === listed.source && other.name === changed.config.name);
      await now?.reset();
      if (now !== undefined) await view.reveal(now);
    },
    'store.use': async (argument) => {
      const store = storeOf(argument);
      if (store === undefined) await active.choose('Which store do requests run on?');
      else await active.use(store);
    },
    'store.editSettings': async (argument) => {
      await openSettings(storeOf(argument));
    },
    'store.remove': async (argument) => {
      const store = await chosen(argument, 'Which store is to be removed?');
      if (store?.listed === undefined) return;
      const detail = 'Its entry leaves the settings and its API key is forgotten. Nothing happens to the store itself.';
      if (!(await confirmed(`Remove the store "${oneLine(store.name)}"?`, detail, 'Remove'))) return;
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
      if (store !== undefined) await checkConnection(store, reports);
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

  /** What the doctor may use of what is known already. */
  function known(config: StoreConfig): ClientPorts {
    const { name, url, user, webUser } = config;
    return {
      key: async () => (await keys.get('api', { name, url, user })) ?? '',
      webPassword: async () => (await keys.get('web', { name, url, user: webUser ?? '' })) ?? '',
      onExchange,
    };
  }

  /** Files the key under the address and user the store has now; a key that was left as it is moves along. */
  async function keepKey({ config, key, sessionOnly }: DescribedStore, before?: ListedStore): Promise<void> {
    const owner = expandStore(config);
    const present = before === undefined ? undefined : await keys.get('api', apiUser(before));
    const secret = key === '' ? present : key;
    const moved = before !== undefined && (owner.url !== before.config?.url || owner.user !== before.config.user);
    if (secret !== undefined && (key !== '' || moved)) await keys.keep('api', owner, secret, { sessionOnly });
  }

  async function openSettings(store: Store | undefined): Promise<void> {
    const inWorkspace = store?.listed?.source === 'workspace' || (store === undefined && stores.all.every(({ listed }) => listed?.source === 'workspace'));
    await vscode.commands.executeCommand(inWorkspace ? 'workbench.action.openWorkspaceSettingsFile' : 'workbench.action.openSettingsJson', { revealSetting: { key: 'mahoSoap.stores' } });
  }

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
