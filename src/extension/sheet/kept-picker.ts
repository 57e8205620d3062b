import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { confirmed } from '../messages';
import { openList } from '../picks';
import { withoutIcons } from '../text';
import type { KeptFile } from '../../files/kept-files';

/** Kept data of customers, as a list to choose from. */
export interface KeptList<T> {
  readonly title: string;
  /** The latest first. */
  readonly kept: readonly KeptFile<T>[];
  readonly words: (kept: KeptFile<T>) => Pick<vscode.QuickPickItem, 'label' | 'description' | 'detail'>;
  /** Name of the store that an entry belongs to. */
  readonly storeOf: (kept: T) => string;
  /** Name of the store whose entries come first. */
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
 * Lets the user choose among kept entries, grouped by store, and delete those that are no longer needed.
 * @param several whether more than one may be chosen
 * @returns `none` when nothing is kept, `undefined` when nothing was chosen
 */
export async function pickKept<T>(
  list: KeptList<T>,
  placeholder: string,
  several: boolean,
): Promise<readonly KeptFile<T>[] | 'none' | undefined> {
  if (list.kept.length === 0) return 'none';
  const pick = openList<Item<T>>();
  Object.assign(pick, { title: list.title, placeholder, canSelectMany: several, matchOnDescription: true, matchOnDetail: true });
  pick.items = itemsOf(list, list.kept);
  try {
    return await new Promise((resolve, reject) => {
      let left = list.kept;
      let asking = false;
      pick.onDidTriggerItemButton(({ item: { kept } }) => {
        if (kept === undefined) return;
        asking = true;
        void deletedAfterQuestion(kept, list).then((gone) => {
          // The confirmation had the keyboard focus and has hidden the list.
          asking = false;
          pick.show();
          if (!gone) return;
          left = left.filter((other) => other !== kept);
          if (left.length === 0) resolve(undefined);
          else pick.items = itemsOf(list, left);
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

/** Deletes a copy after a confirmation, because it cannot be brought back. */
async function deletedAfterQuestion<T>(kept: KeptFile<T>, { words, forget }: KeptList<T>): Promise<boolean> {
  const { label, description, detail } = words(kept);
  const sure = await confirmed(
    t('Delete the kept copy of {label}?', { label }),
    [description, detail, t('The customer in the store is not changed.')].filter((part) => part !== undefined).join('. '),
    t('Delete Copy'),
  );
  if (sure) await forget(kept);
  return sure;
}

function itemsOf<T>({ words, storeOf, first }: KeptList<T>, kept: readonly KeptFile<T>[]): readonly Item<T>[] {
  const stores = [...new Set(kept.map((one) => storeOf(one.kept)))].sort(
    (a, b) => Number(b === first) - Number(a === first) || a.localeCompare(b),
  );
  return stores.flatMap((store): readonly Item<T>[] => [
    { label: withoutIcons(store), kind: vscode.QuickPickItemKind.Separator },
    ...kept.filter((one) => storeOf(one.kept) === store).map((one) => ({ ...words(one), kept: one, buttons: [removeButton()] })),
  ]);
}
