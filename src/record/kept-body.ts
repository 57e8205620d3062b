import { Buffer } from 'node:buffer';
import { MASK } from '../store/masking/mask';

/** How the file of a body contains its bytes. */
export interface KeptBody {
  /** The content of the file, in UTF-8. */
  readonly text: string;
  /** Charset of the bytes if it is not UTF-8. The file has the same text in UTF-8, so that people can read it. */
  readonly charset?: string | undefined;
  /** Whether the bytes are not text of a known charset. The file then has them in base64. */
  readonly base64?: boolean | undefined;
}

/** Length of a line of base64, in characters. */
const LINE_CHARS = 76;

/** The byte that replaces each byte of a secret in bytes that are not text: `*`. */
const HIDDEN_BYTE = 0x2a;

/**
 * A body for its file, from which {@link bytesOf} makes the same bytes again, except for secrets.
 * @param mask hides secrets in a text
 * @param secrets known secrets, for bytes that are not text
 */
export function keptBody(bytes: Uint8Array, charset: string, mask: (text: string) => string, secrets: readonly string[]): KeptBody {
  for (const name of new Set(['utf-8', charset.toLowerCase()])) {
    const text = exactText(bytes, name);
    if (text !== undefined) return { text: mask(text), ...(name === 'utf-8' ? {} : { charset: name }) };
  }
  return { text: lines(hidden(bytes, mask, secrets).toString('base64')), base64: true };
}

/** The bytes of a body from the text of its file. `change` adapts the text to the answer. */
export function bytesOf({ text, charset, base64 }: KeptBody, change: (text: string) => string): Buffer {
  if (base64 === true) return Buffer.from(change(Buffer.from(text, 'base64').toString('latin1')), 'latin1');
  return encode(change(text), charset ?? 'utf-8') ?? Buffer.from(change(text), 'utf8');
}

/** The text of bytes, if it is plain text from which the same bytes can be made again. */
function exactText(bytes: Uint8Array, charset: string): string | undefined {
  const text = decoder(charset)?.(bytes);
  if (text === undefined || /[\0-\x08\x0e-\x1f]/.test(text)) return undefined;
  return encode(text, charset)?.equals(bytes) === true ? text : undefined;
}

function decoder(charset: string): ((bytes: Uint8Array) => string | undefined) | undefined {
  try {
    const reader = new TextDecoder(charset, { fatal: true, ignoreBOM: true });
    return (bytes) => {
      try {
        return reader.decode(bytes);
      } catch {
        // The charset does not allow these bytes.
        return undefined;
      }
    };
  } catch {
    // The charset is not known here.
    return undefined;
  }
}

/** A text in a charset; `undefined` if it cannot be written in this charset. */
function encode(text: string, charset: string): Buffer | undefined {
  if (charset === 'utf-8' || charset === 'utf8') return Buffer.from(text, 'utf8');
  if (charset === 'utf-16le' || charset === 'utf-16') return Buffer.from(text, 'utf16le');
  if (charset === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = singleBytes(charset);
  const bytes = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at++) {
    const byte = table?.get(text.charCodeAt(at));
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

/** Bytes by their characters, for charsets in which each byte is one character. Bytes without a character are left out. */
function singleBytes(charset: string): ReadonlyMap<number, number> | undefined {
  const read = decoder(charset);
  if (read === undefined) return undefined;
  return new Map(
    Array.from({ length: 256 }, (_, byte): readonly [number, number] | undefined => {
      const text = read(Uint8Array.of(byte));
      return text?.length === 1 ? [text.charCodeAt(0), byte] : undefined;
    }).filter((entry) => entry !== undefined),
  );
}

/**
 * Bytes without secrets. The bytes are masked as text with one character per byte, and known secrets are also replaced in UTF-8 and UTF-16.
 */
function hidden(bytes: Uint8Array, mask: (text: string) => string, secrets: readonly string[]): Buffer {
  const single = mask(Buffer.from(bytes).toString('latin1')).replaceAll(MASK, (found) => '*'.repeat(found.length));
  const copy = Buffer.from(single, 'latin1');
  for (const secret of secrets) {
    const wide = Buffer.from(secret, 'utf16le');
    for (const form of [Buffer.from(secret, 'utf8'), wide, Buffer.from(wide).swap16()])
      for (let at = copy.indexOf(form); at >= 0; at = copy.indexOf(form, at + form.length)) copy.fill(HIDDEN_BYTE, at, at + form.length);
  }
  return copy;
}

function lines(base64: string): string {
  return `${base64.replaceAll(new RegExp(`.{${LINE_CHARS}}(?=.)`, 'g'), '$&\n')}\n`;
}
