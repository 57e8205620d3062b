import * as vscode from 'vscode';
import { dialectLabels } from '../../api/dialect';
import { withoutIcons } from '../text';
import type { ActiveStore } from './active-store';
import type { Store } from './store';
import type { Environment } from './environments';

/** VS Code offers two colours for the background of a status bar item; development needs none. */
const backgrounds: Readonly<Record<Environment, string | undefined>> = {
  production: 'statusBarItem.errorBackground',
  staging: 'statusBarItem.warningBackground',
  development: undefined,
};

/** The active store in the status bar, in the colour of its environment. A click chooses another one. */
export class ActiveStoreStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('mahoSoap.activeStore', vscode.StatusBarAlignment.Left, 10);
  readonly #subscription: vscode.Disposable;
  #following: vscode.Disposable | undefined;

  constructor(private readonly active: ActiveStore) {
    this.#item.name = 'Maho SOAP active store';
    this.#item.command = 'mahoSoap.store.use';
    this.#subscription = active.onDidChange(() => { this.#show(); });
    this.#show();
  }

  dispose(): void {
    this.#following?.dispose();
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const { all, current } = this.active;
    this.#following?.dispose();
    this.#following = current?.onDidChange(() => { this.#show(); });
    if (all.length === 0) {
      this.#item.hide();
      return;
    }
    const name = current === undefined ? 'Choose store' : (current.config?.name ?? current.name);
    const background = current?.environment === undefined ? undefined : backgrounds[current.environment];
    this.#item.text = `$(server-environment) ${withoutIcons(name)}`;
    this.#item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    this.#item.color = current?.environment === 'development' ? new vscode.ThemeColor('mahoSoap.development') : undefined;
    const about = current === undefined ? ['No store is active'] : aboutStore(current);
    this.#item.tooltip = [...about, 'Click to choose another store'].join('\n');
    this.#item.accessibilityInformation = { label: ['Active store', withoutIcons(name), current?.environment].filter((part) => part !== undefined).join(', '), role: 'button' };
    this.#item.show();
  }
}

/** Lines of the tooltip. */
function aboutStore(store: Store): readonly string[] {
  const { config, connection, environment } = store;
  return [
    `Requests run on ${config?.name ?? store.name}`,
    ...(environment === undefined ? [] : [`Environment: ${environment}`]),
    ...(config?.readOnly === true ? ['Read-only: writes are refused'] : []),
    ...(config === undefined ? [] : [config.url]),
    ...(connection === undefined ? [] : [`${connection.product}, ${dialectLabels[connection.dialect]}`]),
  ];
}
