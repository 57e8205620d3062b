import * as zlib from 'node:zlib';
import { t } from '../../l10n/texts';
import type { Oddity } from './oddity';

/** Receives the decompressed body. */
export interface UnpackSink {
  data(chunk: Buffer): void;
  end(): void;
  error(error: NodeJS.ErrnoException): void;
  odd(oddity: Oddity): void;
}

/** The source of the compressed body. */
interface Source {
  pause(): unknown;
  resume(): unknown;
}

type Inflater = zlib.Gunzip | zlib.Inflate | zlib.InflateRaw | zlib.BrotliDecompress;

/** Number of bytes that show whether a body is compressed. */
const SNIFFED_BYTES = 5;

/** A store and a cache in front of it may each compress. More layers are a decompression bomb. */
const MAX_LAYERS = 3;

/** Removes the compression of a body, layer by layer. If headers and body disagree about it, the body counts. */
export class Unpacker {
  #first: Buffer | undefined = Buffer.alloc(0);
  #inflater: Inflater | undefined;
  #inner: Unpacker | undefined;

  /**
   * @param encodings the encodings that Content-Encoding names, in the order in which they were applied
   * @param layer number of this layer, from 0
   */
  constructor(
    private readonly encodings: readonly string[],
    private readonly source: Source,
    private readonly sink: UnpackSink,
    private readonly layer = 0,
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

  /** Stops decompressing. The sink is not called any more. */
  destroy(): void {
    this.#inflater?.destroy();
    this.#inner?.destroy();
  }

  #decide(first: Buffer): void {
    this.#first = undefined;
    const { inflater, oddity, unknown } = choose(this.encodings.at(-1), first, this.layer);
    if (unknown !== undefined) {
      this.sink.error(new Error(t('Its headers name the compression "{name}", which was not requested.', { name: unknown.slice(0, 40) })));
      return;
    }
    if (oddity !== undefined) this.sink.odd(oddity);
    if (inflater !== undefined) {
      const inner = new Unpacker(this.encodings.slice(0, -1), inflater, this.sink, this.layer + 1);
      inflater.on('data', (chunk: Buffer) => inner.write(chunk));
      inflater.on('end', () => inner.end());
      inflater.on('error', (error: NodeJS.ErrnoException) => this.sink.error(error));
      inflater.on('drain', () => this.source.resume());
      this.#inflater = inflater;
      this.#inner = inner;
    }
    if (first.length > 0) this.#give(first);
  }

  #give(chunk: Buffer): void {
    if (this.#inflater === undefined) this.sink.data(chunk);
    else if (!this.#inflater.destroyed && !this.#inflater.write(chunk)) this.source.pause();
  }
}

/** The encodings that headers name, without those that change nothing. @param values of every Content-Encoding, in their order */
export function encodingsOf(values: readonly string[]): readonly string[] {
  const named = values.flatMap((value) => value.split(',').map((part) => part.trim().toLowerCase()));
  return named.filter((name) => name !== '' && name !== 'identity' && name !== 'none');
}

interface Choice {
  readonly inflater?: Inflater;
  readonly oddity?: Oddity;
  /** Name of an encoding that is not supported. */
  readonly unknown?: string;
}

function choose(encoding: string | undefined, first: Buffer, layer: number): Choice {
  const packed = packedAs(first);
  const size = { chunkSize: 64 * 1024 };
  if (first.length === 0) return {};
  const name = encoding?.replace(/^x-/, '');
  if (packed === 'gzip' && layer < MAX_LAYERS) return { inflater: zlib.createGunzip(size), ...differs(name, 'gzip', layer) };
  if (name === undefined) return {};
  if (looksPlain(first)) {
    // Two names for one layer: the header was set twice.
    if (layer > 0) return {};
    const text = t('The headers of the response say that it is compressed ({name}), but it is not.', { name });
    return known.has(name) ? { oddity: { code: 'compression-missing', text } } : {};
  }
  if (name === 'br') return { inflater: zlib.createBrotliDecompress(size) };
  if (name === 'deflate' || name === 'gzip') {
    if (packed === 'deflate') return { inflater: zlib.createInflate(size), ...differs(name, 'deflate', layer) };
    // Some servers leave out zlib's header.
    return { inflater: name === 'gzip' ? zlib.createGunzip(size) : zlib.createInflateRaw(size) };
  }
  return isText(first) ? {} : { unknown: name };
}

const known: ReadonlySet<string> = new Set(['gzip', 'deflate', 'br']);

/** The oddity if the headers name another compression than the body has, or none. */
function differs(named: string | undefined, found: string, layer: number): Pick<Choice, 'oddity'> {
  if (named === found) return {};
  if (named === undefined) {
    const text =
      layer === 0
        ? t('The response is compressed, but its headers do not say so.')
        : t('The response is compressed more than once, but its headers do not say so.');
    return { oddity: { code: 'compression-unsaid', text } };
  }
  return {
    oddity: {
      code: 'compression-other',
      text: t('The headers of the response say that it is compressed with {named}, but it is {found}.', { named, found }),
    },
  };
}

function packedAs([a = 0, b = 0]: Buffer): 'gzip' | 'deflate' | undefined {
  if (a === 0x1f && b === 0x8b) return 'gzip';
  return (a & 0x0f) === 8 && a >> 4 <= 7 && ((a << 8) | b) % 31 === 0 ? 'deflate' : undefined;
}

/** Whether a body begins like a document. It is then not compressed. */
function looksPlain(first: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s*<[?!A-Za-z]/.test(first.toString('latin1'));
}

/** Whether a body begins with characters of plain text. */
function isText(first: Buffer): boolean {
  return first.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
