import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The page of a webview: scripts by nonce, styles from the extension, nothing else (design decision 12). It holds no data. */
export function sheetHtml(webview: vscode.Webview, extension: vscode.Uri, title: string): string {
  const nonce = randomBytes(16).toString('base64url');
  const from = (...path: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The toolkit appends a style element of its own; it takes its nonce from the meta element below.
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<link rel="stylesheet" href="${from('dist', 'webview', 'codicon.css')}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${from('media', 'sheet.css')}">
<title>${title}</title>
</head>
<body>
<script type="module" nonce="${nonce}" src="${from('dist', 'webview', 'sheet.js')}"></script>
</body>
</html>`;
}
