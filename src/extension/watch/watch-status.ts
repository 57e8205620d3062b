import * as vscode from 'vscode';
import { count, withoutIcons } from '../text';
import type { WatchedStore, Watching } from './watching';

/** The status bar item of watched stores: where programs reach them, and how many calls have passed. */
export class WatchStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('mahoSoap.watch', vscode.StatusBarAlignment.Left);
  readonly #subscription: vscode.Disposable;

  constructor(private readonly watching: Watching) {
    this.#item.name = 'Maho SOAP watched stores';
    this.#item.command = 'mahoSoap.watch.menu';
    this.#subscription = watching.onDidChange(() => {
      this.#show();
    });
    this.#show();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const { all } = this.watching;
    const [first, ...more] = all;
    void vscode.commands.executeCommand('setContext', 'mahoSoap.watching', first !== undefined);
    if (first === undefined) {
      this.#item.hide();
      return;
    }
    const what = more.length === 0 ? `${withoutIcons(nameOf(first))} at ${hostOf(first)}` : `${count(all.length)} stores`;
    this.#item.text = `$(eye) Watching ${what}`;
    this.#item.tooltip = [...all.map(told), 'Click to copy the address or to stop'].join('\n');
    this.#item.accessibilityInformation = { label: `Watching ${what}`, role: 'button' };
    const allows = all.some(({ allowsWrites }) => allowsWrites);
    this.#item.backgroundColor = allows ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}

/** What is said of a watched store in a line. */
export function told({ store, url, calls, refused, allowsWrites }: WatchedStore): string {
  return [
    `${withoutIcons(nameOf({ store }))} at ${url}`,
    calls === 1 ? '1 call' : `${count(calls)} calls`,
    ...(refused > 0 ? [`${count(refused)} refused`] : []),
    ...(allowsWrites ? ['writes are allowed'] : []),
  ].join(', ');
}

/** The name of a store as the settings have it. */
export function nameOf({ store }: Pick<WatchedStore, 'store'>): string {
  return store.config?.name ?? store.name;
}

function hostOf({ url }: WatchedStore): string {
  return new URL(url).host;
}
