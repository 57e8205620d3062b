import { t } from '../../l10n/texts';
import { HttpError, type Oddity } from './oddity';

/** Status line and headers as they were sent, including duplicates. */
export interface RawHead {
  readonly status: number;
  readonly statusText: string;
  /** For example `1.1`. */
  readonly httpVersion: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Largest head that is read, in bytes. A store behind a single sign-on may send many cookies, but no honest store sends this many. */
export const MAX_HEAD_BYTES = 512 * 1024;

/** Limit of Node's own parser, in bytes. Larger heads are read and reported. */
const USUAL_HEAD_BYTES = 16 * 1024;

const LF = 0x0a;
const CR = 0x0d;

/** Collects the head of an answer from chunks of any size. Every byte is read once. */
export class HeadReader {
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;
  /** Bytes of the line that is being read, without its line end. */
  #line = 0;
  /** Whether anything but white space has arrived. A broken answer before this one may have left white space. */
  #begun = false;
  #start = '';

  /** Whether anything but white space has arrived. */
  get begun(): boolean {
    return this.#begun;
  }

  /**
   * Takes the next bytes.
   * @returns the head and the bytes after it, or `undefined` while it is not complete
   * @throws {HttpError} when this is not a head of HTTP, or when it is too large
   */
  write(chunk: Uint8Array): { readonly head: RawHead; readonly oddities: readonly Oddity[]; readonly rest: Uint8Array } | undefined {
    let at = 0;
    if (!this.#begun) {
      while (at < chunk.length && (chunk[at] === CR || chunk[at] === LF || chunk[at] === 0x20)) at++;
      if (at === chunk.length) return undefined;
      this.#begun = true;
    }
    const from = at;
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === LF) {
        if (this.#line === 0) return this.#complete(chunk.subarray(from, at + 1), chunk.subarray(at + 1));
        this.#line = 0;
      } else if (byte !== CR) this.#line++;
    }
    this.#keep(chunk.subarray(from));
    return undefined;
  }

  #complete(last: Uint8Array, rest: Uint8Array): ReturnType<HeadReader['write']> {
    this.#keep(last);
    const { head, oddities } = parseHead(Buffer.concat(this.#pieces).toString('latin1'));
    const large: Oddity[] =
      this.#bytes > USUAL_HEAD_BYTES
        ? [
            {
              code: 'head-large',
              text: t('The headers of the response take {kilobytes} kB. Many programs stop at 16 kB.', {
                kilobytes: Math.round(this.#bytes / 1000),
              }),
            },
          ]
        : [];
    return { head, oddities: [...large, ...oddities], rest };
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    if (this.#start.length < 64) {
      this.#start = (this.#start + Buffer.from(piece.subarray(0, 64)).toString('latin1')).slice(0, 64);
      const due = 'HTTP/'.slice(0, this.#start.length);
      if (this.#start.slice(0, 5).toUpperCase() !== due) throw notHttp(this.#start);
    }
    if (this.#bytes > MAX_HEAD_BYTES)
      throw new HttpError('HEAD_TOO_LARGE', t('They take more than {kilobytes} kB', { kilobytes: MAX_HEAD_BYTES / 1024 }));
  }
}

function notHttp(text: string): HttpError {
  // The first bytes of a TLS record: an alert or a handshake, version 3.
  if (/^[\x15\x16](?:\x03|$)/.test(text)) return new HttpError('SPEAKS_TLS', t('It responds like a server for https'));
  const shown =
    text
      .split(/[\r\n]/)[0]
      ?.replace(/[^\x20-\x7e]/g, '?')
      .trim() ?? '';
  return new HttpError('NOT_HTTP', t('Its response begins with "{text}"', { text: shown }));
}

/**
 * Reads a head as leniently as browsers do: line ends of LF alone, folded headers, blanks before a colon, lines that are not a header.
 * @throws {HttpError} when the status line cannot be read
 */
function parseHead(text: string): { readonly head: RawHead; readonly oddities: readonly Oddity[] } {
  const lines = text.replace(/\r/g, '').split('\n');
  const status = /^HTTP\/(\d(?:\.\d)?)[ \t]+(\d{3})(?:[ \t]*(.*))?$/i.exec(lines[0] ?? '');
  if (status === null) throw notHttp(text.slice(0, 64));
  const headers: [string, string][] = [];
  const odd: string[] = [];
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    const before = headers.at(-1);
    if (/^[ \t]/.test(line) && before !== undefined) {
      before[1] = `${before[1]} ${line.trim()}`.trim();
      odd.push(t('A header of the response is unusual: "{name}" is folded over several lines.', { name: before[0] }));
      continue;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? '' : line.slice(0, colon).trim();
    if (name === '') {
      odd.push(t('A header of the response is unusual: a line is not a header.'));
      continue;
    }
    headers.push([name, line.slice(colon + 1).trim()]);
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[ \t]$/.test(line.slice(0, colon)))
      odd.push(t('A header of the response is unusual: the name "{name}" is not allowed.', { name: shown(name) }));
    else if (/[\x00-\x08\x0b-\x1f\x7f]/.test(line))
      odd.push(t('A header of the response is unusual: "{name}" contains control characters.', { name }));
  }
  const [, version = '1.1', code = '0', reason = ''] = status;
  const oddities: readonly Oddity[] = [...new Set(odd)].slice(0, 5).map((text) => ({ code: 'header-odd', text }));
  return { head: { status: Number(code), statusText: reason.trim(), httpVersion: version, headers }, oddities };
}

function shown(name: string): string {
  return name.slice(0, 40).replace(/[^\x20-\x7e]/g, '?');
}
