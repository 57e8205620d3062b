import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { environmentName } from './environments';
import { usualDialect } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { ambiguousStore } from '../../store/settings/config';
import type { DemoHost, RunningDemo } from './demo-host';
import { showInformation } from '../messages';
import { pickOne } from '../picks';
import { oneLine, withoutIcons } from '../text';
import { storesNamed, namesOf } from './same-name';
import type { Store } from './store';
import type { Stores } from './stores';

/** The memento key of the active store's ID. Each workspace has its own. */
const STATE_KEY = 'mahoSoap.activeStore';

/**
 * The store that requests and code run on unless they name another store. It is remembered for each workspace and shown in the status bar.
 * If there are several stores, none is chosen without asking.
 */
export class ActiveStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];

  /** Fires when another store becomes active, or when the stores to choose from change. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly stores: Pick<Stores, 'all' | 'onDidChange'>,
    private readonly demo: Pick<DemoHost, 'onDidChange'> & { readonly running: Pick<RunningDemo, 'stores'> | undefined },
    private readonly memory: vscode.Memento,
  ) {
    this.#subscriptions = [stores, demo].map(({ onDidChange }) =>
      onDidChange(() => {
        this.#changed.fire();
      }),
    );
  }

  /** All stores: those of the settings, then the demo store once for each SOAP dialect. */
  get all(): readonly Store[] {
    return [...this.stores.all, ...(this.demo.running?.stores ?? [])];
  }

  /** The active store: the one that was chosen, or the only one there is. The demo store counts as one store, and V2 is used for it. */
  get current(): Store | undefined {
    const chosen = this.memory.get<unknown>(STATE_KEY);
    const listed = this.stores.all;
    const demo = this.demo.running?.stores ?? [];
    const only = listed.length === 0 ? demo.find(({ config }) => config?.dialect === usualDialect) : listed[0];
    return this.all.find(({ id }) => id === chosen) ?? (listed.length + (demo.length > 0 ? 1 : 0) === 1 ? only : undefined);
  }

  /** All names of stores, each as often as the number of stores it may refer to. */
  get names(): readonly string[] {
    return namesOf(this.all);
  }

  /**
   * The stores that a name in a request file may refer to. Entries for the same store count once. The demo store is `Demo store, V2` and so
   * on.
   */
  allNamed(name: string): readonly Store[] {
    return storesNamed(name, this.all);
  }

  /**
   * The store with this name.
   * @throws {ToolkitError} of kind `input`, `store-ambiguous`: the wrong store may be a production store
   */
  named(name: string): Store | undefined {
    const [store, ...others] = this.allNamed(name);
    if (others.length > 0)
      throw ambiguousStore(
        name,
        t('The settings of the user and of the workspace list {count} stores with this name.', { count: others.length + 1 }),
      );
    return store;
  }

  /** Makes a store the active one of this workspace. */
  async use(store: Store): Promise<void> {
    await this.memory.update(STATE_KEY, store.id);
    this.#changed.fire();
  }

  /**
   * The active store. If none is active yet, asks for one and remembers the choice.
   * @param question the title of the quick pick, such as `Which store is this to run on?`
   * @returns `undefined` when no store was chosen
   */
  async needed(question: string): Promise<Store | undefined> {
    return this.current ?? (await this.choose(question));
  }

  /**
   * A store to write to: the active store, unless it is read-only. In that case asks for another one, which does not become the active
   * store.
   * @returns `undefined` when no store was chosen
   * @throws {ToolkitError} of kind `policy` when every store is read-only
   */
  async neededToWrite(question: string): Promise<Store | undefined> {
    const { current, writable } = this;
    if (current === undefined) return await this.choose(question, writable);
    return current.readOnly ? await this.pick(question, writable) : current;
  }

  /**
   * The stores that may be written to.
   * @throws {ToolkitError} of kind `policy` when there are stores and all are read-only
   */
  get writable(): readonly Store[] {
    const writable = this.all.filter(({ readOnly }) => !readOnly);
    if (this.all.length > 0 && writable.length === 0)
      throw new ToolkitError('policy', {
        code: 'read-only',
        what: t('Every store is set to read-only.'),
        next: t('Edit the store to allow writes.'),
      });
    return writable;
  }

  /** Asks for a store, even if one is active, and makes it the active one. If there are no stores, offers the two ways to get one. */
  async choose(question: string, among: readonly Store[] = this.all): Promise<Store | undefined> {
    const chosen = await this.pick(question, among);
    if (chosen !== undefined) await this.use(chosen);
    return chosen;
  }

  /** Like {@link choose}, but does not change the active store. */
  async pick(question: string, among: readonly Store[] = this.all): Promise<Store | undefined> {
    const { all, current } = this;
    if (all.length === 0) {
      const add = t('Add Store');
      const demo = t('Start Demo Store');
      const chosen = await showInformation(t('No stores yet.'), add, demo);
      if (chosen !== undefined) await vscode.commands.executeCommand(chosen === add ? 'mahoSoap.store.add' : 'mahoSoap.demo.start');
      // Once there is a store, continue with the action that needed it.
      return this.all.length === 0 ? undefined : await this.needed(question);
    }
    const items = among.map((store) => ({
      label: withoutIcons(store.config?.name ?? store.name),
      description: [
        store.environment && environmentName(store.environment),
        store.readOnly ? t('read-only') : undefined,
        store === current ? t('active') : undefined,
      ]
        .filter((part) => part !== undefined)
        .join(', '),
      detail: withoutIcons(store.config?.url ?? ''),
      store,
    }));
    return (await pickOne(items, { placeHolder: oneLine(question), matchOnDetail: true }))?.store;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }
}
