// maho-soap in a terminal of the window, once the extension was used in it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateOurs, eventually, workspaceFolder } from './support/extension';

suite('A terminal', () => {
  test('runs maho-soap with the Node of VS Code, once the stores were used', async () => {
    const { extensionUri } = await activateOurs();
    // Reads the stores, as every view and command that needs one does.
    await vscode.commands.executeCommand('mahoSoap.refresh');
    const out = vscode.Uri.joinPath(workspaceFolder(), 'version.txt');
    const version = await eventually('maho-soap is on the PATH of a new terminal', async () => {
      const terminal = vscode.window.createTerminal({ name: 'maho', shellPath: '/bin/sh' });
      try {
        terminal.sendText(`maho-soap --version > '${out.fsPath}'`);
        return await eventually('the command has run', async () => await textOf(out), 3000).catch(() => undefined);
      } finally {
        terminal.dispose();
      }
    });
    const manifest: unknown = JSON.parse((await textOf(vscode.Uri.joinPath(extensionUri, 'package.json'))) ?? '');
    assert.equal(typeof manifest === 'object' && manifest !== null && 'version' in manifest && manifest.version, version.trim());
  }).timeout(40_000);
});

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return text === '' ? undefined : text;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}
