/**
 * The program of the thread that reads one WSDL and ends. Its last message is a {@link ReaderAnswer}.
 * A separate thread protects everything else from the effects of a hostile WSDL on `soap`, and through it on the objects of the language.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { ToolkitError } from '../../api/errors';
import { speak } from '../../l10n/texts';
import { wsdlUnreadable } from '../../soap/wsdl/description';
import { readService } from '../../soap/wsdl/read-service';
import { READER_BEGINS, readerInput, type ReaderAnswer } from './wsdl-messages';

async function read(): Promise<ReaderAnswer> {
  try {
    const { wsdl, hash, texts } = readerInput.parse(workerData);
    speak(texts);
    parentPort?.postMessage(READER_BEGINS);
    return { description: await readService(wsdl, hash) };
  } catch (error) {
    const known = error instanceof ToolkitError ? error : wsdlUnreadable(error instanceof Error ? error.message : String(error));
    return { error: known.words };
  }
}

void read().then((answer) => parentPort?.postMessage(answer));
