import * as vscode from 'vscode';
import { names } from '../names';
import { environmentLabel, environments, type Environment } from '../stores/environments';

const badges: Readonly<Record<Environment, string>> = { production: 'P', staging: 'S', development: 'D' };

/** The resource URI that gives a row of a tree the badge and colour of its environment. */
export function environmentUri(environment: Environment, storeId: string): vscode.Uri {
  return vscode.Uri.from({ scheme: names.storeScheme, path: `/${environment}`, query: storeId });
}

/** Badge and colour: red P for production, amber S for staging, green D for development. */
export function decorationOf(uri: vscode.Uri): vscode.FileDecoration | undefined {
  const environment = environments.find((name) => uri.path === `/${name}`);
  if (environment === undefined) return undefined;
  return new vscode.FileDecoration(badges[environment], environmentLabel(environment), new vscode.ThemeColor(`mahoSoap.${environment}`));
}
