import { escapeText } from '../../soap/xml/text';

/** Used in place of a session while an envelope is checked. */
export const NO_SESSION = '0'.repeat(32);

/** Used in place of the store's namespace while an envelope is checked. */
export const NO_NAMESPACE = 'urn:Store';

/** The placeholder for the session in an envelope of a file. */
const SESSION_PLACEHOLDER = '{{session}}';

/** Whether an envelope is the same in any session: it contains its own session, or none. */
export function hasOwnSession(envelope: (session: string) => string | Uint8Array): boolean {
  const [one, other] = [envelope(NO_SESSION), envelope('1'.repeat(NO_SESSION.length))];
  return Buffer.from(one).equals(Buffer.from(other));
}

/**
 * The bytes of an envelope with its session filled in. All other bytes are kept, whatever the encoding: the store must receive the
 * content of the file.
 * @param envelope as it was read, in any encoding that writes ASCII in one byte, or in UTF-16
 */
export function withSession(envelope: Uint8Array, session: string): Uint8Array {
  const encode = encoderOf(envelope);
  const mark = encode(SESSION_PLACEHOLDER);
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (let found = find(envelope, mark, 0); found >= 0; found = find(envelope, mark, at)) {
    pieces.push(envelope.subarray(at, found), encode(asciiXml(session)));
    at = found + mark.length;
  }
  pieces.push(envelope.subarray(at));
  return Buffer.concat(pieces);
}

/** Encoding of an envelope that was written by hand, according to its first bytes or its XML declaration. Otherwise UTF-8. */
export function charsetOf(envelope: Uint8Array): string {
  const [a, b] = envelope;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  const head = String.fromCharCode(...envelope.subarray(0, 256));
  const declared = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head)?.[1]?.toLowerCase();
  // A declaration that can be read in single bytes is wrong if it names an encoding of two or four bytes.
  return declared === undefined || /^(?:utf|ucs|iso-10646)/.test(declared) ? 'utf-8' : declared;
}

/** XML text in pure ASCII, which has the same bytes in every encoding that counts here. */
function asciiXml(text: string): string {
  return escapeText(text).replace(/[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

function encoderOf(envelope: Uint8Array): (ascii: string) => Uint8Array {
  const charset = charsetOf(envelope);
  const wide = charset === 'utf-16le' || charset === 'utf-16be';
  if (!wide) return (ascii) => new TextEncoder().encode(ascii);
  const first = charset === 'utf-16le' ? 0 : 1;
  return (ascii) => {
    const bytes = new Uint8Array(2 * ascii.length);
    for (let at = 0; at < ascii.length; at++) bytes[2 * at + first] = ascii.charCodeAt(at);
    return bytes;
  };
}

function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(wanted, from);
}
