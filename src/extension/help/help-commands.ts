import * as vscode from 'vscode';
import type { Handlers } from '../commands/commands';
import { topicPages } from '../help-link';

/** The command that opens the documentation in the extension's package. */
export function helpCommands(extension: vscode.Uri): Handlers<'help'> {
  return {
    'help.open': async (page, topic) => {
      await vscode.commands.executeCommand('markdown.showPreview', pageOf(extension, page, topic));
    },
  };
}

/** The page of a topic such as `filter-comma`, at its heading. The first page for anything else. */
function pageOf(extension: vscode.Uri, page: unknown, topic: unknown): vscode.Uri {
  const known = topicPages.find((each) => each === page);
  const file = vscode.Uri.joinPath(extension, 'docs', `${known ?? 'README'}.md`);
  return known !== undefined && typeof topic === 'string' && /^[\w-]+$/.test(topic) ? file.with({ fragment: topic }) : file;
}
