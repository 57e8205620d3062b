import * as vscode from 'vscode';
import { names } from '../names';
import { environmentTitle, environments, type Environment } from '../stores/environments';

const badges: Readonly<Record<Environment, string>> = { production: 'P', staging: 'S', development: 'D' };

/** The address by which a row of a tree gets the badge and colour of its environment. */
export function environmentUri(environment: Environment, storeId: string): vscode.Uri {
  return vscode.Uri.from({ scheme: names.storeScheme, path: `/${environment}`, query: storeId });
}

/** Production red with P, staging amber with S, development green with D. */
export function decorationOf(uri: vscode.Uri): vscode.FileDecoration | undefined {
  const environment = environments.find((name) => uri.path === `/${name}`);
  if (environment === undefined) return undefined;
  return new vscode.FileDecoration(badges[environment], environmentTitle(environment), new vscode.ThemeColor(`mahoSoap.${environment}`));
}
