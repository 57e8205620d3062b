import type * as vscode from 'vscode';

/** Characters after which words are offered unasked: inside quotes VS Code does not do so by itself. */
export const completionTriggers = ["'", '"', '.', '>'] as const;

/** A hyphenated prefix of a snippet that is being typed, up to the cursor. */
export const TYPED_SNIPPET = /(?:^|[\s;{}(,])(maho-[a-z0-9-]*)$/;

/** Documents in which Emmet is at work as well. */
export const snippetFirstSelector: vscode.DocumentSelector = { language: 'php' };
