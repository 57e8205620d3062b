import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateOurs, eventually, HANGS_AFTER_MS, workspaceFolder } from './support/extension';

const stores = { v1: 'Demo store, V1', v2: 'Demo store, V2', wsi: 'Demo store, WS-I' };

suite('Request files', () => {
  test('are JSON with comments, completed and explained by the schema', async () => {
    const { document } = await show('schema.maho.json', '{\n  "requests": [\n    { "name": "A", "method": "" }\n  ]\n}\n');
    assert.equal(document.languageId, 'jsonc');
    const methods = await eventually('methods are completed', async () => {
      const found = await completionsAt(document, '"method": "|"');
      return found.some((label) => label.includes('customer.list')) ? found : undefined;
    });
    assert.ok(methods.some((label) => label.includes('customer_address.create')));
    const { document: other } = await show(
      'filters.maho.json',
      '{ "requests": [{ "name": "A", "method": "customer.list", "args": { "filters": { "email": "x" } } }] }',
    );
    const hover = await eventually('the method is explained', async () => {
      const [first] = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        other.uri,
        other.positionAt(other.getText().indexOf('customer.list') + 2),
      );
      return first;
    });
    assert.match(hover.contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n'), /customer/i);
  });

  test('complete placeholders: variables, results of earlier requests, and generated values', async () => {
    const { document } = await show(
      'placeholders.maho.json',
      '{\n  "variables": { "email": "jane@example.com" },\n  "requests": [\n    { "name": ' +
        '"list", "method": "customer.list" },\n    { "name": "B", "method": "customer.list", ' +
        '"args": { "filters": { "email": "{{}}" } } },\n    { "name": "later", "method": ' +
        '"customer.list" }\n  ]\n}\n',
    );
    const found = await completionsAt(document, '"email": "{{|}}" }');
    for (const expected of ['email', 'list.result', '$uuid', '$randomEmail', 'store.name'])
      assert.ok(found.includes(expected), `${expected} in ${found.join(', ')}`);
    assert.equal(found.includes('later.result'), false);
  });

  test('mark a trap where it is, and fix it', async () => {
    const { document, diagnostic } = await marked(
      'trap.maho.json',
      '{ "requests": [{ "name": "A", "method": "customer.update", "args": { "customerId": 1, ' +
        '"customerData": { "email": "a@example.com", "customer_id": 5 } } }] }',
      /customer_id/,
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
    );
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
    await vscode.workspace.applyEdit(fix.edit);
    assert.doesNotMatch(document.getText(), /customer_id/);
    await eventually('the mark is gone', () =>
      vscode.languages.getDiagnostics(document.uri).some(({ message }) => /customer_id/.test(message)) ? undefined : true,
    );
  });

  test('show their errors in place', async () => {
    const request = '"requests": [{ "name": "A", "method": "customer.list" }]';
    const cases: readonly (readonly [name: string, text: string, message: RegExp, place: string])[] = [
      ['broken', `{ ${request.slice(0, -2)}, ] }`, /./, ''],
      [
        'variable',
        '{ "requests": [{ "name": "A", "method": "customer.info", "args": { "customerId": "{{nobody}}" } }] }',
        /no variable "nobody"/,
        '{{nobody}}',
      ],
      ['cycle', `{ "variables": { "one": "{{two}}", "two": "{{one}}" }, ${request} }`, /"one" contains itself/, '"one"'],
      ['store', `{ "store": "Nowhere", ${request} }`, /no store "Nowhere"/, '"Nowhere"'],
      ['type', '{ "requests": [{ "name": 5, "method": "customer.list" }] }', /string/, '5'],
      [
        'later',
        '{ "requests": [{ "name": "A", "method": "customer.info", "args": { "customerId": ' +
          '"{{B.result}}" } }, { "name": "B", "method": "customer.list" }] }',
        /later/,
        '{{B.result}}',
      ],
    ];
    for (const [name, text, message, place] of cases) {
      const { document, diagnostic } = await marked(`bad-${name}.maho.json`, text, message);
      if (place !== '') assert.equal(document.getText(diagnostic.range), place, name);
    }
  });

  test('report a missing environment file at their beginning', async () => {
    const { document } = await show(
      'environment.maho.json',
      '// With an environment.\n{ "requests": [{ "name": "A", "method": "customer.list", "args": ' +
        '{ "filters": { "email": "{{who}}" } } }] }\n',
    );
    const missing = (text: RegExp): Promise<vscode.Diagnostic> =>
      eventually(`marked with ${String(text)}`, () =>
        vscode.languages.getDiagnostics(document.uri).find(({ message }) => text.test(message)),
      );
    await missing(/no variable "who"/);
    const environment = await write('host.env.json', '{ "who": "jane@example.com" }');
    await vscode.commands.executeCommand('mahoSoap.environment.choose', environment);
    await eventually('the variable is known', () =>
      vscode.languages.getDiagnostics(document.uri).some(({ message }) => message.includes('"who"')) ? undefined : true,
    );
    await vscode.workspace.fs.writeFile(environment, new TextEncoder().encode('{ "who": '));
    await missing(/host\.env\.json/);
    await vscode.workspace.fs.delete(environment);
    const { range } = await missing(/host\.env\.json cannot be read/);
    assert.equal(document.getText(range), '{');
    await vscode.commands.executeCommand('mahoSoap.environment.choose', null);
    await missing(/no variable "who"/);
  });

  test('of the examples run in the Test Explorer, and all pass', async function () {
    // All requests of all examples, one after the other.
    this.timeout(10 * HANGS_AFTER_MS);
    const { extensionUri } = await activateOurs();
    await vscode.commands.executeCommand('mahoSoap.demo.start');
    const files: vscode.Uri[] = [];
    for (const [dialect, store] of Object.entries(stores)) {
      const folder = vscode.Uri.joinPath(extensionUri, 'examples', dialect);
      for (const [file] of await vscode.workspace.fs.readDirectory(folder)) {
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, file)));
        files.push(
          await write(
            `examples/${dialect}/${file}`,
            text.replace('"$schema": "../../schemas/maho-requests.schema.json",', `"store": "${store}",`),
          ),
        );
      }
    }
    await vscode.commands.executeCommand('testing.refreshTests');
    await vscode.commands.executeCommand('testing.runAll');
    let all = 0;
    for (const uri of files) {
      const { ended, expected } = await eventually(`${uri.path} has run`, async () => {
        const document = await vscode.workspace.openTextDocument(uri);
        const titles = await lensTitles(uri);
        const ended = titles.filter((title) => /^\$\((pass|error|circle-slash)\)/.test(title));
        const expected = [...document.getText().matchAll(/"expect":/g)].length;
        return ended.length >= expected ? { ended, expected } : undefined;
      });
      assert.ok(expected > 0);
      assert.deepEqual(
        ended.filter((title) => !title.startsWith('$(pass)')),
        [],
        uri.path,
      );
      all += ended.length;
    }
    // Ten files over V1 and nine over each of the others, because multiCall and similar calls exist in V1 only.
    assert.equal(files.length, 28);
    assert.ok(all >= 400, `${all} requests ran`);
  });
});

async function write(name: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

async function show(name: string, text: string): Promise<{ readonly document: vscode.TextDocument }> {
  await activateOurs();
  const document = await vscode.workspace.openTextDocument(await write(name, text));
  await vscode.window.showTextDocument(document);
  return { document };
}

/** Opens a file and waits until it has a problem with this message. */
async function marked(
  name: string,
  text: string,
  message: RegExp,
): Promise<{ readonly document: vscode.TextDocument; readonly diagnostic: vscode.Diagnostic }> {
  const { document } = await show(name, text);
  const diagnostic = await eventually(`${name} is marked with ${String(message)}`, () =>
    vscode.languages.getDiagnostics(document.uri).find((each) => message.test(each.message)),
  );
  return { document, diagnostic };
}

/** Labels of the completions at a place: `|` in the sample of the text. */
async function completionsAt(document: vscode.TextDocument, sample: string): Promise<string[]> {
  const at = document.getText().indexOf(sample.replace('|', '')) + sample.indexOf('|');
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    document.positionAt(at),
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function lensTitles(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 1000);
  return lenses.map(({ command }) => command?.title ?? '');
}
