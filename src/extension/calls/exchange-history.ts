import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { decodeText } from '../../api/text-input';
import type { SoapValue } from '../../api/value';
import type { DoneTask, EntrySource, History, HistoryEntry } from '../../requests';
import type { Exchange } from '../../store/wire/exchange';
import type { Log } from '../log/log';
import { requestsModule } from '../lazy/requests-module';

/** How long entries gather before they are written, in ms. */
const WRITE_AFTER_MS = 1000;

/**
 * The last exchanges of the workspace, in a file of its storage, everything masked. Without a workspace they live as long
 * as the window.
 *
 * Kept is what somebody asked for by itself, with its result: calls that were run by hand, wherever that was, a customer that
 * was opened for good, the write of a form, the delete of one customer, and an import as one entry. Parts of a larger step are not, since
 * hundreds of exchanges would push out all else: the calls of an import, exports, several customers deleted, customers restored, the reads
 * around a write, windows of lists. They are in the log. So nothing comes here by itself: the feature that calls a store records it.
 */
export class ExchangeHistory implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #history: Promise<History> | undefined;
  #entries: readonly HistoryEntry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** There is a file that could be neither read nor moved. */
  #keepFile = false;

  readonly onDidChange = this.#changed.event;

  /** @param storage folder of the workspace's own data; `undefined` without a workspace */
  constructor(
    private readonly storage: vscode.Uri | undefined,
    private readonly log: Log,
  ) {}

  /** Newest first, as far as they were read: see {@link load}. */
  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  /** The entries, read from disk first if need be. */
  async load(): Promise<readonly HistoryEntry[]> {
    return (await this.#read()).entries;
  }

  /** The entry of an exchange, among those that were read: see {@link load}. */
  find(id: string): HistoryEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** The run before this one of the same request, read from disk first if need be. */
  async previous(entry: HistoryEntry): Promise<HistoryEntry | undefined> {
    return (await this.#read()).previous(entry);
  }

  /** Keeps an exchange with its result and with where it came from. */
  record(exchange: Exchange, value: SoapValue | undefined, source?: EntrySource): void {
    void this.#change((history) => {
      history.add(exchange, value, source);
    });
  }

  /** Keeps a larger step that is over as one entry. */
  recordTask(task: DoneTask): void {
    void this.#change((history) => {
      history.addTask(randomUUID(), task);
    });
  }

  async remove(id: string): Promise<void> {
    await this.#change((history) => {
      history.remove(id);
    });
  }

  async clear(): Promise<void> {
    await this.#change((history) => {
      history.clear();
    });
  }

  dispose(): void {
    if (this.#timer !== undefined) this.#write();
    this.#changed.dispose();
  }

  /** Resolves when everything is on disk. */
  async written(): Promise<void> {
    if (this.#timer !== undefined) this.#write();
    await this.#writing;
  }

  async #change(change: (history: History) => void): Promise<void> {
    const history = await this.#read();
    change(history);
    this.#entries = history.entries;
    this.#timer ??= setTimeout(() => {
      this.#write();
    }, WRITE_AFTER_MS);
    this.#changed.fire();
  }

  async #read(): Promise<History> {
    return await (this.#history ??= this.#restore());
  }

  async #restore(): Promise<History> {
    const { History } = await requestsModule();
    const history = History.from(await this.#stored());
    this.#entries = history.entries;
    return history;
  }

  get #file(): vscode.Uri | undefined {
    return this.storage === undefined ? undefined : vscode.Uri.joinPath(this.storage, 'history.json');
  }

  async #stored(): Promise<unknown> {
    if (this.#file === undefined) return [];
    try {
      const value: unknown = JSON.parse(decodeText(await vscode.workspace.fs.readFile(this.#file), this.#file.fsPath));
      return value;
    } catch (error) {
      // Before the first entry there is no file.
      if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) {
        this.log.warn(`The history cannot be read: ${String(error)}`);
        await this.#putAside(this.#file);
      }
      return [];
    }
  }

  /** The next write would replace what could not be read. */
  async #putAside(file: vscode.Uri): Promise<void> {
    const aside = vscode.Uri.joinPath(file, '..', 'history.unreadable.json');
    try {
      await vscode.workspace.fs.rename(file, aside, { overwrite: true });
      this.log.warn(`It was moved to ${aside.fsPath}.`);
    } catch (error) {
      this.#keepFile = true;
      this.log.warn(`It cannot be moved either, so the history of this window is not written: ${String(error)}`);
    }
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const file = this.#file;
    if (file === undefined || this.storage === undefined || this.#keepFile) return;
    const folder = this.storage;
    const text = JSON.stringify(this.#entries);
    this.#writing = this.#writing.then(async () => {
      try {
        await vscode.workspace.fs.createDirectory(folder);
        // Beside it first: a window that ends meanwhile would leave half a file, which reads as no history at all.
        const whole = vscode.Uri.joinPath(folder, 'history.json.new');
        await vscode.workspace.fs.writeFile(whole, new TextEncoder().encode(text));
        await vscode.workspace.fs.rename(whole, file, { overwrite: true });
      } catch (error) {
        this.log.warn(`The history cannot be written: ${String(error)}`);
      }
    });
  }
}
