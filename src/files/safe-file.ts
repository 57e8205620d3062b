import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { ToolkitError } from '../api/errors';
import { t } from '../l10n/texts';

/**
 * A file that appears under its name only when it is complete. Until then it is written under a temporary name beside it. Neither a
 * kill nor a full disk can leave an incomplete file in its place, or destroy the previous one.
 */
export class SafeFile {
  private constructor(
    private readonly temporary: string,
    private readonly handle: FileHandle,
  ) {}

  /** @throws {ToolkitError} of kind `input` when nothing can be written there */
  static async create(name: string): Promise<SafeFile> {
    const temporary = `${name}.${randomBytes(4).toString('hex')}.part`;
    return new SafeFile(temporary, await writingFile(name, () => open(temporary, 'wx')));
  }

  /**
   * Writes a complete file. It appears under its name once all of it is written, and not at all if writing fails.
   * @throws {ToolkitError} of kind `input`, `file-write`, or the error of `write`
   */
  static async whole(name: string, write: (file: SafeFile) => Promise<void>): Promise<void> {
    const file = await SafeFile.create(name);
    try {
      await write(file);
    } catch (error) {
      await file.discard();
      throw error;
    }
    await file.keepAs(name);
  }

  /**
   * Resolves when the system has accepted the text, so that a caller that waits never holds more than one piece.
   * @throws {ToolkitError} of kind `input`, `file-write`
   */
  async write(text: string): Promise<void> {
    await writingFile(this.temporary, () => this.handle.appendFile(text));
  }

  /**
   * Moves the file to its place once all of it is on the disk, and replaces a file there. If that fails, the file is deleted: it
   * contains customers, and nobody would look for it under its temporary name.
   * @throws {ToolkitError} of kind `input`, `file-write`
   */
  async keepAs(name: string): Promise<void> {
    await writingFile(name, async () => {
      try {
        await this.handle.sync();
        await this.handle.close();
        await rename(this.temporary, name);
      } catch (error) {
        await this.discard();
        throw error;
      }
    });
  }

  /** Deletes the new file. A previous file stays. */
  async discard(): Promise<void> {
    await this.handle.close();
    await rm(this.temporary, { force: true });
  }
}

/** Runs an action that writes a file. @throws {ToolkitError} of kind `input`, `file-write` */
export async function writingFile<T>(name: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const why = error instanceof Error ? error.message : undefined;
    throw new ToolkitError(
      'input',
      { code: 'file-write', what: t('{name} cannot be written.', { name }), why, next: t('Select another place, or free space there.') },
      { cause: error },
    );
  }
}
