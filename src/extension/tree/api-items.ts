import * as vscode from 'vscode';
import { plural, translated, t } from '../../l10n/texts';
import type { StoreMethod, StoreResource } from '../../api/store-methods/store-methods';
import { isRestRequest } from '../../api/rest-request';
import { listMethod, listsRows } from '../../forms/listing';
import { typeWords } from '../../api/type-words';
import { count, oneLine } from '../text';
import type { ApiNode, MethodNode, ResourceNode } from './api-nodes';
import { contextValue } from './customer-items';
import { headedTable } from './tooltips';

const { None, Collapsed } = vscode.TreeItemCollapsibleState;

export function apiItem({ id, methods }: ApiNode): vscode.TreeItem {
  const item = new vscode.TreeItem('API', Collapsed);
  item.id = id;
  if (methods !== undefined) item.description = plural(methods.methods.length, '{count} method', '{count} methods');
  item.iconPath = new vscode.ThemeIcon('symbol-interface');
  item.tooltip = t('All methods of the store by resource, and what this API user may call.');
  item.contextValue = 'api';
  return item;
}

export function resourceItem({ id, resource }: ResourceNode): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(resource.name), Collapsed);
  item.id = id;
  const allowed = resource.methods.filter(({ callable }) => callable !== false).length;
  const none = allowed === 0 ? t('not allowed') : '';
  item.description = oneLine([translated(resource.title ?? ''), none].filter((part) => part !== '').join(', '));
  item.iconPath = new vscode.ThemeIcon(allowed === 0 ? 'circle-slash' : 'symbol-class');
  item.tooltip = resourceTooltip(resource, allowed);
  item.contextValue = contextValue('resource', { tabular: listMethod(resource) !== undefined });
  return item;
}

function resourceTooltip({ name, title, description, aliases, methods }: StoreResource, allowed: number): vscode.MarkdownString {
  const lines: (readonly [string, string])[] = [[t('Methods'), count(methods.length)]];
  if (allowed < methods.length) lines.push([t('This user may call'), count(allowed)]);
  if (aliases.length > 0) lines.push([t('Other names'), aliases.join(', ')]);
  return headedTable(name, title ?? '', lines, description === undefined ? [] : [description]);
}

export function methodItem({ id, method }: MethodNode): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(method.name), None);
  item.id = id;
  const refused = method.callable === false;
  item.description = oneLine([translated(method.title ?? ''), refused ? t('not allowed') : ''].filter((part) => part !== '').join(', '));
  item.iconPath = new vscode.ThemeIcon(refused ? 'circle-slash' : method.access === 'write' ? 'edit' : 'symbol-method');
  item.contextValue = contextValue('method', { allowed: !refused, tabular: listsRows(method) });
  item.accessibilityInformation = {
    label: oneLine(
      [method.id, item.description, method.access === 'write' ? t('writes') : t('reads')].filter((part) => part !== '').join(', '),
    ),
  };
  return item;
}

/** The tooltip of a method: its names in every dialect, its arguments with their types, and its faults. */
export function methodTooltip(method: StoreMethod, faults: readonly { code: string; message: string }[]): vscode.MarkdownString {
  const { id, title, description, path, operation, aliases, args, result, access, callable } = method;
  const lines: (readonly [string, string])[] = isRestRequest(id)
    ? []
    : [
        ['V1', path ?? t('not known')],
        [t('V2 and WS-I'), operation ?? t('not described')],
      ];
  if (aliases.length > 0) lines.push([t('Other names'), aliases.join(', ')]);
  for (const { name, names, type, optional } of args ?? []) {
    const other = names.wsi !== undefined && names.wsi !== name ? [t('{name} over WS-I', { name: names.wsi })] : [];
    lines.push([name, [typeWords(type), ...(optional === true ? [t('optional')] : []), ...other].join(', ')]);
  }
  lines.push([t('Result'), typeWords(result)]);
  for (const { code, message } of faults) lines.push([t('Fault {code}', { code }), message]);
  const notes = [
    ...(description === undefined ? [] : [translated(description)]),
    access === 'write' ? t('Changes data in the store.') : t('Only reads.'),
    ...(callable === false ? [t('The role of this API user does not allow it.')] : []),
    ...(args === undefined ? [t('The WSDL of the store does not describe its arguments.')] : []),
  ];
  return headedTable(id, translated(title ?? ''), lines, notes);
}
