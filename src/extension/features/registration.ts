import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { CodeGate } from '../code/code-gate';
import { registerCommands } from '../commands/commands';
import type { HistoryRow } from '../history/history-view';
import { LazyDocuments, type Documents } from '../lazy/lazy-documents';
import { LazyTree } from '../lazy/lazy-tree';
import type { MigrationRow } from '../migration/migration-tree';
import type { Report } from '../lazy/report';
import type { FileRow, RequestRow } from '../requests/requests-tree';
import { KeptStatus, type KeptStatusItem } from '../stores/kept-status';
import type { TreeNode } from '../tree/nodes';
import { handlerLoaders } from './handlers';
import { names } from '../names';
import { Services } from './services';
import type { MenuFacts, Shell } from './shell';

async function decorationOf(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
  return (await import('../tree/environment-decorations')).decorationOf(uri);
}

/** Registers everything with VS Code that it must know. @returns the services, which are not loaded yet */
export function register(context: vscode.ExtensionContext): Services {
  const { window, workspace } = vscode;
  const track = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const services = new Services(context.workspaceState, () => shell);
  const report: Report = (error) => {
    services.errors().then(
      (errors) => {
        errors.report(error);
      },
      (broken: unknown) => {
        console.error(error, broken);
      },
    );
  };
  const documents = (scheme: string, load: () => Promise<Documents>): LazyDocuments => track(new LazyDocuments(scheme, load));

  const item = track(activeStoreItem());
  const kept = new KeptStatus(context.workspaceState, () => JSON.stringify(storesInSettings()));

  const storesRows = new LazyTree<TreeNode>(services.tree, report);
  const requestRows = new LazyTree<FileRow | RequestRow>(services.requests, report);
  const historyRows = new LazyTree<HistoryRow>(services.history, report);
  const migrationRows = new LazyTree<MigrationRow>(services.migration, report);
  const shell: Shell = {
    context,
    track,
    tellMenus,
    storesRows,
    requestRows,
    historyRows,
    migrationRows,
    migrationView: track(window.createTreeView(names.migrationView, { treeDataProvider: migrationRows, showCollapseAll: true })),
    historyView: track(window.createTreeView(names.historyView, { treeDataProvider: historyRows })),
    storesView: track(
      window.createTreeView(names.storesView, {
        treeDataProvider: storesRows,
        showCollapseAll: true,
        canSelectMany: true,
        dragAndDropController: {
          dragMimeTypes: [],
          dropMimeTypes: ['text/uri-list', 'files'],
          handleDrop: async (row, data) => {
            try {
              const [{ importDropped }, views] = await Promise.all([import('../transfer/dropped-files'), services.imports()]);
              await importDropped(row, data, views, services.storage);
            } catch (error) {
              report(error);
            }
          },
        },
      }),
    ),
    customerDocuments: documents(names.customerScheme, async () => (await services.sheets()).documents),
    reportDocuments: documents(names.reportScheme, services.reports),
    tests: track(vscode.tests.createTestController(names.tests, t('Maho SOAP requests'))),
    showActiveStore: (now, again) => {
      draw(item, now);
      kept.keep(again);
    },
  };
  track(window.createTreeView(names.requestsView, { treeDataProvider: requestRows, showCollapseAll: true }));
  documents(names.exchangeScheme, async () => (await services.responses()).documents);
  documents(names.historyScheme, async () => (await services.history()).pages);
  track(
    window.registerWebviewPanelSerializer(names.responsePanel, {
      deserializeWebviewPanel: async (panel, state) => {
        await (await services.responses()).views.deserializeWebviewPanel(panel, state);
      },
    }),
  );
  track(
    window.registerWebviewPanelSerializer(names.sheetPanel, {
      deserializeWebviewPanel: async (panel, state) => {
        await (await services.sheets()).sheets.deserializeWebviewPanel(panel, state);
      },
    }),
  );
  track(
    window.registerWebviewPanelSerializer(names.tablePanel, {
      deserializeWebviewPanel: async (panel, state) => {
        await (await services.tables()).views.deserializeWebviewPanel(panel, state);
      },
    }),
  );
  track(
    window.registerWebviewPanelSerializer(names.importPanel, {
      deserializeWebviewPanel: async (panel, state) => {
        await (await services.imports()).deserializeWebviewPanel(panel, state);
      },
    }),
  );
  track(
    window.registerWebviewPanelSerializer(names.methodPanel, {
      deserializeWebviewPanel: async (panel, state) => {
        await (await services.methodForms()).deserializeWebviewPanel(panel, state);
      },
    }),
  );
  track(
    window.registerUriHandler({
      handleUri: async (uri) => {
        try {
          await (
            await services.links()
          )(uri);
        } catch (error) {
          report(error);
        }
      },
    }),
  );
  track(
    window.registerFileDecorationProvider({
      // VS Code calls this for every file that the editor shows.
      provideFileDecoration: (uri) => (uri.scheme === names.storeScheme ? decorationOf(uri) : undefined),
    }),
  );
  shell.tests.resolveHandler = async (item) => {
    await (await services.requestTests()).resolve(item);
  };
  shell.tests.refreshHandler = async () => {
    await (await services.requestTests()).refresh();
  };
  shell.tests.createRunProfile(
    t('Run'),
    vscode.TestRunProfileKind.Run,
    async (request, token) => {
      await (await services.requestTests()).run(request, token);
    },
    true,
  );
  track(registerCommands(handlerLoaders(services), report));
  track(new CodeGate(services.codeHelp, report, services.codeRegistry));

  const watchRequestFile = ({ uri }: vscode.TextDocument): void => {
    if (!uri.path.endsWith(names.requestFileEnding)) return;
    services.requestEditors().catch(report);
    services.requestTests().catch(report);
  };
  track(workspace.onDidOpenTextDocument(watchRequestFile));
  workspace.textDocuments.forEach(watchRequestFile);

  // Until the stores are loaded, menus are set from a rough reading of the settings. After that, the stores set them.
  const tellFromSettings = (): void => {
    if (services.stores.made === undefined) tellMenus(listedInSettings());
  };
  track(
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(names.storesSetting)) tellFromSettings();
    }),
  );
  tellFromSettings();
  const maho = context.workspaceState.get<unknown>(names.mahoStoresKey);
  void vscode.commands.executeCommand('setContext', names.mahoContext, Array.isArray(maho) && maho.length > 0);
  draw(item, kept.item);
  return services;
}

/** The menu facts according to the entries of the settings, which are only validated when a store is needed. */
function listedInSettings(): MenuFacts {
  const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const entries = storesInSettings().flatMap(asList);
  const readOnly = (entry: unknown): boolean =>
    typeof entry === 'object' && entry !== null && 'readOnly' in entry && entry.readOnly === true;
  return { listed: entries.length > 0, writable: !entries.every(readOnly), demoRunning: false };
}

/** The unchecked settings of stores of the user and of the workspace. */
function storesInSettings(): readonly unknown[] {
  const own = vscode.workspace.getConfiguration().inspect<unknown>(names.storesSetting);
  return [own?.globalValue, own?.workspaceValue];
}

function activeStoreItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('mahoSoap.activeStore', vscode.StatusBarAlignment.Left, 10);
  item.name = t('Maho SOAP active store');
  item.command = 'mahoSoap.store.use';
  return item;
}

/** Draws the item, or hides it when there is none. */
function draw(item: vscode.StatusBarItem, content: KeptStatusItem | undefined): void {
  if (content === undefined) {
    item.hide();
    return;
  }
  item.text = content.text;
  item.tooltip = content.tooltip;
  item.accessibilityInformation = { label: content.label, role: 'button' };
  item.backgroundColor = content.background === undefined ? undefined : new vscode.ThemeColor(content.background);
  item.color = content.color === undefined ? undefined : new vscode.ThemeColor(content.color);
  item.show();
}

/** Sets the context keys of menus. `ready` prevents the welcome text from flashing up before it is known whether there are stores. */
function tellMenus({ listed, writable, demoRunning }: MenuFacts): void {
  const facts = {
    ready: true,
    hasWritableStores: demoRunning || writable,
    hasListedStores: listed,
    hasStores: listed || demoRunning,
    demoRunning,
  };
  for (const [key, value] of Object.entries(facts)) void vscode.commands.executeCommand('setContext', `mahoSoap.${key}`, value);
}
