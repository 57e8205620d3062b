import type * as vscode from 'vscode';
import { webviewHtml } from '../webview-html';

/** The page of the customer sheet. */
export function sheetHtml(webview: vscode.Webview, extension: vscode.Uri, title: string): string {
  return webviewHtml(webview, extension, { title, script: 'sheet.js', styles: ['sheet.css'] });
}
