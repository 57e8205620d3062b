import * as vscode from 'vscode';
import { isSoap } from '../../api/dialect';
import { names } from '../names';
import type { ActiveStore } from './active-store';
import type { Store } from './store';

/** Whether a store has REST v2, with or without SOAP, as far as its connection tells. */
export function hasRest(store: Store | undefined): boolean {
  const connection = store?.connection;
  return connection !== undefined && (!isSoap(connection.dialect) || connection.generation?.generation.restPath !== undefined);
}

/**
 * Knows whether any store runs Maho. Only then do menus show REST, since other products keep SOAP. The answer is kept over a reload, so
 * that menus are right before a store is connected.
 */
export class MahoStores implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[] = [];
  #following: vscode.Disposable[] = [];

  constructor(
    private readonly active: ActiveStore,
    private readonly memory: vscode.Memento,
  ) {
    this.#subscriptions.push(
      active.onDidChange(() => {
        this.#follow();
      }),
    );
    this.#follow();
  }

  dispose(): void {
    for (const subscription of [...this.#subscriptions, ...this.#following]) subscription.dispose();
  }

  #follow(): void {
    for (const following of this.#following) following.dispose();
    this.#following = this.active.all.map((store) =>
      store.onDidChange(() => {
        this.#tell();
      }),
    );
    this.#tell();
  }

  #tell(): void {
    const kept = keptMaho(this.memory);
    const known = this.active.all.filter(({ id, connection }) =>
      connection === undefined || connection.product === 'unknown' ? kept.includes(id) : connection.product === 'Maho',
    );
    const ids = known.map(({ id }) => id);
    tellMaho(ids.length > 0);
    if (ids.length === kept.length && ids.every((id) => kept.includes(id))) return;
    void this.memory.update(names.mahoStoresKey, ids);
  }
}

/** IDs of the stores that ran Maho when they were last connected. */
function keptMaho(memory: vscode.Memento): readonly string[] {
  const kept = memory.get<unknown>(names.mahoStoresKey);
  return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : [];
}

function tellMaho(there: boolean): void {
  void vscode.commands.executeCommand('setContext', names.mahoContext, there);
}
