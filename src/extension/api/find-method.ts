import * as vscode from 'vscode';
import type { StoreMethod, StoreMethods } from '../../api/store-methods/store-methods';
import { oneLine } from '../text';

interface Entry extends vscode.QuickPickItem {
  readonly method: StoreMethod;
}

/** What is done with a method that was found. */
export interface FoundMethod {
  readonly method: StoreMethod;
  readonly action: 'run' | 'new-request' | 'copy-name';
}

const newRequest: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('new-file'), tooltip: 'New Request' };
const copyName: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: 'Copy Name' };

/** One box over all methods of a store: by path, operation, other names and the store's own words. */
export async function findMethod(store: string, methods: StoreMethods): Promise<FoundMethod | undefined> {
  const pick = vscode.window.createQuickPick<Entry>();
  try {
    pick.title = oneLine(`Methods of ${store}`);
    pick.placeholder = 'A name such as catalog_product.list or catalogProductList, or a word such as stock';
    pick.ignoreFocusOut = true;
    const show = (): void => {
      pick.items = methods.search(pick.value).map((method) => entryOf(method, methods));
    };
    pick.onDidChangeValue(show);
    show();
    return await new Promise<FoundMethod | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [chosen] = pick.activeItems;
        if (chosen !== undefined) resolve({ method: chosen.method, action: 'run' });
      });
      pick.onDidTriggerItemButton(({ item: { method }, button }) => {
        resolve({ method, action: button === newRequest ? 'new-request' : 'copy-name' });
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

function entryOf(method: StoreMethod, methods: StoreMethods): Entry {
  const resource = methods.resourceOf(method)?.title;
  const notes = [method.access === 'write' ? 'writes' : '', method.callable === false ? 'not allowed' : ''].filter((note) => note !== '');
  return {
    label: oneLine(method.id),
    description: oneLine([method.title ?? '', ...notes].filter((part) => part !== '').join(', ')),
    detail: oneLine([method.path === undefined ? '' : (method.operation ?? ''), resource ?? ''].filter((part) => part !== '').join(', ')),
    // The search has decided already; VS Code looks at labels alone.
    alwaysShow: true,
    method,
    buttons: [newRequest, copyName],
  };
}
