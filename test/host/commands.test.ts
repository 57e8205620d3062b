import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateOurs } from './support/extension';

/** Commands that VS Code creates for each view. */
const ofViews =
  /^mahoSoap(\.stores|\.requests|\.history|\.migration)?\.(focus|open|resetViewLocation|removeView|toggleVisibility)$|^workbench\./;

suite('Commands', () => {
  test('are exactly those of the manifest, and each is registered', async () => {
    const { packageJSON } = await activateOurs();
    const declared = packageJSON.contributes.commands?.map(({ command }) => command) ?? [];
    const registered = (await vscode.commands.getCommands(true)).filter(
      (command) => command.startsWith('mahoSoap.') && !ofViews.test(command),
    );
    assert.deepEqual(registered.sort(), declared.sort());
  });

  test('do nothing, and do not fail, when a row command is called without a row', async () => {
    await activateOurs();
    for (const command of ['retry', 'customers.loadMore', 'customer.open', 'customer.copyId', 'store.disconnect', 'store.copyUrl']) {
      await vscode.commands.executeCommand(`mahoSoap.${command}`);
      await vscode.commands.executeCommand(`mahoSoap.${command}`, { kind: 'customer', row: {} });
    }
  });
});
