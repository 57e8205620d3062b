import { open, readFile, rm } from 'node:fs/promises';
import { ToolkitError } from '../../api/errors';

/** Holds a data file for one process, so that two stores cannot write into each other's lines. */
export class FileLock {
  private constructor(private readonly file: string) {}

  /**
   * Takes the lock beside a data file. That of a process which was killed is taken over.
   * @throws {ToolkitError} of kind `input` when another store has the file
   */
  static async take(dataFile: string): Promise<FileLock> {
    const file = `${dataFile}.lock`;
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        const handle = await open(file, 'wx');
        await handle.writeFile(`${process.pid}\n`);
        await handle.close();
        return new FileLock(file);
      } catch (error) {
        if (!isCode(error, 'EEXIST')) throw cannotLock(dataFile, error);
        const holder = await holderOf(file);
        if (holder !== undefined && isAlive(holder)) {
          throw new ToolkitError('input', {
            code: 'data-file-in-use',
            what: `The data file ${dataFile} belongs to a demo store that is running (process ${holder}).`,
            next: `Stop that store or name another file. If there is none, remove ${file}.`,
          });
        }
        await rm(file, { force: true });
      }
    }
    throw cannotLock(dataFile, new Error('The lock file keeps coming back.'));
  }

  /** Lets the next store have the file. */
  async release(): Promise<void> {
    await rm(this.file, { force: true });
  }
}

async function holderOf(file: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return isCode(error, 'EPERM');
  }
}

/** Whether an error of the file system has this code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function cannotLock(dataFile: string, cause: unknown): ToolkitError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ToolkitError('input', { code: 'data-file', what: `The data file ${dataFile} cannot be used.`, why, next: 'Name a file in a folder that exists and can be written to.' }, { cause });
}
