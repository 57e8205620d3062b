import * as vscode from 'vscode';
import type { Store } from '../stores/store';

/**
 * Opens a request file to start from: a new one in the workspace, where views and tests find it, or an untitled one if there is no
 * workspace.
 */
export async function starter(store: Store | undefined): Promise<void> {
  const content = text(store);
  const uri = await freeUri();
  if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  const document = uri === undefined ? await untitled(content) : await vscode.workspace.openTextDocument(uri);
  // Selects the name of the first request, so that it can be typed over.
  const name = /(?<="name": ")[^"]+/.exec(content);
  const start = document.positionAt(name?.index ?? 0);
  await vscode.window.showTextDocument(document, {
    preview: false,
    selection: new vscode.Range(start, start.translate(0, name?.[0].length ?? 0)),
  });
}

async function untitled(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path: 'requests.maho.json' }));
  // An untitled document from an earlier call may still be open.
  if (document.getText() !== '') return document;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), content);
  await vscode.workspace.applyEdit(edit);
  return document;
}

/** A file name that is not used yet, in the current workspace folder. `undefined` without a workspace. */
async function freeUri(): Promise<vscode.Uri | undefined> {
  const shown = vscode.window.activeTextEditor?.document.uri;
  const folder = (shown === undefined ? undefined : vscode.workspace.getWorkspaceFolder(shown)) ?? vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) return undefined;
  const names = new Set((await vscode.workspace.fs.readDirectory(folder.uri)).map(([name]) => name));
  let name = 'requests.maho.json';
  for (let number = 2; names.has(name); number++) name = `requests-${number}.maho.json`;
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Comments and names in the file are English in every language, because a team keeps it in its repository. */
function text(store: Store | undefined): string {
  const name = store?.config?.name;
  const named = name === undefined ? '// "store": "Staging",' : `// "store": ${JSON.stringify(name)},`;
  return `// Requests to a store. Select Run above a request, or run all of them in the Test Explorer.
{
  // The requests run on the active store, unless "store" names another one.
  ${named}
  "variables": { "email": "{{\$randomEmail}}" },
  "requests": [
    {
      "name": "First customers",
      "method": "customer.list",
      // Without filters, a store returns all of its customers at once.
      "args": { "filters": { "customer_id": { "from": 1, "to": 50 } } }
    },
    {
      "name": "Create",
      "method": "customer.create",
      "args": {
        "customerData": { "email": "{{email}}", "firstname": "Jane", "lastname": "Doe", "website_id": 1 }
      },
      // A request that expects something is a test.
      "expect": { "result": { "\$type": "int" } }
    },
    {
      // {{Create.result}} is the result of the request with the name Create.
      "name": "Read back",
      "method": "customer.info",
      "args": { "customerId": "{{Create.result}}" },
      "expect": { "result": { "\$partial": { "email": "{{email}}" } } }
    },
    {
      "name": "Clean up",
      "method": "customer.delete",
      "args": { "customerId": "{{Create.result}}" },
      "expect": { "result": true }
    }
  ]
}
`;
}
