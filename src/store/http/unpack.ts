import * as zlib from 'node:zlib';
import type { Oddity } from './oddity';

/** Receives the unpacked body. */
export interface UnpackSink {
  data(chunk: Buffer): void;
  end(): void;
  error(error: NodeJS.ErrnoException): void;
  odd(oddity: Oddity): void;
}

/** Where the packed body comes from. */
interface Source {
  pause(): unknown;
  resume(): unknown;
}

type Inflater = zlib.Gunzip | zlib.Inflate | zlib.InflateRaw | zlib.BrotliDecompress;

/** How many bytes tell whether a body is compressed. */
const SNIFFED_BYTES = 5;

/** Undoes the compression of a body. Where header and body disagree on it, the body is right. */
export class Unpacker {
  #first: Buffer | undefined = Buffer.alloc(0);
  #inflater: Inflater | undefined;

  /** @param encoding the Content-Encoding, `undefined` where none is named */
  constructor(
    private readonly encoding: string | undefined,
    private readonly source: Source,
    private readonly sink: UnpackSink,
  ) {}

  write(chunk: Buffer): void {
    if (this.#first === undefined) {
      this.#give(chunk);
      return;
    }
    this.#first = this.#first.length === 0 ? chunk : Buffer.concat([this.#first, chunk]);
    if (this.#first.length >= SNIFFED_BYTES) this.#decide(this.#first);
  }

  end(): void {
    if (this.#first !== undefined) this.#decide(this.#first);
    if (this.#inflater === undefined) this.sink.end();
    else this.#inflater.end();
  }

  /** Stops unpacking; nothing is told any more. */
  destroy(): void {
    this.#inflater?.destroy();
  }

  #decide(first: Buffer): void {
    this.#first = undefined;
    const { inflater, oddity } = choose(this.encoding?.trim().toLowerCase(), first);
    if (oddity !== undefined) this.sink.odd(oddity);
    if (inflater !== undefined) {
      inflater.on('data', (chunk: Buffer) => this.sink.data(chunk));
      inflater.on('end', () => this.sink.end());
      inflater.on('error', (error: NodeJS.ErrnoException) => this.sink.error(error));
      inflater.on('drain', () => this.source.resume());
      this.#inflater = inflater;
    }
    if (first.length > 0) this.#give(first);
  }

  #give(chunk: Buffer): void {
    if (this.#inflater === undefined) this.sink.data(chunk);
    else if (!this.#inflater.destroyed && !this.#inflater.write(chunk)) this.source.pause();
  }
}

function choose(encoding: string | undefined, first: Buffer): { readonly inflater?: Inflater; readonly oddity?: Oddity } {
  const gzip = first[0] === 0x1f && first[1] === 0x8b;
  const size = { chunkSize: 64 * 1024 };
  if (first.length === 0) return {};
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return gzip ? { inflater: zlib.createGunzip(size) } : plain(encoding, first, () => zlib.createGunzip(size));
    case 'deflate': {
      const header = ((first[0] ?? 0) & 0x0f) === 8 && (((first[0] ?? 0) << 8) | (first[1] ?? 0)) % 31 === 0;
      // Some servers leave zlib's header out.
      return header ? { inflater: zlib.createInflate(size) } : plain(encoding, first, () => zlib.createInflateRaw(size));
    }
    case 'br':
      return plain(encoding, first, () => zlib.createBrotliDecompress(size));
    default: {
      const oddity: Oddity = { code: 'compression-unsaid', text: 'The answer is compressed, but its headers do not say so.' };
      return gzip ? { inflater: zlib.createGunzip(size), oddity } : {};
    }
  }
}

/** A body that begins as a document does was not compressed. */
function plain(encoding: string, first: Buffer, packed: () => Inflater): { readonly inflater?: Inflater; readonly oddity?: Oddity } {
  if (!/^(?:\xef\xbb\xbf)?\s*<[?!A-Za-z]/.test(first.toString('latin1'))) return { inflater: packed() };
  return {
    oddity: { code: 'compression-missing', text: `The headers of the answer say that it is compressed (${encoding}), but it is not.` },
  };
}
