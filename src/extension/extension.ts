import * as vscode from 'vscode';
import type { Exchange } from '../store/exchange';
import { codeCommands } from './code/code-commands';
import { CodeHelp } from './code/code-help';
import { CopyAs } from './code/copy-as';
import { RunCode } from './code/run-code';
import { Commands } from './commands/commands';
import { demoCommands } from './demo/demo-commands';
import { DemoHost } from './demo/demo-host';
import { DemoLog } from './demo/demo-log';
import { DemoStatus } from './demo/demo-status';
import { customerCommands } from './documents/customer-commands';
import { CustomerDocuments } from './documents/customer-documents';
import { ErrorReporter } from './errors/error-reporter';
import { filterCommands } from './filters/filter-commands';
import { FilterSettings } from './filters/filter-settings';
import { findCommands } from './find/find-commands';
import { ExchangeHistory } from './history/exchange-history';
import { historyCommands } from './history/history-commands';
import { HistoryDocuments } from './history/history-documents';
import { HistoryTree } from './history/history-view';
import { exchangeLine } from './log/exchange-line';
import { Log } from './log/log';
import { logCommands } from './log/log-commands';
import { confirmed } from './messages';
import { EnvironmentChoice } from './requests/environment-choice';
import { Outcomes } from './requests/outcomes';
import { requestCommands } from './requests/request-commands';
import { RequestCompletion } from './requests/request-completion';
import { RequestDiagnostics } from './requests/request-diagnostics';
import { RequestDocuments } from './requests/request-documents';
import { RequestFiles } from './requests/request-files';
import { requestLanguage } from './requests/request-language';
import { RequestLenses } from './requests/request-lenses';
import { RequestRuns } from './requests/request-runs';
import { RequestTests } from './requests/request-tests';
import { RequestsTree } from './requests/requests-tree';
import { ExchangeDocuments } from './response/exchange-documents';
import { responseCommands } from './response/response-commands';
import { ResponseViews } from './response/response-views';
import { CustomerSheets } from './sheet/customer-sheets';
import { Drafts } from './sheet/drafts';
import { KeptCopies } from './sheet/kept-copies';
import { removalCommands } from './sheet/removal-commands';
import { restoreCommands } from './sheet/restore-commands';
import { ActiveStore } from './stores/active-store';
import { ActiveStoreStatus } from './stores/active-store-status';
import { ApiKeys } from './stores/api-keys';
import { KeyConsent } from './stores/key-consent';
import { storeCommands } from './stores/store-commands';
import { StoreSettings } from './stores/store-settings';
import { Stores } from './stores/stores';
import { EnvironmentDecorations } from './tree/environment-decorations';
import { StoresTree } from './tree/stores-tree';
import { StoresView } from './tree/stores-view';
import { treeCommands } from './tree/tree-commands';
import { ReportDocuments } from './documents/report-documents';
import { transferCommands } from './transfer/transfer-commands';

/** How long the end of a window may wait for what is still to be done, in ms. VS Code itself waits a few seconds for all extensions. */
const LAST_WORDS = 2000;

let ending: (() => Promise<unknown>) | undefined;

/** Writes the history and ends the sessions, before VS Code goes. A store that does not answer is not waited for. */
export async function deactivate(): Promise<void> {
  const end = ending;
  ending = undefined;
  if (end === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, LAST_WORDS); });
  await Promise.race([end(), late]);
  clearTimeout(timer);
}

/** Puts the extension together: services in the order in which one leans on another, then the commands that drive them. */
export function activate(context: vscode.ExtensionContext): void {
  const track = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };

  const log = track(new Log());
  const errors = new ErrorReporter(log);
  const commands = track(new Commands(errors));
  const history = track(new ExchangeHistory(context.storageUri, log));
  const onExchange = (exchange: Exchange): void => { log.info(exchangeLine(exchange)); };

  const settings = track(new StoreSettings());
  const keys = new ApiKeys(context.secrets, log, new KeyConsent(context.workspaceState, confirmed));
  const stores = track(new Stores(settings, keys, onExchange));
  const demoLog = track(new DemoLog());
  const demo = track(new DemoHost(onExchange, (entry) => { demoLog.add(entry); }));
  track(new DemoStatus(demo));
  const active = track(new ActiveStore(stores, demo, context.workspaceState));
  track(new ActiveStoreStatus(active));

  const filters = track(new FilterSettings(log));
  const tree = track(new StoresTree(stores, demo, filters));
  const view = track(new StoresView(tree, stores, demo, keys));
  const documents = track(new CustomerDocuments(tree, history));
  const copyAs = new CopyAs(active, context.workspaceState);
  const responses = track(new ResponseViews({
    extension: context.extensionUri,
    active,
    documents: track(new ExchangeDocuments()),
    copyAs,
    errors,
    history,
    memory: context.workspaceState,
  }));
  const copies = new KeptCopies(context.globalStorageUri.fsPath, (text) => { log.warn(text); });
  const sheets = track(new CustomerSheets(context.extensionUri, {
    documents, errors, log, history, copies, outcomes: responses,
    drafts: new Drafts(context.workspaceState),
    store: (id) => active.all.find((store) => store.id === id),
    places: (store) => tree.placesOf(store),
    listed: (store, customer) => tree.listedCustomer(store, customer),
    changed: async (store, ids) => { await tree.customersChanged(store, ids); },
  }));
  const runCode = new RunCode(active, responses, history);
  track(new CodeHelp(active, errors));
  const reports = track(new ReportDocuments());
  track(vscode.window.registerFileDecorationProvider(new EnvironmentDecorations()));

  const environment = track(new EnvironmentChoice(context.workspaceState));
  const requestDocuments = track(new RequestDocuments());
  const requestFiles = track(new RequestFiles());
  const outcomes = track(new Outcomes());
  const runs = track(new RequestRuns({ documents: requestDocuments, outcomes, environment, active, keys, history }));
  const requestsTree = track(new RequestsTree(requestDocuments, requestFiles, outcomes, log));
  track(vscode.window.createTreeView('mahoSoap.requests', { treeDataProvider: requestsTree, showCollapseAll: true }));
  track(new RequestTests(requestDocuments, requestFiles, runs, errors));
  const lenses = track(new RequestLenses(requestDocuments, outcomes, active, environment));
  const diagnostics = track(new RequestDiagnostics(requestDocuments, active, environment, errors, tree));
  track(requestLanguage(lenses, diagnostics, new RequestCompletion(requestDocuments, active, environment)));
  const historyPages = track(new HistoryDocuments(history));
  track(vscode.window.registerTreeDataProvider('mahoSoap.history', track(new HistoryTree(history))));

  commands.register(storeCommands({ settings, keys, stores, active, filters, view, reports, onExchange }));
  commands.register(treeCommands(tree, view, keys));
  commands.register(findCommands(tree, active));
  commands.register(filterCommands({ tree, view, active, filters }));
  commands.register(demoCommands(demo, view, demoLog));
  commands.register(customerCommands(documents, sheets, active));
  commands.register(removalCommands({ active, sheets, copies, reports, history, changed: async (store, ids) => { await tree.customersChanged(store, ids); } }));
  commands.register(restoreCommands({ active, sheets, copies, changed: async (store, ids) => { await tree.customersChanged(store, ids); } }));
  commands.register(codeCommands({ active, copyAs, runCode }));
  commands.register(transferCommands({ active, tree, reports, history, memory: context.workspaceState }));
  commands.register(requestCommands({ documents: requestDocuments, files: requestFiles, runs, outcomes, environment, active, presenter: responses, copyAs }));
  commands.register(historyCommands({ history, pages: historyPages, documents: requestDocuments, active, presenter: responses, copyAs, recent: (id) => outcomes.ofExchange(id) }));
  commands.register(responseCommands({ views: responses, active, keys, history }));
  commands.register(logCommands(log));

  ending = async () => await Promise.all([history.written(), stores.close()]);
}
