import * as vscode from 'vscode';
import { names } from '../names';
import { environments, type Environment } from '../stores/environments';

const decorations: Readonly<Record<Environment, vscode.FileDecoration>> = {
  production: new vscode.FileDecoration('P', 'Production', new vscode.ThemeColor('mahoSoap.production')),
  staging: new vscode.FileDecoration('S', 'Staging', new vscode.ThemeColor('mahoSoap.staging')),
  development: new vscode.FileDecoration('D', 'Development', new vscode.ThemeColor('mahoSoap.development')),
};

/** The address by which a row of a tree gets the badge and colour of its environment. */
export function environmentUri(environment: Environment, storeId: string): vscode.Uri {
  return vscode.Uri.from({ scheme: names.storeScheme, path: `/${environment}`, query: storeId });
}

/** Production red with P, staging amber with S, development green with D. */
export function decorationOf(uri: vscode.Uri): vscode.FileDecoration | undefined {
  const environment = environments.find((name) => uri.path === `/${name}`);
  return environment === undefined ? undefined : decorations[environment];
}
