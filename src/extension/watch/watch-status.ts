import * as vscode from 'vscode';
import { liveStatus } from '../live-status';
import { count, withoutIcons } from '../text';
import type { WatchedStore, Watching } from './watching';

/** The status bar item of watched stores: where programs reach them, and how many calls have passed. */
export function watchStatus(watching: Watching): vscode.Disposable {
  return liveStatus({
    id: 'mahoSoap.watch',
    name: 'Maho SOAP watched stores',
    command: 'mahoSoap.watch.menu',
    onDidChange: watching.onDidChange,
    look: () => {
      const { all } = watching;
      const [first, ...more] = all;
      void vscode.commands.executeCommand('setContext', 'mahoSoap.watching', first !== undefined);
      if (first === undefined) return undefined;
      const what = more.length === 0 ? `${withoutIcons(nameOf(first))} at ${hostOf(first)}` : `${count(all.length)} stores`;
      return {
        text: `$(eye) Watching ${what}`,
        tooltip: [...all.map(told), 'Click to copy the address or to stop'].join('\n'),
        label: `Watching ${what}`,
        warns: all.some(({ allowsWrites }) => allowsWrites),
      };
    },
  });
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
