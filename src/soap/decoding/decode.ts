import type { Fault } from '../../api/errors';
import type { SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { pageTitle } from './page';
import { readProlog } from './prolog';
import { defaultValueLimits, type ValueLimits, type ValueOptions } from './value-options';
import { ValueBuilder } from './values';
import { ByteDecoder } from '../xml/bytes';
import { DecodeError } from '../xml/errors';
import { defaultLimits, XmlReader, type XmlLimits } from '../xml/reader';

/** Something in the bytes that is not part of the SOAP message and did not stop decoding. */
export interface Junk {
  /** `before` and `after` the XML; `mark` for a byte order mark; `bytes` for a sequence that the charset does not allow. */
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
  readonly limits?: Partial<XmlLimits & ValueLimits> | undefined;
}

/** Maximum number of characters of a text that are kept to be shown. */
const EXCERPT_CHARS = 4096;

/**
 * Decodes one SOAP answer of any dialect from its bytes as they arrive. Rows of a list can be delivered while the rest is still
 * arriving (`onRow`). Faults are results here, not errors.
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
  /** Length of the beginning, in characters, at which it is checked again. It doubles each time, since the answer may come byte by byte. */
  #enough = 1;

  constructor(private readonly options: DecodeOptions = {}) {
    this.#bytes = new ByteDecoder(options.charset);
    this.#values = new ValueBuilder(options, () => (this.#phase === 'epilog' ? this.#tailOffset : this.#reader.told), {
      ...defaultValueLimits,
      ...options.limits,
    });
    this.#reader = new XmlReader(this.#values, this.#bytes, { ...defaultLimits, ...options.limits });
  }

  /** Rows delivered so far. */
  get rows(): number {
    return this.#values.rows;
  }

  /** Bytes read so far. Junk after the root element does not count, whether it comes in the same chunk or later. */
  get #offset(): number {
    return this.#phase === 'epilog' ? this.#tailOffset : this.#reader.offset;
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
      if (phase === 'envelope') {
        this.#reader.end();
        this.#epilog();
      }
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
        if (this.#head.length < this.#enough) return;
        this.#enough = 2 * this.#head.length;
        this.#prolog(false);
        return;
      case 'envelope':
        this.#addHead(text);
        this.#reader.write(text);
        if (this.#reader.done) this.#epilog();
        return;
      case 'epilog':
        this.#addHead(text);
        this.#addTail(text);
        return;
      case 'other':
        this.#addHead(text);
    }
  }

  /** Keeps the beginning of all text that arrives, in case it turns out not to be SOAP. */
  #addHead(text: string): void {
    if (this.#head.length < EXCERPT_CHARS) this.#head += text.slice(0, EXCERPT_CHARS);
  }

  /** Decides from the beginning whether this is SOAP at all, and passes the rest on to the reader. */
  #prolog(last: boolean): void {
    const head = this.#head;
    const found = readProlog(head, last, (position) =>
      Math.min(this.#bytes.bytes, this.#bytes.given - this.#bytes.length(head.slice(position))),
    );
    if (found.kind === 'unknown') return;
    this.#root = found.root;
    if (found.kind === 'other') {
      this.#phase = 'other';
      return;
    }
    const { start, body } = found;
    const before = head.slice(0, Math.min(start, EXCERPT_CHARS));
    if (head.slice(0, start).trim() !== '') this.#junk.push({ where: 'before', offset: 0, text: this.#bytes.decode(before) });
    this.#phase = 'envelope';
    this.#head = head.slice(0, EXCERPT_CHARS);
    this.#reader.write(head.slice(body));
    if (this.#reader.done) this.#epilog();
  }

  #epilog(): void {
    this.#phase = 'epilog';
    this.#tailOffset = this.#reader.offset;
    this.#addTail(this.#reader.rest);
  }

  #addTail(text: string): void {
    if (this.#tail.length < EXCERPT_CHARS) this.#tail += text.slice(0, EXCERPT_CHARS - this.#tail.length);
  }

  #result(): Decoded {
    const values = this.#values;
    const common = { charset: this.#bytes.charset, junk: this.#allJunk() };
    if (values.fault !== undefined) return { ...common, kind: 'fault', fault: values.fault };
    // The request of WS-I's startSession is an empty body (wire v2-wsi/05).
    if (values.element === undefined && this.options.request === true && values.hasBody)
      return { ...common, kind: 'result', operation: 'startSession', value: {}, rows: 0 };
    if (values.element === undefined)
      throw new DecodeError('malformed', this.#offset, values.hasBody ? t('The SOAP body is empty') : t('The SOAP envelope has no body'));
    const value = values.finish();
    return { ...common, kind: 'result', operation: values.operation ?? '', value, rows: values.rows };
  }

  #notSoap(): Decoded {
    const excerpt = this.#bytes.decode(this.#head.slice(0, EXCERPT_CHARS));
    const title = pageTitle(excerpt);
    const root = this.#root ?? /<(?:!DOCTYPE\s+)?([A-Za-z][\w:.-]*)/i.exec(excerpt)?.[1];
    return {
      kind: 'not-soap',
      root: root?.toLowerCase() === 'html' ? 'html' : root,
      title,
      excerpt,
      charset: this.#bytes.charset,
      junk: [],
    };
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
 * the history and tests. The demo store reads requests with `readRequest`, which keeps more detail.
 */
export function decodeRequest(body: Uint8Array, options: DecodeOptions = {}): Decoded {
  return decodeResponse(body, { ...options, request: true });
}
