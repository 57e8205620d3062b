import path from 'node:path';
import * as vscode from 'vscode';
import { later, plural, translated, t } from '../../l10n/texts';
import type { FileMoves, MigrationReport, MovedCall } from '../../migration';
import type { Rows } from '../lazy/lazy-tree';
import { markdownText, oneLine } from '../text';

/** A file with calls, or one of its calls. */
export type MigrationRow =
  | { readonly kind: 'file'; readonly file: FileMoves }
  | { readonly kind: 'call'; readonly file: FileMoves; readonly call: MovedCall };

/** The report that is shown, and the words for its notes and requests. */
export interface ShownReport {
  readonly report: MigrationReport;
  readonly words: {
    readonly verdicts: Readonly<Record<MovedCall['translation']['verdict'], string>>;
    readonly requestOf: (call: MovedCall) => string;
  };
}

/** Short forms of verdicts, shown beside their icons. */
const shortVerdicts = { moves: later('can move'), difference: later('can move, with a difference'), stays: later('cannot move') } as const;

const icons = {
  moves: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  difference: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  stays: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('list.errorForeground')),
} as const;

/** The report about moving to REST as a tree: files, and below each its calls, which open in the editor. */
export class MigrationTree implements Rows<MigrationRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<MigrationRow | undefined>();
  #shown: ShownReport | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /** The report that is shown. `undefined` before the first one. */
  get report(): MigrationReport | undefined {
    return this.#shown?.report;
  }

  show(shown: ShownReport): void {
    this.#shown = shown;
    this.#changed.fire(undefined);
  }

  getChildren(row?: MigrationRow): MigrationRow[] {
    if (row === undefined) return (this.report?.files ?? []).map((file) => ({ kind: 'file', file }));
    return row.kind === 'file' ? row.file.calls.map((call) => ({ kind: 'call', file: row.file, call })) : [];
  }

  getParent(row: MigrationRow): MigrationRow | undefined {
    return row.kind === 'call' ? { kind: 'file', file: row.file } : undefined;
  }

  getTreeItem(row: MigrationRow): vscode.TreeItem {
    return row.kind === 'file' ? this.#fileItem(row.file) : this.#callItem(row.file, row.call);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #fileItem({ path: file, calls }: FileMoves): vscode.TreeItem {
    const item = new vscode.TreeItem(vscode.Uri.file(file), vscode.TreeItemCollapsibleState.Expanded);
    const relative = vscode.workspace.asRelativePath(file);
    item.label = oneLine(path.basename(file));
    const folder = path.dirname(relative);
    const number = plural(calls.length, '{count} call', '{count} calls');
    item.description = oneLine(folder === '.' ? number : `${folder}, ${number}`);
    item.id = file;
    item.iconPath = vscode.ThemeIcon.File;
    item.contextValue = 'migrationFile';
    return item;
  }

  #callItem({ path: file }: FileMoves, call: MovedCall): vscode.TreeItem {
    const { line, column, name, translation } = call;
    const { equivalent, verdict, reasons } = translation;
    const words = this.#shown?.words;
    const item = new vscode.TreeItem(oneLine(equivalent.method), vscode.TreeItemCollapsibleState.None);
    item.description = oneLine(
      [t('line {line}', { line }), translated(shortVerdicts[verdict]), ...(name === undefined ? [] : [name])].join(', '),
    );
    item.iconPath = icons[verdict];
    item.accessibilityInformation = {
      label: [equivalent.method, t('line {line}', { line }), translated(words?.verdicts[verdict] ?? '')].join(', '),
    };
    const tooltip = [
      `**${markdownText(equivalent.method)}** ${translated(words?.verdicts[verdict] ?? '')}`,
      markdownText(translated(equivalent.summary)),
    ];
    const request = words?.requestOf(call) ?? '';
    if (request !== '') tooltip.push(markdownText(request));
    item.tooltip = new vscode.MarkdownString(
      [...tooltip, ...reasons.map(({ text }) => `- ${markdownText(translated(text))}`)].join('\n\n'),
    );
    item.contextValue = 'migrationCall';
    const place = new vscode.Position(line - 1, column - 1);
    const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(place, place), preview: true };
    item.command = { command: 'vscode.open', title: t('Open'), arguments: [vscode.Uri.file(file), options] };
    return item;
  }
}
