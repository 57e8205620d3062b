import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { spoken } from '../l10n/texts';
import { helpCommand } from './help-link';

/** The differences between webviews. */
export interface WebviewPage {
  readonly title: string;
  /** Bundle in `dist/webview`, such as `sheet.js`. */
  readonly script: string;
  /** Style sheets in `media`, such as `sheet.css`. */
  readonly styles: readonly string[];
  /** Data that the page draws before it has contacted the extension. Must not contain secrets. */
  readonly first?: unknown;
}

/** The folders that webviews may read: their bundles and style sheets. */
export function webviewRoots(extension: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist', 'webview'), vscode.Uri.joinPath(extension, 'media')];
}

/**
 * The permissions of our pages: running their scripts, loading packed files, and opening the documentation by a link. No other command is
 * allowed.
 */
export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, enableCommandUris: [helpCommand], localResourceRoots: webviewRoots(extension) };
}

/**
 * The page of a webview. It may only run scripts with its nonce and load styles of the extension. Its data are the texts of its language,
 * and the data that it draws first.
 */
export function webviewHtml(webview: vscode.Webview, extension: vscode.Uri, { title, script, styles, first }: WebviewPage): string {
  const nonce = randomBytes(16).toString('base64url');
  const from = (...path: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The toolkit adds a style element itself. It takes the nonce from the meta element below.
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
${chunksOf(extension, script)
  .map((chunk) => `<link rel="modulepreload" nonce="${nonce}" href="${from('dist', 'webview', chunk)}">`)
  .join('\n')}
<title>${title}</title>
</head>
<body>
${dataOf('texts', spoken())}${dataOf('first', first)}<script type="module" nonce="${nonce}" src="${from('dist', 'webview', script)}"></script>
</body>
</html>`;
}

/** Data within the page. It is not executed, and no `<` in it can end its element. */
function dataOf(id: string, data: unknown): string {
  if (data === undefined) return '';
  return `<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>\n`;
}

const chunks = new Map<string, readonly string[]>();

/** The chunks that a bundle imports, so that the browser loads them together with the bundle. */
function chunksOf(extension: vscode.Uri, script: string): readonly string[] {
  let known = chunks.get(script);
  if (known === undefined) {
    const text = readFileSync(vscode.Uri.joinPath(extension, 'dist', 'webview', script).fsPath, 'utf8');
    known = [...text.matchAll(/\b(?:from|import)\s*"\.\/(chunk-\w+\.js)"/g)].flatMap(([, chunk]) => chunk ?? []);
    chunks.set(script, known);
  }
  return known;
}
