import * as vscode from 'vscode';
import type { Store } from '../stores/store';

/** Opens a request file to start from: a new one in the workspace, not yet saved, or an untitled one without a workspace. */
export async function starter(store: Store | undefined): Promise<void> {
  const uri = await freeUri();
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(text(store)), new vscode.Position(0, 0));
  // Written at once, so that views, tests and the completion of paths know it.
  if (uri.scheme === 'untitled' && vscode.workspace.workspaceFolders !== undefined) await document.save();
}

async function freeUri(): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'requests.maho.json' : `requests-${number}.maho.json`;
    if (folder === undefined) return vscode.Uri.from({ scheme: 'untitled', path: name });
    const uri = vscode.Uri.joinPath(folder.uri, name);
    if ((await vscode.workspace.findFiles(new vscode.RelativePattern(folder, name), undefined, 1)).length === 0 && !vscode.workspace.textDocuments.some((each) => each.uri.path === uri.path)) return uri.with({ scheme: 'untitled' });
  }
}

function text(store: Store | undefined): string {
  const name = store?.config?.name;
  const named = name === undefined ? '// "store": "Staging",' : `// "store": ${JSON.stringify(name).replace(/[\\$}]/g, '\\$&')},`;
  return `// Requests to a store. Run them with the actions above each, or all of them in the Test Explorer.
{
  // Without a store, the active one answers; "store" ties this file to one.
  ${named}
  "variables": { "email": "{{\\$randomEmail}}" },
  "requests": [
    {
      "name": "\${1:Recent customers}",
      "method": "customer.list",
      "args": { "filters": { "created_at": { "from": "2026-01-01 00:00:00" } } }
    },
    {
      "name": "Create",
      "method": "customer.create",
      "args": { "customerData": { "email": "{{email}}", "firstname": "Jane", "lastname": "Doe", "website_id": 1 } },
      // With an expectation a request is a test.
      "expect": { "result": { "\\$type": "int" } }
    },
    {
      // Results of earlier requests go by their names.
      "name": "Read back",
      "method": "customer.info",
      "args": { "customerId": "{{Create.result}}" },
      "expect": { "result": { "\\$partial": { "email": "{{email}}" } } }
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
