import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Log } from '../log/log';
import type { Store } from '../stores/store';
import type { StoreSource } from '../stores/store-settings';
import { savedFilter, type SavedFilter } from './saved-filter';

const SECTION = 'mahoSoap.filters';

/** An entry that names its store. Its other properties are not checked. */
const ofStore = z.looseObject({ store: z.string() });

/** A filter and its position in the settings. */
interface ListedFilter {
  readonly filter: SavedFilter;
  readonly source: StoreSource;
  /** Position among the entries of its source. */
  readonly index: number;
}

/** The saved filters of the settings: the user's own first, then those of the workspace. */
export class FilterSettings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly #told = new Set<string>();

  readonly onDidChange = this.#changed.event;

  constructor(private readonly log: Log) {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SECTION)) this.#changed.fire();
    });
  }

  /** The filters for a store. Of several with the same name, the first counts. */
  for(store: Store): readonly SavedFilter[] {
    return this.#listed(store).map(({ filter }) => filter);
  }

  /** Adds a filter to the settings that list its store, so that a team finds both in one file. */
  async add(store: Store, filter: SavedFilter): Promise<void> {
    const source = store.listed?.source ?? 'user';
    await write(source, [...entries()[source], { ...filter, store: nameOf(store) }]);
  }

  /** Replaces a filter of a store. */
  async replace(store: Store, name: string, filter: SavedFilter): Promise<void> {
    const listed = this.#find(store, name);
    if (listed !== undefined)
      await write(
        listed.source,
        entries()[listed.source].map((entry, place) => (place === listed.index ? filter : entry)),
      );
  }

  /**
   * Updates the filters of a store after it was renamed. In an untrusted workspace, the filters of the workspace stay as they are.
   * @param stays whether another store keeps the old name. It then keeps the filters, too
   */
  async storeRenamed(from: string, to: string, stays: boolean): Promise<void> {
    const sources = vscode.workspace.isTrusted ? (['user', 'workspace'] as const) : (['user'] as const);
    for (const source of sources) {
      const before = entries()[source];
      const after = before.flatMap((entry) => {
        const { success, data } = z.safeParse(ofStore, entry);
        return success && data.store === from ? [...(stays ? [entry] : []), { ...data, store: to }] : [entry];
      });
      if (JSON.stringify(after) !== JSON.stringify(before)) await write(source, after);
    }
  }

  /** Removes a filter of a store. Does nothing when no filter has that name. */
  async remove(store: Store, name: string): Promise<void> {
    const listed = this.#find(store, name);
    if (listed !== undefined)
      await write(
        listed.source,
        entries()[listed.source].filter((_, place) => place !== listed.index),
      );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #find(store: Store, name: string): ListedFilter | undefined {
    return this.#listed(store).find(({ filter }) => filter.name === name);
  }

  /**
   * The filters for a store, with their positions. An untrusted workspace has none, because its filters would send requests to the store.
   */
  #listed(store: Store): readonly ListedFilter[] {
    const { user, workspace } = entries();
    const all = [...this.#read(user, 'user'), ...(vscode.workspace.isTrusted ? this.#read(workspace, 'workspace') : [])];
    const own = all.filter(({ filter }) => filter.store === undefined || filter.store === nameOf(store));
    return own.filter(({ filter }, place) => own.findIndex((other) => other.filter.name === filter.name) === place);
  }

  #read(list: readonly unknown[], source: StoreSource): readonly ListedFilter[] {
    return list.flatMap((entry, index) => {
      const { success, data, error } = savedFilter.safeParse(entry);
      if (success) return [{ filter: data, source, index }];
      const problems = error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; ');
      const place = `${SECTION} ${source} ${index} ${problems}`;
      // The tree asks often, but one warning is enough.
      if (!this.#told.has(place)) this.log.warn(`Entry ${index + 1} of ${SECTION} (${source} settings) cannot be used: ${problems}`);
      this.#told.add(place);
      return [];
    });
  }
}

/** The name by which filters refer to a store. */
function nameOf(store: Store): string {
  return store.config?.name ?? store.name;
}

function entries(): Readonly<Record<StoreSource, readonly unknown[]>> {
  const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const own = vscode.workspace.getConfiguration().inspect<unknown>(SECTION);
  return { user: asList(own?.globalValue), workspace: asList(own?.workspaceValue) };
}

async function write(source: StoreSource, value: readonly unknown[]): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(SECTION, value, source === 'user' ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace);
}
