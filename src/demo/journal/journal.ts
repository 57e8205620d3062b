import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ToolkitError, type ErrorWords } from '../../api/errors';
import { printable } from '../../api/printable';
import type { Change, ChangeJournal, Shop } from '../data/shop';
import { decode, encode, HEADER } from './lines';
import { hasErrorCode, diskFullCodes } from '../../files/codes';
import { FileLock, type LockWords } from '../../files/lock';

/** How many lines a file may have beyond those that the shop needs, before it is rewritten. */
const SPARE_LINES = 5_000;

/** Size of the chunks in which a file is rewritten, in bytes. */
const CHUNK_BYTES = 1 << 20;

/**
 * Stores a shop in a file that survives a kill of the process at any moment. Changes are appended and synced before they are acknowledged.
 * Changes that arrive during a sync share the next one. From time to time a new file is written beside the old one and renamed over it.
 */
export class Journal implements ChangeJournal {
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;
  #size: number;
  #lines: number;
  /** Set when the file could not be repaired after a failed write. No change is acknowledged after that. */
  #broken: Error | undefined;

  private constructor(
    private readonly file: string,
    private readonly shop: Shop,
    private readonly lock: FileLock,
    private handle: FileHandle,
    state: { readonly size: number; readonly lines: number },
  ) {
    this.#size = state.size;
    this.#lines = state.lines;
  }

  /**
   * Opens a data file and loads its content into the shop. A new file gets the content that `stock` creates.
   * @throws {ToolkitError} of kind `input` when the file is in use, damaged or not writable
   */
  static async open(file: string, shop: Shop, stock: () => Promise<void>): Promise<Journal> {
    const lock = await FileLock.take(`${file}.lock`, lockWords(file));
    try {
      const content = await read(file);
      const good = content === undefined ? NO_LINES : load(file, content, shop);
      if (good.lines === 0) await stock();
      const written = await startOver(file, shop, good);
      const journal = new Journal(file, shop, lock, written.handle, written);
      shop.recordIn(journal);
      return journal;
    } catch (error) {
      await lock.release();
      throw error instanceof ToolkitError ? error : unusable(file, error);
    }
  }

  /**
   * Resolves when the changes are on the disk. Changes that arrive in the meantime share the next sync.
   * @throws the reason why they could not be written; then they are not in the file
   */
  append(changes: readonly Change[]): Promise<void> {
    const kept = new Promise<void>((resolve, reject) => this.#waiting.push({ changes, anew: false, resolve, reject }));
    this.#startFlush();
    return kept;
  }

  /**
   * Resolves when the file contains exactly the current shop.
   * @throws the reason why it could not be written; then the file is unchanged
   */
  rewrite(): Promise<void> {
    const kept = new Promise<void>((resolve, reject) => this.#waiting.push({ changes: [], anew: true, resolve, reject }));
    this.#startFlush();
    return kept;
  }

  #startFlush(): void {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
    });
  }

  /** Waits for pending writes and closes the file. */
  async close(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
    await this.handle.close();
    await this.lock.release();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        // Rewriting uses the shop, which already has all changes of the batch.
        if (batch.some(({ anew }) => anew)) await this.#writeAnew();
        else await this.#append(batch.flatMap(({ changes }) => changes));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  async #append(changes: readonly Change[]): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    const bytes = Buffer.from(changes.map(encode).join(''), 'utf8');
    try {
      await writeAll(this.handle, bytes);
      await this.handle.datasync();
    } catch (error) {
      await this.#cutBack(error);
      throw error;
    }
    this.#size += bytes.length;
    this.#lines += changes.length;
    if (this.#lines > this.shop.customers.size * 3 + SPARE_LINES) await this.#compact();
  }

  /** Removes an incomplete line, which would make everything after it unreadable. */
  async #cutBack(cause: unknown): Promise<void> {
    try {
      await this.handle.truncate(this.#size);
    } catch (error) {
      this.#broken = new Error(`The data file cannot be written any more: ${error instanceof Error ? error.message : String(error)}`, {
        cause,
      });
      throw this.#broken;
    }
  }

  /**
   * Rewrites the file. If that fails, the old file is still complete and in use, and the next attempt is much later: the changes themselves
   * are already stored.
   */
  async #compact(): Promise<void> {
    try {
      await this.#writeAnew();
    } catch (error) {
      this.#lines = 0;
      warn(`The data file ${this.file} could not be written anew: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #writeAnew(): Promise<void> {
    const written = await writeAnew(this.file, this.shop);
    const before = this.handle;
    this.handle = written.handle;
    this.#size = written.size;
    this.#lines = written.lines;
    await before.close();
    await syncFolder(dirname(this.file));
  }
}

/**
 * Rewrites the file, which drops an incomplete last line and all overwritten changes. Without disk space for that, the file is kept and
 * only the incomplete line is removed: then people can read their data, and write again once there is space.
 */
async function startOver(file: string, shop: Shop, good: Good): Promise<Written> {
  try {
    const written = await writeAnew(file, shop);
    await syncFolder(dirname(file));
    return written;
  } catch (error) {
    if (good.lines === 0 || !hasErrorCode(error, ...diskFullCodes)) throw error;
    warn(`There is no room to write the data file ${file} anew. The demo store goes on with it as it is.`);
    const handle = await open(file, 'a', 0o600);
    await handle.truncate(good.size);
    return { handle, ...good };
  }
}

/** Node prints warnings to standard error as they are, so a file name must not be able to start a new line there. */
function warn(text: string): void {
  process.emitWarning(printable(text));
}

/** A file that was rewritten and is open for appending. */
interface Written {
  readonly handle: FileHandle;
  readonly size: number;
  readonly lines: number;
}

interface Waiting {
  readonly changes: readonly Change[];
  /** Whether the whole file must be rewritten. */
  readonly anew: boolean;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** The valid part of a file. */
interface Good {
  readonly lines: number;
  /** Size of these lines in bytes. */
  readonly size: number;
}

const NO_LINES: Good = { lines: 0, size: 0 };

/**
 * Applies a file to the shop. An incomplete last line is dropped: the client of that write was not told that it was stored.
 * @returns the valid part of the file
 * @throws {ToolkitError} when a damaged line is followed by others, when a complete line is unknown, or when it is not a data file
 */
function load(file: string, content: Buffer, shop: Shop): Good {
  const size = content.length;
  let good = NO_LINES;
  while (good.size < size) {
    const end = content.indexOf(0x0a, good.size);
    const change = end < 0 ? 'damaged' : decode(content.toString('utf8', good.size, end));
    if (good.lines === 0 ? change !== 'header' : typeof change === 'string') {
      if (change === 'damaged' && good.lines > 0 && (end < 0 || !hasWholeLine(content, end + 1))) return good;
      throw new ToolkitError('input', unreadableWords(file, good.lines, change === 'unknown'));
    }
    if (typeof change !== 'string') shop.apply(change);
    good = { lines: good.lines + 1, size: end + 1 };
  }
  return good;
}

function unreadableWords(file: string, goodLines: number, isUnknown: boolean): ErrorWords {
  if (goodLines === 0 && !isUnknown) {
    return {
      code: 'data-file-damaged',
      what: `${file} is not the data file of a demo store.`,
      next: 'Use another file, or one that does not exist yet.',
    };
  }
  if (isUnknown) {
    return {
      code: 'data-file-unknown',
      what: `Line ${goodLines + 1} of the data file ${file} is complete, but this version cannot read it.`,
      why: 'A newer version wrote it.',
      next: 'Open the file with that version, or use another file.',
    };
  }
  return {
    code: 'data-file-damaged',
    what: `The data file ${file} is damaged at line ${goodLines + 1}.`,
    next: 'Restore it from a copy, or delete it to start again.',
  };
}

function hasWholeLine(content: Buffer, from: number): boolean {
  for (let start = from, end = content.indexOf(0x0a, start); end >= 0; start = end + 1, end = content.indexOf(0x0a, start)) {
    if (decode(content.toString('utf8', start, end)) !== 'damaged') return true;
  }
  return false;
}

/** Writes the whole shop to a new file, and replaces the old file in one step. */
async function writeAnew(file: string, shop: Shop): Promise<Written> {
  // The text is created without interruption, because the shop must not change during the iteration.
  const chunks: Buffer[] = [];
  let text = HEADER;
  let lines = 1;
  for (const change of shop.everything()) {
    text += encode(change);
    lines++;
    if (text.length >= CHUNK_BYTES) {
      chunks.push(Buffer.from(text, 'utf8'));
      text = '';
    }
  }
  chunks.push(Buffer.from(text, 'utf8'));
  const fresh = `${file}.new`;
  // Readable only by the owner: a seed may contain real people's data.
  const handle = await open(fresh, 'w', 0o600);
  try {
    let size = 0;
    for (const chunk of chunks) {
      await writeAll(handle, chunk);
      size += chunk.length;
    }
    await handle.sync();
    await rename(fresh, file);
    return { handle, size, lines };
  } catch (error) {
    await handle.close();
    await rm(fresh, { force: true });
    throw error;
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done)).bytesWritten;
}

/** Makes a rename durable. Where folders cannot be synced (Windows), renames are durable without it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL'].some((code) => hasErrorCode(error, code))) throw error;
  }
}

function lockWords(file: string): LockWords {
  return {
    inUse: ({ pid, elsewhere, lockFile }) => ({
      code: 'data-file-in-use',
      what:
        `The data file ${file} is in use by a running demo ` +
        `store${pid === undefined ? '' : ` (process ${pid}${elsewhere ? ' on another computer or in another container' : ''})`}` +
        '.',
      next: `Stop that store or use another file. If there is no such store, delete ${lockFile}.`,
    }),
    impossible: (why) => unusableWords(file, why),
  };
}

function unusable(file: string, cause: unknown): ToolkitError {
  return new ToolkitError('input', unusableWords(file, cause instanceof Error ? cause.message : String(cause)), { cause });
}

function unusableWords(file: string, why: string): ErrorWords {
  return {
    code: 'data-file',
    what: `The data file ${file} cannot be used.`,
    why,
    next: 'Use a file in an existing, writable folder.',
  };
}
