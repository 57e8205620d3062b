import { t } from '../../l10n/texts';
import type { RawHead } from './head';
import { HttpError, type Oddity } from './oddity';

/** Receives the body in pieces, without its framing. */
export interface BodySink {
  data(piece: Uint8Array): void;
  odd(oddity: Oddity): void;
}

/** How the end of an answer's body is marked. */
type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'chunks' }
  | { readonly kind: 'length'; readonly least: number; readonly most: number }
  | { readonly kind: 'close' };

/** How much of the beginning and of the end of a body is kept for checks, in bytes. */
const START_BYTES = 4096;
const TAIL_BYTES = 96;
/** Longest line with the size of a chunk and its extensions, and longest line of a trailer, in bytes. */
const MAX_SIZE_LINE_BYTES = 16 * 1024;

/**
 * Finds the end of one body. If the headers are wrong about it, the document itself shows it: the end of its root element. That end is
 * searched for only in SOAP documents. All other bodies end where the headers say.
 */
export class BodyReader {
  #framing: Framing;
  readonly #lengths: readonly number[];
  #received = 0;
  #start = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #chunk: ChunkReader | undefined;
  #done = false;
  readonly #compressed: boolean;
  /** Whether the connection may carry another answer. */
  reusable = true;

  constructor(
    head: RawHead,
    private readonly sink: BodySink,
  ) {
    const values = (name: string): readonly string[] =>
      head.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
    const chunked = values('transfer-encoding').some((value) => /(?:^|,)\s*chunked\s*$/i.test(value));
    this.#compressed = values('content-encoding').some((value) => !/^(?:identity)?$/i.test(value));
    const said = values('content-length').flatMap((value) => value.split(',').map((part) => part.trim()));
    this.#lengths = said.filter((part) => /^\+?\d{1,15}$/.test(part)).map(Number);
    if (said.length > this.#lengths.length) this.#odd('length-unreadable', t('The Content-Length of the response is not a number.'));
    if (head.status === 204 || head.status === 304 || head.status < 200) this.#framing = { kind: 'none' };
    else if (chunked) {
      if (said.length > 0) this.#odd('length-beside-chunks', t('The response has a Content-Length although it is sent in chunks.'));
      this.#framing = { kind: 'chunks' };
      this.#chunk = new ChunkReader();
    } else this.#framing = this.#byLength();
    this.#done = this.#framing.kind === 'none' || (this.#framing.kind === 'length' && this.#framing.most === 0);
  }

  /** Whether the body has ended. */
  get done(): boolean {
    return this.#done;
  }

  /** Whether the body may have ended. A silence then decides. */
  get doubtful(): boolean {
    if (this.#done) return false;
    if (this.#framing.kind === 'length' && this.#received >= this.#framing.least) return true;
    return this.#whole();
  }

  /**
   * Takes bytes as they arrive.
   * @throws {HttpError} when the chunks are broken and the document is not complete
   */
  write(chunk: Uint8Array): void {
    if (this.#chunk !== undefined) this.#chunks(this.#chunk, chunk);
    else this.#plain(chunk);
  }

  /**
   * Decides a doubtful end, because nothing more came for a while or the connection ended.
   * @returns whether the body is complete
   */
  settle(closed: boolean): boolean {
    if (this.#done) return true;
    const whole = this.#whole();
    const { kind } = this.#framing;
    if (kind === 'close' && closed) return this.#end();
    if (kind === 'close' && whole) {
      this.#odd('end-unsaid', t('The response does not say how long it is, and the server left the connection open.'));
      return this.#end();
    }
    if (kind === 'chunks' && whole) {
      this.#odd('chunks-broken', t('The end of the response is missing: its last chunk was not sent. The document itself is complete.'));
      return this.#end();
    }
    if (this.#framing.kind !== 'length') return false;
    // For a compressed answer, the decompressor reports whether it is complete.
    return this.#received >= this.#framing.least || whole || (closed && this.#compressed) ? this.#end() : false;
  }

  /** Whether the document so far is complete, according to its last bytes. */
  #whole(): boolean {
    if (this.#compressed) return false;
    const text = this.#tail.toString('latin1');
    return /<\/(?:[\w.-]+:)?(?:Envelope|definitions)\s*>\s*$/i.test(text);
  }

  /** Whether the end of the document can be recognised: it is SOAP or a WSDL, in an encoding of single bytes. */
  #telling(): boolean {
    return !this.#compressed && /<(?:[\w.-]+:)?(?:Envelope|definitions)[\s>]/i.test(this.#start.toString('latin1'));
  }

  #byLength(): Framing {
    const [first] = this.#lengths;
    if (first === undefined) return { kind: 'close' };
    const least = this.#lengths.reduce((one, other) => Math.min(one, other));
    const most = this.#lengths.reduce((one, other) => Math.max(one, other));
    if (least !== most) this.reusable = false;
    else if (this.#lengths.length > 1)
      this.#odd('length-repeated', t('The response has {times} Content-Length headers.', { times: this.#lengths.length }));
    return { kind: 'length', least, most };
  }

  #plain(chunk: Uint8Array): void {
    this.#give(chunk);
    if (this.#framing.kind !== 'length') return;
    const { least, most } = this.#framing;
    if (this.#received < least) return;
    // After the smaller of two lengths, a complete document ends. After the larger one, everything that is not a SOAP document ends.
    if (this.#whole() || (this.#received >= most && !this.#telling())) this.#end();
  }

  #chunks(reader: ChunkReader, chunk: Uint8Array): void {
    let rest = chunk;
    try {
      while (rest.length > 0 && !reader.done) {
        const { data, rest: more } = reader.next(rest);
        if (data !== undefined) this.#give(data);
        rest = more;
      }
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.#withoutChunks(reader, error);
      return;
    }
    if (!reader.done) return;
    if (rest.length > 0) this.reusable = false;
    this.#end();
  }

  /** Handles a body without the chunks that its headers name, or with broken chunks after the document. */
  #withoutChunks(reader: ChunkReader, error: HttpError): void {
    if (this.#received > 0) {
      if (!this.#whole()) throw error;
      this.#odd('chunks-broken', t('The content after the document in the response is not a chunk. The document itself is complete.'));
      this.#end();
      return;
    }
    this.#odd('chunks-missing', t('The headers say that the response is sent in chunks, but it is not.'));
    this.#chunk = undefined;
    this.#framing = this.#byLength();
    this.#plain(reader.line);
  }

  #give(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#received += piece.length;
    if (this.#start.length < START_BYTES) this.#start = Buffer.concat([this.#start, piece.subarray(0, START_BYTES - this.#start.length)]);
    this.#tail =
      piece.length >= TAIL_BYTES
        ? Buffer.from(piece.subarray(piece.length - TAIL_BYTES))
        : Buffer.concat([this.#tail, piece]).subarray(-TAIL_BYTES);
    this.sink.data(piece);
  }

  #end(): true {
    this.#done = true;
    if (this.#framing.kind === 'length') this.#sayLength(this.#framing);
    return true;
  }

  #sayLength({ least, most }: { readonly least: number; readonly most: number }): void {
    const received = this.#received;
    if (least !== most) {
      const named = [...new Set(this.#lengths)].join(' and ');
      this.#odd(
        'lengths-differ',
        t(
          'The response has different lengths in its headers ({lengths} bytes) and is {received} bytes long. Maho 26.7 sends such headers over V2 and WS-I. Behind nginx, the response is HTTP 502 instead.',
          { lengths: named, received },
        ),
      );
    } else if (received > most) {
      const text = t(
        'The response is {bytes} bytes longer than its Content-Length says: the store sends additional content, such as an empty line or a byte order mark from one of its PHP files.',
        { bytes: received - most },
      );
      this.#odd('length-too-short', text);
    } else if (received < least) {
      this.#odd(
        'length-too-long',
        t('The response is {bytes} bytes shorter than its Content-Length says, but it is complete.', { bytes: least - received }),
      );
    }
  }

  #odd(code: Oddity['code'], text: string): void {
    // A server that breaks HTTP in this answer may break it in the next one too, so the next one gets a new connection.
    this.reusable = false;
    this.sink.odd({ code, text });
  }
}

/** Removes the framing of chunks. */
class ChunkReader {
  #state: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  #left = 0;
  /** The line that is being read, with everything before the first chunk. */
  line = Buffer.alloc(0);
  done = false;

  /** @throws {HttpError} if there is no size where one is due */
  next(bytes: Uint8Array): { readonly data?: Uint8Array; readonly rest: Uint8Array } {
    if (this.#state === 'data') {
      const data = bytes.subarray(0, this.#left);
      this.#left -= data.length;
      if (this.#left === 0) this.#state = 'data-end';
      return { data, rest: bytes.subarray(data.length) };
    }
    const end = bytes.indexOf(0x0a);
    const part = end < 0 ? bytes : bytes.subarray(0, end + 1);
    this.line = Buffer.concat([this.line, part]);
    if (this.line.length > MAX_SIZE_LINE_BYTES) throw this.#broken(bytes.subarray(part.length));
    const rest = bytes.subarray(part.length);
    if (end < 0) {
      // If a document comes instead of a size, it is recognised before its first line end.
      if (this.#state === 'size' && /^\s*[^\s0-9A-Fa-f;]/.test(this.line.toString('latin1'))) throw this.#broken(rest);
      return { rest };
    }
    const line = this.line.toString('latin1').trim();
    if (this.#state === 'data-end' && line === '') this.#state = 'size';
    else if (this.#state === 'trailer') this.done = line === '';
    else {
      const size = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(line)?.[1];
      if (size === undefined) throw this.#broken(rest);
      this.#left = Number.parseInt(size, 16);
      this.#state = this.#left === 0 ? 'trailer' : 'data';
    }
    this.line = Buffer.alloc(0);
    return { rest };
  }

  #broken(rest: Uint8Array): HttpError {
    this.line = Buffer.concat([this.line, rest]);
    return new HttpError('CHUNKS_BROKEN', t('The size of a chunk is not a number'));
  }
}
