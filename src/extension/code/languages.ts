import type * as vscode from 'vscode';
import type { CodeLanguage } from '../../codegen';
// Small on purpose: it is used instead of all of `codegen` until a file uses this API.
import { mayHoldCalls } from '../../codegen/detect/gate';

const languages: Readonly<Record<string, CodeLanguage>> = {
  php: 'php',
  typescript: 'typescript',
  typescriptreact: 'typescript',
  javascript: 'typescript',
  javascriptreact: 'typescript',
};

/** The documents with code help. */
export const codeSelector: readonly vscode.DocumentFilter[] = Object.keys(languages).map((language) => ({ language }));

/** Whether a document has code help. */
export function isCodeDocument({ languageId }: vscode.TextDocument): boolean {
  return Object.hasOwn(languages, languageId);
}

/** Largest file with code help, in UTF-16 units. A larger one was not written by hand. */
const MAX_FILE_CHARS = 4_000_000;

/** Text and language of a document that may contain calls of this API. */
export function codeOf(document: vscode.TextDocument): { readonly text: string; readonly language: CodeLanguage } | undefined {
  const language = Object.hasOwn(languages, document.languageId) ? languages[document.languageId] : undefined;
  if (language === undefined) return undefined;
  const text = document.getText();
  return text.length <= MAX_FILE_CHARS && mayHoldCalls(text) ? { text, language } : undefined;
}
