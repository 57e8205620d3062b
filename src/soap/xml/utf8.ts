// A pure function, which Node has no global for.
import { isUtf8 } from 'node:buffer';

/** Maximum number of invalid positions that are noted. A message with the wrong charset has thousands, and more notes would add nothing. */
export const MAX_NOTES = 20;

/** Number of bytes on either side of an invalid position that its note shows. */
const CONTEXT_BYTES = 20;

/** A problem with the bytes that did not stop decoding but that people should know of. */
export interface BytesNote {
  /** Offset in bytes from the start of the message. */
  readonly offset: number;
  /** The text around the position, with U+FFFD in place of bytes that could not be read. */
  readonly text: string;
}

/** One character of more than one byte, each byte as one character of Latin-1. */
const WIDE =
  /[\u00c2-\u00df][\u0080-\u00bf]|\u00e0[\u00a0-\u00bf][\u0080-\u00bf]|[\u00e1-\u00ec\u00ee\u00ef][\u0080-\u00bf]{2}|\u00ed[\u0080-\u009f][\u0080-\u00bf]|\u00f0[\u0090-\u00bf][\u0080-\u00bf]{2}|[\u00f1-\u00f3][\u0080-\u00bf]{3}|\u00f4[\u0080-\u008f][\u0080-\u00bf]{2}/y;

/** Finds bytes that are not UTF-8 in a message that arrives in chunks, which may end anywhere. */
export class Utf8Check {
  readonly #found: { readonly offset: number; readonly before: Buffer; after: Buffer }[] = [];
  /** Bytes at the end that may be the beginning of a character. */
  #open: Buffer = Buffer.alloc(0);
  /** The last bytes that were checked. */
  #last: Buffer = Buffer.alloc(0);
  /** Whether the previous byte was not UTF-8. Continuation bytes after it then belong to the same mistake. */
  #wrong = false;

  /** The findings. Complete once {@link end} was called. */
  get notes(): readonly BytesNote[] {
    return this.#found.map(({ offset, before, after }) => ({ offset, text: whole(Buffer.concat([before, after])) }));
  }

  /**
   * Takes the next bytes.
   * @param offset their position in the message
   */
  take(bytes: Buffer, offset: number): void {
    for (const note of this.#found)
      if (note.after.length < CONTEXT_BYTES) note.after = Buffer.concat([note.after, bytes.subarray(0, CONTEXT_BYTES - note.after.length)]);
    const opened = this.#open.length;
    const input = opened === 0 ? bytes : Buffer.concat([this.#open, bytes]);
    const end = input.length - unfinished(input);
    this.#check(input, end, offset - opened);
    this.#open = Buffer.from(input.subarray(end));
    if (input.length > 0)
      this.#last = Buffer.from(Buffer.concat([this.#last, input.subarray(Math.max(0, end - CONTEXT_BYTES), end)]).subarray(-CONTEXT_BYTES));
    this.#at = offset - opened + end;
  }

  #at = 0;

  /** Ends the message. */
  end(): void {
    const rest = this.#open;
    this.#open = Buffer.alloc(0);
    this.#check(rest, rest.length, this.#at);
  }

  #check(input: Buffer, end: number, offset: number): void {
    const sound = input.subarray(0, end);
    if (end === 0 || this.#found.length >= MAX_NOTES) return;
    if (isUtf8(sound)) {
      this.#wrong = false;
      return;
    }
    const text = sound.toString('latin1');
    // One character at a time: a pattern for the whole of a long text would overflow the stack.
    for (let at = 0; at < end && this.#found.length < MAX_NOTES;) {
      const byte = text.charCodeAt(at);
      WIDE.lastIndex = at;
      if (byte < 0x80) {
        this.#wrong = false;
        at++;
      } else if (WIDE.test(text)) {
        this.#wrong = false;
        at = WIDE.lastIndex;
      } else {
        if (!this.#wrong || byte >= 0xc0) {
          const before = Buffer.concat([this.#last, sound.subarray(Math.max(0, at - CONTEXT_BYTES), at)]).subarray(-CONTEXT_BYTES);
          this.#found.push({
            offset: offset + at,
            before: Buffer.from(before),
            after: Buffer.from(input.subarray(at, at + CONTEXT_BYTES)),
          });
        }
        this.#wrong = true;
        at++;
      }
    }
  }
}

/** Number of bytes at the end that begin a character whose other bytes have not arrived. */
function unfinished(input: Buffer): number {
  for (let back = 1; back <= 3 && back <= input.length; back++) {
    const byte = input[input.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/** Text of a piece of a message, without incomplete characters at its ends. */
function whole(bytes: Buffer): string {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  return bytes.subarray(start, bytes.length - unfinished(bytes)).toString('utf8');
}
