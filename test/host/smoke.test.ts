import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateOurs } from './support/extension';

suite('Maho SOAP Toolkit in VS Code', () => {
  test('is found and activates', async () => {
    const extension = await activateOurs();
    assert.equal(extension.isActive, true);
    assert.equal(extension.packageJSON.displayName, 'Maho SOAP Toolkit');
  });

  test('has every command of its manifest registered', async () => {
    const extension = await activateOurs();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing =
      extension.packageJSON.contributes.commands?.map(({ command }) => command).filter((command) => !registered.has(command)) ?? [];
    assert.deepEqual(missing, []);
  });
});
