import * as vscode from 'vscode';
import { environments, type Environment } from '../stores/store-settings';

/** Scheme of the addresses that stand for stores in trees. They lead nowhere: they only carry the environment. */
const SCHEME = 'maho-soap-store';

const decorations: Readonly<Record<Environment, vscode.FileDecoration>> = {
  production: new vscode.FileDecoration('P', 'Production', new vscode.ThemeColor('mahoSoap.production')),
  staging: new vscode.FileDecoration('S', 'Staging', new vscode.ThemeColor('mahoSoap.staging')),
  development: new vscode.FileDecoration('D', 'Development', new vscode.ThemeColor('mahoSoap.development')),
};

/** The address by which a row of a tree gets the badge and colour of its environment. */
export function environmentUri(environment: Environment, storeId: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${environment}`, query: storeId });
}

/** Production red with P, staging amber with S, development green with D. */
export class EnvironmentDecorations implements vscode.FileDecorationProvider {
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== SCHEME) return undefined;
    const environment = environments.find((name) => uri.path === `/${name}`);
    return environment === undefined ? undefined : decorations[environment];
  }
}
