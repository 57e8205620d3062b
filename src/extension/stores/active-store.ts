import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { environmentName } from './environments';
import { usualDialect } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { ambiguousStore } from '../../store/settings/config';
import type { DemoHost, RunningDemo } from './demo-host';
import { inform } from '../messages';
import { pickOne } from '../picks';
import { oneLine, withoutIcons } from '../text';
import { calledSo, namesOf } from './same-name';
import type { Store } from './store';
import type { Stores } from './stores';

/** Where the ID of the active store is kept: each workspace has its own. */
const STATE_KEY = 'mahoSoap.activeStore';

/**
 * The store that requests and code run on unless they name another. It is remembered per workspace and shown in the
 * status bar; nothing is chosen silently when there are several.
 */
export class ActiveStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];

  /** Another store is active, or the stores to choose from changed. */
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

  /** Every store that there is: those of the settings, then the demo store once for each dialect. */
  get all(): readonly Store[] {
    return [...this.stores.all, ...(this.demo.running?.stores ?? [])];
  }

  /** The active store: the one that was chosen, or the only one there is. The demo store is one store, and meant over V2. */
  get current(): Store | undefined {
    const chosen = this.memory.get<unknown>(STATE_KEY);
    const listed = this.stores.all;
    const demo = this.demo.running?.stores ?? [];
    const only = listed.length === 0 ? demo.find(({ config }) => config?.dialect === usualDialect) : listed[0];
    return this.all.find(({ id }) => id === chosen) ?? (listed.length + (demo.length > 0 ? 1 : 0) === 1 ? only : undefined);
  }

  /** Every name once for each store that it may mean. */
  get names(): readonly string[] {
    return namesOf(this.all);
  }

  /**
   * The stores that a name may mean, as request files name them; entries for the same store count once. The demo store is `Demo store, V2`
   * and so on.
   */
  allNamed(name: string): readonly Store[] {
    return calledSo(name, this.all);
  }

  /**
   * A store by its name.
   * @throws {ToolkitError} of kind `input`, `store-ambiguous`: the wrong one may be a production store
   */
  named(name: string): Store | undefined {
    const [store, ...others] = this.allNamed(name);
    if (others.length > 0)
      throw ambiguousStore(
        name,
        t('The settings of the user and of the workspace list {count} stores of that name.', { count: others.length + 1 }),
      );
    return store;
  }

  /** Makes a store the active one of this workspace. */
  async use(store: Store): Promise<void> {
    await this.memory.update(STATE_KEY, store.id);
    this.#changed.fire();
  }

  /**
   * The active store; asks for one when none is active yet, and keeps the answer.
   * @param question what the quick pick asks, such as `Which store is this to run on?`
   * @returns `undefined` when no store was chosen
   */
  async needed(question: string): Promise<Store | undefined> {
    return this.current ?? (await this.choose(question));
  }

  /**
   * A store to write to: the active one, unless it is read-only. Asks for another then, which does not become the active one.
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
   * @throws {ToolkitError} of kind `policy` when there are stores and every one is read-only
   */
  get writable(): readonly Store[] {
    const writable = this.all.filter(({ readOnly }) => !readOnly);
    if (this.all.length > 0 && writable.length === 0)
      throw new ToolkitError('policy', {
        code: 'read-only',
        what: t('Every store is set to read-only.'),
        next: t('Edit the store that may be written to.'),
      });
    return writable;
  }

  /** Asks for a store, also when one is active, and makes it the active one. Offers the two ways to a first store when there is none. */
  async choose(question: string, among: readonly Store[] = this.all): Promise<Store | undefined> {
    const chosen = await this.pick(question, among);
    if (chosen !== undefined) await this.use(chosen);
    return chosen;
  }

  /** Like {@link choose}, but the active store stays. */
  async pick(question: string, among: readonly Store[] = this.all): Promise<Store | undefined> {
    const { all, current } = this;
    if (all.length === 0) {
      const add = t('Add Store');
      const demo = t('Start Demo Store');
      const chosen = await inform(t('No stores yet.'), add, demo);
      if (chosen !== undefined) await vscode.commands.executeCommand(chosen === add ? 'mahoSoap.store.add' : 'mahoSoap.demo.start');
      // Once there is a store, go on with what it was needed for.
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
