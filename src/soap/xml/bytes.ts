import { t } from '../../l10n/texts';
import { DecodeError } from './errors';
import type { TextSource } from './reader';
import { MAX_NOTES, Utf8Check, type BytesNote } from './utf8';

/**
 * Turns the bytes of a message into text as they arrive. The charset is UTF-8 unless a byte order mark, the first bytes or the XML
 * declaration say otherwise. Chunks may end anywhere, also inside a character.
 *
 * UTF-8 is passed on raw, one character a byte. Decoding megabytes of markup in order to read a few accented names would cost more than
 * everything else. See {@link TextSource.raw}.
 */
export class ByteDecoder implements TextSource {
  #charset: string | undefined;
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #held: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  #bytes = 0;
  /** Counted by the text that was returned, since a decoder holds back incomplete characters. */
  #given = 0;

  readonly #check = new Utf8Check();
  readonly #replaced: BytesNote[] = [];

  /** The charset of the byte order mark, if there is one. */
  mark: string | undefined;

  /** @param declared charset from the HTTP header; the document's own declaration overrides it, as in PHP's libxml */
  constructor(private readonly declared?: string) {}

  /** The charset in use, in lower case; `utf-8` until something else is known. */
  get charset(): string {
    return this.#charset ?? 'utf-8';
  }

  /** Whether the returned text is still undecoded UTF-8. */
  get raw(): boolean {
    return this.charset === 'utf-8';
  }

  /** Byte sequences that the charset does not allow. They became U+FFFD. */
  get invalid(): readonly BytesNote[] {
    return [...this.#check.notes, ...this.#replaced];
  }

  /** Bytes received so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Bytes of all the text returned so far. An incomplete character at the end counts as a whole one, so this can be more than
   * {@link bytes}.
   */
  get given(): number {
    return this.#given;
  }

  /**
   * Takes the next bytes and returns the text that is complete.
   * @throws {DecodeError} `charset`, when the message names an unknown charset
   */
  write(chunk: Uint8Array): string {
    this.#bytes += chunk.length;
    if (this.#charset !== undefined) return this.#text(chunk, true);
    const input = this.#held.length === 0 ? chunk : concat(this.#held, chunk);
    if (input.length < 4 || (looksDeclared(input) && !input.includes(0x3e) && input.length < 256)) {
      this.#held = input.slice();
      return '';
    }
    this.#held = new Uint8Array(0);
    return this.#text(this.#detect(input), true);
  }

  /**
   * Ends the input and returns the rest.
   * @throws {DecodeError} `charset`, as {@link write} does
   */
  end(): string {
    const rest = this.#held;
    this.#held = new Uint8Array(0);
    const text = this.#text(this.#charset === undefined ? this.#detect(rest) : rest, false);
    if (this.raw) this.#check.end();
    return text;
  }

  /** Bytes that a piece of the text takes. */
  length(text: string): number {
    return this.charset.startsWith('utf-16') ? text.length * 2 : text.length;
  }

  /** Decodes a raw piece of the text. */
  decode(raw: string): string {
    return this.raw ? Buffer.from(raw, 'latin1').toString('utf8') : raw;
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
    if (this.#charset !== 'utf-8') {
      const charset = this.#charset;
      try {
        this.#decoder = new TextDecoder(charset, { ignoreBOM: true });
      } catch (error) {
        this.#charset = 'utf-8';
        const failure = new DecodeError(
          'charset',
          0,
          t('The response declares the character set "{charset}", which is not known.', { charset: charset.slice(0, 40) }),
        );
        failure.cause = error;
        throw failure;
      }
    }
    this.#given = skip;
    return input.subarray(skip);
  }

  #text(input: Uint8Array, stream: boolean): string {
    if (this.#decoder === undefined) {
      const bytes = Buffer.from(input.buffer, input.byteOffset, input.length);
      this.#check.take(bytes, this.#bytes - input.length);
      this.#given += bytes.length;
      return bytes.toString('latin1');
    }
    const text = this.#decoder.decode(input, { stream });
    this.#given += this.length(text);
    for (let at = text.indexOf('\ufffd'); at >= 0 && this.#replaced.length < MAX_NOTES; at = text.indexOf('\ufffd', at + 1)) {
      this.#replaced.push({
        offset: Math.max(0, this.given - this.length(text.slice(at))),
        text: text.slice(Math.max(0, at - 20), at + 20),
      });
    }
    return text;
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
  const head = new TextDecoder('latin1').decode(input.subarray(0, 256));
  return /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(head)?.[1];
}
