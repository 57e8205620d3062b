import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ToolkitError, type ErrorWords } from '../api/errors';
import { t } from '../l10n/texts';
import { hasErrorCode } from './codes';
import { holderNamed, isRunning, nameOf, stateOf, thisHolder, type Holder } from './holder';

/**
 * Maximum number of attempts while other processes take or release the lock, and the longest pause between two attempts, in milliseconds.
 */
const MAX_ATTEMPTS = 100;
const PAUSE_MS = 25;

/** The process that has the lock. */
export interface InUse {
  /** Number of the process, if it is known. */
  readonly pid: number | undefined;
  /** Whether it runs on another machine or in another container. Its state is then not visible here. */
  readonly elsewhere: boolean;
  /** The file to remove when the process has ended. */
  readonly lockFile: string;
}

/** The texts for the errors of a lock, which depend on its purpose. */
export interface LockWords {
  /** Texts of the error when another process has the lock. */
  readonly inUse: (by: InUse) => ErrorWords;
  /** Texts of the error when no lock can be made there; `why` is the message of the file system. */
  readonly impossible: (why: string) => ErrorWords;
}

/**
 * A lock on something in a folder for one process at a time. It is safe if many processes want it at the same moment, and if its
 * holder is killed.
 *
 * The lock is one empty file with two names: `X.lock`, which only one process can create, and `X.lock.HOLDER`, which names the holder.
 * - Taking: create a file under the process's own name, then link it to `X.lock`. The link fails if `X.lock` exists.
 * - Taking over from a process that has ended: rename its `X.lock.HOLDER` to the own name. Only one rename of a name can succeed,
 *   and no name is used twice, so a slow process can never take a lock from its new holder. It counts only if both names still
 *   refer to the same file, since the old holder may have been releasing the lock.
 * - Releasing: remove `X.lock`, then the own name.
 * Empty files and links need no space, so a lock can be taken when the disk is full.
 */
export class FileLock {
  /** Whether the lock is a second name of our own file. False if the file system has no links. */
  #linked = true;
  /** Whether our own file was created. */
  #isOpen = false;

  private constructor(
    private readonly file: string,
    private readonly own: string,
  ) {}

  /**
   * Takes a lock.
   * @param file the lock's own file, such as `store.data.lock`
   * @throws {ToolkitError} of kind `input` when another process has it or it cannot be made
   */
  static async take(file: string, words: LockWords): Promise<FileLock> {
    const lock = new FileLock(file, `${file}.${nameOf(await thisHolder())}`);
    try {
      await lock.#take(words);
      await lock.#sweep();
    } catch (error) {
      if (lock.#isOpen) await rm(lock.own, { force: true });
      throw error instanceof ToolkitError
        ? error
        : new ToolkitError('input', words.impossible(error instanceof Error ? error.message : String(error)), { cause: error });
    }
    return lock;
  }

  /** Releases the lock. */
  async release(): Promise<void> {
    // If a user removed our file, another process may have created a new one with this name. It must stay.
    if (!this.#linked || (await sameFile(this.file, this.own))) await rm(this.file, { force: true });
    await rm(this.own, { force: true });
  }

  async #take(words: LockWords): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      await (await open(this.own, 'a', 0o600)).close();
      this.#isOpen = true;
      if (await this.#make()) return;
      const found = await this.#lookAtHolder();
      if (found === 'mine') return;
      if (found !== 'again') throw new ToolkitError('input', words.inUse(found));
      await delay(Math.random() * Math.min(PAUSE_MS, attempt + 1));
    }
    throw new ToolkitError('input', words.inUse({ pid: undefined, elsewhere: false, lockFile: this.file }));
  }

  /** Removes the files of processes that were killed while they tried to take the lock. */
  async #sweep(): Promise<void> {
    for (const { path, holder } of await this.#candidates()) if ((await stateOf(holder)) === 'ended') await rm(path, { force: true });
  }

  /** Creates the lock unless it exists. */
  async #make(): Promise<boolean> {
    try {
      await link(this.own, this.file);
      return true;
    } catch (error) {
      if (hasErrorCode(error, 'EEXIST')) return false;
      if (!hasErrorCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
    }
    // A file system without links, such as exFAT. The lock is as safe there, but after a kill it must be removed by hand.
    try {
      await (await open(this.file, 'wx', 0o600)).close();
      this.#linked = false;
      return true;
    } catch (error) {
      if (hasErrorCode(error, 'EEXIST')) return false;
      throw error;
    }
  }

  /** The process that has the lock, or `mine` if this process has it now. `again`: the lock changed while it was read. */
  async #lookAtHolder(): Promise<InUse | 'mine' | 'again'> {
    const lock = await fileAt(this.file);
    if (lock === undefined) return 'again';
    if (lock.size > 0) return await this.#lookAtNumber();
    for (const { path, holder } of await this.#candidates()) {
      if ((await fileAt(path))?.id !== lock.id) continue;
      const state = await stateOf(holder);
      if (state !== 'ended') return { pid: holder.pid, elsewhere: state === 'elsewhere', lockFile: this.file };
      return (await this.#takeOver(path)) ? 'mine' : 'again';
    }
    return 'again';
  }

  async #takeOver(path: string): Promise<boolean> {
    try {
      await rename(path, this.own);
    } catch (error) {
      // Another process was faster.
      if (hasErrorCode(error, 'ENOENT')) return false;
      throw error;
    }
    if (await sameFile(this.file, this.own)) return true;
    await rm(this.own, { force: true });
    return false;
  }

  /**
   * Checks a lock of version 0.1, a file with the number of its process. If that process has ended, the lock is removed. A lock of the
   * new kind ensures that only one process does that.
   */
  async #lookAtNumber(): Promise<InUse | 'again'> {
    const pid = await numberIn(this.file);
    if (pid === undefined) return 'again';
    if (pid > 0 && isRunning(pid)) return { pid, elsewhere: false, lockFile: this.file };
    const guard = await FileLock.take(`${this.file}.old`, busyGuard).catch((error: unknown) => {
      if (error instanceof ToolkitError && error.code === 'busy') return undefined;
      throw error;
    });
    if (guard === undefined) return 'again';
    try {
      // Check again: the process that had the guard before may have removed the lock, and the next one may have created a new one.
      const still = await numberIn(this.file);
      if (still !== undefined && !(still > 0 && isRunning(still))) await rm(this.file, { force: true });
    } finally {
      await guard.release();
    }
    return 'again';
  }

  /** The files of other processes: of the one that has the lock, and of those that try to take it. */
  async #candidates(): Promise<readonly Candidate[]> {
    const start = `${basename(this.file)}.`;
    const folder = dirname(this.file);
    return (await readdir(folder)).flatMap((name) => {
      const holder = name.startsWith(start) ? holderNamed(name.slice(start.length)) : undefined;
      const path = join(folder, name);
      return holder === undefined || path === this.own ? [] : [{ path, holder }];
    });
  }
}

const busyGuard: LockWords = {
  inUse: () => ({ code: 'busy', what: t('Another process is checking this lock.') }),
  impossible: (why) => ({ code: 'file-lock', what: t('The lock file cannot be created.'), why }),
};

interface Candidate {
  readonly path: string;
  readonly holder: Holder;
}

interface FileId {
  /** Device and number of the file. Two names with the same ID are one file. */
  readonly id: string;
  readonly size: bigint;
}

async function fileAt(path: string): Promise<FileId | undefined> {
  try {
    const { dev, ino, size } = await stat(path, { bigint: true });
    return { id: `${dev}:${ino}`, size };
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function sameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([fileAt(a), fileAt(b)]);
  return first !== undefined && first.id === second?.id;
}

/**
 * The process number in a lock of version 0.1, 0 for another text. `undefined` when the file is missing or empty: an empty file is a lock
 * of the new kind.
 */
async function numberIn(file: string): Promise<number | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    if (text === '') return undefined;
    return /^\d{1,10}\s*$/.test(text) ? Number.parseInt(text, 10) : 0;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
