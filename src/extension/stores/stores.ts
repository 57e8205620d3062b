import * as vscode from 'vscode';
import type { Exchange } from '../../store/wire/exchange';
import type { ApiKeys, KeyOwner } from './api-keys';
import { Store } from './store';
import type { ListedStore, StoreSettings } from './store-settings';

/** The stores of the settings as long-lived objects. A store whose entry did not change keeps its connection. */
export class Stores implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #stores: readonly Store[] = [];

  /** Fires when the list changed. Changes within a store do not fire it. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly settings: StoreSettings,
    private readonly keys: ApiKeys,
    private readonly onExchange: (exchange: Exchange) => void,
  ) {
    this.#update();
    this.#subscription = settings.onDidChange(() => {
      this.#update();
      this.#changed.fire();
    });
  }

  /** The stores of the settings, in the same order. */
  get all(): readonly Store[] {
    return this.#stores;
  }

  /** Ends the sessions. Never rejects: a store that cannot be reached ends its session after an hour. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#stores.map((store) => store.close()));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    for (const store of this.#stores) store.dispose();
  }

  #update(): void {
    const before = new Map(this.#stores.map((store) => [fingerprint(store.listed), store]));
    this.#stores = this.settings.list().map((listed) => {
      const kept = before.get(fingerprint(listed));
      before.delete(fingerprint(listed));
      return kept ?? this.#open(listed);
    });
    for (const gone of before.values()) gone.dispose();
  }

  #open(listed: ListedStore): Store {
    const { id, name, config, problem } = listed;
    return new Store(
      { id, name, config, problem, listed },
      {
        key: async () => await this.keys.get('api', apiUser(listed)),
        webPassword: async () => await this.keys.get('web', webUser(listed)),
        askKey: async () => await this.keys.ask('api', apiUser(listed)),
        onKeyRefused: async () => {
          await this.keys.forget('api', apiUser(listed));
        },
        onExchange: this.onExchange,
      },
    );
  }
}

/** The owner of a store's API key. */
export function apiUser({ name, config, source }: ListedStore): KeyOwner {
  return {
    name,
    url: config?.url ?? '',
    user: config?.user ?? '',
    workspace: source === 'workspace' ? { caFile: config?.caFile } : undefined,
  };
}

/** The owner of the password of the web server's own login. */
export function webUser({ name, config, source }: ListedStore): KeyOwner {
  return {
    name,
    url: config?.url ?? '',
    user: config?.webUser ?? '',
    workspace: source === 'workspace' ? { caFile: config?.caFile } : undefined,
  };
}

/** Equal for entries that need the same connection. */
function fingerprint(listed: ListedStore | undefined): string {
  return JSON.stringify([listed?.id, listed?.config ?? listed?.name, listed?.problem?.code]);
}
