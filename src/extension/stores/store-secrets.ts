import type { StoreConfig } from '../../store/settings/config';
import { expandStore } from '../../store/settings/variables';
import type { ApiKeys, KeyOwner, SecretKind } from './api-keys';
import type { ListedStore, StoreSource } from './store-settings';

/** The owner of each secret of a store. */
const owners: Readonly<Record<SecretKind, (config: StoreConfig, source?: StoreSource) => KeyOwner | undefined>> = {
  api: ({ name, url, user, caFile }, source) => ({ name, url, user, ...marked(source, caFile) }),
  web: ({ name, url, webUser, caFile }, source) =>
    webUser === undefined ? undefined : { name, url, user: webUser, ...marked(source, caFile) },
};

function marked(source: StoreSource | undefined, caFile: string | undefined): Pick<KeyOwner, 'workspace'> {
  return source === 'workspace' ? { workspace: { caFile } } : {};
}

const kinds = ['api', 'web'] as const satisfies readonly SecretKind[];

/** The user's input about a store's key. */
export interface KeyAnswer {
  /** Empty when the key is to stay as it is, or is to be asked for later. */
  readonly key: string;
  /** Keep it in memory only. */
  readonly sessionOnly: boolean;
  /** The settings that list the entry. */
  readonly source?: StoreSource | undefined;
}

/**
 * Keeps the secrets of stores up to date when stores are added, changed and removed. Stores with the same address and user share their
 * secrets.
 */
export class StoreSecrets {
  /** @param listed the current stores of the settings */
  constructor(
    private readonly keys: Pick<ApiKeys, 'get' | 'keep' | 'forget' | 'sessionOnly' | 'wishSessionOnly'>,
    private readonly listed: () => readonly ListedStore[],
  ) {}

  /** A secret, if it is known and may be used for an entry of this source. */
  async get(kind: SecretKind, config: StoreConfig | undefined, source?: StoreSource): Promise<string | undefined> {
    const owner = config === undefined ? undefined : owners[kind](config, source);
    return owner === undefined ? undefined : await this.keys.get(kind, owner);
  }

  /** Whether the key of a store is kept in memory only. */
  sessionOnly(config: StoreConfig): boolean {
    const owner = owners.api(config);
    return owner !== undefined && this.keys.sessionOnly('api', owner);
  }

  /**
   * Files the key under the store's current address and user. Secrets that were not changed move along.
   * @param config as written in the settings
   * @param before the earlier store with variables replaced, `undefined` for a new one
   */
  async keep(config: StoreConfig, { key, sessionOnly, source }: KeyAnswer, before: StoreConfig | undefined): Promise<void> {
    const now = expandStore(config, process.env);
    await this.#file('api', before, now, { key, sessionOnly, source });
    const web = before === undefined ? undefined : owners.web(before);
    if (web !== undefined) await this.#file('web', before, now, { key: '', sessionOnly: this.keys.sessionOnly('web', web), source });
  }

  /** Forgets the secrets of a store that was removed or changed, unless another entry uses them. */
  async forgetUnused(before: StoreConfig | undefined): Promise<void> {
    if (before === undefined) return;
    const used = this.listed().flatMap(({ config }) => config ?? []);
    for (const kind of kinds) {
      const owner = owners[kind](before);
      if (owner !== undefined && !used.some((config) => sameOwner(owners[kind](config), owner))) await this.keys.forget(kind, owner);
    }
  }

  /** Forgets the key of a store and the password of the web server in front of it, even if other entries use them. */
  async forget(config: StoreConfig): Promise<void> {
    for (const kind of kinds) {
      const owner = owners[kind](config);
      if (owner !== undefined) await this.keys.forget(kind, owner);
    }
  }

  async #file(
    kind: SecretKind,
    before: StoreConfig | undefined,
    now: StoreConfig,
    { key: typed, sessionOnly, source }: KeyAnswer,
  ): Promise<void> {
    const from = before === undefined ? undefined : owners[kind](before);
    // A secret that was typed is meant for this entry. A secret that moves along does not count as consent.
    const to = owners[kind](now, typed === '' ? undefined : source);
    if (to === undefined) return;
    const secret = typed === '' && from !== undefined ? await this.keys.get(kind, from) : typed;
    if (secret === undefined || secret === '') {
      if (sessionOnly || before !== undefined) this.keys.wishSessionOnly(kind, to, sessionOnly);
      return;
    }
    const stays = typed === '' && sameOwner(from, to) && this.keys.sessionOnly(kind, to) === sessionOnly;
    if (!stays) await this.keys.keep(kind, to, secret, { sessionOnly });
  }
}

function sameOwner(one: KeyOwner | undefined, other: KeyOwner | undefined): boolean {
  return one?.url === other?.url && one?.user === other?.user;
}
