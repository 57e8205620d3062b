import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ToolkitError } from '../../src/api/errors';
import { helpCommand, helpLink } from '../../src/extension/help-link';
import { problemTooltip } from '../../src/extension/tree/tooltips';
import { eventually } from './support/extension';

suite('The documentation in the editor', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const preview = async (): Promise<string> =>
    await eventually('the page is shown', () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab?.input instanceof vscode.TabInputWebview && tab.input.viewType.includes('markdown') ? tab.label : undefined;
    });

  for (const [argument, page] of [
    [['traps', 'filter-comma'], 'traps.md'],
    [['faults', 'login-denied'], 'faults.md'],
    [[], 'README.md'],
    [['../package.json', 'x'], 'README.md'],
  ] as const) {
    test(`opens ${page} for ${JSON.stringify(argument)}`, async () => {
      await vscode.commands.executeCommand(helpCommand, ...argument);
      assert.ok((await preview()).includes(page));
    });
  }

  test('is linked from a problem in a request file and from one in code', async () => {
    const request =
      '{ "requests": [{ "name": "List", "method": "customer.list", "args": { "filters": { "customer_id": { "gteq": 1, "lteq": 9 } } } }] }';
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('there is a folder');
    const file = vscode.Uri.joinPath(folder, 'linked.maho.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(request));
    try {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
      const ofFile = await eventually('the problem in the file', () => linked(file));
      assert.equal(ofFile, vscode.Uri.parse(helpLink('traps', 'filter-two-operators')).toString());
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(file);
    }
    const code = await vscode.workspace.openTextDocument({
      language: 'php',
      content: `<?php\n$client->call($session, 'customer.list', [['customer_id' => ['gteq' => 1, 'lteq' => 9]]]);\n`,
    });
    await vscode.window.showTextDocument(code);
    const ofCode = await eventually('the problem in the code', () => linked(code.uri));
    assert.equal(ofCode, vscode.Uri.parse(helpLink('traps', 'filter-two-operators')).toString());
  });

  test('is linked from the row of a fault, and a store cannot add a link', () => {
    const said = '[click](command:workbench.action.quit) https://example.com';
    const tooltip = problemTooltip(new ToolkitError('fault', { code: '2', what: 'Refused.', topic: 'login-denied', said }));
    assert.ok(tooltip.value.includes(`[Learn more](${helpLink('faults', 'login-denied')})`));
    assert.deepEqual(tooltip.isTrusted, { enabledCommands: [helpCommand] });
    assert.ok(!tooltip.value.includes('](command:workbench'));
    assert.equal(problemTooltip(new ToolkitError('input', { code: 'x', what: 'Wrong.' })).isTrusted, undefined);
  });
});

/** The address that a problem of a document links to. */
function linked(uri: vscode.Uri): string | undefined {
  // VS Code passes the address on in these two forms, from the hover and from the Problems view.
  for (const { code } of vscode.languages.getDiagnostics(uri))
    if (typeof code === 'object') return vscode.Uri.parse(code.target.toString(true)).toString();
  return undefined;
}
