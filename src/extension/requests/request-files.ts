import * as vscode from 'vscode';
import { isRequestFile } from './request-ref';

const PATTERN = '**/*.maho.json';

/** More files than these are not listed. */
const MAX_FILES = 5000;

/** Changes gather for so long, in ms: a checkout changes hundreds of files at once. */
const GATHER_MS = 200;

/** The request files of the workspace, every folder of it. They are looked for when somebody asks, and watched from then on. */
export class RequestFiles implements vscode.Disposable {
  readonly #listChanged = new vscode.EventEmitter<void>();
  readonly #contentChanged = new vscode.EventEmitter<vscode.Uri>();
  #found: Promise<readonly vscode.Uri[]> | undefined;
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Files came or went. */
  readonly onDidChange = this.#listChanged.event;
  /** A file says something else, on disk. */
  readonly onDidChangeContent = this.#contentChanged.event;

  /** The files, in the order of their paths. */
  async list(): Promise<readonly vscode.Uri[]> {
    this.#watch();
    return await (this.#found ??= find());
  }

  /** Looks for the files anew, as after a change that the watcher does not see. */
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
