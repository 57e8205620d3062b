import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { ToolkitError } from '../../api/errors';
import { descriptionLimits, type KeptDescription } from '../../api/store-methods/kept';
import { StoreMethods } from '../../api/store-methods/store-methods';
import { hasErrorCode } from '../../files/codes';
import { t } from '../../l10n/texts';
import type { ReadMethods } from '../calls/store-methods';
import { SafeFile } from '../../files/safe-file';

/** Maximum number of stores whose methods are kept. The ones that were not used for the longest time are removed first. */
const MAX_STORES = 100;

/** Version of the file around a description. The description has its own version. */
const FILE_VERSION = 1;

/** Whether a description lacks a part that an earlier one has. */
function lacks(description: KeptDescription, earlier: KeptDescription): boolean {
  return (description.cutOff === true && earlier.cutOff !== true) || earlier.from.some((part) => !description.from.includes(part));
}

/** The key of a description: the store and the user, since users may call different methods. */
export interface MethodsPlace {
  readonly url: string;
  readonly user: string;
}

const keptFile = z.object({ version: z.literal(FILE_VERSION), readAt: z.string().check(z.maxLength(40)), description: z.unknown() });

/** Methods that were kept, and the time at which they were read from the store. */
export interface ReadEarlier {
  readonly methods: StoreMethods;
  readonly at: Date | undefined;
}

/**
 * Descriptions of stores' methods, one file for each store and user, so that request files and code know them without a connection. A
 * file contains names, types and sentences of the store, but no secrets: neither its content nor its name has the address or the user. A
 * file that is not a description, has another version or is too large counts as missing.
 */
export class KeptMethods {
  /**
   * @param folder absolute path; created when needed. Several windows may use it at the same time
   * @param onProblem called with the reason when a file cannot be read or written; help then works without it
   */
  constructor(
    private readonly folder: string,
    private readonly onProblem: (what: string) => void,
  ) {}

  /** The description that was kept for a store; `undefined` if there is none that can be used. */
  async read(place: MethodsPlace): Promise<ReadEarlier | undefined> {
    const file = this.#file(place);
    try {
      // Check the size before reading the file into memory: anybody may have replaced it.
      if ((await stat(file)).size > descriptionLimits.bytes) return undefined;
      const parsed = keptFile.safeParse(JSON.parse(await readFile(file, 'utf8')));
      const methods = parsed.success ? StoreMethods.read(parsed.data.description) : undefined;
      if (!parsed.success || methods === undefined) return undefined;
      const at = new Date(parsed.data.readAt);
      return { methods, at: Number.isNaN(at.getTime()) ? undefined : at };
    } catch (error) {
      if (!(error instanceof SyntaxError) && !hasErrorCode(error, 'ENOENT')) this.onProblem(reasonOf(error));
      return undefined;
    }
  }

  /** Keeps a description of a store's methods. A description that exceeds the limits is not kept. */
  async write(place: MethodsPlace, description: KeptDescription): Promise<void> {
    const text = JSON.stringify({ version: FILE_VERSION, readAt: new Date().toISOString(), description });
    if (Buffer.byteLength(text) > descriptionLimits.bytes || StoreMethods.read(description) === undefined) {
      this.onProblem(t('The description of the methods of a store is too large to keep.'));
      return;
    }
    try {
      await mkdir(this.folder, { recursive: true });
      await SafeFile.whole(this.#file(place), async (file) => {
        await file.write(text);
      });
      await this.#trim();
    } catch (error) {
      if (!(error instanceof ToolkitError) && !(error instanceof Error && 'code' in error)) throw error;
      this.onProblem(reasonOf(error));
    }
  }

  /**
   * Keeps the methods that were read from a store. A reading without a part that the store did not answer this time does not replace
   * an earlier one that has this part.
   * @returns the methods that are kept now
   */
  async keep(place: MethodsPlace, { description, missing }: ReadMethods): Promise<StoreMethods> {
    const earlier = missing.length === 0 ? undefined : (await this.read(place))?.methods;
    if (earlier !== undefined && lacks(description, earlier.description)) return earlier;
    await this.write(place, description);
    return new StoreMethods(description);
  }

  /** Notes that a description is still in use, so that it is not the first to be removed. */
  async used(place: MethodsPlace): Promise<void> {
    const now = new Date();
    try {
      await utimes(this.#file(place), now, now);
    } catch (error) {
      if (!hasErrorCode(error, 'ENOENT')) this.onProblem(reasonOf(error));
    }
  }

  #file({ url, user }: MethodsPlace): string {
    const name = createHash('sha256').update(`${url}\n${user}`).digest('hex').slice(0, 40);
    return path.join(this.folder, `${name}.json`);
  }

  async #trim(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json'));
    if (names.length <= MAX_STORES) return;
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.folder, name);
        return { file, time: (await stat(file)).mtimeMs };
      }),
    );
    const oldest = files.toSorted((one, other) => one.time - other.time).slice(0, files.length - MAX_STORES);
    for (const { file } of oldest) await rm(file, { force: true });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
