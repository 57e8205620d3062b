// maho-soap in a terminal of the window, once the extension was used in it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateOurs, eventually, workspaceFolder } from './support/extension';

/** How long a terminal may take to run one command, in ms. */
const LIMIT = 5000;

suite('A terminal', () => {
  test('runs maho-soap with the Node of VS Code, once the stores were used', async function () {
    this.timeout(60_000);
    const { extensionUri } = await activateOurs();
    // The server of the tests has no module for terminals; VS Code on a desktop has.
    if ((await written('echo works')) === undefined) this.skip();
    // Reads the stores, as every view and command that needs one does.
    await vscode.commands.executeCommand('mahoSoap.refresh');
    const version = await eventually('maho-soap is on the PATH of a new terminal', () => written('maho-soap --version'), 30_000);
    const manifest: unknown = JSON.parse(await textOf(vscode.Uri.joinPath(extensionUri, 'package.json')));
    assert.ok(typeof manifest === 'object' && manifest !== null && 'version' in manifest);
    assert.equal(version.trim(), manifest.version);
  });
});

/** What a command prints in a new terminal; `undefined` when it prints nothing in time. */
async function written(command: string): Promise<string | undefined> {
  const out = vscode.Uri.joinPath(workspaceFolder(), 'printed.txt');
  await vscode.workspace.fs.writeFile(out, new Uint8Array());
  const terminal = vscode.window.createTerminal({ name: 'maho-soap', shellPath: '/bin/sh' });
  try {
    terminal.sendText(`${command} > '${out.fsPath}'`);
    const until = Date.now() + LIMIT;
    while (Date.now() < until) {
      const text = await textOf(out);
      if (text !== '') return text;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return undefined;
  } finally {
    terminal.dispose();
  }
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
