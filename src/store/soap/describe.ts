import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ToolkitError } from '../../api/errors';
import { spoken, t } from '../../l10n/texts';
import { wsdlHash, wsdlUnreadable, type ServiceDescription } from '../../soap/wsdl/description';
import { maxWsdlBytes } from '../../soap/wsdl/wsdl';
import { cancelled } from '../wire/transport';
import { READER_BEGINS, readerAnswer } from './wsdl-messages';

/** What the reading of one WSDL may take. */
export interface ReadingLimits {
  /** From when the thread has loaded its program: what that takes depends on the machine alone, and not on the WSDL. */
  readonly milliseconds: number;
  /** Memory of the thread, in megabytes. */
  readonly megabytes: number;
}

/** Twenty times what the largest recorded WSDL takes on a slow machine; with the thread's end, an error comes within ten seconds. */
export const readingLimits: ReadingLimits = { milliseconds: 9_000, megabytes: 256 };

/** Memory for what is young, in megabytes: the collector needs little, and it counts on top. */
const YOUNG_MEGABYTES = 32;

/** How long the thread may take to start, in ms. Only something that hangs takes as long. */
const START_LIMIT_MS = 60_000;

/**
 * The program of the thread stands beside this file: compiled into one file beside the bundle, or as it is beside the source, where a
 * starter in JavaScript loads it.
 */
const reader = path.join(path.dirname(import.meta.filename), `wsdl-reader${import.meta.filename.endsWith('.cjs') ? '.cjs' : '.mjs'}`);

/**
 * The service description of a WSDL, read in a separate thread that ends with it, within limits of time and memory. Nothing is fetched
 * and no file is opened, whatever the WSDL imports.
 * @throws {ToolkitError} of kind `decode`: `wsdl-unreadable`, or what makes the XML unreadable
 * @throws {TransportError} `cancelled`
 */
export async function describeService(
  wsdl: Uint8Array,
  options: { readonly signal?: AbortSignal | undefined; readonly limits?: ReadingLimits } = {},
): Promise<ServiceDescription> {
  const { signal, limits = readingLimits } = options;
  if (wsdl.length > maxWsdlBytes) throw wsdlUnreadable(t('It has more than {megabytes} MB.', { megabytes: maxWsdlBytes / 1024 / 1024 }));
  const hash = await wsdlHash(wsdl);
  if (signal?.aborted === true) throw cancelled(false);
  const thread = new Worker(reader, {
    workerData: { wsdl, hash, texts: spoken() },
    // The thread needs nothing of this process, least of all keys and passwords.
    env: {},
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const watch = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ServiceDescription>((resolve, reject) => {
      const tooLate = (ms: number, why: (seconds: number) => string): void => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(wsdlUnreadable(why(ms / 1000))), ms);
      };
      let reading = false;
      tooLate(START_LIMIT_MS, (seconds) => t('Starting its reader took more than {seconds} seconds.', { seconds }));
      thread.on('message', (message: unknown) => {
        if (message === READER_BEGINS && !reading) {
          reading = true;
          tooLate(limits.milliseconds, (seconds) => t('Reading it took more than {seconds} seconds.', { seconds }));
          return;
        }
        const said = readerAnswer.safeParse(message);
        if (!said.success) reject(wsdlUnreadable(t('Its reader gave an invalid answer.')));
        else if ('error' in said.data) reject(new ToolkitError('decode', said.data.error));
        else if (said.data.description.hash !== hash) reject(wsdlUnreadable(t('Its reader described another WSDL.')));
        else resolve(said.data.description);
      });
      thread.on('error', (error: Error) =>
        reject(
          wsdlUnreadable(
            outOfMemory(error) ? t('Reading it took more than {megabytes} MB of memory.', { megabytes: limits.megabytes }) : error.message,
          ),
        ),
      );
      thread.on('exit', () => reject(wsdlUnreadable(t('Its reader ended without an answer.'))));
      signal?.addEventListener('abort', () => reject(cancelled(false)), { once: true, signal: watch.signal });
    });
  } finally {
    clearTimeout(timer);
    watch.abort();
    await thread.terminate();
  }
}

function outOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
