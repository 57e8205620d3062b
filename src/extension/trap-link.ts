import * as vscode from 'vscode';
import { findTrap } from '../api/traps';
import { helpLink } from './help-link';

/** The code of a diagnostic: a link to its page for a trap, which has one. */
export function linkedCode(code: string): NonNullable<vscode.Diagnostic['code']> {
  return findTrap(code) === undefined ? code : { value: code, target: vscode.Uri.parse(helpLink('traps', code)) };
}

/** The code of a diagnostic as a text, whether or not it is a link. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
