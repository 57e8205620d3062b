import * as vscode from 'vscode';
import { isFiltersType } from '../../api/filters';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import { missingArguments, typeWords, type ArgumentValues } from '../../forms/method-form';
import { oneLine } from '../text';
import { editValue, UNSET, valueWords } from './value-input';

interface Entry extends vscode.QuickPickItem {
  /** Argument that it changes; `undefined` for the entry that runs the method. */
  readonly argument?: number;
}

/**
 * The form of a method: its arguments with what they have, each changed by an input of its type, and what runs it.
 * @param before what they had the last time
 * @returns the values once it was run; `undefined` when it was left
 */
export async function askForArguments(method: StoreMethod, before: ArgumentValues): Promise<ArgumentValues | undefined> {
  const args = method.args ?? [];
  if (args.length === 0) return [];
  const values = args.map((_, index) => before[index]);
  const attributes = method.result.kind === 'list' && method.result.of.kind === 'entity' ? method.result.of.fields : [];
  let active = 0;
  for (;;) {
    const chosen = await choose(method, entries(method, values), active);
    if (chosen === undefined) return undefined;
    if (chosen.argument === undefined) {
      const [missing] = missingArguments(method, values);
      if (missing === undefined) return values;
      active = args.findIndex(({ name }) => name === missing) + 1;
      continue;
    }
    const argument = args[chosen.argument];
    if (argument === undefined) continue;
    active = chosen.argument + 1;
    const edited = await editValue(argument.type, values[chosen.argument], { title: `${method.id}: ${argument.name}`, attributes });
    if (edited === undefined) continue;
    values[chosen.argument] = edited === UNSET ? undefined : edited;
    active = 0;
  }
}

function entries(method: StoreMethod, values: ArgumentValues): readonly Entry[] {
  const missing = missingArguments(method, values);
  const all =
    method.name === 'list' && values.every((value) => value === undefined) && method.args?.some(({ type }) => isFiltersType(type));
  const run: Entry = {
    label: '$(play) Run',
    description:
      missing.length > 0 ? `needs ${oneLine(missing.join(', '))}` : all === true ? 'without filters: everything the store has' : '',
  };
  return [
    run,
    { label: 'Arguments', kind: vscode.QuickPickItemKind.Separator },
    ...(method.args ?? []).map(({ name, type, optional }, index): Entry => {
      const value = values[index];
      return {
        label: oneLine(name),
        description: value === undefined ? (optional === false && !isFiltersType(type) ? 'required' : 'not given') : valueWords(value),
        detail: `${typeWords(type)}${optional === true ? ', optional' : ''}`,
        argument: index,
      };
    }),
  ];
}

async function choose(method: StoreMethod, items: readonly Entry[], active: number): Promise<Entry | undefined> {
  const pick = vscode.window.createQuickPick<Entry>();
  try {
    pick.title = oneLine(method.title === undefined ? method.id : `${method.id}: ${method.title}`);
    pick.placeholder = 'Run the method, or choose an argument to change';
    pick.ignoreFocusOut = true;
    pick.items = [...items];
    const choosable = items.filter(({ kind }) => kind !== vscode.QuickPickItemKind.Separator);
    const first = choosable[active];
    if (first !== undefined) pick.activeItems = [first];
    return await new Promise<Entry | undefined>((resolve) => {
      pick.onDidAccept(() => {
        resolve(pick.activeItems[0]);
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
