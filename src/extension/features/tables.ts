import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { ErrorReporter } from '../errors/error-reporter';
import { TableViews } from '../table/table-views';
import { changesFolder, writeChange } from '../transfer/change-files';
import type { ImportViews } from '../transfer/import-views';
import { CustomerNode } from '../tree/nodes';
import { customersOrder } from '../tree/stores-tree';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';
import type { TreeFeature } from './tree';

/** Lists as tables. */
export interface TablesFeature {
  readonly views: TableViews;
}

export function makeTables(
  { context, track }: Shell,
  { active, methods }: StoresFeature,
  { tree, filters }: TreeFeature,
  errors: ErrorReporter,
  imports: () => Promise<ImportViews>,
): TablesFeature {
  const ground = track(new vscode.EventEmitter<void>());
  for (const { onDidChange } of [active, filters])
    track(
      onDidChange(() => {
        ground.fire();
      }),
    );
  const nodeOf = (id: string): ReturnType<typeof tree.storeNodes>[number] | undefined =>
    tree.storeNodes().find(({ store }) => store.id === id);
  const views = track(
    new TableViews({
      extension: context.extensionUri,
      memory: context.workspaceState,
      errors,
      store: (id) => active.all.find((store) => store.id === id),
      onDidChangeContext: ground.event,
      filter: (store, name) => filters.for(store).find((filter) => filter.name === name),
      order: customersOrder,
      methods: async (store, connection, name) => (await (await methods()).of(store, connection, store.signal)).find(name),
      change: async (store, { text, mapping, attributes }) => {
        const folder = changesFolder(context.globalStorageUri.fsPath);
        const [views, file] = await Promise.all([
          imports(),
          writeChange(folder, t('Change of {attributes}', { attributes: attributes.slice(0, 5).join(', ') }), text),
        ]);
        await views.open({ store: store.id, file }, mapping);
      },
      nodes: (store, rows) => {
        const list = nodeOf(store.id)?.customers;
        return list === undefined ? [] : rows.map((row, index) => new CustomerNode(row, list, index));
      },
      listNode: ({ store, source }) => {
        const node = nodeOf(store);
        return source.kind === 'filter' ? node?.filters.find(({ filter }) => filter.name === source.name) : node?.customers;
      },
    }),
  );
  track(
    tree.onDidChangeCustomers(({ stores, ids }) => {
      views.customersChanged(stores, ids);
    }),
  );
  return { views };
}
