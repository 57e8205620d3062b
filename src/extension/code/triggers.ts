import type * as vscode from 'vscode';

/** Characters after which completion opens automatically. Inside quotes, VS Code does not open it without them. */
export const completionTriggers = ["'", '"', '.', '>'] as const;

/** A hyphenated prefix of a snippet, up to the cursor. */
export const TYPED_SNIPPET = /(?:^|[\s;{}(,])(maho-[a-z0-9-]*)$/;

/** Documents in which Emmet completes words, too. */
export const snippetFirstSelector: vscode.DocumentSelector = { language: 'php' };
