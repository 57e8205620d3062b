import * as vscode from 'vscode';
import { plural, t } from '../../l10n/texts';
import { liveStatus } from '../live-status';
import { withoutIcons } from '../text';
import type { WatchedStore, Watching } from './watching';

/** The status bar item for watched stores: the addresses for programs, and the number of calls. */
export function watchStatus(watched: Watching): vscode.Disposable {
  return liveStatus({
    id: 'mahoSoap.watch',
    name: t('Maho SOAP watched stores'),
    command: 'mahoSoap.watch.menu',
    onDidChange: watched.onDidChange,
    state: () => {
      const { all } = watched;
      const [first, ...more] = all;
      void vscode.commands.executeCommand('setContext', 'mahoSoap.watching', first !== undefined);
      if (first === undefined) return undefined;
      const watching =
        more.length === 0
          ? t('Watching {store} at {host}', { store: withoutIcons(nameOf(first)), host: hostOf(first) })
          : plural(all.length, 'Watching {count} store', 'Watching {count} stores');
      return {
        text: `$(eye) ${watching}`,
        tooltip: [...all.map(watchedStoreLine), t('Click to copy the URL or to stop')].join('\n'),
        label: watching,
        warns: all.some(({ allowsWrites }) => allowsWrites),
      };
    },
  });
}

/** A watched store in one line. */
export function watchedStoreLine({ store, url, calls, refused, allowsWrites }: WatchedStore): string {
  return [
    t('{store} at {url}', { store: withoutIcons(nameOf({ store })), url }),
    plural(calls, '{count} call', '{count} calls'),
    ...(refused > 0 ? [plural(refused, '{count} refused', '{count} refused')] : []),
    ...(allowsWrites ? [t('writes are allowed')] : []),
  ].join(', ');
}

/** The name of a store in the settings. */
export function nameOf({ store }: Pick<WatchedStore, 'store'>): string {
  return store.config?.name ?? store.name;
}

function hostOf({ url }: WatchedStore): string {
  return new URL(url).host;
}
