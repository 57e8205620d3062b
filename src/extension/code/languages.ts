import type * as vscode from 'vscode';
import type { CodeLanguage } from '../../codegen';
// Small on purpose: it stands in for all of `codegen` until a file speaks of this API.
import { mayHoldCalls } from '../../codegen/detect/gate';

const languages: Readonly<Record<string, CodeLanguage>> = {
  php: 'php',
  typescript: 'typescript',
  typescriptreact: 'typescript',
  javascript: 'typescript',
  javascriptreact: 'typescript',
};

/** Documents that help is given in. */
export const codeSelector: readonly vscode.DocumentFilter[] = Object.keys(languages).map((language) => ({ language }));

/** Whether help is given in a document. */
export function isCode({ languageId }: vscode.TextDocument): boolean {
  return Object.hasOwn(languages, languageId);
}

/** A larger file was not written by hand and is skipped. In UTF-16 units. */
const LARGEST_FILE_CHARS = 4_000_000;

/** Text and language of a document, when it may speak of this API. */
export function codeOf(document: vscode.TextDocument): { readonly text: string; readonly language: CodeLanguage } | undefined {
  const language = Object.hasOwn(languages, document.languageId) ? languages[document.languageId] : undefined;
  if (language === undefined) return undefined;
  const text = document.getText();
  return text.length <= LARGEST_FILE_CHARS && mayHoldCalls(text) ? { text, language } : undefined;
}
