import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { decodeText } from '../api/text-input';
import { t } from '../l10n/texts';
import { hasErrorCode } from './codes';
import { SafeFile } from './safe-file';

/** A kept value, and its file. */
export interface KeptFile<T> {
  readonly kept: T;
  /** Absolute path. */
  readonly file: string;
}

/** Options for keeping files. */
export interface KeptFilesOptions<T> {
  /** Absolute path of the folder. It is created when needed. Several windows may use it at the same time. */
  readonly folder: string;
  /** Maximum number of files that are kept. The oldest are removed first. */
  readonly most: number;
  /** Reads the content of a file; `undefined` for content of another kind. */
  readonly read: (content: unknown) => Promise<T | undefined>;
  /** Called for a file that is left out because it cannot be read, or that cannot be removed. */
  readonly onProblem: (file: string, reason: string) => void;
}

/**
 * Small values that are kept in a folder, one JSON file each. A mistake in one file never prevents reading the others, and
 * changes that another window makes to the folder at the same time are not errors.
 */
export class KeptFiles<T extends { readonly at: string }> {
  constructor(private readonly options: KeptFilesOptions<T>) {}

  /**
   * Keeps a value. Its file is either complete or does not exist.
   * @param id of the customer, a part of the file's name
   * @throws {ToolkitError} of kind `input`, `file-write`, when it could not be kept
   */
  async keep(kept: T, id: string): Promise<KeptFile<T>> {
    const { folder } = this.options;
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `${kept.at.replaceAll(':', '-')} ${namePart(id)} ${randomBytes(4).toString('hex')}.json`);
    await write(file, kept);
    await this.#trim();
    return { kept, file };
  }

  /**
   * All kept values, latest first. Files that cannot be read or have other content are left out.
   * @param id to return only the values of this customer; two stores may have the same ID
   * @throws when the folder exists and cannot be read
   */
  async all(id?: string): Promise<readonly KeptFile<T>[]> {
    const names = (await this.#names()).reverse().filter((name) => id === undefined || name.includes(` ${namePart(id)} `));
    const all = await Promise.all(names.map(async (name) => await this.#one(path.join(this.options.folder, name))));
    return all.filter((one) => one !== undefined);
  }

  /** Changes some properties of a kept value. @throws {ToolkitError} of kind `input`, `file-write` */
  async note({ kept, file }: KeptFile<T>, more: Partial<T>): Promise<void> {
    await write(file, { ...kept, ...more });
  }

  /** Deletes the file of a kept value. */
  async forget({ file }: Pick<KeptFile<T>, 'file'>): Promise<void> {
    await rm(file, { force: true });
  }

  async #one(file: string): Promise<KeptFile<T> | undefined> {
    try {
      const kept = await this.options.read(JSON.parse(decodeText(await readFile(file), file)));
      if (kept === undefined) this.options.onProblem(file, t('It has other content.'));
      return kept === undefined ? undefined : { kept, file };
    } catch (error) {
      // Another window removed it.
      if (!hasErrorCode(error, 'ENOENT')) this.options.onProblem(file, reasonOf(error));
      return undefined;
    }
  }

  /** Removes the oldest files. The new one is kept even when an old one cannot be removed. */
  async #trim(): Promise<void> {
    for (const name of (await this.#names()).slice(0, -this.options.most)) {
      const file = path.join(this.options.folder, name);
      try {
        await rm(file, { force: true });
      } catch (error) {
        this.options.onProblem(file, reasonOf(error));
      }
    }
  }

  /** The names of the files. They begin with the time, so the oldest come first. */
  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.options.folder)).filter((name) => name.endsWith('.json')).sort();
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT')) return [];
      throw error;
    }
  }
}

async function write(file: string, value: object): Promise<void> {
  await SafeFile.whole(file, async (whole) => {
    await whole.write(`${JSON.stringify(value, null, 2)}\n`);
  });
}

function namePart(id: string): string {
  return id.replace(/\W/g, '');
}

function reasonOf(error: unknown): string {
  // The message of JSON.parse quotes the content of the file.
  if (error instanceof SyntaxError) return t('It is not JSON.');
  return error instanceof Error ? error.message : String(error);
}
