import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { spoken, type Texts } from '../l10n/texts';
import { helpCommand } from './help-link';

/** What makes one webview different from another. */
export interface WebviewPage {
  readonly title: string;
  /** Bundle in `dist/webview`, such as `sheet.js`. */
  readonly script: string;
  /** Style sheets in `media`, such as `sheet.css`. */
  readonly styles: readonly string[];
}

/** Where webviews may read from: their bundles and style sheets. */
export function webviewRoots(extension: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist', 'webview'), vscode.Uri.joinPath(extension, 'media')];
}

/** What a page of ours may do: run its scripts, load what is packed, open the documentation by a link. No other command is one there. */
export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, enableCommandUris: [helpCommand], localResourceRoots: webviewRoots(extension) };
}

/** The page of a webview: scripts by nonce, styles from the extension, nothing else (design decision 12). It holds no data. */
export function webviewHtml(webview: vscode.Webview, extension: vscode.Uri, { title, script, styles }: WebviewPage): string {
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
<html lang="${spoken()?.language ?? 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<link rel="stylesheet" href="${from('dist', 'webview', 'codicon.css')}" id="vscode-codicon-stylesheet">
${['controls.css', ...styles].map((style) => `<link rel="stylesheet" href="${from('media', style)}">`).join('\n')}
<title>${title}</title>
</head>
<body>
${textsOf(spoken())}<script type="module" nonce="${nonce}" src="${from('dist', 'webview', script)}"></script>
</body>
</html>`;
}

/** The texts of the page's language as data beside it: nothing runs it, and no `<` in it ends it. */
function textsOf(texts: Texts | undefined): string {
  if (texts === undefined) return '';
  return `<script type="application/json" id="texts">${JSON.stringify(texts).replaceAll('<', '\\u003c')}</script>\n`;
}
