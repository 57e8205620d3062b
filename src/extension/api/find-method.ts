import * as vscode from 'vscode';
import { translated, t } from '../../l10n/texts';
import type { StoreMethod, StoreMethods } from '../../api/store-methods/store-methods';
import { oneLine } from '../text';
import { openList } from '../picks';

interface Entry extends vscode.QuickPickItem {
  readonly method: StoreMethod;
}

/** A method that was found, and the action to run on it. */
export interface FoundMethod {
  readonly method: StoreMethod;
  readonly action: 'run' | 'new-request' | 'copy-name';
}

/** The buttons beside each method. */
interface Buttons {
  readonly newRequest: vscode.QuickInputButton;
  readonly copyName: vscode.QuickInputButton;
}

/** The methods to search, and their store. */
export interface MethodSearch {
  /** Name of the store. */
  readonly store: string;
  readonly methods: StoreMethods;
  /** Makes a method for a name that the store did not list. */
  readonly unlisted: (name: string) => StoreMethod;
  /** Why the list of methods is incomplete. */
  readonly note?: string | undefined;
}

/** Opens a list to search all methods of a store by path, operation, other names and the store's own words. */
export async function findMethod({ store, methods, unlisted, note }: MethodSearch): Promise<FoundMethod | undefined> {
  const pick = openList<Entry>();
  try {
    pick.title = oneLine(t('Methods of {store}', { store }));
    pick.placeholder =
      note === undefined ? t('A name such as catalog_product.list or catalogProductList, or a word such as stock') : oneLine(note);
    const buttons: Buttons = {
      newRequest: { iconPath: new vscode.ThemeIcon('new-file'), tooltip: t('New Request') },
      copyName: { iconPath: new vscode.ThemeIcon('copy'), tooltip: t('Copy Name') },
    };
    const show = (): void => {
      const typed = pick.value.trim();
      const other = /^[A-Za-z_][\w.]*$/.test(typed) && methods.find(typed) === undefined ? [otherEntry(unlisted(typed), buttons)] : [];
      pick.items = [...methods.search(pick.value).map((method) => entryOf(method, methods, buttons)), ...other];
    };
    pick.onDidChangeValue(show);
    show();
    return await new Promise<FoundMethod | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [chosen] = pick.activeItems;
        if (chosen !== undefined) resolve({ method: chosen.method, action: 'run' });
      });
      pick.onDidTriggerItemButton(({ item: { method }, button }) => {
        resolve({ method, action: button === buttons.newRequest ? 'new-request' : 'copy-name' });
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function otherEntry(method: StoreMethod, { newRequest, copyName }: Buttons): Entry {
  return {
    label: oneLine(method.id),
    description: t('not in the list of this store'),
    detail: t('Run it with arguments as JSON'),
    alwaysShow: true,
    method,
    buttons: [newRequest, copyName],
  };
}

function entryOf(method: StoreMethod, methods: StoreMethods, { newRequest, copyName }: Buttons): Entry {
  const resource = methods.resourceOf(method)?.title;
  const notes = [method.access === 'write' ? t('writes') : '', method.callable === false ? t('not allowed') : ''].filter(
    (note) => note !== '',
  );
  return {
    label: oneLine(method.id),
    description: oneLine([translated(method.title ?? ''), ...notes].filter((part) => part !== '').join(', ')),
    detail: oneLine(
      [method.path === undefined ? '' : (method.operation ?? ''), translated(resource ?? '')].filter((part) => part !== '').join(', '),
    ),
    // The search has already filtered the methods. VS Code would only compare labels.
    alwaysShow: true,
    method,
    buttons: [newRequest, copyName],
  };
}
