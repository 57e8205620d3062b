import * as vscode from 'vscode';
import type { Handlers } from '../commands/commands';
import { topicPages } from '../help-link';

/** The documentation that is packed with the extension. */
export function helpCommands(extension: vscode.Uri): Handlers<'help'> {
  return {
    'help.open': async (argument) => {
      await vscode.commands.executeCommand('markdown.showPreview', pageOf(extension, argument));
    },
  };
}

/** The page of a topic such as `traps#filter-comma`, at its heading; the first page for anything else. */
function pageOf(extension: vscode.Uri, argument: unknown): vscode.Uri {
  const [, page, topic] = typeof argument === 'string' ? (/^([a-z]+)#([\w-]+)$/.exec(argument) ?? []) : [];
  const known = topicPages.find((each) => each === page);
  const file = vscode.Uri.joinPath(extension, 'docs', `${known ?? 'README'}.md`);
  return known === undefined ? file : file.with({ fragment: topic ?? '' });
}
