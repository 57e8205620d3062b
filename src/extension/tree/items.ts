import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { dialectLabels } from '../../api/dialect';
import type { StoreVersion } from '../../store/doctor/version';
import type { Store } from '../stores/store';
import { productWords } from '../stores/store-version';
import { oneLine } from '../text';
import { apiItem, methodItem, resourceItem } from './api-items';
import { environmentUri } from './environment-decorations';
import { environmentName } from '../stores/environments';
import {
  addressItem,
  customerItem,
  customersItem,
  filterItem,
  groupItem,
  moreItem,
  noteItem,
  rememberedItem,
  contextValue,
} from './customer-items';
import type { DemoNode, ProblemNode, StoreNode, TreeNode } from './nodes';
import { readOnlyWords } from '../stores/read-only';
import { problemTooltip, headedTable } from './tooltips';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** The item of a row. `contextValue` holds words that menus test with `viewItem =~ /\bword\b/`. */
export function treeItem(node: TreeNode): vscode.TreeItem {
  switch (node.kind) {
    case 'store':
      return storeItem(node);
    case 'demo':
      return demoItem(node);
    case 'customers':
      return customersItem(node);
    case 'customer':
      return customerItem(node);
    case 'filter':
      return filterItem(node);
    case 'group':
      return groupItem(node);
    case 'remembered':
      return rememberedItem(node);
    case 'address':
      return addressItem(node);
    case 'api':
      return apiItem(node);
    case 'resource':
      return resourceItem(node);
    case 'method':
      return methodItem(node);
    case 'note':
      return noteItem(node);
    case 'more':
      return moreItem(node);
    case 'problem':
      return problemItem(node);
  }
}

function storeItem({ id, store, parent, ambiguous }: StoreNode): vscode.TreeItem {
  const failure = store.problem ?? store.failure;
  const item = new vscode.TreeItem(oneLine(store.name), Collapsed);
  item.id = id;
  item.description = oneLine([storeDescription(store), ambiguous ? t('name not unique') : ''].filter((part) => part !== '').join(', '));
  item.iconPath = storeIcon(store);
  // The tooltip of a connected store is made when the user points at the row, because it needs a request for the version.
  if (failure !== undefined && failure.code !== 'key-missing') item.tooltip = problemTooltip(failure);
  else if (store.connection === undefined) item.tooltip = storeTooltip(store, ambiguous);
  item.contextValue = contextValue('store', {
    listed: store.listed !== undefined,
    keyed: store.listed !== undefined && store.config !== undefined,
    needsKey: store.failure?.code === 'key-missing',
    retry: store.failure !== undefined && store.failure.code !== 'key-missing',
    failed: store.failure !== undefined && !['key-missing', 'disconnected'].includes(store.failure.code),
    refreshable: store.problem === undefined,
    connected: store.connection !== undefined,
    writable: !store.readOnly,
  });
  item.accessibilityInformation = {
    label: [store.name, item.description, store.environment === undefined ? undefined : environmentName(store.environment)]
      .filter((part) => part !== undefined && part !== '')
      .join(', '),
  };
  // The three rows of the demo store are one store, so only their parent row has the badge.
  if (store.environment !== undefined && parent === undefined) item.resourceUri = environmentUri(store.environment, id);
  return item;
}

function storeDescription(store: Store): string {
  if (store.problem?.code === 'untrusted-workspace') return t('waits for workspace trust');
  if (store.problem !== undefined) return t('needs a correction in the settings');
  const { failure, connection } = store;
  if (failure?.code === 'key-missing') return t('needs its API key');
  if (failure?.code === 'disconnected') return t('disconnected');
  // The row below has the full message. Codes such as `connection-refused` consist of words.
  if (failure !== undefined)
    return failure.kind === 'fault' ? `${failure.words.said ?? failure.words.what} (${failure.code})` : failure.code.replaceAll('-', ' ');
  // Rows of the demo store are named after their dialect. They differ in the path of their URL.
  if (store.listed === undefined) return store.config?.url.replace(/^http:\/\/[^/:]+/, '') ?? '';
  const readOnly = store.readOnly ? t('read-only') : undefined;
  const product = connection?.product === 'unknown' ? undefined : connection?.product;
  return [product, connection && dialectLabels[connection.dialect], readOnly].filter((part) => part !== undefined).join(', ');
}

function storeIcon(store: Store): vscode.ThemeIcon {
  if (store.problem?.code === 'untrusted-workspace')
    return new vscode.ThemeIcon('workspace-untrusted', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  if (store.failure?.code === 'key-missing') return new vscode.ThemeIcon('key');
  if (store.failure?.code === 'disconnected') return new vscode.ThemeIcon('debug-disconnect');
  if (store.problem !== undefined || store.failure !== undefined)
    return new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
  return new vscode.ThemeIcon('server');
}

/** The tooltip of a store. @param version as the store reports it, once it was asked */
export function storeTooltip(store: Store, ambiguous: boolean, version?: StoreVersion): vscode.MarkdownString {
  const { config, connection, environment } = store;
  const lines: (readonly [string, string])[] = [];
  if (config !== undefined) lines.push([t('API user'), config.user], [t('URL'), connection?.endpoint ?? config.url]);
  if (connection !== undefined)
    lines.push(
      [t('Product'), productWords(connection.product, connection.generation, version)],
      [t('Dialect'), dialectLabels[connection.dialect]],
      [t('Namespace'), connection.namespace],
    );
  if (environment !== undefined) lines.push([t('Environment'), environmentName(environment)]);
  return headedTable(store.name, '', lines, [
    ...(ambiguous ? [t('Another store has the same name. Request files that use it do not run until each name is unique.')] : []),
    ...(store.readOnly ? [readOnlyWords()] : []),
  ]);
}

function demoItem({ id, demo }: DemoNode): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Demo store'), Expanded);
  item.id = id;
  item.description = t('running on port {port}', { port: demo.port });
  item.iconPath = new vscode.ThemeIcon('beaker');
  item.tooltip = headedTable(
    t('Demo store'),
    '',
    [[t('API user'), demo.user], [t('API key'), demo.key], ...demo.stores.map((store) => [store.name, store.config?.url ?? ''] as const)],
    [t('It listens only on this computer and forgets everything when it stops.')],
  );
  item.contextValue = 'demo';
  item.resourceUri = environmentUri('development', id);
  return item;
}

function problemItem(node: ProblemNode): vscode.TreeItem {
  const { problem } = node;
  const item = new vscode.TreeItem(oneLine(problem.words.what), None);
  item.id = node.id;
  item.description = oneLine(
    problem.words.said === undefined ? (problem.words.why ?? '') : t('The store said: {said}', { said: problem.words.said }),
  );
  item.tooltip = problemTooltip(problem);
  item.accessibilityInformation = { label: oneLine(problem.message) };
  switch (problem.code) {
    case 'key-missing':
      item.iconPath = new vscode.ThemeIcon('key');
      item.contextValue = 'needsKey';
      item.command = { command: 'mahoSoap.key.set', title: t('Set API Key'), arguments: [node] };
      break;
    case 'untrusted-workspace':
      item.iconPath = new vscode.ThemeIcon('workspace-untrusted');
      item.command = { command: 'workbench.trust.manage', title: t('Manage Workspace Trust') };
      break;
    case 'disconnected':
      item.iconPath = new vscode.ThemeIcon('debug-disconnect');
      item.contextValue = 'retry';
      break;
    case 'soap-switched-off':
      // The next step is to check whether the shop answers over another protocol.
      item.description = t('Click to check whether REST v2 is available');
      item.contextValue = 'problem retry';
      item.command = { command: 'mahoSoap.store.check', title: t('Check Connection'), arguments: [node] };
      break;
    case 'store-setting':
    case 'key-in-settings':
    case 'variable-missing':
    case 'variable-key':
      item.iconPath = new vscode.ThemeIcon('settings-gear');
      item.command = { command: 'mahoSoap.store.editSettings', title: t('Edit Stores in Settings'), arguments: [node] };
      break;
    default:
      // If the store itself failed, its own row has the red icon.
      item.iconPath =
        node.parent.kind === 'store'
          ? new vscode.ThemeIcon('info')
          : new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
      item.contextValue = 'problem retry';
  }
  return item;
}
