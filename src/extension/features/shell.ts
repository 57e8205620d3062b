import type * as vscode from 'vscode';
import type { LazyTree } from '../lazy/lazy-tree';
import type { LazyDocuments } from '../lazy/lazy-documents';
import type { MigrationRow } from '../migration/migration-tree';
import type { TreeNode } from '../tree/nodes';
import type { RequestRow, FileRow } from '../requests/requests-tree';
import type { StatusLook } from '../stores/kept-status';
import type { HistoryRow } from '../history/history-view';

/** What menus and welcome texts depend on. */
export interface MenuFacts {
  /** The settings list a store. */
  readonly listed: boolean;
  /** A store of the settings may be written to. */
  readonly writable: boolean;
  readonly demoRunning: boolean;
}

/** What is registered with VS Code when the extension is activated, for features to fill when they are loaded. */
export interface Shell {
  readonly context: vscode.ExtensionContext;
  /** Disposes of something when the extension ends. */
  readonly track: <T extends vscode.Disposable>(disposable: T) => T;
  readonly tellMenus: (facts: MenuFacts) => void;
  readonly storesRows: LazyTree<TreeNode>;
  readonly storesView: vscode.TreeView<TreeNode>;
  readonly requestRows: LazyTree<FileRow | RequestRow>;
  readonly historyRows: LazyTree<HistoryRow>;
  readonly historyView: vscode.TreeView<HistoryRow>;
  readonly migrationRows: LazyTree<MigrationRow>;
  readonly migrationView: vscode.TreeView<MigrationRow>;
  readonly customerDocuments: LazyDocuments;
  readonly reportDocuments: LazyDocuments;
  readonly tests: vscode.TestController;
  /** Draws the active store in the status bar, or hides it; what it looks like when the window is opened again comes second. */
  readonly showActiveStore: (now: StatusLook | undefined, again: StatusLook | undefined) => void;
}
