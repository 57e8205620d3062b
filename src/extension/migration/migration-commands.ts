import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import type { MigrationReport } from '../../migration';
import type { Handlers } from '../commands/commands';
import { showInformation, withProgress } from '../messages';
import { names } from '../names';
import type { MigrationRow, MigrationTree } from './migration-tree';

/** Shortest time between two updates of the shown file name, in ms. */
const SAY_EACH_MS = 200;

/** The commands that make the report about moving to REST and save it. */
export function migrationCommands({
  tree,
  view,
}: {
  readonly tree: MigrationTree;
  readonly view: vscode.TreeView<MigrationRow>;
}): Handlers<'migration'> {
  return {
    'migration.show': async () => {
      const report = await reported(foldersOfWorkspace());
      if (report === undefined) return;
      const { requestLine, summaryOf, verdictLabels } = await import('../../migration');
      tree.show({
        report,
        words: {
          verdicts: verdictLabels,
          requestOf: ({ translation: { request } }) => (request === undefined ? '' : requestLine(request)),
        },
      });
      await vscode.commands.executeCommand('setContext', names.migrationContext, true);
      view.message = `${summaryOf(report)}.`;
      await vscode.commands.executeCommand(`${names.migrationView}.focus`);
    },
    'migration.save': async () => {
      const { report } = tree;
      if (report !== undefined) await save(report);
    },
    'migration.showRest': async (row) => {
      if (!isCallRow(row)) return;
      const { file, call } = row;
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file.path));
      const position = new vscode.Position(call.line - 1, call.column - 1);
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position), preview: true });
      await vscode.commands.executeCommand('mahoSoap.rest.show');
    },
  };
}

function isCallRow(row: unknown): row is Extract<MigrationRow, { kind: 'call' }> {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'call' && 'call' in row && 'file' in row;
}

function foldersOfWorkspace(): readonly string[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  if (folders.length > 0) return folders;
  throw new ToolkitError('input', {
    code: 'no-folder',
    what: t('No folder is open, so there are no calls to report.'),
    next: t('Open the folder with your code. On the command line, maho-soap migrate accepts any folder.'),
  });
}

/** @returns `undefined` when it was cancelled */
async function reported(folders: readonly string[]): Promise<MigrationReport | undefined> {
  const { readPaths, ReportBuilder } = await import('../../migration');
  const stop = new AbortController();
  const report = new ReportBuilder();
  await withProgress(t('Searching for calls of the SOAP API'), async (progress, token) => {
    token.onCancellationRequested(() => {
      stop.abort();
    });
    let lastSaid = 0;
    const onFile = (path: string): void => {
      const now = Date.now();
      if (now - lastSaid < SAY_EACH_MS) return;
      lastSaid = now;
      progress.report({ message: vscode.workspace.asRelativePath(path) });
    };
    await readPaths(folders, report, { stop: stop.signal, onFile });
  });
  return stop.signal.aborted ? undefined : report.report();
}

async function save(report: MigrationReport): Promise<void> {
  const { migrationFormatOf, migrationText } = await import('../../migration');
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, 'rest-migration.md') }),
    filters: { Markdown: ['md'], HTML: ['html'], JSON: ['json'] },
    title: t('Save Migration Report'),
  });
  if (target === undefined) return;
  const text = migrationText(report, migrationFormatOf(target.path));
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = t('Open');
  if ((await showInformation(t('The report was saved as {file}.', { file: vscode.workspace.asRelativePath(target) }), open)) === open)
    await vscode.window.showTextDocument(target);
}
