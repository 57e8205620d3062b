import * as vscode from 'vscode';
import type { ErrorReporter } from '../errors/error-reporter';
import type { StoresTree } from '../tree/stores-tree';
import { ImportViews } from '../transfer/import-views';
import { MappingMemory } from '../transfer/mapping-memory';
import type { HistoryFeature } from './history';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/** The import views. @param tree the rows of the stores, if they are loaded */
export function makeImports(
  { context, track }: Shell,
  { active }: StoresFeature,
  { history }: HistoryFeature,
  errors: ErrorReporter,
  tree: () => StoresTree | undefined,
): ImportViews {
  return track(
    new ImportViews({
      extension: context.extensionUri,
      errors,
      history,
      memory: new MappingMemory(context.workspaceState),
      store: (id) => active.all.find((store) => store.id === id),
      onWritten: (store) => {
        const node = tree()
          ?.storeNodes()
          .find((candidate) => candidate.store === store);
        if (node !== undefined) void vscode.commands.executeCommand('mahoSoap.refresh', node);
      },
    }),
  );
}
