import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod/mini';
import { ToolkitError } from '../api/errors';
import type { SoapValue } from '../api/value';
import { writingFile } from '../files/safe-file';
import { t } from '../l10n/texts';
import type { Headers } from '../store/wire/exchange';
import type { KeptBody } from './kept-body';
import type { PassedExchange } from './options';
import { comparisonKey } from './meaning';

const anyValue = z.custom<SoapValue>((value) => value !== undefined);

/** Largest file of a recording that is read, in bytes. A body takes more space in base64 and as JSON. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** The number at the beginning of a file's name. */
const NUMBERED = /^\d{4,9}(?=-)/;

/** Number of files that are read at once. */
const READ_AT_ONCE_FILES = 64;

/** One exchange in its file. The file is made for people to read. */
const recorded = z.object({
  format: z.literal(1),
  at: z.string(),
  method: z.string(),
  arguments: anyValue,
  place: z.string(),
  version: z.string(),
  milliseconds: z.number(),
  outcome: z.string(),
  /** Missing when there was no answer. */
  status: z.optional(z.int().check(z.minimum(100), z.maximum(999))),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Name of the file with the body, beside this one. */
  body: z.optional(z.string().check(z.regex(/^[\w.-]+$/))),
  /** Charset of the original bytes if it is not UTF-8. The file itself is in UTF-8. */
  charset: z.optional(z.string()),
  /** Whether the file has the bytes in base64. */
  base64: z.optional(z.boolean()),
  /** Whether the answer was cut off. */
  broken: z.boolean(),
});

/** See {@link recorded}. Also has the name of its file, and the key by which a replay finds it. */
export type Recorded = z.infer<typeof recorded> & { readonly file: string; readonly key: string };

/** A folder with recorded exchanges in two files each: one describes the exchange, and one has the body as it came, with secrets masked. */
export class Cassette {
  #next: number;
  #writing: Promise<unknown> = Promise.resolve();
  /** Hashes of WSDLs that were already kept, since programs request them again and again. */
  readonly #wsdls = new Set<string>();
  #failure: Error | undefined;

  private constructor(
    readonly folder: string,
    first: number,
  ) {
    this.#next = first;
  }

  /**
   * Opens a folder for recording. If it contains a recording, the new one continues it.
   * @throws {ToolkitError} of kind `input` for a folder that cannot be used
   */
  static async open(folder: string): Promise<Cassette> {
    try {
      await mkdir(folder, { recursive: true });
      const numbers = (await readdir(folder)).map((name) => Number(NUMBERED.exec(name)?.[0] ?? 0));
      return new Cassette(folder, Math.max(0, ...numbers) + 1);
    } catch (error) {
      throw new ToolkitError(
        'input',
        {
          code: 'cassette',
          what: t('The recording cannot be saved in {folder}.', { folder }),
          why: error instanceof Error ? error.message : String(error),
          next: t('Name a folder that is writable.'),
        },
        { cause: error },
      );
    }
  }

  /** Keeps an exchange after those before it. Resolves when it is written. {@link Cassette.close} throws the error if that fails. */
  async add(passed: PassedExchange): Promise<void> {
    const { exchange, place, isWsdl, asked, status, broken, headers } = passed;
    const body = passed.body();
    const key = isWsdl ? createHash('sha256').update(`${place} ${body.text}`).digest('base64') : '';
    if (isWsdl && this.#wsdls.has(key)) return;
    if (isWsdl) this.#wsdls.add(key);
    const name = `${String(this.#next++).padStart(4, '0')}-${asked.method.replaceAll(/[^\w.-]+/g, '_').slice(0, 60)}`;
    const bodyFile = status === undefined ? undefined : `${name}.${endingOf(headers, body)}`;
    const { outcome } = exchange;
    const told: z.infer<typeof recorded> = {
      format: 1,
      at: new Date(exchange.startedAt).toISOString(),
      method: asked.method,
      arguments: asked.args,
      place,
      version: asked.version,
      milliseconds: Math.round(exchange.timings.total * 10) / 10,
      outcome:
        outcome.kind === 'result'
          ? 'result'
          : outcome.kind === 'fault'
            ? // oxlint-disable-next-line house/spoken-texts -- Part of the file, where a replay finds it.
              `fault ${outcome.fault.code}: ${outcome.fault.message}`
            : outcome.what,
      ...(status === undefined ? {} : { status, body: bodyFile }),
      ...(body.charset === undefined ? {} : { charset: body.charset }),
      ...(body.base64 === undefined ? {} : { base64: body.base64 }),
      headers: headers.filter(([header]) => keptHeaders.test(header)).map(([header, value]) => [header, value]),
      broken,
    };
    this.#writing = this.#writing
      .then(async () => {
        if (bodyFile !== undefined) await this.#write(bodyFile, body.text);
        await this.#write(`${name}.json`, `${JSON.stringify(told, undefined, 2)}\n`);
      })
      .catch((error: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      });
    await this.#writing;
  }

  /**
   * Writes a file without waiting for the disk. Waiting would take longer than the call, and a recording can be made again. An existing
   * file, or the target of a link, is never overwritten: another recording may be under way in the folder.
   */
  async #write(file: string, text: string): Promise<void> {
    const name = join(this.folder, file);
    await writingFile(name, () => writeFile(name, text, { flag: 'wx' }));
  }

  /** Waits until everything is written. @throws the error that prevented writing an exchange */
  async close(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }
}

function endingOf(headers: Headers, { base64 }: KeptBody): string {
  if (base64 === true) return 'base64.txt';
  const type = headers.findLast(([header]) => header.toLowerCase() === 'content-type')?.[1] ?? '';
  return /xml/i.test(type) ? 'xml' : /html/i.test(type) ? 'html' : /json/i.test(type) ? 'body.json' : 'txt';
}

/** Headers that matter to programs. Cookies, dates and lengths belong to the connection that was recorded. */
export const keptHeaders =
  /^(?:content-type|content-language|location|retry-after|deprecation|warning|link|www-authenticate|etag|allow|x-idempotency-replayed)$/i;

/**
 * Reads a recording, in the order in which it was made.
 * @throws {ToolkitError} of kind `input` when there is none, or when one of its files cannot be read
 */
export async function readCassette(folder: string): Promise<readonly Recorded[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw unreadable(folder, error instanceof Error ? error.message : String(error), error);
  });
  const files = names
    .filter((name) => NUMBERED.test(name) && /(?<!\.body)\.json$/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  if (files.length === 0) throw unreadable(folder, t('It contains no recorded exchange.'));
  const exchanges: Recorded[] = [];
  // In groups, since a system opens only a limited number of files at once.
  for (let from = 0; from < files.length; from += READ_AT_ONCE_FILES)
    exchanges.push(...(await Promise.all(files.slice(from, from + READ_AT_ONCE_FILES).map((file) => readRecorded(folder, file)))));
  return exchanges;
}

async function readRecorded(folder: string, file: string): Promise<Recorded> {
  const path = join(folder, file);
  try {
    const exchange = z.parse(recorded, JSON.parse(await readOwn(path)));
    if (exchange.body !== undefined) await checkOwn(join(folder, exchange.body));
    return { ...exchange, file: basename(file, '.json'), key: keyOf(exchange) };
  } catch (error) {
    if (error instanceof ToolkitError) throw error;
    throw unreadable(path, t('It is not a file of a recorded exchange, or it was changed and is no longer readable.'), error);
  }
}

/**
 * The text of a body, from the file that an exchange names.
 * @throws {ToolkitError} of kind `input` when it is not a file of the recording
 */
export async function recordedBody(folder: string, body: string): Promise<string> {
  return await readOwn(join(folder, body));
}

async function readOwn(path: string): Promise<string> {
  await checkOwn(path);
  return await readFile(path, 'utf8');
}

/**
 * Checks that a path is a file. A folder may come from anywhere: a link in it would reveal content from elsewhere, and reading a device
 * might never end.
 */
async function checkOwn(path: string): Promise<void> {
  const about = await lstat(path).catch((error: unknown) => {
    throw unreadable(path, error instanceof Error ? error.message : String(error), error);
  });
  if (!about.isFile()) throw unreadable(path, t('It is a link or a folder. A recording contains only files.'));
  if (about.size > MAX_FILE_BYTES)
    throw unreadable(path, t('It has more than {megabytes} MB.', { megabytes: MAX_FILE_BYTES / 1024 / 1024 }));
}

/** The key by which a replay finds an exchange. */
function keyOf({ place, version, method, arguments: args }: z.infer<typeof recorded>): string {
  return comparisonKey(place, { version, method, args });
}

function unreadable(place: string, why: string, cause?: unknown): ToolkitError {
  return new ToolkitError(
    'input',
    {
      code: 'cassette',
      what: t('{place} cannot be replayed.', { place }),
      why,
      next: t('Name a folder that maho-soap record wrote.'),
    },
    { cause },
  );
}
