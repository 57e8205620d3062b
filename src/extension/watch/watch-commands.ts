import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { facets, writtenIn } from '../../api/dialect-facets';
import { REST_BASE_PATH } from '../../api/rest-api';
import { names } from '../names';
import type { Handlers } from '../commands/commands';
import { showInformation } from '../messages';
import { pickOne } from '../picks';
import type { ActiveStore } from '../stores/active-store';
import { nameTyped } from '../stores/confirm-write';
import type { Store } from '../stores/store';
import { oneLine, withoutIcons } from '../text';
import { asTreeNode, storeNodeOf } from '../tree/nodes';
import { nameOf, watchedStoreLine } from './watch-status';
import type { WatchedStore, Watching } from './watching';

interface Step extends vscode.QuickPickItem {
  readonly run?: () => Promise<void>;
}

/** The commands for watching the calls of programs. */
export function watchCommands(watching: Watching, active: ActiveStore): Handlers<'watch'> {
  return {
    'watch.start': async (argument) => {
      const node = asTreeNode(argument);
      const store =
        (node === undefined ? undefined : storeNodeOf(node)?.store) ?? (await active.pick(t('Select the store that the program uses')));
      if (store === undefined) return;
      if (watching.of(store) !== undefined) {
        await menu();
        return;
      }
      if (store.problem !== undefined) throw store.problem;
      const allowsWrites = await askForWrites(store);
      if (allowsWrites === undefined) return;
      const watched = await watching.start(store, allowsWrites);
      await vscode.commands.executeCommand(`${names.historyView}.focus`);
      // Not awaited: the command is over once the store is watched, and the notification may stay open for long.
      void offer(watched);
    },
    'watch.menu': menu,
    'watch.copyAddress': async () => {
      const watched = await chosen(t('Select the store to copy the URL of'));
      if (watched !== undefined) await copy(usualAddress(watched));
    },
    'watch.stop': async () => {
      const watched = await chosen(t('Select a store to stop watching'));
      if (watched !== undefined) await watching.stop(watched.store);
    },
  };

  async function offer(watched: WatchedStore): Promise<void> {
    const [copyIt, stop] = [t('Copy URL'), t('Stop')];
    const answer = await showInformation(
      t('Use {address} in your program in place of the URL of {store}. Its calls appear in the history as they happen.', {
        address: usualAddress(watched),
        store: oneLine(nameOf(watched)),
      }),
      copyIt,
      stop,
    );
    if (answer === copyIt) await copy(usualAddress(watched));
    if (answer === stop) await watching.stop(watched.store);
  }

  async function menu(): Promise<void> {
    const steps = watching.all.flatMap((watched): readonly Step[] => [
      { label: watchedStoreLine(watched), kind: vscode.QuickPickItemKind.Separator },
      ...addresses(watched).map(({ title, address }) => ({ label: `$(copy) ${title}`, description: address, run: () => copy(address) })),
      {
        label: `$(history) ${t('Show Calls')}`,
        run: async () => {
          await vscode.commands.executeCommand(`${names.historyView}.focus`);
        },
      },
      {
        label: `$(debug-stop) ${t('Stop Watching {store}', { store: withoutIcons(nameOf(watched)) })}`,
        run: () => watching.stop(watched.store),
      },
    ]);
    if (steps.length === 0) {
      void showInformation(t('No store is being watched.'));
      return;
    }
    await (await pickOne(steps, { placeHolder: t('Watched stores') }))?.run?.();
  }

  async function chosen(question: string): Promise<WatchedStore | undefined> {
    const { all } = watching;
    if (all.length < 2) return all[0];
    const items = all.map((watched) => ({ label: withoutIcons(nameOf(watched)), description: watched.url, watched }));
    return (await pickOne(items, { placeHolder: question }))?.watched;
  }
}

/** Whether writes may pass. `undefined` when the question was dismissed. Nothing is asked if the store may be written to anyway. */
async function askForWrites(store: Store): Promise<boolean | undefined> {
  if (!store.readOnly && store.environment !== 'production') return false;
  const what = store.readOnly
    ? t('{store} is read-only.', { store: oneLine(store.name) })
    : t('{store} is a production store.', { store: oneLine(store.name) });
  const refuse = { label: t('Refuse Writes'), detail: t('Calls that write get a fault and do not reach the store.') };
  const allow = { label: t('Allow Writes This Time'), detail: t('Until you stop watching, the program may change the store.') };
  const answer = await pickOne([refuse, allow], {
    placeHolder: `${what} ${t('Select whether the program may write')}`,
  });
  if (answer === undefined) return undefined;
  if (answer === refuse) return false;
  const sure = await nameTyped(store, t('Allow writes of the program'), what);
  return sure ? true : undefined;
}

async function copy(address: string): Promise<void> {
  await vscode.env.clipboard.writeText(address);
  vscode.window.setStatusBarMessage(t('Copied {address}', { address }), 3000);
}

/** The address that a program most likely uses: the WSDL of the store's dialect, where it is known, or its REST API. */
function usualAddress({ store, url }: WatchedStore): string {
  const dialect = store.config?.dialect ?? store.connection?.dialect;
  if (dialect !== undefined && !('path' in facets[dialect])) return `${url}${REST_BASE_PATH}`;
  return `${url}${facets[writtenIn(dialect)].path}/?wsdl`;
}

function addresses({ url }: WatchedStore): readonly { readonly title: string; readonly address: string }[] {
  return [
    { title: t('Copy URL for V2 and WS-I'), address: `${url}${facets.v2.path}/?wsdl` },
    { title: t('Copy URL for V1'), address: `${url}${facets.v1.path}/?wsdl` },
    { title: t('Copy URL for REST v2'), address: `${url}${REST_BASE_PATH}` },
    { title: t('Copy URL of the Shop'), address: url },
  ];
}
