import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import { storeConfig, storeCorrections, type StoreConfig } from '../../store/settings/config';
import { expandAddress, expandStore } from '../../store/settings/variables';
import { guardsByShop, guardsOf, withGuards, type SourcedGuards, type StoreSource } from './guards';
import { storeId } from './store-id';

export type { StoreSource } from './guards';

/** A store of the settings, with its configuration or with the problem that prevents its use. */
export interface ListedStore {
  /** Stays the same as long as address, user and dialect do. */
  readonly id: string;
  readonly name: string;
  readonly source: StoreSource;
  /** With variables replaced. `undefined` when there is a problem. */
  readonly config: StoreConfig | undefined;
  readonly problem: ToolkitError | undefined;
}

const SECTION = 'mahoSoap.stores';

/** Properties that people write into settings although secrets do not belong there. */
const secretProperties = ['key', 'apiKey', 'api_key', 'password', 'webPassword'];

/**
 * The stores of the settings: the user's own first, then those of the workspace. Both are listed, since the stores of a team do not replace
 * the user's own.
 */
export class StoreSettings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = [
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SECTION)) this.#changed.fire();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#changed.fire();
      }),
    ];
  }

  /** The current stores of the settings, including those with a problem. */
  list(): readonly ListedStore[] {
    const { user, workspace } = entries();
    const listed = [
      ...user.map((entry) => ({ entry, store: listedStore(entry, 'user') })),
      ...workspace.map((entry) => ({ entry, store: listedStore(entry, 'workspace') })),
    ];
    const guarded = guardsByShop(
      listed.flatMap(({ entry, store: { source, config } }): SourcedGuards[] => {
        if (config !== undefined) return [{ source, guards: config }];
        const guards = guardsOf(entry, written(entry));
        // Whatever else is wrong with an entry, its address says which shop its restrictions apply to.
        return guards === undefined ? [] : [{ source, guards: expandAddress(guards, process.env) ?? guards }];
      }),
    );
    return withDistinctIds(
      listed.map(({ store }) =>
        store.config === undefined ? store : { ...store, config: withGuards(store.config, store.source, guarded) },
      ),
    );
  }

  /** Adds a store to the user's settings or to the workspace's. */
  async add(config: StoreConfig, source: StoreSource): Promise<void> {
    await this.#write(source, [...entries()[source], config]);
  }

  /** Removes every entry that refers to this store. */
  async remove(store: ListedStore): Promise<void> {
    const others = withDistinctIds(entries()[store.source].map((entry) => listedStore(entry, store.source)));
    await this.#write(
      store.source,
      entries()[store.source].filter((_, index) => others[index]?.id !== store.id),
    );
  }

  /** The entry of a store as written in the settings, with variables. `undefined` when it is not a valid store. */
  entryOf(store: ListedStore): StoreConfig | undefined {
    const { success, data } = storeConfig.safeParse(entries()[store.source][placeOf(store)]);
    return success ? data : undefined;
  }

  /** Replaces the entry of a store. */
  async replace(store: ListedStore, config: StoreConfig): Promise<void> {
    const at = placeOf(store);
    await this.#write(
      store.source,
      entries()[store.source].map((entry, place) => (place === at ? config : entry)),
    );
  }

  async #write(source: StoreSource, value: readonly unknown[]): Promise<void> {
    const target = source === 'user' ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
    await vscode.workspace.getConfiguration().update(SECTION, value, target);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }
}

/** The position of a store among the entries of its source. -1 when it is no longer there. */
function placeOf({ id, source }: ListedStore): number {
  return withDistinctIds(entries()[source].map((entry) => listedStore(entry, source))).findIndex((listed) => listed.id === id);
}

/** The unchecked entries of the settings. */
function entries(): Readonly<Record<StoreSource, readonly unknown[]>> {
  const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const own = vscode.workspace.getConfiguration().inspect<unknown>(SECTION);
  return { user: asList(own?.globalValue), workspace: asList(own?.workspaceValue) };
}

function listedStore(entry: unknown, source: StoreSource): ListedStore {
  const named = z.safeParse(z.looseObject({ name: z.string() }), entry);
  const name = named.success && named.data.name.trim() !== '' ? named.data.name.trim() : t('Unnamed store');
  const parsed = z.safeParse(storeConfig, entry);
  if (!parsed.success) {
    return { id: `${source}:invalid:${name}`, name, source, config: undefined, problem: invalid(storeCorrections(parsed.error)) };
  }
  const config = parsed.data;
  const known = { id: storeId(source, config), name, source };
  const secret = secretProperties.find((property) => named.success && Object.hasOwn(named.data, property));
  if (secret !== undefined) return { ...known, config: undefined, problem: secretInSettings(secret) };
  // A workspace that is not trusted gets nothing from the environment. It does not even learn which variables are set.
  if (source === 'workspace' && !vscode.workspace.isTrusted) return { ...known, config: undefined, problem: untrusted() };
  try {
    return { ...known, config: expandStore(config, process.env), problem: undefined };
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return { ...known, config: undefined, problem: error };
  }
}

/** A store as written in the settings, variables not replaced. */
function written(entry: unknown): StoreConfig | undefined {
  const parsed = z.safeParse(storeConfig, entry);
  return parsed.success ? parsed.data : undefined;
}

/** Two entries for the very same store are two rows of the tree, so each needs an ID. */
function withDistinctIds(stores: readonly ListedStore[]): readonly ListedStore[] {
  const seen = new Map<string, number>();
  return stores.map((store) => {
    const times = seen.get(store.id) ?? 0;
    seen.set(store.id, times + 1);
    return times === 0 ? store : { ...store, id: `${store.id}#${times}` };
  });
}

function invalid(why: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'store-setting',
    what: t('This entry of the setting mahoSoap.stores cannot be used.'),
    why,
    next: t('Correct it in the settings.'),
  });
}

function secretInSettings(property: string): ToolkitError {
  return new ToolkitError('policy', {
    code: 'key-in-settings',
    what: t('The settings contain "{property}" for this store.', { property }),
    why: t('Settings are synchronised and committed, so API keys are never read from them.'),
    next: t('Remove "{property}" from the settings, change the API key in the shop\'s admin, and enter the new one when you are asked.', {
      property,
    }),
  });
}

function untrusted(): ToolkitError {
  return new ToolkitError('policy', {
    code: 'untrusted-workspace',
    what: t('This store is not contacted.'),
    why: t('It comes from the settings of a workspace that you have not trusted, and every contacted store sees your API key.'),
    next: t('Trust the workspace if you know who wrote its settings.'),
  });
}
