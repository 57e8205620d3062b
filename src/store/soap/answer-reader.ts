import { ResponseDecoder, type NotSoap } from '../../soap/decoding/decode';
import { pageTitle } from '../../soap/decoding/page';
import { DecodeError } from '../../soap/xml/errors';
import { exceptionFault, explainAnswer, type AnswerContext } from '../wire/answer';
import { header, type HttpHead } from '../http/request';
import type { Answered, AnswerReader, ReaderOptions } from '../calls/protocol';

const NOT_SOAP = { kind: 'not-soap', root: undefined, title: undefined, excerpt: '' } as const satisfies NotSoap;

/** Decodes the SOAP answer to a call while it arrives. */
export class SoapAnswerReader implements AnswerReader {
  #decoder: ResponseDecoder | undefined;
  #head: HttpHead | undefined;
  #error: DecodeError | undefined;
  #start: Buffer = Buffer.alloc(0);
  milliseconds = 0;

  constructor(private readonly options: ReaderOptions) {}

  onHead(head: HttpHead): void {
    this.#head = head;
    const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(header(head.headers, 'content-type') ?? '')?.[1];
    this.#decoder = new ResponseDecoder({ charset, ...this.options });
  }

  onData(chunk: Uint8Array): boolean {
    if (this.#start.length < 4096) this.#start = Buffer.concat([this.#start, chunk.subarray(0, 4096)]);
    if (this.#error !== undefined) return false;
    return this.#timed(() => this.#decoder?.write(chunk)) !== 'failed';
  }

  finish(url: string, context: AnswerContext): Answered {
    const head = this.#head;
    if (head === undefined) throw new Error('A finished exchange has a head.');
    const decoded = this.#error === undefined ? this.#timed(() => this.#decoder?.end()) : 'failed';
    const redirected = head.status >= 300 && head.status < 400;
    if (decoded !== undefined && decoded !== 'failed' && decoded.kind !== 'not-soap' && !redirected) return decoded;
    const seen = decoded === undefined || decoded === 'failed' || decoded.kind !== 'not-soap' ? beginningOf(this.#start) : decoded;
    // A broken body with an error status is the page of that status, unless it begins as SOAP.
    if (
      this.#error !== undefined &&
      !redirected &&
      (seen.root === undefined || !/(^|:)(html|definitions)$/i.test(seen.root)) &&
      seen.excerpt.trim() !== ''
    )
      throw this.#error;
    const fault = exceptionFault(seen.excerpt);
    if (fault !== undefined && !redirected) return { kind: 'fault', fault, charset: 'utf-8', junk: [] };
    throw explainAnswer(head, url, seen, context);
  }

  #timed<T>(action: () => T): T | 'failed' {
    const begun = performance.now();
    try {
      return action();
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.#error = error;
      return 'failed';
    } finally {
      this.milliseconds += performance.now() - begun;
    }
  }
}

/** The beginning of an answer, as far as it shows what the answer is. */
export function beginningOf(body: Uint8Array): Pick<NotSoap, 'root' | 'title' | 'excerpt'> {
  const excerpt = new TextDecoder().decode(body.subarray(0, 16_384));
  if (excerpt.trim() === '') return NOT_SOAP;
  const root = /<(?:!DOCTYPE\s+)?([A-Za-z][\w:.-]*)/i.exec(excerpt)?.[1];
  return { root: root?.toLowerCase() === 'html' ? 'html' : root, title: pageTitle(excerpt), excerpt };
}
