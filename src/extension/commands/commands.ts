import * as vscode from 'vscode';
import { once } from '../lazy/once';
import type { Report } from '../lazy/report';
import { commandIds, type CommandGroup } from './command-ids';
import { isRowLost } from './lost-rows';

/** The code that a command runs. VS Code passes on the caller's arguments unchecked, so each handler checks its own. */
export type Handler = (...args: readonly unknown[]) => unknown;

/** The handlers of a group, by command ID without the prefix `mahoSoap.`: each of them, and no other. */
export type Handlers<Group extends CommandGroup> = Readonly<Record<(typeof commandIds)[Group][number], Handler>>;

/** Loads the handlers of each group. */
export type HandlerLoaders = { readonly [Group in CommandGroup]: () => Promise<Handlers<Group>> };

/**
 * Registers every command. The handlers of a group are loaded when the first of its commands is run.
 * @param report shows and logs what goes wrong, see {@link reporting}
 */
export function registerCommands(loaders: HandlerLoaders, report: Report): vscode.Disposable {
  const groups = Object.entries(commandIds) as [CommandGroup, readonly string[]][];
  return vscode.Disposable.from(
    ...groups.flatMap(([group, ids]) => {
      const load = once<Readonly<Record<string, Handler>>>(loaders[group]);
      return ids.map((id) =>
        vscode.commands.registerCommand(
          `mahoSoap.${id}`,
          reporting(async (...args) => (await load())[id]?.(...args), report),
        ),
      );
    }),
  );
}

/**
 * The error path of all commands: an error from loading a handler, or from the handler itself, is reported and never lost. A call whose
 * row is gone is reported too, and does not reach the handler, which would take it for a call from the Command Palette.
 */
export function reporting(handler: Handler, report: Report): (...args: readonly unknown[]) => Promise<void> {
  return async (...args) => {
    try {
      if (isRowLost(args)) throw (await import('./lost-row-error')).lostRowError();
      await handler(...args);
    } catch (error) {
      report(error);
    }
  };
}
