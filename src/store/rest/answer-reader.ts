import type { FailureCode } from '../../api/faults/faults';
import { isRecord, type SoapValue } from '../../api/value';
import { pageTitle } from '../../soap/decoding/page';
import type { Answered, AnswerReader } from '../calls/protocol';
import { header, type HttpHead } from '../http/request';
import { explainAnswer, type AnswerContext } from '../wire/answer';
import { TransportError } from '../wire/failure';
import { faultOf, isSwitchedOff, type RestErrorBody } from './faults';
import { parseJson } from './json-text';

/** Status of an answer that says only that nothing changed. */
const NOT_MODIFIED = 304;

/** Number of characters of an answer that are read to recognise it. */
const EXCERPT_CHARS = 4096;

/** The content of an answer: the JSON, or the fact that it has not changed. */
export interface RestContent {
  readonly [key: string]: SoapValue;
  readonly body: SoapValue;
  /** Version of the content; an empty text if the store gives none. */
  readonly etag: string;
  readonly unchanged: boolean;
  /** Whether the store repeated its answer to an earlier request with the same key. */
  readonly replayed: boolean;
}

/** Reads an answer of the REST API. The answer is JSON. Errors become faults with the numbers that SOAP uses for the same errors. */
export class RestAnswerReader implements AnswerReader {
  #head: HttpHead | undefined;
  readonly #chunks: Uint8Array[] = [];
  milliseconds = 0;

  onHead(head: HttpHead): void {
    this.#head = head;
  }

  onData(chunk: Uint8Array): boolean {
    this.#chunks.push(chunk);
    return true;
  }

  finish(url: string, context: AnswerContext): Answered {
    const begun = performance.now();
    const head = this.#head;
    if (head === undefined) throw new Error('A finished exchange has a head.');
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(this.#chunks));
    const read = text.trim() === '' ? undefined : parseJson(text);
    this.milliseconds = performance.now() - begun;
    const common = { charset: 'utf-8', junk: read?.junk ?? [] } as const;
    const { status } = head;
    if (status === NOT_MODIFIED || (status >= 200 && status < 300 && (read !== undefined || text.trim() === ''))) {
      const value = contentOf(head, read?.value ?? null);
      return { ...common, kind: 'result', operation: '', value, rows: rowsIn(value.body) };
    }
    const error = read === undefined ? undefined : errorIn(read.value);
    // The search for the API sends GET to an address that accepts only POST. This error therefore shows that the API is there.
    if (context.method === 'address' && status === 405 && error !== undefined)
      return { ...common, kind: 'result', operation: '', value: contentOf(head, null), rows: 0 };
    if (error === undefined || isSwitchedOff(error)) throw failure(head, url, text, error, context);
    const fault = faultOf(status, error, context.method ?? '');
    if (fault === undefined) throw failure(head, url, text, error, context);
    return { ...common, kind: 'fault', fault };
  }
}

function contentOf({ status, headers }: HttpHead, body: SoapValue): RestContent {
  return {
    body,
    etag: header(headers, 'etag') ?? '',
    unchanged: status === NOT_MODIFIED,
    replayed: header(headers, 'x-idempotency-replayed') !== undefined,
  };
}

function rowsIn(body: SoapValue): number {
  const list = typeof body === 'object' && body !== null && 'member' in body ? body['member'] : body;
  return Array.isArray(list) ? list.length : 0;
}

/** Reads an error of the store itself, or a "problem" (RFC 9457), which extensions send. */
function errorIn(value: SoapValue): RestErrorBody | undefined {
  if (!isRecord(value)) return undefined;
  const { error = value['title'], message = value['detail'] } = value;
  return typeof error === 'string' ? { error, message: typeof message === 'string' ? message : '' } : undefined;
}

/** The failure for an answer that is neither a result nor an error about the call. */
function failure(head: HttpHead, url: string, text: string, error: RestErrorBody | undefined, context: AnswerContext): TransportError {
  const { status } = head;
  const hide = context.hide ?? ((shown: string): string => shown);
  const fail = (code: FailureCode, values: Readonly<Record<string, string | number | undefined>> = {}): TransportError =>
    new TransportError(code, { status, ...values }, { status, sent: true }, {}, { generation: context.generation });
  if (isSwitchedOff(error)) return fail('rest-switched-off');
  if (error?.error === 'too_many_requests') return fail('too-many-requests', { seconds: secondsIn(head) });
  const excerpt = text.slice(0, EXCERPT_CHARS);
  if (status === 404) return fail('rest-not-found', { url });
  if (error !== undefined && status >= 500) return fail('rest-failed');
  const page = /<(?:!DOCTYPE\s+)?html/i.test(excerpt);
  const seen = { root: page ? 'html' : undefined, title: pageTitle(excerpt), excerpt };
  if (status >= 300) return explainAnswer(head, url, seen, context);
  return fail('not-rest', { excerpt: hide(excerpt).replace(/\s+/g, ' ').trim().slice(0, 80) });
}

function secondsIn({ headers }: HttpHead): number | undefined {
  const seconds = /^\d+$/.exec(header(headers, 'retry-after') ?? '')?.[0];
  return seconds === undefined ? undefined : Number(seconds);
}
