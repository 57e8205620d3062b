import { delimiter, join } from 'node:path';
import type * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { Log } from '../log/log';
import { NODE_VARIABLE, PROGRAM_VARIABLE, writeShims } from './shims';

/** The parts of the extension context that terminals need. */
export interface TerminalContext extends Pick<vscode.ExtensionContext, 'globalStorageUri' | 'extensionUri'> {
  readonly environmentVariableCollection: Pick<vscode.EnvironmentVariableCollection, 'append' | 'replace' | 'persistent' | 'description'>;
}

/**
 * Adds `maho-soap` to the PATH of terminals that are opened in this window from now on. It is added at the end, so that an installed
 * `maho-soap` is found first. A window that does not use the extension is not changed.
 */
export async function offerInTerminals(
  { globalStorageUri, extensionUri, environmentVariableCollection }: TerminalContext,
  log: Log,
): Promise<void> {
  try {
    const folder = await writeShims(globalStorageUri.fsPath);
    environmentVariableCollection.persistent = false;
    environmentVariableCollection.description = t('Makes the command `maho-soap` of the Maho SOAP Toolkit available.');
    environmentVariableCollection.append('PATH', `${delimiter}${folder}`, { applyAtProcessCreation: true, applyAtShellIntegration: true });
    environmentVariableCollection.replace(NODE_VARIABLE, process.execPath);
    environmentVariableCollection.replace(PROGRAM_VARIABLE, join(extensionUri.fsPath, 'dist', 'maho-soap.cjs'));
  } catch (error) {
    // Everything else works without it.
    log.warn(`maho-soap is not available in terminals: ${error instanceof Error ? error.message : String(error)}`);
  }
}
