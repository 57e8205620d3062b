import type * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { dialectLabels } from '../../api/dialect';
import { withoutIcons } from '../text';
import type { ActiveStore } from './active-store';
import type { KeptStatusItem } from './kept-status';
import type { Store } from './store';
import { environmentName, type Environment } from './environments';

/** VS Code allows two background colours for a status bar item. Development has no background. */
const backgrounds: Readonly<Record<Environment, string | undefined>> = {
  production: 'statusBarItem.errorBackground',
  staging: 'statusBarItem.warningBackground',
  development: undefined,
};

/** Shows the active store in the status bar, in the colour of its environment. A click offers the other stores. */
export class ActiveStoreStatus implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #following: vscode.Disposable | undefined;

  /** @param show draws the item, or hides it. The second one is for the next time the window opens */
  constructor(
    private readonly active: ActiveStore,
    private readonly show: (now: KeptStatusItem | undefined, again: KeptStatusItem | undefined) => void,
  ) {
    this.#subscription = active.onDidChange(() => {
      this.#show();
    });
    this.#show();
  }

  dispose(): void {
    this.#following?.dispose();
    this.#subscription.dispose();
  }

  #show(): void {
    const { all, current } = this.active;
    this.#following?.dispose();
    this.#following = current?.onDidChange(() => {
      this.#show();
    });
    // When the window opens again, neither the demo store nor a connection is there yet.
    const goes = all.length === 0 || (current !== undefined && current.listed === undefined);
    this.show(all.length === 0 ? undefined : itemOf(current), goes ? undefined : itemOf(current, false));
  }
}

function itemOf(current: Store | undefined, connected = true): KeptStatusItem {
  const name = current === undefined ? t('Select store') : (current.config?.name ?? current.name);
  const about = current === undefined ? [t('No store is active')] : aboutStore(current, connected);
  return {
    // The environment is named as well, because high contrast themes leave the colours out.
    text: `$(server-environment) ${withoutIcons(name)}${current?.environment === undefined ? '' : ` (${environmentName(current.environment)})`}`,
    tooltip: [...about, t('Click to select another store')].join('\n'),
    label: [t('Active store'), withoutIcons(name), current?.environment && environmentName(current.environment)]
      .filter((part) => part !== undefined)
      .join(', '),
    background: current?.environment === undefined ? undefined : backgrounds[current.environment],
    color: current?.environment === 'development' ? 'mahoSoap.development' : undefined,
  };
}

/** The lines of the tooltip. */
function aboutStore(store: Store, connected: boolean): readonly string[] {
  const { config, environment } = store;
  const connection = connected ? store.connection : undefined;
  return [
    t('Requests run on {name}', { name: config?.name ?? store.name }),
    ...(environment === undefined ? [] : [t('Environment: {environment}', { environment: environmentName(environment) })]),
    ...(config?.readOnly === true ? [t('Read-only: writes are refused')] : []),
    ...(config === undefined ? [] : [config.url]),
    ...(connection === undefined ? [] : [`${connection.product}, ${dialectLabels[connection.dialect]}`]),
  ];
}
