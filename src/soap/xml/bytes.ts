import { DecodeError } from './errors';

/** Invalid places that are noted; a wrong charset has thousands, and they all say the same. */
const MOST_NOTES = 20;

/** Something about the bytes that did not stop decoding but that people should know. */
export interface BytesNote {
  readonly offset: number;
  readonly text: string;
}

/**
 * Turns the bytes of a message into text as they arrive. UTF-8 unless a byte order mark, the first bytes or the XML
 * declaration say otherwise. Chunks may end anywhere, also inside a character.
 */
export class ByteDecoder {
  #charset: string | undefined;
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #held: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  #bytes = 0;

  /** Byte sequences that the charset does not allow; they became U+FFFD. */
  readonly invalid: BytesNote[] = [];

  /** What the byte order mark said, if there was one. */
  mark: string | undefined;

  /**
   * @param declared charset from the HTTP header; the document's own word wins over it, as PHP's libxml does
   */
  constructor(private readonly declared?: string) {}

  /** The charset in use, in lower case; `utf-8` until something else is known. */
  get charset(): string {
    return this.#charset ?? 'utf-8';
  }

  /** Bytes taken so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes of all the text handed out so far. */
  get given(): number {
    return this.#bytes - this.#held.length;
  }

  /** Takes the next bytes and returns the text that is complete. */
  write(chunk: Uint8Array): string {
    this.#bytes += chunk.length;
    let input = this.#held.length === 0 ? chunk : concat(this.#held, chunk);
    if (this.#charset === undefined) {
      if (input.length < 4 || (looksDeclared(input) && !input.includes(0x3e) && input.length < 256)) {
        this.#held = input.slice();
        return '';
      }
      input = this.#detect(input);
    }
    const keep = this.#charset === 'utf-8' ? incompleteUtf8(input) : 0;
    this.#held = keep === 0 ? new Uint8Array(0) : input.slice(input.length - keep);
    return this.#decode(keep === 0 ? input : input.subarray(0, input.length - keep), this.#charset !== 'utf-8');
  }

  /** Ends the input and returns the rest. */
  end(): string {
    let input = this.#held;
    this.#held = new Uint8Array(0);
    if (this.#charset === undefined) input = this.#detect(input);
    return this.#decode(input, false);
  }

  /** Counts the bytes of a text in this charset, for offsets. */
  length(text: string): number {
    if (this.#charset === 'utf-8') return new TextEncoder().encode(text).length;
    return this.#charset?.startsWith('utf-16') === true ? text.length * 2 : text.length;
  }

  #detect(input: Uint8Array): Uint8Array {
    const [a, b, c, d] = input;
    let skip = 0;
    if (a === 0xef && b === 0xbb && c === 0xbf) [this.mark, this.#charset, skip] = ['utf-8', 'utf-8', 3];
    else if (a === 0xff && b === 0xfe) [this.mark, this.#charset, skip] = ['utf-16le', 'utf-16le', 2];
    else if (a === 0xfe && b === 0xff) [this.mark, this.#charset, skip] = ['utf-16be', 'utf-16be', 2];
    else if (a === 0x3c && b === 0 && c !== 0 && d === 0) this.#charset = 'utf-16le';
    else if (a === 0 && b === 0x3c && c === 0 && d !== 0) this.#charset = 'utf-16be';
    else this.#charset = (declaredCharset(input) ?? this.declared ?? 'utf-8').toLowerCase();
    if (this.#charset === 'utf8' || this.#charset === 'us-ascii' || this.#charset === 'ascii') this.#charset = 'utf-8';
    if (this.#charset === 'utf-16') this.#charset = 'utf-16be';
    try {
      this.#decoder = new TextDecoder(this.#charset, { ignoreBOM: true });
    } catch (error) {
      const unknown = this.#charset;
      this.#charset = 'utf-8';
      const failure = new DecodeError('charset', 0, `The answer says it is written in "${unknown.slice(0, 40)}", which is no known charset.`);
      failure.cause = error;
      throw failure;
    }
    return input.subarray(skip);
  }

  #decode(input: Uint8Array, stream: boolean): string {
    if (input.length === 0 && !stream) return this.#decoder?.decode() ?? '';
    const text = this.#decoder?.decode(input, { stream }) ?? '';
    // A one-byte string cannot hold U+FFFD, so this costs nothing for plain ASCII.
    if (text.includes('\ufffd')) this.#noteInvalid(text, input);
    return text;
  }

  /** Notes the first place where the bytes do not say U+FFFD themselves. Until there, text and bytes can be counted alike. */
  #noteInvalid(text: string, input: Uint8Array): void {
    if (this.invalid.length >= MOST_NOTES) return;
    for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
      const offset = this.length(text.slice(0, at));
      if (this.#charset === 'utf-8' && input[offset] === 0xef && input[offset + 1] === 0xbf && input[offset + 2] === 0xbd) continue;
      this.invalid.push({ offset: this.given - input.length + offset, text: text.slice(Math.max(0, at - 20), at + 20) });
      return;
    }
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function looksDeclared(input: Uint8Array): boolean {
  return input[0] === 0x3c && input[1] === 0x3f;
}

/** Reads `encoding` out of an XML declaration written in ASCII. */
function declaredCharset(input: Uint8Array): string | undefined {
  const head = String.fromCharCode(...input.subarray(0, 256));
  return /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(head)?.[1];
}

/** How many bytes at the end of the input belong to a UTF-8 character that is not complete. */
function incompleteUtf8(input: Uint8Array): number {
  const length = input.length;
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = input[length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? back : 0;
    }
  }
  return 0;
}
