import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { Dialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import type { ArgFix } from '../../api/traps';
import type { RequestDocuments } from './request-documents';
import { requestsModule } from '../lazy/requests-module';

/**
 * Applies a fix to the text of a request file and reveals it. The fix was found in the call as it was sent. The fix of the same name from
 * the file's own check is applied to the text, so that placeholders stay and every form of arguments works.
 * @throws {ToolkitError} of kind `input` when the mistake is not in the text of the request, because it came from a variable
 */
export async function fixInFile(
  documents: RequestDocuments,
  { uri, name, dialect }: { readonly uri: vscode.Uri; readonly name: string; readonly dialect: Dialect | undefined },
  { title }: ArgFix,
): Promise<void> {
  const { lint } = await requestsModule();
  const document = await vscode.workspace.openTextDocument(uri);
  const { file, rangeOf } = await documents.read(document);
  const request = file.all.find((each) => each.name === name);
  if (request === undefined)
    throw new ToolkitError('input', {
      code: 'request-gone',
      what: t('There is no request "{name}" in {file}.', { name, file: vscode.workspace.asRelativePath(uri) }),
      next: t('It may have been renamed.'),
    });
  const { offset, length } = request.range;
  const own = lint(file, { dialect }).filter(({ range }) => range.offset >= offset && range.offset < offset + length);
  const fix = own.flatMap(({ fixes }) => fixes).find((each) => each.title === title);
  if (fix === undefined) {
    await vscode.window.showTextDocument(document, { viewColumn: columnOf(uri), selection: rangeOf(request.nameRange) });
    throw new ToolkitError('input', {
      code: 'fix-elsewhere',
      what: t('"{fix}" cannot be applied to the text of "{name}".', { fix: title, name }),
      why: t('The value comes from a placeholder, or the request has changed.'),
      next: t('Change the request or the variable, then run it again.'),
    });
  }
  const change = new vscode.WorkspaceEdit();
  for (const { range, newText } of fix.edits) change.replace(uri, rangeOf(range), newText);
  await vscode.workspace.applyEdit(change);
  const [first] = fix.edits;
  const editor = await vscode.window.showTextDocument(document, { viewColumn: columnOf(uri), preserveFocus: true });
  if (first !== undefined)
    editor.revealRange(
      new vscode.Range(document.positionAt(first.range.offset), document.positionAt(first.range.offset + first.newText.length)),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
}

/** The column where the file is already shown. The response is beside it and must not be covered. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn {
  const shown = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
  return shown?.viewColumn ?? vscode.ViewColumn.One;
}
