import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ToolkitError } from '../../api/errors';
import { spoken, t } from '../../l10n/texts';
import { wsdlHash, wsdlUnreadable, type ServiceDescription } from '../../soap/wsdl/description';
import { maxWsdlBytes } from '../../soap/wsdl/wsdl';
import { cancelled } from '../wire/transport';
import { READER_BEGINS, readerAnswer } from './wsdl-messages';

/** Limits for reading one WSDL. */
export interface ReadingLimits {
  /** Counted from when the thread has loaded its program. Loading depends only on the machine and not on the WSDL. */
  readonly milliseconds: number;
  /** Memory of the thread, in megabytes. */
  readonly megabytes: number;
}

/** Twenty times the time for the largest recorded WSDL on a slow machine. With the end of the thread, an error comes within ten seconds. */
export const readingLimits: ReadingLimits = { milliseconds: 9_000, megabytes: 256 };

/** Memory for young objects, in megabytes. The collector needs little. This memory is added to the limit. */
const YOUNG_MEGABYTES = 32;

/** Time limit for the start of the thread, in ms. Only a thread that hangs takes as long. */
const START_LIMIT_MS = 60_000;

/**
 * The program of the thread is beside this file. Beside the bundle it is one compiled file, and in the source a JavaScript file that loads
 * the TypeScript.
 */
const reader = path.join(path.dirname(import.meta.filename), `wsdl-reader${import.meta.filename.endsWith('.cjs') ? '.cjs' : '.mjs'}`);

/**
 * The service description of a WSDL, read in a separate thread, within limits of time and memory. The thread ends afterwards. No file
 * is fetched or opened, whatever the WSDL imports.
 * @throws {ToolkitError} of kind `decode`: `wsdl-unreadable`, or the reason why the XML is unreadable
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
    // The thread needs no environment variables. Some contain keys and passwords.
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
      tooLate(START_LIMIT_MS, (seconds) => t('Starting to read it took more than {seconds} seconds.', { seconds }));
      thread.on('message', (message: unknown) => {
        if (message === READER_BEGINS && !reading) {
          reading = true;
          tooLate(limits.milliseconds, (seconds) => t('Reading it took more than {seconds} seconds.', { seconds }));
          return;
        }
        const said = readerAnswer.safeParse(message);
        if (!said.success) reject(wsdlUnreadable(t('Its reader returned an invalid result.')));
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
      thread.on('exit', () => reject(wsdlUnreadable(t('Its reader ended without a result.'))));
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
