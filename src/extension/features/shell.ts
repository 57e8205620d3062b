import type * as vscode from 'vscode';
import type { LazyTree } from '../lazy/lazy-tree';
import type { LazyDocuments } from '../lazy/lazy-documents';
import type { MigrationRow } from '../migration/migration-tree';
import type { TreeNode } from '../tree/nodes';
import type { RequestRow, FileRow } from '../requests/requests-tree';
import type { KeptStatusItem } from '../stores/kept-status';
import type { HistoryRow } from '../history/history-view';

/** The facts that menus and welcome texts depend on. */
export interface MenuFacts {
  /** Whether the settings list a store. */
  readonly listed: boolean;
  /** Whether a store of the settings may be written to. */
  readonly writable: boolean;
  readonly demoRunning: boolean;
}

/** Everything that is registered with VS Code on activation. Features fill it when they are loaded. */
export interface Shell {
  readonly context: vscode.ExtensionContext;
  /** Registers something to be disposed of when the extension ends. */
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
  /** Draws the active store in the status bar, or hides it. The second look is for the next time the window opens. */
  readonly showActiveStore: (now: KeptStatusItem | undefined, again: KeptStatusItem | undefined) => void;
}
