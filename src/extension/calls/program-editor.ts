import * as vscode from 'vscode';
import type { CodeTarget } from '../../codegen';

const targets: Readonly<Record<string, CodeTarget>> = {
  php: 'php',
  typescript: 'typescript',
  typescriptreact: 'typescript',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  shellscript: 'curl',
};

const languages: Readonly<Record<CodeTarget, string>> = {
  php: 'php',
  typescript: 'typescript',
  javascript: 'javascript',
  curl: 'shellscript',
};

/** The language of programs for a document of this language. `undefined` for languages without programs. */
export function targetOf(languageId: string): CodeTarget | undefined {
  return Object.hasOwn(targets, languageId) ? targets[languageId] : undefined;
}

/** The editor that code is inserted into: the active one or another visible one, if it contains code. */
export function codeEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [activeTextEditor, ...visibleTextEditors].find(
    (editor) => editor !== undefined && targetOf(editor.document.languageId) !== undefined,
  );
}

/** Replaces the selection with a program. It is inserted as plain text, not as a snippet, because values may contain `$`. */
export async function insertProgram(editor: vscode.TextEditor, program: string, target: CodeTarget): Promise<void> {
  const { document, selection } = editor;
  const text = fitting(program, target, document.getText(new vscode.Range(new vscode.Position(0, 0), selection.start)));
  await editor.edit((builder) => {
    builder.replace(selection, text);
  });
  await vscode.window.showTextDocument(document, {
    ...(editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
    preview: false,
  });
}

/** Opens a program as a new, unsaved document. */
export async function openProgram(program: string, target: CodeTarget): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: program, language: languages[target] }), {
    preview: false,
  });
}

/** Adapts a program to the file: a PHP file needs only one opening tag, and `declare` may only be its first statement. */
function fitting(program: string, target: CodeTarget, before: string): string {
  return target === 'php' && /<\?(?:php\b|=)/.test(before) ? program.replace(/^<\?php\s+declare\(strict_types=1\);\s+/, '') : program;
}
