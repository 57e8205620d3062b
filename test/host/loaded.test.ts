// Which files the extension loads, and when. Every window with a PHP or TypeScript file activates it.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { activateOurs, eventually, workspaceFolder } from './support/extension';

/** Maximum size of the code that is loaded by activation, in kB. */
const ENTRY_KB = 60;

/** The files of the extension that the extension host has loaded, without the hash in their names. */
async function loaded(): Promise<readonly string[]> {
  const { extensionUri } = await activateOurs();
  const dist = path.join(extensionUri.fsPath, 'dist') + path.sep;
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(dist))
    .map((file) => path.basename(file));
}

/** Chunks of features, named after their first module. Shared chunks have no such name. */
function features(files: readonly string[]): readonly string[] {
  return files
    .map((file) => file.replace(/(?:-[A-Z0-9]{8})?\.cjs$/, ''))
    .filter((name) => name !== 'chunk')
    .sort();
}

async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

// This suite is the first (index.ts), because the chunks of a feature stay loaded.
suite('What is loaded', () => {
  test('after activation: only the file of the entry', async () => {
    const { extensionUri } = await activateOurs();
    const files = await loaded();
    assert.deepEqual(files, ['extension.cjs'], 'one file');
    const bytes = files.reduce((sum, file) => sum + statSync(path.join(extensionUri.fsPath, 'dist', file)).size, 0);
    assert.ok(bytes <= ENTRY_KB * 1000, `${bytes} bytes`);
  });

  for (const [name, text, words] of [
    ['unrelated.php', '<?php\n$a = strlen("x");\n$b = $this->', 'strlen'],
    ['unrelated.ts', 'export const shop = [1, 2].map((n) => n.toFixed(2));\n', 'map'],
  ] as const) {
    test(`after ${name} was opened, edited, hovered over and completed: still no feature`, async () => {
      const document = await open(name, text);
      const editor = await vscode.window.showTextDocument(document);
      await editor.edit((edit) => {
        edit.insert(document.positionAt(text.length), '\n');
      });
      const at = document.positionAt(text.indexOf(words) + 1);
      await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, at);
      await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, at);
      await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri);
      // Longer than the pause in typing after which a document is checked.
      await delay(600);
      assert.deepEqual(features(await loaded()), ['extension']);
    });
  }

  test('after a file with calls of this API was opened: help for code, and no views, pages or request files', async () => {
    const document = await open(
      'related.php',
      `<?php\n$client = new SoapClient($wsdl);\n$customers = $client->call($session, 'customer.list', [['customer_id' => 1]]);\n`,
    );
    await eventually('the call has a lens', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
      return lenses.length > 0 ? lenses : undefined;
    });
    const names = features(await loaded());
    for (const wanted of ['code-help', 'codegen', 'stores']) assert.ok(names.includes(wanted), `${wanted} of ${names.join(', ')}`);
    for (const other of ['tree', 'tables', 'sheets', 'responses', 'requests', 'history', 'transfer', 'src', 'client'])
      assert.ok(!names.includes(other), `${other} was loaded`);
  });
});
