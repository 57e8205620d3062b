import type { Fault } from '../api/errors';
import type { SoapValue } from '../api/value';
import { pageTitle } from './page';
import { ValueBuilder, type ValueOptions } from './values';
import { ByteDecoder } from './xml/bytes';
import { DecodeError } from './xml/errors';
import { defaultLimits, XmlReader, type XmlLimits } from './xml/reader';

/** Something in the bytes that is not part of the SOAP message and did not stop decoding. */
export interface Junk {
  /** `before` and `after` the XML; `mark` for a byte order mark; `bytes` for a sequence its charset does not allow. */
  readonly where: 'before' | 'after' | 'mark' | 'bytes';
  /** Offset in bytes from the start of the body. */
  readonly offset: number;
  /** The text, at most 4,096 characters of it. */
  readonly text: string;
}

interface DecodedCommon {
  /** Charset the bytes were read with, in lower case. */
  readonly charset: string;
  readonly junk: readonly Junk[];
}

/** A decoded answer. */
export type Decoded = DecodedCommon & (DecodedResult | DecodedFault | NotSoap);

/** The operation's result. */
export interface DecodedResult {
  readonly kind: 'result';
  /** Operation by its name on the wire, such as `call` or `customerCustomerList`. */
  readonly operation: string;
  /** The value; an empty list when the rows went to `onRow`. */
  readonly value: SoapValue;
  /** Rows that went to `onRow`. */
  readonly rows: number;
}

/** A SOAP fault. */
export interface DecodedFault {
  readonly kind: 'fault';
  readonly fault: Fault;
}

/** The answer is something else: a WSDL, an HTML page, nothing. */
export interface NotSoap {
  readonly kind: 'not-soap';
  /** Root element, such as `html` or `definitions`; `undefined` when there is none. */
  readonly root: string | undefined;
  /** Title of an HTML page. */
  readonly title: string | undefined;
  /** Beginning of the text, at most 4,096 characters. */
  readonly excerpt: string;
}

/** How one answer is decoded; every option may be missing. */
export interface DecodeOptions extends ValueOptions {
  /** Charset from the HTTP header, used when the document does not say. */
  readonly charset?: string | undefined;
  readonly limits?: Partial<XmlLimits> | undefined;
}

/** How far the start of the XML is searched for among junk. */
const MOST_JUNK = 256 * 1024;
const EXCERPT = 4096;

/**
 * Decodes one SOAP answer from its bytes as they arrive, whatever the dialect. Rows of a list can be had while the
 * rest is still on its way (`onRow`). Faults are results here, not errors.
 *
 * @example
 * const decoder = new ResponseDecoder();
 * for await (const chunk of body) decoder.write(chunk);
 * const decoded = decoder.end();
 */
export class ResponseDecoder {
  readonly #bytes: ByteDecoder;
  readonly #reader: XmlReader;
  readonly #values: ValueBuilder;
  readonly #junk: Junk[] = [];
  #phase: 'prolog' | 'envelope' | 'epilog' | 'other' = 'prolog';
  #head = '';
  #tail = '';
  #tailOffset = 0;
  #root: string | undefined;

  constructor(private readonly options: DecodeOptions = {}) {
    this.#bytes = new ByteDecoder(options.charset);
    this.#values = new ValueBuilder(options, () => this.#reader.offset);
    this.#reader = new XmlReader(this.#values, this.#bytes, { ...defaultLimits, ...options.limits });
  }

  /** Rows delivered so far. */
  get rows(): number {
    return this.#values.rows;
  }

  /**
   * Takes the next bytes.
   * @throws {DecodeError} as soon as they cannot be part of a SOAP message
   */
  write(chunk: Uint8Array): void {
    this.#guard(() => {
      const text = this.#bytes.write(chunk);
      if (text !== '') this.#take(text);
    });
  }

  /**
   * Ends the answer.
   * @throws {DecodeError} when it was cut off
   */
  end(): Decoded {
    return this.#guard(() => {
      const text = this.#bytes.end();
      if (text !== '') this.#take(text);
      if (this.#phase === 'prolog' && this.#head !== '') this.#prolog(true);
      const phase: string = this.#phase;
      if (phase === 'prolog' || phase === 'other') return this.#notSoap();
      this.#reader.end();
      if (this.#values.version === undefined) return this.#notSoap();
      return this.#result();
    });
  }

  #guard<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (error instanceof DecodeError) error.partial ??= { rows: this.#values.rows, value: this.#values.partial() };
      throw error;
    }
  }

  #take(text: string): void {
    switch (this.#phase) {
      case 'prolog':
        this.#head += text;
        this.#prolog(false);
        return;
      case 'envelope':
        this.#reader.write(text);
        if (this.#reader.done) this.#epilog();
        return;
      case 'epilog':
        this.#addTail(text);
        return;
      case 'other':
        if (this.#head.length < EXCERPT) this.#head += text.slice(0, EXCERPT);
    }
  }

  /** Looks for the start of the XML, and decides from the root element whether this is SOAP at all. */
  #prolog(last: boolean): void {
    const head = this.#head;
    const start = /<\?xml\s|<!DOCTYPE(?!\s+html)|<(?:[A-Za-z_][\w.-]*:)?Envelope[\s>/]/i.exec(head)?.index;
    if (start === undefined) {
      if (/^\s*<\?xml?$/.test(head) && last) throw new DecodeError('cut-off', this.#bytes.bytes, 'The answer ends before its XML begins');
      if (head.length > MOST_JUNK) this.#phase = 'other';
      return;
    }
    let body = start;
    if (/^<\?xml\s/i.test(head.slice(start, start + 6))) {
      const end = head.indexOf('?>', start);
      if (end < 0) {
        if (last || head.length - start > 1024) throw new DecodeError('cut-off', this.#bytes.bytes, 'The answer ends inside its XML declaration');
        return;
      }
      if (!/^<\?xml\s+version\s*=\s*(["'])1\.\d+\1(\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>$/.test(head.slice(start, end + 2))) {
        throw new DecodeError('malformed', this.#bytes.length(head.slice(0, start)), 'The XML declaration is malformed');
      }
      body = end + 2;
    }
    const first = head.slice(afterComments(head, body));
    const root = /^<(!DOCTYPE\s+html|[^\s>/!?]+(?=[\s>/]))/i.exec(first);
    if (root === null && !last && head.length - body < MOST_JUNK && !/^<[!?][^-]/.test(first)) return;
    this.#root = root?.[1]?.replace(/^!DOCTYPE\s+/i, '');
    if (this.#root !== undefined && localName(this.#root) !== 'Envelope') {
      this.#phase = 'other';
      return;
    }
    if (head.slice(0, start).trim() !== '') this.#junk.push({ where: 'before', offset: 0, text: this.#bytes.decode(head.slice(0, Math.min(start, EXCERPT))) });
    this.#phase = 'envelope';
    this.#head = head.slice(0, EXCERPT);
    this.#reader.write(head.slice(body));
    if (this.#reader.done) this.#epilog();
  }

  #epilog(): void {
    this.#phase = 'epilog';
    this.#tailOffset = this.#reader.offset;
    this.#addTail(this.#reader.rest);
  }

  #addTail(text: string): void {
    if (this.#tail.length < EXCERPT) this.#tail += text.slice(0, EXCERPT);
  }

  #result(): Decoded {
    const values = this.#values;
    const common = { charset: this.#bytes.charset, junk: this.#allJunk() };
    if (values.fault !== undefined) return { ...common, kind: 'fault', fault: values.fault };
    // WS-I's startSession has no element of its own: its request is an empty body (wire v2-wsi/05).
    if (values.element === undefined && this.options.request === true && values.hasBody) return { ...common, kind: 'result', operation: 'startSession', value: {}, rows: 0 };
    if (values.element === undefined) throw new DecodeError('malformed', this.#reader.offset, values.hasBody ? 'The SOAP body is empty' : 'The SOAP envelope has no body');
    const value = values.finish();
    return { ...common, kind: 'result', operation: values.operation ?? '', value, rows: values.rows };
  }

  #notSoap(): Decoded {
    const excerpt = this.#bytes.decode(this.#head.slice(0, EXCERPT));
    const title = pageTitle(excerpt);
    const root = this.#root ?? /<(?:!DOCTYPE\s+)?([A-Za-z][\w:.-]*)/i.exec(excerpt)?.[1];
    return { kind: 'not-soap', root: root?.toLowerCase() === 'html' ? 'html' : root, title, excerpt, charset: this.#bytes.charset, junk: [] };
  }

  #allJunk(): readonly Junk[] {
    const junk = [...this.#junk];
    if (this.#bytes.mark !== undefined) junk.unshift({ where: 'mark', offset: 0, text: this.#bytes.mark });
    if (this.#tail.trim() !== '') junk.push({ where: 'after', offset: this.#tailOffset, text: this.#bytes.decode(this.#tail) });
    for (const { offset, text } of this.#bytes.invalid) junk.push({ where: 'bytes', offset, text });
    return junk;
  }
}

/** Decodes a whole answer at once. */
export function decodeResponse(body: Uint8Array, options: DecodeOptions = {}): Decoded {
  const decoder = new ResponseDecoder(options);
  decoder.write(body);
  return decoder.end();
}

/**
 * Decodes a request as its receiver would: the value is a record of the arguments, session included. For the viewer,
 * the history and tests; the demo store looks at requests more closely than this.
 */
export function decodeRequest(body: Uint8Array, options: DecodeOptions = {}): Decoded {
  return decodeResponse(body, { ...options, request: true });
}

/** Position after white space and comments; the end when a comment is still open. */
function afterComments(text: string, from: number): number {
  const space = /\s*/y;
  for (let at = from; ;) {
    space.lastIndex = at;
    space.exec(text);
    at = space.lastIndex;
    if (!text.startsWith('<!--', at)) return at;
    const end = text.indexOf('-->', at + 4);
    if (end < 0) return text.length;
    at = end + 3;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
