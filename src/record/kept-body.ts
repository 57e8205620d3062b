import { Buffer } from 'node:buffer';
import { MASK } from '../store/masking/mask';

/** How the file of a body holds its bytes. */
export interface KeptBody {
  /** What stands in the file, in UTF-8. */
  readonly text: string;
  /** Charset of the bytes where it is not UTF-8: the file has the same text in UTF-8, for people. */
  readonly charset?: string | undefined;
  /** The bytes are not text of a charset that is known here: the file has them in base64. */
  readonly base64?: boolean | undefined;
}

/** Length of a line of base64, in characters. */
const LINE = 76;

/** What stands in place of a secret in bytes that are not text. */
const HIDDEN_BYTE = 0x2a;

/**
 * A body for its file, such that {@link bytesOf} gives the same bytes again, apart from secrets.
 * @param mask hides secrets in a text
 * @param secrets that are known, for bytes that are not text
 */
export function keptBody(bytes: Uint8Array, charset: string, mask: (text: string) => string, secrets: readonly string[]): KeptBody {
  for (const name of new Set(['utf-8', charset.toLowerCase()])) {
    const text = exactText(bytes, name);
    if (text !== undefined) return { text: mask(text), ...(name === 'utf-8' ? {} : { charset: name }) };
  }
  return { text: lines(hidden(bytes, mask, secrets).toString('base64')), base64: true };
}

/** The bytes of a body whose file holds this text, changed as the answer needs it. */
export function bytesOf({ text, charset, base64 }: KeptBody, change: (text: string) => string): Buffer {
  if (base64 === true) return Buffer.from(change(Buffer.from(text, 'base64').toString('latin1')), 'latin1');
  return encode(change(text), charset ?? 'utf-8') ?? Buffer.from(change(text), 'utf8');
}

/** The text of bytes, if the same bytes can be made of it again and all of it is text. */
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
        // Bytes that the charset does not allow.
        return undefined;
      }
    };
  } catch {
    // No charset that is known here.
    return undefined;
  }
}

/** A text in a charset; `undefined` where it cannot be written so. */
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

/** Bytes by the characters that they mean, for charsets in which each byte is one; some mean none. */
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

/** Bytes without secrets: by their places where they can be read byte by byte, and wherever a known one stands in any width. */
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
  return `${base64.replaceAll(new RegExp(`.{${LINE}}(?=.)`, 'g'), '$&\n')}\n`;
}
