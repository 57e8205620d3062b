import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { confirmed } from '../messages';
import { openList } from '../picks';
import { withoutIcons } from '../text';
import type { KeptFile } from '../../files/kept-files';

/** What is kept of customers, as it is offered. */
export interface Shelf<T> {
  readonly title: string;
  /** The latest first. */
  readonly kept: readonly KeptFile<T>[];
  readonly words: (kept: KeptFile<T>) => Pick<vscode.QuickPickItem, 'label' | 'description' | 'detail'>;
  /** Name of the store that something was kept of. */
  readonly storeOf: (kept: T) => string;
  /** Name of the store whose own come first; those of others stand below. */
  readonly first: string | undefined;
  readonly forget: (kept: KeptFile<T>) => Promise<void>;
}

interface Item<T> extends vscode.QuickPickItem {
  readonly kept?: KeptFile<T>;
}

function removeButton(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Delete This Copy') };
}

/**
 * Lets the user choose among what is kept, store by store, and delete what is no longer needed.
 * @param several whether more than one may be chosen
 * @returns `none` when nothing is kept, `undefined` when nothing was chosen
 */
export async function pickKept<T>(
  shelf: Shelf<T>,
  placeholder: string,
  several: boolean,
): Promise<readonly KeptFile<T>[] | 'none' | undefined> {
  if (shelf.kept.length === 0) return 'none';
  const pick = openList<Item<T>>();
  Object.assign(pick, { title: shelf.title, placeholder, canSelectMany: several, matchOnDescription: true, matchOnDetail: true });
  pick.items = itemsOf(shelf, shelf.kept);
  try {
    return await new Promise((resolve, reject) => {
      let left = shelf.kept;
      let asking = false;
      pick.onDidTriggerItemButton(({ item: { kept } }) => {
        if (kept === undefined) return;
        asking = true;
        void asked(kept, shelf).then((gone) => {
          // The question had the keyboard.
          asking = false;
          pick.show();
          if (!gone) return;
          left = left.filter((other) => other !== kept);
          if (left.length === 0) resolve(undefined);
          else pick.items = itemsOf(shelf, left);
        }, reject);
      });
      pick.onDidAccept(() => {
        resolve((several ? pick.selectedItems : pick.activeItems).flatMap(({ kept }) => kept ?? []));
      });
      pick.onDidHide(() => {
        if (!asking) resolve(undefined);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** Deletes a copy once that was confirmed: nothing brings it back. */
async function asked<T>(kept: KeptFile<T>, { words, forget }: Shelf<T>): Promise<boolean> {
  const { label, description, detail } = words(kept);
  const sure = await confirmed(
    t('Delete the copy of {label} that is kept here?', { label }),
    [description, detail, t('The store itself is left alone.')].filter((part) => part !== undefined).join('. '),
    t('Delete Copy'),
  );
  if (sure) await forget(kept);
  return sure;
}

function itemsOf<T>({ words, storeOf, first }: Shelf<T>, kept: readonly KeptFile<T>[]): readonly Item<T>[] {
  const stores = [...new Set(kept.map((one) => storeOf(one.kept)))].sort(
    (a, b) => Number(b === first) - Number(a === first) || a.localeCompare(b),
  );
  return stores.flatMap((store): readonly Item<T>[] => [
    { label: withoutIcons(store), kind: vscode.QuickPickItemKind.Separator },
    ...kept.filter((one) => storeOf(one.kept) === store).map((one) => ({ ...words(one), kept: one, buttons: [removeButton()] })),
  ]);
}
