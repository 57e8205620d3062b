import * as vscode from 'vscode';
import type { Exchange } from '../store/exchange';
import { codeCommands } from './code/code-commands';
import { CopyAs } from './code/copy-as';
import { Commands } from './commands/commands';
import { demoCommands } from './demo/demo-commands';
import { DemoHost } from './demo/demo-host';
import { DemoLog } from './demo/demo-log';
import { DemoStatus } from './demo/demo-status';
import { customerCommands } from './documents/customer-commands';
import { CustomerDocuments } from './documents/customer-documents';
import { ErrorReporter } from './errors/error-reporter';
import { exchangeLine } from './log/exchange-line';
import { Log } from './log/log';
import { logCommands } from './log/log-commands';
import { ResponseViews } from './response/response-views';
import { CustomerSheets } from './sheet/customer-sheets';
import { ActiveStore } from './stores/active-store';
import { ApiKeys } from './stores/api-keys';
import { storeCommands } from './stores/store-commands';
import { StoreSettings } from './stores/store-settings';
import { Stores } from './stores/stores';
import { EnvironmentDecorations } from './tree/environment-decorations';
import { StoresTree } from './tree/stores-tree';
import { StoresView } from './tree/stores-view';
import { treeCommands } from './tree/tree-commands';
import { transferCommands } from './transfer/transfer-commands';

/** Puts the extension together: services in the order in which one leans on another, then the commands that drive them. */
export function activate(context: vscode.ExtensionContext): void {
  const track = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };

  const log = track(new Log());
  const errors = new ErrorReporter(log);
  const commands = track(new Commands(errors));
  const onExchange = (exchange: Exchange): void => { log.info(exchangeLine(exchange)); };

  const settings = track(new StoreSettings());
  const keys = new ApiKeys(context.secrets, log);
  const stores = track(new Stores(settings, keys, onExchange));
  const demoLog = track(new DemoLog());
  const demo = track(new DemoHost(onExchange, (entry) => { demoLog.add(entry); }));
  track(new DemoStatus(demo));
  const active = track(new ActiveStore(stores, demo, context.workspaceState));

  const tree = track(new StoresTree(stores, demo));
  const view = track(new StoresView(tree, stores, demo, keys));
  const documents = track(new CustomerDocuments(tree));
  track(new ResponseViews(context.extensionUri));
  const sheets = track(new CustomerSheets(context.extensionUri, documents, errors, log));
  const copyAs = new CopyAs(active, context.workspaceState);
  track(vscode.window.registerFileDecorationProvider(new EnvironmentDecorations()));

  commands.register(storeCommands({ settings, keys, stores, view }));
  commands.register(treeCommands(tree, keys));
  commands.register(demoCommands(demo, view, demoLog));
  commands.register(customerCommands(documents, sheets));
  commands.register(transferCommands(active));
  commands.register(codeCommands({ active, copyAs }));
  commands.register(logCommands(log));
}
