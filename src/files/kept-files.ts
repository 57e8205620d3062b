import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { decodeText } from '../api/text-input';
import { t } from '../l10n/texts';
import { isCode } from './codes';
import { SafeFile } from './safe-file';

/** Something that is kept, and the file it stands in. */
export interface KeptFile<T> {
  readonly kept: T;
  /** Absolute path. */
  readonly file: string;
}

/** What keeping files needs to know. */
export interface KeptFilesOptions<T> {
  /** Absolute path of the folder; it is made when it is needed. Several windows may use it at a time. */
  readonly folder: string;
  /** Files that are kept; the oldest go first. */
  readonly most: number;
  /** What a file holds; `undefined` for content of another kind. */
  readonly read: (content: unknown) => Promise<T | undefined>;
  /** Told of a file that is left out because it cannot be read, or that cannot be removed. */
  readonly onProblem: (file: string, reason: string) => void;
}

/**
 * Small things that are kept in a folder, one JSON file each. What is wrong with one file never keeps the others from being read, and
 * changes that another window makes to the folder at the same moment are not errors.
 */
export class KeptFiles<T extends { readonly at: string }> {
  constructor(private readonly options: KeptFilesOptions<T>) {}

  /**
   * Keeps something. The file is there whole, or not at all.
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
   * Everything that is kept, the latest first. Files that cannot be read or hold something else are left out.
   * @param id of the only customer wanted; two stores may have the same one
   * @throws when the folder is there and cannot be read
   */
  async all(id?: string): Promise<readonly KeptFile<T>[]> {
    const names = (await this.#names()).reverse().filter((name) => id === undefined || name.includes(` ${namePart(id)} `));
    const all = await Promise.all(names.map(async (name) => await this.#one(path.join(this.options.folder, name))));
    return all.filter((one) => one !== undefined);
  }

  /** Notes something about what is kept. @throws {ToolkitError} of kind `input`, `file-write` */
  async note({ kept, file }: KeptFile<T>, more: Partial<T>): Promise<void> {
    await write(file, { ...kept, ...more });
  }

  /** Deletes the file of something that is kept. */
  async forget({ file }: Pick<KeptFile<T>, 'file'>): Promise<void> {
    await rm(file, { force: true });
  }

  async #one(file: string): Promise<KeptFile<T> | undefined> {
    try {
      const kept = await this.options.read(JSON.parse(decodeText(await readFile(file), file)));
      if (kept === undefined) this.options.onProblem(file, t('It holds something else.'));
      return kept === undefined ? undefined : { kept, file };
    } catch (error) {
      // Another window removed it.
      if (!isCode(error, 'ENOENT')) this.options.onProblem(file, reasonOf(error));
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

  /** Their names begin with the time, so that the oldest come first. */
  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.options.folder)).filter((name) => name.endsWith('.json')).sort();
    } catch (error) {
      if (isCode(error, 'ENOENT')) return [];
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
  // What JSON.parse says quotes the file.
  if (error instanceof SyntaxError) return t('It is not JSON.');
  return error instanceof Error ? error.message : String(error);
}
