import path from 'node:path';
import type * as vscode from 'vscode';
import type { Exchange } from '../../store/wire/exchange';
import { CodeMethods } from '../calls/code-methods';
import { DemoHost } from '../stores/demo-host';
import { DemoLog } from '../demo/demo-log';
import { demoStatus } from '../demo/demo-status';
import { exchangeLine } from '../log/exchange-line';
import { once, type Once } from '../lazy/once';
import type { Log } from '../log/log';
import { confirmed } from '../messages';
import { ActiveStore } from '../stores/active-store';
import { ActiveStoreStatus } from '../stores/active-store-status';
import { ApiKeys } from '../stores/api-keys';
import { KeyConsent } from '../stores/key-consent';
import { MahoStores } from '../stores/maho-stores';
import { StoreSettings } from '../stores/store-settings';
import type { KnownMethods } from '../stores/store-methods';
import { Stores } from '../stores/stores';
import type { Shell } from './shell';

/** The stores of the settings with their keys, the demo store, and which store is the active one. */
export interface StoresFeature {
  readonly settings: StoreSettings;
  readonly keys: ApiKeys;
  readonly stores: Stores;
  readonly demo: DemoHost;
  readonly demoLog: DemoLog;
  readonly active: ActiveStore;
  /** The methods of stores, read from them or kept on this machine. */
  readonly methods: Once<KnownMethods>;
  /** The methods that code may call. */
  readonly codeMethods: CodeMethods;
  readonly onExchange: (exchange: Exchange) => void;
}

export function makeStores({ context, track, tellMenus, showActiveStore }: Shell, log: Log): StoresFeature {
  const onExchange = (exchange: Exchange): void => {
    log.info(exchangeLine(exchange));
  };
  const settings = track(new StoreSettings());
  const keys = new ApiKeys(context.secrets, log, new KeyConsent(context.workspaceState, confirmed));
  const stores = track(new Stores(settings, keys, onExchange));
  const demoLog = track(new DemoLog());
  const demo = track(
    new DemoHost(onExchange, (entry) => {
      demoLog.add(entry);
    }),
  );
  track(demoStatus(demo));
  const active = track(new ActiveStore(stores, demo, context.workspaceState));
  track(new ActiveStoreStatus(active, showActiveStore));
  track(new MahoStores(active, context.workspaceState));
  const methods = once(async () => {
    const [{ KnownMethods: Known }, { KeptMethods }] = await Promise.all([
      import('../stores/store-methods'),
      import('../../store/methods/kept-methods'),
    ]);
    const folder = path.join(context.globalStorageUri.fsPath, 'methods');
    const kept = new KeptMethods(folder, (what) => {
      log.info(`Methods of stores: ${what}`);
    });
    return track(new Known(kept));
  });
  const codeMethods = track(new CodeMethods(active, methods));
  for (const subscription of menusFollow(stores, demo, tellMenus)) track(subscription);
  return { settings, keys, stores, demo, demoLog, active, methods, codeMethods, onExchange };
}

/** Keeps menus and welcome texts up to date with the stores. */
function menusFollow(stores: Stores, demo: DemoHost, tellMenus: Shell['tellMenus']): readonly vscode.Disposable[] {
  const tell = (): void => {
    tellMenus({
      listed: stores.all.length > 0,
      writable: stores.all.some(({ readOnly }) => !readOnly),
      demoRunning: demo.running !== undefined,
    });
  };
  tell();
  return [stores.onDidChange(tell), demo.onDidChange(tell)];
}
