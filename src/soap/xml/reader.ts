import { t } from '../../l10n/texts';
import { copied } from './copied';
import { DecodeError, type DecodeCode } from './errors';
import { endOfTag, safeEnd, wholeEnd } from './scan';
import { parseTag, type Tag } from './tag';
import { decodeEntities, firstMistake, FORBIDDEN } from './text';
import { TextWindow } from './window';

/** Receives what the reader finds. `leaf` replaces `open`, `text` and `close` for an element without children, as nearly all are. */
export interface XmlHandler {
  open(tag: Tag): void;
  leaf(tag: Tag, text: string): void;
  /** Text with its entities decoded; one run of text may come in several pieces. */
  text(text: string): void;
  close(tag: Tag): void;
}

/** The source of the reader's text. */
export interface TextSource {
  /** Bytes received so far. */
  readonly bytes: number;
  /** Bytes of all the text returned so far. */
  readonly given: number;
  /** Number of bytes that a piece of the text takes in the message's charset. */
  length(text: string): number;
  /**
   * Whether the text is still undecoded UTF-8, one character a byte. Markup is ASCII in either form, so hardly any text needs decoding.
   * The reader asks for it when a value has other characters.
   */
  readonly raw: boolean;
  /** Decodes a raw piece. */
  decode(raw: string): string;
}

/** Limits that no honest answer reaches. */
export interface XmlLimits {
  /** Number of elements inside each other. */
  readonly depth: number;
  /** Number of characters of one tag, with all its attributes. */
  readonly tag: number;
}

/** The limits that apply if a caller gives none. */
export const defaultLimits: XmlLimits = { depth: 256, tag: 64 * 1024 };

/** Number of distinct spellings of tags that are remembered, and the length of one. A real answer has fewer than a hundred short ones. */
const MAX_REMEMBERED_TAGS = 1024;
const MAX_REMEMBERED_TAG_BYTES = 1024;

const HIGH = /[\u0080-\u00ff]/;

const LF = 0x0a;
const LT = 0x3c;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;

/**
 * A streaming reader for the XML that SOAP allows: elements, attributes, text, CDATA and comments. DTDs and processing
 * instructions are refused, as SOAP 1.1 §3 asks, so there are no entities to expand.
 *
 * It is fast because it does not tokenise: it searches for the next `<` and compares the tag there with the one that followed
 * last time, both as bytes ({@link TextWindow}). Memory is limited by the largest tag, since text is passed on as it arrives. Its
 * output depends on the bytes alone, never on how they were split into chunks.
 */
export class XmlReader {
  #buffer = '';
  readonly #open: Tag[] = [];
  readonly #tags = new Map<string, Tag>();
  #last: Tag | undefined;
  #lastClosed = false;
  #mode: 'content' | 'comment' | 'cdata' = 'content';
  #rootSeen = false;
  /** Position in the buffer of the tag that the handler received last. Negative if it was read from an earlier buffer. */
  #told = 0;
  /** Length of the buffer at which reading continues. An unfinished tag is read again only when the buffer has doubled. */
  #enough = 1;
  readonly #window = new TextWindow();

  /**
   * @param handler receives what is found, in document order
   * @param source the source of the text; asked for offsets when there is an error
   */
  constructor(
    private readonly handler: XmlHandler,
    private readonly source: TextSource,
    private readonly limits: XmlLimits = defaultLimits,
  ) {}

  /** Whether the root element has been closed. The text after it does not belong to the document. */
  get done(): boolean {
    return this.#rootSeen && this.#open.length === 0 && this.#mode === 'content';
  }

  /** Text after the root element, once {@link done}. */
  get rest(): string {
    return this.#buffer;
  }

  /** Number of open elements. */
  get depth(): number {
    return this.#open.length;
  }

  /** Bytes read so far, up to the start of {@link rest}. */
  get offset(): number {
    return this.#offsetAt(0);
  }

  /** Offset in bytes of the tag that the handler received last. It does not depend on how the bytes were split into chunks. */
  get told(): number {
    return Math.max(0, this.source.given - (this.#buffer.length - this.#told) * this.source.length('x'));
  }

  /**
   * Takes more text. Stops at the end of the root element and leaves the text after it in {@link rest}.
   * @throws {DecodeError} as soon as the text is not well-formed, contains something that SOAP forbids, or exceeds the limits
   */
  write(text: string): void {
    this.#buffer = this.#buffer === '' ? text : this.#buffer + text;
    if (this.#buffer.length >= this.#enough) this.#read();
  }

  #read(): void {
    const buffer = this.#buffer;
    const end = this.#run(buffer);
    this.#buffer = end >= buffer.length ? '' : buffer.slice(end);
    this.#told -= end;
    const left = this.#buffer.length;
    this.#enough = this.#mode === 'content' && this.#buffer.charCodeAt(0) === LT ? Math.min(2 * left, this.limits.tag + 2) : left + 1;
  }

  /**
   * Ends the input.
   * @throws {DecodeError} `cut-off`, unless the root element was closed
   */
  end(): void {
    if (!this.done && this.#buffer !== '') this.#read();
    if (this.done) return;
    const open = this.#open.at(-1);
    throw this.#error(
      'cut-off',
      this.#buffer.length,
      open === undefined ? t('The response ends before its XML begins') : t('The response ends inside <{name}>', { name: open.name }),
    );
  }

  /** Reads as far as possible; returns the position of the first character that is still needed. */
  #run(s: string): number {
    const handler = this.handler;
    const raw = this.source.raw;
    const size = s.length;
    const window = this.#window;
    window.load(s, raw);
    const bytes = window.bytes;
    let pos = 0;

    // Kept in local variables for speed, since they change with every element.
    const open = this.#open;
    let last = this.#last;
    let lastClosed = this.#lastClosed;
    const stop = (at: number): number => {
      this.#last = last;
      this.#lastClosed = lastClosed;
      return at;
    };

    for (;;) {
      if (this.#mode !== 'content') {
        const next = this.#skipSection(s, pos);
        if (next < 0) return stop(-next - 1);
        pos = next;
        continue;
      }
      if (pos >= size || (open.length === 0 && this.#rootSeen)) return stop(pos);

      // Tags follow each other directly (V1) or on a new line (V2, WS-I), so a search for the next one is seldom needed.
      let lt = pos;
      if (bytes[pos] === LF && bytes[pos + 1] === LT && pos + 1 < size) {
        lt = pos + 1;
        this.#text('\n', pos);
      } else if (bytes[pos] !== LT) {
        lt = window.next(pos);
        const end = lt < size ? lt : open.length === 0 ? size : safeEnd(s, pos, raw);
        if (end > pos) this.#text(window.unusual ? this.#unusual(s.slice(pos, end), pos) : s.slice(pos, end), pos);
        if (lt === size) return stop(end);
      }

      const kind = bytes[lt + 1];
      if (kind === SLASH) {
        const tag = open.at(-1);
        if (tag === undefined) throw this.#error('malformed', lt, t('An element is closed that was never opened'));
        pos = window.stands(lt, tag.end(raw)) ? lt + tag.close.length : this.#endTag(s, lt, tag);
        if (pos < 0) return stop(lt);
        open.pop();
        this.#told = lt;
        handler.close(tag);
        last = tag;
        lastClosed = true;
        continue;
      }

      // A start tag, most likely the one that followed last time.
      let tag = lastClosed ? last?.after : last?.next;
      if (tag === undefined || !window.stands(lt, tag.whole(raw))) {
        if (kind === BANG) {
          const next = this.#declaration(s, lt);
          if (next < 0) return stop(lt);
          pos = next;
          continue;
        }
        if (kind === QUESTION)
          throw this.#error('processing-instruction', lt, t('The response contains a processing instruction, which SOAP forbids'));
        tag = this.#parse(s, lt);
        if (tag === undefined) return stop(lt);
        if (last !== undefined && tag.remembered) {
          if (!lastClosed) last.next = tag;
          else if (lt === pos) last.follow(tag, '', raw);
          else if (lt === pos + 1 && bytes[pos] === LF) last.follow(tag, '\n', raw);
        }
      }
      if (open.length === 0) this.#rootSeen = true;
      if (open.length >= this.limits.depth)
        throw this.#error('too-deep', lt, t('Elements are nested deeper than {depth}', { depth: this.limits.depth }));
      pos = lt + tag.raw.length;
      last = tag;
      this.#told = lt;
      if (tag.selfClosing) {
        handler.leaf(tag, '');
        lastClosed = true;
        continue;
      }
      // Nearly every element is a leaf: text, then its own end tag, then the tag that followed last time.
      let next = window.next(pos);
      while (tag.after !== undefined && tag.step !== undefined && window.stands(next, tag.step)) {
        this.#told = next;
        handler.leaf(tag, this.#value(s, pos, next));
        if (tag.gap !== '') handler.text(tag.gap);
        pos = next + tag.step.length;
        last = tag = tag.after;
        next = window.next(pos);
      }
      if (window.stands(next, tag.end(raw))) {
        this.#told = next;
        handler.leaf(tag, this.#value(s, pos, next));
        lastClosed = true;
        pos = next + tag.close.length;
        continue;
      }
      open.push(tag);
      handler.open(tag);
      lastClosed = false;
    }
  }

  /** Reads an end tag that is wrong or contains white space. Returns the position after it, or -1 if it is not complete yet. */
  #endTag(s: string, lt: number, tag: Tag): number {
    const gt = s.indexOf('>', lt);
    if ((gt < 0 ? s.length : gt) - lt > this.limits.tag) throw this.#error('too-large', lt, t('A tag is too large'));
    if (gt < 0) return -1;
    if (s.slice(lt + 2, gt).replace(/[ \t\r\n]+$/, '') !== tag.close.slice(2, -1)) {
      throw this.#error('malformed', lt, `<${tag.name}> is closed by ${s.slice(lt, Math.min(gt + 1, lt + 60))}`);
    }
    return gt + 1;
  }

  /** The text of an element without children, which the window has just scanned. */
  #value(s: string, from: number, to: number): string {
    const window = this.#window;
    const unusual = window.unusual;
    // In a window of decoded text, all characters that are not ASCII have the same byte.
    if (unusual && !this.source.raw) return this.#unusual(s.slice(from, to), from);
    const known = window.known(from, to);
    if (known !== undefined) return known;
    const text = unusual ? this.#unusual(s.slice(from, to), from) : s.slice(from, to);
    window.remember(from, to, text);
    return text;
  }

  /** Reads text that cannot simply be copied: characters other than ASCII, entities, carriage returns, brackets. */
  #unusual(piece: string, at: number): string {
    const bracket = piece.indexOf(']]>');
    if (bracket >= 0) {
      // Throws first if there is a mistake before the bracket.
      this.#unusual(piece.slice(0, bracket), at);
      throw this.#error('malformed', at + bracket, t('The response contains ]]> outside of CDATA'));
    }
    let text = this.source.raw && HIGH.test(piece) ? this.source.decode(piece) : piece;
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    const decoded = FORBIDDEN.test(text) ? undefined : decodeEntities(text);
    if (decoded === undefined) throw this.#mistake(piece, at);
    return decoded;
  }

  /** The first mistake in a text. It does not depend on how much of the text has arrived. */
  #mistake(piece: string, at: number): DecodeError {
    const { at: inside, forbidden } = firstMistake(piece, this.source.raw) ?? { at: 0 };
    const what =
      forbidden === undefined
        ? t('The response contains an unknown entity or a bare &')
        : t('The response contains the character U+{character}, which XML forbids', { character: hex(forbidden) });
    return this.#error('malformed', at + inside, what);
  }

  #text(text: string, at: number): void {
    if (this.#open.length > 0) this.handler.text(text);
    else {
      const inside = text.search(/[^ \t\r\n]/);
      if (inside >= 0) throw this.#error('malformed', at + inside, t('Text outside of the root element'));
    }
  }

  /** Finds the tag at `lt` and parses it unless its spelling is known. `undefined` if it is not complete yet. */
  #parse(s: string, lt: number): Tag | undefined {
    const gt = endOfTag(s, lt, this.limits.tag);
    if (gt < 0) {
      if (s.length - lt > this.limits.tag) throw this.#error('too-large', lt, t('A tag is too large'));
      return undefined;
    }
    const spelling = s.slice(lt, gt + 1);
    const known = this.#tags.get(spelling);
    if (known !== undefined) return known;
    const remembered = spelling.length <= MAX_REMEMBERED_TAG_BYTES && this.#tags.size < MAX_REMEMBERED_TAGS;
    const raw = remembered ? copied(spelling) : spelling;
    const text = this.source.raw && HIGH.test(raw) ? this.source.decode(raw) : raw;
    if (FORBIDDEN.test(text)) throw this.#error('malformed', lt, t('A tag contains a character that XML forbids'));
    const tag = parseTag(text, raw);
    if (typeof tag === 'string') throw this.#error('malformed', lt, t('A tag is malformed: {why}', { why: tag }));
    tag.remembered = remembered;
    if (remembered) this.#tags.set(raw, tag);
    return tag;
  }

  /** Handles `<!…` at `lt`. Returns the position at which reading continues, or -1 if more text is needed. */
  #declaration(s: string, lt: number): number {
    if (s.startsWith('<!--', lt)) {
      this.#mode = 'comment';
      return lt + 4;
    }
    if (s.startsWith('<![CDATA[', lt)) {
      if (this.#open.length === 0) throw this.#error('malformed', lt, t('CDATA outside of the root element'));
      this.#mode = 'cdata';
      return lt + 9;
    }
    const start = s.slice(lt, lt + 9);
    if ('<![CDATA['.startsWith(start) || '<!--'.startsWith(start)) return -1;
    if ('<!DOCTYPE'.startsWith(start.toUpperCase())) {
      if (start.length < 9) return -1;
      throw this.#error('dtd', lt, t('The response contains a DTD, which SOAP forbids. Nothing in it was read'));
    }
    throw this.#error('malformed', lt, t('The response contains a declaration that is not XML'));
  }

  /** Reads inside a comment or CDATA. Returns the position at which content continues, or `-(first character still needed) - 1`. */
  #skipSection(s: string, pos: number): number {
    const comment = this.#mode === 'comment';
    const mark = comment ? '--' : ']]>';
    const end = s.indexOf(mark, pos);
    const until = end < 0 ? Math.max(pos, s.length - mark.length + 1) : end;
    const held = end < 0 ? wholeEnd(s, pos, until, this.source.raw) : until;
    if (held > pos) {
      const piece = s.slice(pos, held);
      const text = this.source.raw && HIGH.test(piece) ? this.source.decode(piece) : piece;
      if (FORBIDDEN.test(text)) throw this.#mistake(piece.replaceAll('&', ' '), pos);
      if (!comment) this.handler.text(text.replace(/\r\n?/g, '\n'));
    }
    if (end < 0) return -held - 1;
    if (comment) {
      if (end + 2 >= s.length) return -end - 1;
      if (s[end + 2] !== '>') throw this.#error('malformed', end, t('A comment contains --'));
    }
    this.#mode = 'content';
    return end + 3;
  }

  #offsetAt(position: number): number {
    // An incomplete character at the end was counted as a whole one, but an offset must not exceed the number of bytes.
    return Math.min(this.source.bytes, this.source.given - this.source.length(this.#buffer.slice(position)));
  }

  #error(code: DecodeCode, position: number, what: string): DecodeError {
    return new DecodeError(code, this.#offsetAt(position), what);
  }
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
