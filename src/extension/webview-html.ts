import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { spoken } from '../l10n/texts';
import { helpCommand } from './help-link';

/** What makes one webview different from another. */
export interface WebviewPage {
  readonly title: string;
  /** Bundle in `dist/webview`, such as `sheet.js`. */
  readonly script: string;
  /** Style sheets in `media`, such as `sheet.css`. */
  readonly styles: readonly string[];
  /** What the page draws before it has spoken with the extension; it is data, and no secret. */
  readonly first?: unknown;
}

/** Where webviews may read from: their bundles and style sheets. */
export function webviewRoots(extension: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist', 'webview'), vscode.Uri.joinPath(extension, 'media')];
}

/** What a page of ours may do: run its scripts, load what is packed, open the documentation by a link. No other command is one there. */
export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, enableCommandUris: [helpCommand], localResourceRoots: webviewRoots(extension) };
}

/**
 * The page of a webview: scripts by nonce, styles from the extension, nothing else. Its data is the texts of its
 * language and what it draws first.
 */
export function webviewHtml(webview: vscode.Webview, extension: vscode.Uri, { title, script, styles, first }: WebviewPage): string {
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

/** Data beside the page: nothing runs it, and no `<` in it ends it. */
function dataOf(id: string, data: unknown): string {
  if (data === undefined) return '';
  return `<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>\n`;
}

const chunks = new Map<string, readonly string[]>();

/** The chunks that a bundle imports, so that they are asked for beside it rather than once it was read. */
function chunksOf(extension: vscode.Uri, script: string): readonly string[] {
  let known = chunks.get(script);
  if (known === undefined) {
    const text = readFileSync(vscode.Uri.joinPath(extension, 'dist', 'webview', script).fsPath, 'utf8');
    known = [...text.matchAll(/\b(?:from|import)\s*"\.\/(chunk-\w+\.js)"/g)].flatMap(([, chunk]) => chunk ?? []);
    chunks.set(script, known);
  }
  return known;
}
