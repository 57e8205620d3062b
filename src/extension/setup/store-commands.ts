import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { ClientPorts } from '../../store/calls/client';
import type { StoreConfig } from '../../store/settings/config';
import type { Exchange } from '../../store/wire/exchange';
import type { Handlers } from '../commands/commands';
import type { ReportDocuments } from '../reports/report-documents';
import type { FilterSettings } from '../customer/filter-settings';
import { confirmed } from '../messages';
import { pickOne } from '../picks';
import { oneLine, withoutIcons } from '../text';
import { asTreeNode, storeNodeOf } from '../tree/nodes';
import type { StoresView } from '../tree/stores-view';
import type { ActiveStore } from '../stores/active-store';
import type { ApiKeys } from '../stores/api-keys';
import { checkConnection } from './check-connection';
import type { Store } from '../stores/store';
import type { EditRow } from './edit-store';
import { proxyPort } from '../stores/proxy-settings';
import { StoreSecrets } from '../stores/store-secrets';
import type { StoreSettings, StoreSource } from '../stores/store-settings';
import { apiUser, type Stores } from '../stores/stores';

/** The dependencies of the commands for stores. */
export interface StoreServices {
  readonly settings: StoreSettings;
  readonly keys: ApiKeys;
  readonly stores: Stores;
  readonly active: ActiveStore;
  readonly filters: FilterSettings;
  readonly view: StoresView;
  readonly reports: ReportDocuments;
  readonly onExchange: (exchange: Exchange) => void;
}

/** The commands for stores of the settings. From the palette, each asks for a store. */
export function storeCommands({ settings, keys, stores, active, filters, view, reports, onExchange }: StoreServices): Handlers<'stores'> {
  const secrets = new StoreSecrets(keys, () => settings.list());
  return {
    'store.add': async () => {
      const { addStore } = await import('./add-store');
      const added = await addStore({ known: (config) => known(config, undefined, 'user'), taken: names() });
      if (added === undefined) return;
      const { config, source } = added;
      await secrets.keep(config, added, undefined);
      await settings.add(config, source);
      const store = stores.all.findLast(({ listed }) => listed?.source === source && listed.name === config.name);
      if (store === undefined) return;
      // The first real store beside the demo store becomes the active one.
      if (stores.all.length === 1) await active.use(store);
      await view.reveal(store);
    },
    // VS Code passes the selected rows as the second argument. A text in their place names a part of the entry and comes from our own code.
    'store.edit': async (argument, row) => {
      const store = await chosen(argument, t('Select a store to edit'));
      if (store !== undefined) await edit(store, row === 'admin' ? row : undefined);
    },
    'store.use': async (argument) => {
      const store = storeOf(argument);
      if (store === undefined) await active.choose(t('Select a store to run requests on'));
      else await active.use(store);
    },
    'store.editSettings': async (argument) => {
      await openSettings(storeOf(argument));
    },
    'store.remove': async (argument) => {
      const store = await chosen(argument, t('Select a store to remove'));
      if (store?.listed === undefined) return;
      const { listed } = store;
      if (
        !(await confirmed(
          t('Remove the store "{store}"?', { store: oneLine(store.name) }),
          listed.config === undefined
            ? t('This removes the store from the settings. The shop is not changed.')
            : t('This removes the store from the settings, and its API key and passwords. The shop is not changed.'),
          t('Remove'),
        ))
      )
        return;
      await settings.remove(listed);
      await secrets.forgetUnused(listed.config);
    },
    'store.copyUrl': async (argument) => {
      const store = storeOf(argument);
      const url = store?.connection?.endpoint ?? store?.config?.url;
      if (url !== undefined) await vscode.env.clipboard.writeText(url);
    },
    'store.check': async (argument) => {
      const store = await chosen(argument, t('Select a store to check'));
      if (store === undefined) return;
      await checkConnection(store, {
        reports,
        settings,
        fix: async (step) => {
          await edit(store, step === 'login' ? 'user' : step);
        },
      });
    },
    'store.disconnect': async (argument) => {
      await storeOf(argument)?.disconnect();
    },
    'key.set': async (argument) => {
      const store = await chosen(argument, t('Select the store of the API key'));
      if (store?.listed === undefined) return;
      // The address and the user may contain variables, so it is not known which store the key belongs to.
      if (store.problem !== undefined) throw store.problem;
      if (!(await keys.ask('api', apiUser(store.listed)))) return;
      await store.reset();
      await view.reveal(store);
    },
    'key.forget': async (argument) => {
      const store = await chosen(argument, t('Select a store to forget the API key of'));
      if (store?.listed === undefined) return;
      if (store.problem !== undefined) throw store.problem;
      if (store.config !== undefined) await secrets.forget(store.config);
      await store.reset();
    },
  };

  /** Changes a store of the settings. @param row the property to change. Asked for by default */
  async function edit(store: Store, row?: EditRow): Promise<void> {
    const { listed } = store;
    if (listed === undefined) return;
    // An untrusted workspace must not make us contact a store or read variables.
    if (store.problem?.code === 'untrusted-workspace') throw store.problem;
    const config = settings.entryOf(listed);
    // An entry that is not a valid store cannot be edited by questions, so the settings are shown.
    if (config === undefined) {
      await openSettings(store);
      return;
    }
    const before = listed.config;
    const ports = {
      known: (now: StoreConfig) => known(now, before, listed.source),
      taken: names(store),
      sessionOnly: before !== undefined && secrets.sessionOnly(before),
    };
    const { editStore } = await import('./edit-store');
    const changed = await editStore(ports, { config, source: listed.source }, row);
    if (changed === undefined) return;
    await secrets.keep(changed.config, changed, before);
    await settings.replace(listed, changed.config);
    await secrets.forgetUnused(before);
    if (changed.config.name !== listed.name) await filters.storeRenamed(listed.name, changed.config.name, names().includes(listed.name));
    const now = stores.all.find((other) => other.listed?.source === listed.source && other.name === changed.config.name);
    await now?.reset();
    if (now !== undefined) await view.reveal(now);
  }

  /** The known secrets that the doctor may use. A secret that is not changed will move along with the store. */
  function known(config: StoreConfig, before: StoreConfig | undefined, source: StoreSource): ClientPorts {
    return {
      key: async () => (await secrets.get('api', config, source)) ?? (await secrets.get('api', before, source)) ?? '',
      webPassword: async () => (await secrets.get('web', config, source)) ?? (await secrets.get('web', before, source)) ?? '',
      onExchange,
      proxy: proxyPort,
    };
  }

  /** The names of all stores except one. */
  function names(except?: Store): readonly string[] {
    return active.all.filter((store) => store !== except).map(({ name }) => name);
  }

  async function openSettings(store: Store | undefined): Promise<void> {
    const inWorkspace =
      store?.listed?.source === 'workspace' || (store === undefined && stores.all.every(({ listed }) => listed?.source === 'workspace'));
    await vscode.commands.executeCommand(inWorkspace ? 'workbench.action.openWorkspaceSettingsFile' : 'workbench.action.openSettingsJson', {
      revealSetting: { key: 'mahoSoap.stores' },
    });
  }

  async function chosen(argument: unknown, question: string): Promise<Store | undefined> {
    const given = storeOf(argument);
    if (given !== undefined) return given;
    const [only, ...others] = stores.all;
    if (others.length === 0) return only;
    const items = stores.all.map((store) => ({
      label: withoutIcons(store.name),
      description: withoutIcons(store.config?.url ?? ''),
      store,
    }));
    return (await pickOne(items, { placeHolder: question }))?.store;
  }
}

function storeOf(argument: unknown): Store | undefined {
  const node = asTreeNode(argument);
  return node === undefined ? undefined : storeNodeOf(node)?.store;
}
