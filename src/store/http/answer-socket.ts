import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { BodyReader } from './body';
import { HeadReader, type RawHead } from './head';
import type { Oddity } from './oddity';

/** How long an answer whose end is in doubt must be silent until it counts as complete, in milliseconds. */
const SILENCE_MS = 1000;

/** The facts about the answer that is being read on a connection. */
export interface RawAnswer {
  /** The head as it was sent. Node's parser receives another one, with a framing of the body that it can read. */
  readonly head: RawHead;
  /** Grows until the end of the answer. */
  readonly oddities: readonly Oddity[];
}

/**
 * A connection as an agent passes it to Node's http. It reads heads and framing of answers itself, more leniently than Node's parser,
 * which refuses an answer because of a header even if all of it has arrived. The parser then receives clean answers: the same status, and
 * a body in chunks. Requests pass unchanged. Only one request is under way at a time, so what arrives belongs to the last one.
 */
export class AnswerSocket extends Duplex {
  /** Starts as `head`: data that a server sends before the first request is read as an answer, so that the error can name the protocol. */
  #state: 'idle' | 'head' | 'body' = 'head';
  #head = new HeadReader();
  #body: BodyReader | undefined;
  #answer: { readonly head: RawHead; readonly oddities: Oddity[] } | undefined;
  #silence: NodeJS.Timeout | undefined;
  #ready: boolean;
  #reusable = true;
  /** Number of chunks of the answer that were passed on. */
  #chunks = 0;
  /** Time limit of inactivity, in milliseconds, as in net.Socket. */
  timeout = 0;

  constructor(private readonly raw: Socket) {
    super({ allowHalfOpen: true });
    const secure = raw instanceof TLSSocket;
    this.#ready = !secure && !raw.connecting;
    for (const event of ['lookup', 'connect', 'secureConnect'] as const) {
      raw.once(event, (...values: unknown[]) => {
        this.#ready ||= event === (secure ? 'secureConnect' : 'connect');
        this.emit(event, ...values);
      });
    }
    raw.on('timeout', () => this.emit('timeout'));
    raw.on('data', (chunk: Buffer) => this.#take(chunk));
    raw.once('end', () => this.#ended());
    raw.once('error', (error) => this.destroy(error));
    raw.once('close', () => {
      this.#ended();
      // Data that was read must still be passed on.
      if (this.readableEnded) this.destroy();
      else this.once('end', () => this.destroy());
    });
  }

  /** Whether name lookup, TCP or TLS are still under way. */
  get connecting(): boolean {
    return !this.#ready;
  }

  /** Whether another request may use it. An answer that broke the rules of HTTP may have left bytes behind. */
  get reusable(): boolean {
    return this.#reusable;
  }

  /** The last answer whose head has arrived. */
  get answer(): RawAnswer | undefined {
    return this.#answer;
  }

  setTimeout(ms: number, listener?: () => void): this {
    this.timeout = ms;
    // As in net.Socket, a time limit of 0 removes the listener. Node's http does that at the end of a request.
    if (listener !== undefined && ms === 0) this.removeListener('timeout', listener);
    else if (listener !== undefined) this.once('timeout', listener);
    this.raw.setTimeout(ms);
    return this;
  }

  setKeepAlive(enable?: boolean, delay?: number): this {
    this.raw.setKeepAlive(enable, delay);
    return this;
  }

  setNoDelay(on?: boolean): this {
    this.raw.setNoDelay(on);
    return this;
  }

  ref(): this {
    this.raw.ref();
    return this;
  }

  unref(): this {
    this.raw.unref();
    return this;
  }

  override _read(): void {
    this.raw.resume();
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#state === 'idle') {
      this.#state = 'head';
      this.#head = new HeadReader();
    }
    this.raw.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.raw.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#silence);
    this.raw.destroy();
    done(error);
  }

  #take(chunk: Uint8Array): void {
    try {
      let rest = chunk;
      while (rest.length > 0 && !this.destroyed) {
        if (this.#state === 'idle') {
          // No request was sent. This is the rest of an answer with a wrong length, or a server that says goodbye.
          this.destroy();
          return;
        }
        rest = this.#state === 'head' ? this.#takeHead(rest) : this.#takeBody(rest);
      }
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #takeHead(chunk: Uint8Array): Uint8Array {
    const read = this.#head.write(chunk);
    if (read === undefined) return NO_BYTES;
    this.#head = new HeadReader();
    const { head, oddities, rest } = read;
    // 100 Continue and similar responses come before the answer and are skipped.
    if (head.status < 200 && head.status !== 101) return rest;
    const answer = { head, oddities: [...oddities] };
    this.#answer = answer;
    this.#chunks = 0;
    this.#body = new BodyReader(head, { data: (piece) => this.#pushChunk(piece), odd: (oddity) => void answer.oddities.push(oddity) });
    this.#state = 'body';
    this.#reusable &&= oddities.length === 0;
    this.#push(Buffer.from(plainHead(head), 'latin1'));
    if (this.#body.done) this.#finish();
    return rest;
  }

  #takeBody(chunk: Uint8Array): Uint8Array {
    const body = this.#body;
    if (body === undefined) return NO_BYTES;
    clearTimeout(this.#silence);
    body.write(chunk);
    if (body.done) this.#finish();
    else if (body.doubtful) this.#listen(body);
    return NO_BYTES;
  }

  /** Waits for silence. A connection that is paused because its reader is slow is not silent. */
  #listen(body: BodyReader): void {
    this.#silence = setTimeout(() => {
      if (this.raw.isPaused()) this.#listen(body);
      else if (body.settle(false)) this.#finish();
    }, SILENCE_MS);
  }

  /** The other side has ended the connection. */
  #ended(): void {
    clearTimeout(this.#silence);
    if (this.#body !== undefined && this.#body.settle(true)) this.#finish();
    if (!this.destroyed && !this.readableEnded) this.push(null);
  }

  /** Tells the parser that the body is complete. */
  #finish(): void {
    const body = this.#body;
    if (body === undefined) return;
    clearTimeout(this.#silence);
    this.#body = undefined;
    this.#state = 'idle';
    if (this.#answer !== undefined && hasBody(this.#answer.head)) this.#push(this.#chunks === 0 ? LAST_CHUNK : LAST_OF_CHUNKS);
    this.#reusable &&= body.reusable;
  }

  /** The line end after a chunk is sent together with the size of the next one, since each push runs through the parser. */
  #pushChunk(piece: Uint8Array): void {
    this.#push(Buffer.from(`${this.#chunks++ === 0 ? '' : '\r\n'}${piece.length.toString(16)}\r\n`, 'latin1'));
    this.#push(piece);
  }

  #push(piece: Uint8Array): void {
    if (!this.push(piece)) this.raw.pause();
  }
}

const NO_BYTES = new Uint8Array();
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const LAST_OF_CHUNKS = Buffer.from('\r\n0\r\n\r\n');

function hasBody({ status }: RawHead): boolean {
  return status !== 204 && status !== 304 && status >= 200;
}

/** Whether the server wants to close the connection after this answer. */
function closes({ httpVersion, headers }: RawHead): boolean {
  const said = headers.filter(([name]) => name.toLowerCase() === 'connection').map(([, value]) => value.toLowerCase());
  if (said.some((value) => value.includes('close'))) return true;
  return Number(httpVersion) < 1.1 && !said.some((value) => value.includes('keep-alive'));
}

/** The head for the parser. Its headers are not read from there, so the parser gets only the few that it acts on. */
function plainHead(head: RawHead): string {
  const kept = head.headers.filter(([name]) => name.toLowerCase() === 'keep-alive').slice(0, 1);
  const lines = [
    `HTTP/1.1 ${head.status} ${head.statusText.replace(/[^\x20-\x7e]/g, '?')}`,
    `Connection: ${closes(head) ? 'close' : 'keep-alive'}`,
    ...kept.map(([name, value]) => `${name}: ${value.replace(/[^\x20-\x7e]/g, '?')}`),
    ...(hasBody(head) ? ['Transfer-Encoding: chunked'] : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
