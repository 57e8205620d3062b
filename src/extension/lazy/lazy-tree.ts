import * as vscode from 'vscode';
import type { Report } from './report';

/** The rows of a view, with an event for changes of some rows or of all. */
export interface Rows<Row> extends vscode.TreeDataProvider<Row> {
  readonly onDidChangeTreeData: vscode.Event<Row | Row[] | undefined>;
}

/** Registers the rows of a view, and loads their provider when VS Code asks for them. */
export class LazyTree<Row> implements Rows<Row> {
  readonly #changed = new vscode.EventEmitter<Row | Row[] | undefined>();
  #tree: vscode.TreeDataProvider<Row> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param load makes the provider and calls {@link LazyTree.fill} with it */
  constructor(
    private readonly load: () => Promise<unknown>,
    private readonly report: Report,
  ) {}

  /** Uses this provider from now on, and passes on its changes. */
  fill(tree: Rows<Row>): vscode.Disposable {
    this.#tree = tree;
    return vscode.Disposable.from(
      tree.onDidChangeTreeData((row) => {
        this.#changed.fire(row);
      }),
      this.#changed,
    );
  }

  /** Reports an error and returns no rows if the code cannot be loaded. */
  async getChildren(row?: Row): Promise<Row[]> {
    try {
      return (await (await this.#loaded()).getChildren(row)) ?? [];
    } catch (error) {
      this.report(error);
      return [];
    }
  }

  getTreeItem(row: Row): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#tree?.getTreeItem(row) ?? this.#loaded().then((tree) => tree.getTreeItem(row));
  }

  getParent(row: Row): vscode.ProviderResult<Row> {
    return this.#tree?.getParent?.(row);
  }

  resolveTreeItem(item: vscode.TreeItem, row: Row, token: vscode.CancellationToken): vscode.ProviderResult<vscode.TreeItem> {
    return this.#tree?.resolveTreeItem?.(item, row, token) ?? item;
  }

  async #loaded(): Promise<vscode.TreeDataProvider<Row>> {
    if (this.#tree === undefined) await this.load();
    // oxlint-disable-next-line house/spoken-texts -- an error of the programmer
    if (this.#tree === undefined) throw new Error('The rows of a view were loaded, but not handed over.');
    return this.#tree;
  }
}
