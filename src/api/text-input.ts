import { t } from '../l10n/texts';
import { ToolkitError } from './errors';

/** The place of the first bytes that cannot be read. */
export interface BytePlace {
  /** From 1. Lines end with `\n`, `\r\n` or a lone `\r`. */
  readonly line: number;
  /** From 1, in UTF-16 units, as in editors. */
  readonly column: number;
  /** Offset of the byte in the file, from 0. */
  readonly offset: number;
}

/** The error for bytes that are not text in a supported encoding. Kind `input`, code `encoding`. */
export class EncodingError extends ToolkitError {
  constructor(
    /** The place of these bytes. */
    readonly place: BytePlace,
    words: { readonly what: string; readonly why: string; readonly next: string },
  ) {
    super('input', { code: 'encoding', ...words });
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const label: Readonly<Record<Encoding, string>> = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16' };

/**
 * Decodes a file or standard input: UTF-8 with or without a byte order mark, or UTF-16 with one. The mark is removed. No bytes are
 * replaced: another encoding is an error, because wrong characters would reach the store.
 * @param name name of the file or the input, such as "Standard input", for errors
 * @throws {EncodingError} with the place of the first bytes that cannot be read, and how to save the file correctly
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const { encoding, skip } = markOf(bytes);
  const body = skip === 0 ? bytes : bytes.subarray(skip);
  const nul = leadingNul(body, encoding);
  if (nul >= 0) throw notMarked(body, skip, nul, encoding, name);
  const text = strictly(body, encoding);
  if (text === undefined) throw unreadable(bytes, skip, encoding, name);
  return text;
}

function markOf(bytes: Uint8Array): { readonly encoding: Encoding; readonly skip: number } {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 };
  return { encoding: 'utf-8', skip: 0 };
}

/** Returns `undefined` when a byte cannot be read. */
function strictly(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * Offset of the first NUL character at the beginning, or -1. UTF-16 without a mark and UTF-32 have one there, but no text that people
 * write.
 */
function leadingNul(body: Uint8Array, encoding: Encoding): number {
  const head = body.subarray(0, 4);
  if (encoding === 'utf-8') return head.indexOf(0);
  for (let at = 0; at + 1 < head.length; at += 2) if (head[at] === 0 && head[at + 1] === 0) return at;
  return -1;
}

function notMarked(body: Uint8Array, skip: number, nul: number, encoding: Encoding, name: string): EncodingError {
  const column = (strictly(body.subarray(0, nul), encoding)?.length ?? 0) + 1;
  return new EncodingError(
    { line: 1, column, offset: skip + nul },
    {
      what: t('{name} cannot be read as text.', { name }),
      why: t('It begins with NUL characters, like UTF-16 without a byte order mark or UTF-32.'),
      next: advice(name),
    },
  );
}

function unreadable(bytes: Uint8Array, skip: number, encoding: Encoding, name: string): EncodingError {
  const offset = skip + (encoding === 'utf-8' ? goodUtf8(bytes.subarray(skip)) : goodUtf16(bytes.subarray(skip), encoding));
  const before = strictly(bytes.subarray(skip, offset), encoding) ?? '';
  const lines = before.split(/\r\n|\r|\n/);
  const place = { line: lines.length, column: (lines.at(-1) ?? '').length + 1, offset };
  const byte = bytes[offset] ?? 0;
  const hex = `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  const letter = new TextDecoder('windows-1252').decode(Uint8Array.of(byte));
  const meant =
    encoding === 'utf-8' && /[\p{L}\p{P}\p{S}]/u.test(letter) ? ` ${t('In Windows-1252 it would be "{letter}".', { letter })}` : '';
  return new EncodingError(place, {
    what: t('{name} is not {encoding} text.', { name, encoding: label[encoding] }),
    why: `${t('Line {line}, column {column}: byte {hex} cannot be read.', { line: place.line, column: place.column, hex })}${meant}`,
    next: advice(name),
  });
}

/** How to save the text in an encoding that can be read. */
function advice(name: string): string {
  if (/^standard input$/i.test(name)) return t('Write it as UTF-8. In PowerShell: $OutputEncoding = [Text.UTF8Encoding]::new()');
  if (/\.csv$/i.test(name)) return t('In Excel, save it as "CSV UTF-8 (Comma delimited)". In an editor, save it with the encoding UTF-8.');
  return t('Open it in an editor with its present encoding, and save it with the encoding UTF-8.');
}

/** Number of bytes before the first that is not UTF-8. */
function goodUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequence(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** Length of the UTF-8 sequence at a place; 0 if it is invalid (overlong, a surrogate, above U+10FFFF, cut off). */
function sequence(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0) return 0;
  const second = bytes[at + 1] ?? 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let next = 2; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** Number of bytes before the first lone surrogate, or before half a unit at the end. */
function goodUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = encoding === 'utf-16le';
  let at = 0;
  for (; at + 1 < bytes.length; at += 2) {
    const unit = view.getUint16(at, little);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const pair = unit < 0xdc00 && at + 3 < bytes.length ? view.getUint16(at + 2, little) : 0;
    if (pair < 0xdc00 || pair > 0xdfff) return at;
    at += 2;
  }
  return at;
}
