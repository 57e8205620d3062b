// What the extension reads, and when: every window with a PHP or TypeScript file activates it.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { activateOurs, eventually, workspaceFolder } from './support/extension';

/** What may be read by then, in kB. */
const ENTRY_KB = 60;

/** The files of the extension that the extension host has loaded, without the hash of their names. */
async function loaded(): Promise<readonly string[]> {
  const { extensionUri } = await activateOurs();
  const dist = path.join(extensionUri.fsPath, 'dist') + path.sep;
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(dist))
    .map((file) => path.basename(file));
}

/** Chunks of features, by the name of their first module; chunks that several share have no name of their own. */
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

// This suite comes first (index.ts): what a feature has loaded stays loaded.
suite('What is loaded', () => {
  test('after activation: the file of the entry, and no other', async () => {
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
    test(`after ${name} was opened, typed into, pointed at and completed: still no feature`, async () => {
      const document = await open(name, text);
      const editor = await vscode.window.showTextDocument(document);
      await editor.edit((edit) => {
        edit.insert(document.positionAt(text.length), '\n');
      });
      const at = document.positionAt(text.indexOf(words) + 1);
      await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, at);
      await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, at);
      await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri);
      // Longer than typing must pause before a document is looked at.
      await delay(600);
      assert.deepEqual(features(await loaded()), ['extension']);
    });
  }

  test('after a file that speaks of this API was opened: its help, and nothing of views, pages and request files', async () => {
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
