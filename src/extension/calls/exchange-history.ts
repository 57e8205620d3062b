import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { decodeText } from '../../api/text-input';
import type { SoapValue } from '../../api/value';
import type { DoneTask, EntrySource, History, HistoryEntry } from '../../requests';
import type { Exchange } from '../../store/wire/exchange';
import type { Log } from '../log/log';
import { requestsModule } from '../lazy/requests-module';

/** How long entries are collected before they are written, in ms. */
const WRITE_AFTER_MS = 1000;

/**
 * The last exchanges of the workspace, masked, in a file of its storage. Without a workspace they are kept until the window closes.
 *
 * The history keeps the calls that the user asked for, with their results: calls that were run by hand, a customer that was opened in a
 * permanent tab, the write of a form, the deletion of one customer, and an import as one entry. It does not keep the parts of a larger
 * task, since hundreds of exchanges would push out everything else: the calls of an import, exports, deletions of several customers,
 * restores, the reads around a write, windows of lists. They are in the log. So nothing is recorded automatically: the feature that calls a
 * store records it.
 */
export class ExchangeHistory implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #history: Promise<History> | undefined;
  #entries: readonly HistoryEntry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** Whether there is a file that could neither be read nor moved. */
  #keepFile = false;

  readonly onDidChange = this.#changed.event;

  /** @param storage folder for data of the workspace. `undefined` without a workspace */
  constructor(
    private readonly storage: vscode.Uri | undefined,
    private readonly log: Log,
  ) {}

  /** The entries that were read, newest first. See {@link load}. */
  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  /** The entries. Reads them from disk if necessary. */
  async load(): Promise<readonly HistoryEntry[]> {
    return (await this.#read()).entries;
  }

  /** The entry of an exchange, among those that were read: see {@link load}. */
  find(id: string): HistoryEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** The earlier run of the same request. Reads the entries from disk if necessary. */
  async previous(entry: HistoryEntry): Promise<HistoryEntry | undefined> {
    return (await this.#read()).previous(entry);
  }

  /** Keeps an exchange with its result and its source. */
  record(exchange: Exchange, value: SoapValue | undefined, source?: EntrySource): void {
    void this.#change((history) => {
      history.add(exchange, value, source);
    });
  }

  /** Keeps a larger task that has ended, as one entry. */
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
      // Before the first entry, the file does not exist.
      if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) {
        this.log.warn(`The history cannot be read: ${String(error)}`);
        await this.#putAside(this.#file);
      }
      return [];
    }
  }

  /** Moves a file that could not be read, because the next write would replace it. */
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
        // Written to another file first: if the window closed meanwhile, half a file would remain, and no history could be read from it.
        const whole = vscode.Uri.joinPath(folder, 'history.json.new');
        await vscode.workspace.fs.writeFile(whole, new TextEncoder().encode(text));
        await vscode.workspace.fs.rename(whole, file, { overwrite: true });
      } catch (error) {
        this.log.warn(`The history cannot be written: ${String(error)}`);
      }
    });
  }
}
