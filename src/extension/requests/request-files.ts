import * as vscode from 'vscode';
import { isRequestFile } from './request-ref';

const PATTERN = '**/*.maho.json';

/** Largest number of files that are listed. */
const MAX_FILES = 5000;

/** How long changes are collected, in ms, because a checkout changes hundreds of files together. */
const GATHER_MS = 200;

/** The request files of all folders of the workspace. They are searched for when first needed, and watched from then on. */
export class RequestFiles implements vscode.Disposable {
  readonly #listChanged = new vscode.EventEmitter<void>();
  readonly #contentChanged = new vscode.EventEmitter<vscode.Uri>();
  #found: Promise<readonly vscode.Uri[]> | undefined;
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Fires when files were added or removed. */
  readonly onDidChange = this.#listChanged.event;
  /** Fires when the content of a file changed on disk. */
  readonly onDidChangeContent = this.#contentChanged.event;

  /** The files, in the order of their paths. */
  async list(): Promise<readonly vscode.Uri[]> {
    this.#watch();
    return await (this.#found ??= find());
  }

  /** Searches for the files again, for changes that the watcher did not see. */
  async refresh(): Promise<void> {
    this.#found = undefined;
    this.#listChanged.fire();
    await this.list();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    this.#listChanged.dispose();
    this.#contentChanged.dispose();
  }

  #watch(): void {
    if (this.#watching !== undefined) return;
    const watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
    const again = (): void => {
      this.#found = undefined;
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#listChanged.fire();
      }, GATHER_MS);
    };
    this.#watching = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(again),
      watcher.onDidDelete(again),
      watcher.onDidChange((uri) => {
        if (isRequestFile(uri)) this.#contentChanged.fire(uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
    );
  }
}

async function find(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(PATTERN, '**/node_modules/**', MAX_FILES);
  return found.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
