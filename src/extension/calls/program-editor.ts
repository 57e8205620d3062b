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

/** What programs in a document of this language are written in. */
export function targetOf(languageId: string): CodeTarget | undefined {
  return Object.hasOwn(targets, languageId) ? targets[languageId] : undefined;
}

/** The editor that code goes into: the active one, or one beside it, when it holds code. */
export function codeEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [activeTextEditor, ...visibleTextEditors].find(
    (editor) => editor !== undefined && targetOf(editor.document.languageId) !== undefined,
  );
}

/** Puts a program in place of the selection. As plain text, not as a snippet: values may hold `$`. */
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

/** Shows a program in a document of its own, not saved yet. */
export async function openProgram(program: string, target: CodeTarget): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: program, language: languages[target] }), {
    preview: false,
  });
}

/** A file has one opening tag, and `declare` may only be its first statement. */
function fitting(program: string, target: CodeTarget, before: string): string {
  return target === 'php' && /<\?(?:php\b|=)/.test(before) ? program.replace(/^<\?php\s+declare\(strict_types=1\);\s+/, '') : program;
}
