import * as vscode from 'vscode';
import { once } from '../lazy/once';
import type { Report } from '../lazy/report';
import { commandIds, type CommandGroup } from './command-ids';

/** What a command does. VS Code passes whatever the caller gave: each handler checks for itself what it got. */
export type Handler = (...args: readonly unknown[]) => unknown;

/** The handlers of a group, by command ID without the prefix `mahoSoap.`: each of them, and no other. */
export type Handlers<Group extends CommandGroup> = Readonly<Record<(typeof commandIds)[Group][number], Handler>>;

/** Loads the handlers of each group. */
export type HandlerLoaders = { readonly [Group in CommandGroup]: () => Promise<Handlers<Group>> };

/**
 * Registers every command. The handlers of a group are loaded when the first of its commands is run. All have the same error path: what
 * loading or a handler throws is shown and logged, never lost.
 */
export function registerCommands(loaders: HandlerLoaders, report: Report): vscode.Disposable {
  const groups = Object.entries(commandIds) as [CommandGroup, readonly string[]][];
  return vscode.Disposable.from(
    ...groups.flatMap(([group, ids]) => {
      const load = once<Readonly<Record<string, Handler>>>(loaders[group]);
      return ids.map((id) =>
        vscode.commands.registerCommand(`mahoSoap.${id}`, async (...args: readonly unknown[]) => {
          try {
            await (await load())[id]?.(...args);
          } catch (error) {
            report(error);
          }
        }),
      );
    }),
  );
}
