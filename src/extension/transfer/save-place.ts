import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';

/** The folder that dialogs suggest: the first folder of the workspace, or the home folder. */
export function usualFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder?.uri.scheme === 'file' ? folder.uri : vscode.Uri.file(os.homedir());
}

/**
 * The path of a place that was chosen in a dialog.
 * @throws {ToolkitError} of kind `input` for places that are not on this computer, such as a repository in the browser
 */
export function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new ToolkitError('input', {
    code: 'file-place',
    what: t('{place} is not on this computer.', { place: uri.toString(true) }),
    why: t('Large files are streamed, which works only in folders of this computer.'),
    next: t('Select a folder on this computer.'),
  });
}

/** The last part of a path. */
export function baseName(file: string): string {
  return path.basename(file);
}
