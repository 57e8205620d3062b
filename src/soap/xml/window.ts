import { copied } from './copied';

const LT = 0x3c;

/** Bytes that need more than copying: control characters, `&`, the bracket that begins `]]>`, and everything that is not ASCII. */
const UNUSUAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a) || byte === 0x26 || byte === 0x5d ? 1 : 0,
);

/** Replaces every character that is not ASCII if the text is already decoded. */
const NOT_ASCII = 0xff;
const ASCII_ONLY = /^[\u0000-\u007f]*$/;

/** A piece of markup that is compared many times, as words of four bytes. */
export class Spelling {
  /** Length in bytes. `Infinity` for markup that can never match the bytes of a window. */
  readonly length: number;
  /** The last word ends where the markup ends, so it may overlap the word before. */
  readonly words: Int32Array;

  /**
   * @param text the markup; if it is shorter than a word, it is never found
   * @param raw whether the text is still undecoded UTF-8, one character a byte
   */
  constructor(text: string, raw: boolean) {
    const { length } = text;
    const known = length >= 4 && (raw || ASCII_ONLY.test(text));
    this.length = known ? length : Infinity;
    this.words = new Int32Array(known ? Math.ceil(length / 4) : 0);
    if (!known) return;
    const bytes = Buffer.from(text, 'latin1');
    for (let index = 0; index < this.words.length; index++) this.words[index] = bytes.readInt32LE(Math.min(4 * index, length - 4));
  }
}

/** Number of texts that are remembered because they occurred before, and the length of one: IDs, dates, names of stores and of fields. */
const MAX_REMEMBERED_TEXTS = 512;
const MAX_TEXT_BYTES = 32;

/**
 * The text that the reader is reading, as bytes. Comparing bytes costs a fraction of comparing the characters of a string. A text that
 * occurred before is found without making a string again: rows repeat most of their texts.
 */
export class TextWindow {
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #buffer = Buffer.from(this.#bytes.buffer);
  #length = 0;
  /** About the text that {@link next} scanned: its hash, and whether it contains anything that cannot simply be copied. */
  #hash = 0;
  #unusual = 0;
  readonly #texts = new Array<string>(MAX_REMEMBERED_TEXTS).fill('');
  readonly #textLengths = new Uint8Array(MAX_REMEMBERED_TEXTS);
  readonly #textBytes = new Uint8Array(MAX_REMEMBERED_TEXTS * MAX_TEXT_BYTES);
  /** Hash of the text that last had this slot, if another text is remembered in it. */
  readonly #seen = new Int32Array(MAX_REMEMBERED_TEXTS);

  /** The bytes of the text, one for each character. A `<` follows them. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Whether the text that {@link next} scanned last contains anything that cannot simply be copied. */
  get unusual(): boolean {
    return this.#unusual !== 0;
  }

  /**
   * Takes the text.
   * @param raw whether it is still undecoded UTF-8, one character a byte
   */
  load(text: string, raw: boolean): void {
    const { length } = text;
    if (this.#bytes.length <= length) {
      this.#buffer = Buffer.alloc(Math.max(1024, length + (length >> 1) + 1));
      this.#bytes = new Uint8Array(this.#buffer.buffer, this.#buffer.byteOffset, this.#buffer.length);
      this.#view = new DataView(this.#buffer.buffer, this.#buffer.byteOffset, this.#buffer.length);
    }
    this.#length = length;
    const bytes = this.#bytes;
    if (raw) this.#buffer.write(text, 'latin1');
    else
      for (let at = 0; at < length; at++) {
        const code = text.charCodeAt(at);
        bytes[at] = code < 0x80 ? code : NOT_ASCII;
      }
    bytes[length] = LT;
  }

  /** Whether this markup is at a position. */
  stands(at: number, spelling: Spelling): boolean {
    const last = at + spelling.length - 4;
    if (last + 4 > this.#length) return false;
    const view = this.#view;
    const words = spelling.words;
    const count = words.length - 1;
    for (let index = 0, pos = at; index < count; index++, pos += 4) if (view.getInt32(pos, true) !== words[index]) return false;
    return view.getInt32(last, true) === words[count];
  }

  /** Position of the next `<`; the length of the text when there is none. */
  next(from: number): number {
    const bytes = this.#bytes;
    let hash = 0;
    let unusual = 0;
    let at = from;
    for (let byte = bytes[at] ?? LT; byte !== LT; byte = bytes[++at] ?? LT) {
      unusual |= UNUSUAL[byte] ?? 1;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    this.#hash = hash;
    this.#unusual = unusual;
    return at;
  }

  /** The text that {@link next} scanned, if it is remembered. */
  known(from: number, to: number): string | undefined {
    const length = to - from;
    const slot = slotOf(this.#hash);
    if (length > MAX_TEXT_BYTES || this.#textLengths[slot] !== length) return undefined;
    const bytes = this.#bytes;
    const remembered = this.#textBytes;
    for (let at = from, other = slot * MAX_TEXT_BYTES; at < to; at++, other++) if (bytes[at] !== remembered[other]) return undefined;
    return this.#texts[slot];
  }

  /** Remembers the value of the text that {@link next} scanned, if the text occurred before. */
  remember(from: number, to: number, text: string): void {
    const length = to - from;
    if (length > MAX_TEXT_BYTES) return;
    const hash = this.#hash;
    const slot = slotOf(hash);
    if (this.#seen[slot] !== hash) {
      this.#seen[slot] = hash;
      return;
    }
    this.#texts[slot] = copied(text);
    this.#textLengths[slot] = length;
    this.#textBytes.set(this.#bytes.subarray(from, to), slot * MAX_TEXT_BYTES);
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 9) ^ (hash >>> 18)) & (MAX_REMEMBERED_TEXTS - 1);
}
