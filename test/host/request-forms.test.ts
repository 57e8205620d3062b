// Features of request files besides plain requests, in the editor: before and after, rows, included files, environments.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateOurs, eventually, workspaceFolder } from './support/extension';

suite('Request files with more than requests', () => {
  test('run their before and after sections, each row, and the files that they include', async function () {
    await activateOurs();
    await vscode.commands.executeCommand('mahoSoap.demo.start');
    await write('forms/common/customer.json', {
      variables: { email: '{{$randomEmail}}' },
      before: [
        {
          name: 'Create',
          method: 'customer.create',
          args: { customerData: { email: '{{email}}', firstname: 'Jane', lastname: 'Doe', website_id: 1 } },
        },
      ],
      requests: [],
      after: [{ name: 'Delete', method: 'customer.delete', args: ['{{Create.result}}'] }],
    });
    const uri = await write('forms/all.maho.json', {
      store: 'Demo store, V2',
      include: 'common/customer.json',
      before: [{ name: 'Mine before', method: 'customer.info', args: ['{{Create.result}}'] }],
      requests: [
        { name: 'Rows', method: 'customer.info', each: [{ id: 1 }, { id: '{{Create.result}}' }], args: ['{{row.id}}'] },
        { name: 'Read', method: 'customer.info', args: ['{{Create.result}}'], expect: { result: { $partial: { firstname: 'Jane' } } } },
      ],
      after: [{ name: 'Mine after', method: 'customer.info', args: ['{{Create.result}}'] }],
    });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await vscode.commands.executeCommand('mahoSoap.requests.runFile', uri);
    const ended = await eventually('all four requests of the file ended', async () => {
      const titles = (await lensTitles(uri)).filter((title) => /^\$\((pass|error|circle-slash)\)/.test(title));
      return titles.length >= 4 ? titles : undefined;
    });
    assert.deepEqual(
      ended.filter((title) => !title.startsWith('$(pass)')),
      [],
    );
    assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
    await vscode.commands.executeCommand('mahoSoap.demo.stop');
  });

  test('show that a file cannot be included, and complete the files that can be', async () => {
    const text = '{\n  "include": ["common/missing.json", "common/"],\n  "requests": []\n}\n';
    const uri = await write('forms/broken.maho.json', text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const found = await eventually('it is marked', () => problem(uri, 'file'));
    assert.equal(document.getText(found.range), '"common/missing.json"');
    const at = document.positionAt(text.lastIndexOf('common/') + 'common/'.length);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, at);
    assert.ok(
      items.some(({ label }) => label === 'common/customer.json'),
      items.map(({ label }) => (typeof label === 'string' ? label : label.label)).join(', '),
    );
  });

  test('mark a name of the environment that is probably misspelled', async () => {
    const environment = await write('forms/names.env.json', { custmer: 5 });
    const uri = await write('forms/names.maho.json', {
      variables: { customer: 1 },
      requests: [{ name: 'Read', method: 'customer.info', args: ['{{customer}}'] }],
    });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('mahoSoap.environment.choose', environment);
    try {
      const found = await eventually('it is told', () => problem(uri, 'environment-name'));
      assert.match(found.message, /"custmer".*Did you mean "customer"/);
      assert.equal(document.getText(found.range), '"customer"');
    } finally {
      await vscode.commands.executeCommand('mahoSoap.environment.choose', null);
    }
  });
});

async function write(name: string, content: object | string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 2);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** A problem of a document, by its code. The code links to its page. */
function problem(uri: vscode.Uri, wanted: string): vscode.Diagnostic | undefined {
  return vscode.languages.getDiagnostics(uri).find(({ code }) => typeof code === 'object' && code.value === wanted);
}

async function lensTitles(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 1000);
  return lenses.map(({ command }) => command?.title ?? '');
}
