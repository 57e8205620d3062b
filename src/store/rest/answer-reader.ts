import type { FailureCode } from '../../api/faults/faults';
import { isRecord, type SoapValue } from '../../api/value';
import { pageTitle } from '../../soap/decoding/page';
import type { Answered, AnswerReader } from '../calls/protocol';
import { header, type HttpHead } from '../http/request';
import { explainAnswer, type AnswerContext } from '../wire/answer';
import { TransportError } from '../wire/failure';
import { faultOf, isSwitchedOff } from './faults';
import { parseJson } from './json-text';

/** Status of an answer that only says that nothing changed. */
const NOT_MODIFIED = 304;

/** Characters of an answer that are looked at to tell what it is. */
const EXCERPT_CHARS = 4096;

/** What came back: the JSON, or that it is as it was before. */
export interface RestContent {
  readonly [key: string]: SoapValue;
  readonly body: SoapValue;
  /** Version of what was read; empty where the store gives none. */
  readonly etag: string;
  readonly unchanged: boolean;
  /** Whether the store gave the answer to an earlier request with the same key again. */
  readonly replayed: boolean;
}

/** Reads an answer of the REST API: JSON, whose errors become faults with the numbers that SOAP has for the same. */
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
    // Looking for the API, an address is asked that takes POST alone: the error is what was looked for.
    if (context.method === 'address' && status === 405 && error !== undefined)
      return { ...common, kind: 'result', operation: '', value: contentOf(head, null), rows: 0 };
    if (error === undefined || isSwitchedOff(error)) throw failure(head, url, text, error, context);
    const told = faultOf(status, error, context.method ?? '');
    if (told === undefined) throw failure(head, url, text, error, context);
    return { ...common, kind: 'fault', fault: told };
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

/** An error as the store says it. */
export interface RestErrorBody {
  readonly error: string;
  readonly message: string;
}

/** Errors are the store's own, or "problems" (RFC 9457), as extensions have them. */
function errorIn(value: SoapValue): RestErrorBody | undefined {
  if (!isRecord(value)) return undefined;
  const { error = value['title'], message = value['detail'] } = value;
  return typeof error === 'string' ? { error, message: typeof message === 'string' ? message : '' } : undefined;
}

/** What an answer is that is neither a result nor an error about the call. */
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
