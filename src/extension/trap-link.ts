import * as vscode from 'vscode';
import { helpLink } from './help-link';
import { topicOfCode } from './topics';

/** The code of a diagnostic, as a link to its page if it has one. */
export function linkedCode(code: string): NonNullable<vscode.Diagnostic['code']> {
  const topic = topicOfCode(code);
  return topic === undefined ? code : { value: code, target: vscode.Uri.parse(helpLink(...topic)) };
}

/** The code of a diagnostic as text, whether or not it is a link. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
