// The report on moving to REST, from the palette to the file that it is saved as.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateOurs, eventually, workspaceFolder } from './support/extension';

const code = "<?php\n$client->call($session, 'customer.info', [5]);\n$client->call($session, 'customer.delete', [5]);\n";

suite('The report on moving to REST', () => {
  let source: vscode.Uri;
  let saved: vscode.Uri;
  setup(async () => {
    await activateOurs();
    source = vscode.Uri.joinPath(workspaceFolder(), 'sync.php');
    saved = vscode.Uri.joinPath(workspaceFolder(), 'rest-migration.md');
    await vscode.workspace.fs.writeFile(source, new TextEncoder().encode(code));
  });
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of [source, saved]) await vscode.workspace.fs.delete(uri);
  });

  test('is saved in the folder, as Markdown unless another name is chosen, and opens from the notification', async () => {
    await vscode.commands.executeCommand('mahoSoap.migration.show');
    const saving = vscode.commands.executeCommand('mahoSoap.migration.save');
    const text = await eventually('the report is saved', async () => {
      // Accepts the name that the file dialog suggests, once it is there.
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const [, found] = (await vscode.workspace.fs.readDirectory(workspaceFolder())).find(([name]) => name === 'rest-migration.md') ?? [];
      if (found === undefined) return undefined;
      const written = new TextDecoder().decode(await vscode.workspace.fs.readFile(saved));
      return written === '' ? undefined : written;
    });
    assert.match(text, /^# /);
    assert.match(text, /sync\.php/);
    assert.match(text, /customer\.delete/);
    const shown = await eventually('the report is open', async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      const { document } = vscode.window.activeTextEditor ?? {};
      return document?.uri.path === saved.path ? document : undefined;
    });
    assert.equal(shown.getText(), text);
    await saving;
  });
});
