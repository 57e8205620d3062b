import { t } from '../../l10n/texts';
import { copied } from './copied';
import { DecodeError, type DecodeCode } from './errors';
import { endOfTag, safeEnd, wholeEnd } from './scan';
import { parseTag, type Tag } from './tag';
import { decodeText, firstMistake, FORBIDDEN } from './text';
import { TextWindow } from './window';

/** Receives what the reader finds. `leaf` stands for open, text and close at once; it is the path of nearly every value. */
export interface XmlHandler {
  open(tag: Tag): void;
  leaf(tag: Tag, text: string): void;
  /** Text with its entities decoded; one run of text may come in several pieces. */
  text(text: string): void;
  close(tag: Tag): void;
}

/** Where the text comes from that the reader is given. */
export interface TextSource {
  /** Bytes taken so far. */
  readonly bytes: number;
  /** Bytes of all the text given so far. */
  readonly given: number;
  /** Bytes that a piece of the text takes in the message's charset. */
  length(text: string): number;
  /**
   * Whether the text is UTF-8 still undecoded, one character a byte. Markup is ASCII in either form, so nearly nothing
   * ever needs decoding; the reader asks for it where a value has other characters.
   */
  readonly raw: boolean;
  /** Decodes a raw piece. */
  decode(raw: string): string;
}

/** Bounds that no honest answer reaches. */
export interface XmlLimits {
  /** Elements inside each other. */
  readonly depth: number;
  /** Characters of one tag, with all its attributes. */
  readonly tag: number;
}

/** The limits that hold where a caller names none. */
export const defaultLimits: XmlLimits = { depth: 256, tag: 64 * 1024 };

/** Distinct spellings of tags that are remembered, and characters of one; a real answer has fewer than a hundred, and they are short. */
const REMEMBERED_TAGS = 1024;
const LONGEST_REMEMBERED_BYTES = 1024;

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
 * It is fast because it does not tokenise: it looks for the next `<` and compares the tag there with the one that followed
 * last time, both in bytes ({@link TextWindow}). Memory is bounded by the largest tag; text is passed on as it comes. What it
 * reports depends on the bytes alone, never on how they were cut.
 */
export class XmlReader {
  #buffer = '';
  readonly #open: Tag[] = [];
  readonly #tags = new Map<string, Tag>();
  #last: Tag | undefined;
  #lastClosed = false;
  #mode: 'content' | 'comment' | 'cdata' = 'content';
  #rootSeen = false;
  /** Where the tag begins that the handler was told last, counted from the beginning of the buffer: before it when it was read earlier. */
  #told = 0;
  /** Characters that there must be before reading goes on: an unfinished tag is looked at again only when it has doubled. */
  #enough = 1;
  readonly #window = new TextWindow();

  /**
   * @param handler is told what is found, in document order
   * @param source what made text of the bytes; asked for offsets when there is an error
   */
  constructor(
    private readonly handler: XmlHandler,
    private readonly source: TextSource,
    private readonly limits: XmlLimits = defaultLimits,
  ) {}

  /** Whether the root element has been closed. What follows does not belong to the document. */
  get done(): boolean {
    return this.#rootSeen && this.#open.length === 0 && this.#mode === 'content';
  }

  /** Text after the root element, once {@link done}. */
  get rest(): string {
    return this.#buffer;
  }

  /** Elements that are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** Bytes read so far, up to the start of {@link rest}. */
  get offset(): number {
    return this.#offsetAt(0);
  }

  /** Offset in bytes of the tag that the handler was told last. It does not depend on how the bytes were cut. */
  get told(): number {
    return Math.max(0, this.source.given - (this.#buffer.length - this.#told) * this.source.length('x'));
  }

  /**
   * Takes more text. Stops at the end of the root element and leaves what follows in {@link rest}.
   * @throws {DecodeError} as soon as the text is not well-formed, holds what SOAP forbids, or goes beyond the limits
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
      open === undefined ? t('The answer ends before its XML begins') : t('The answer ends inside <{name}>', { name: open.name }),
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

    // Kept in local variables, since they change with every element.
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

      // Tags follow each other directly (V1) or on a new line (V2, WS-I), so the next one is seldom searched for.
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
          throw this.#error('processing-instruction', lt, t('The answer holds a processing instruction, which SOAP forbids'));
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
      // Nearly every element is a leaf: text, then its own end tag, then the tag that followed it last time.
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

  /** Reads an end tag that is spelled with white space, or is wrong; returns where it ends, or -1 when it is not complete yet. */
  #endTag(s: string, lt: number, tag: Tag): number {
    const gt = s.indexOf('>', lt);
    if ((gt < 0 ? s.length : gt) - lt > this.limits.tag) throw this.#error('too-large', lt, t('A tag is too large'));
    if (gt < 0) return -1;
    if (s.slice(lt + 2, gt).replace(/[ \t\r\n]+$/, '') !== tag.close.slice(2, -1)) {
      throw this.#error('malformed', lt, `<${tag.name}> is closed by ${s.slice(lt, Math.min(gt + 1, lt + 60))}`);
    }
    return gt + 1;
  }

  /** The text of an element that holds nothing else, which the window went over last. */
  #value(s: string, from: number, to: number): string {
    const window = this.#window;
    const unusual = window.unusual;
    // Characters that are not ASCII all look alike in a window of decoded text.
    if (unusual && !this.source.raw) return this.#unusual(s.slice(from, to), from);
    const known = window.known(from, to);
    if (known !== undefined) return known;
    const text = unusual ? this.#unusual(s.slice(from, to), from) : s.slice(from, to);
    window.remember(from, to, text);
    return text;
  }

  /** Text that needs more than copying: other characters than ASCII, entities, carriage returns, brackets. */
  #unusual(piece: string, at: number): string {
    const bracket = piece.indexOf(']]>');
    if (bracket >= 0) {
      // Unless something before it is wrong already.
      this.#unusual(piece.slice(0, bracket), at);
      throw this.#error('malformed', at + bracket, t('The answer holds ]]> outside of CDATA'));
    }
    let text = this.source.raw && HIGH.test(piece) ? this.source.decode(piece) : piece;
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    const decoded = FORBIDDEN.test(text) ? undefined : decodeText(text);
    if (decoded === undefined) throw this.#mistake(piece, at);
    return decoded;
  }

  /** The first mistake of a text, which does not depend on how much of the text has come. */
  #mistake(piece: string, at: number): DecodeError {
    const { at: inside, forbidden } = firstMistake(piece, this.source.raw) ?? { at: 0 };
    const what =
      forbidden === undefined
        ? t('The answer holds an unknown entity or a bare &')
        : t('The answer holds the character U+{character}, which XML forbids', { character: hex(forbidden) });
    return this.#error('malformed', at + inside, what);
  }

  #text(text: string, at: number): void {
    if (this.#open.length > 0) this.handler.text(text);
    else {
      const inside = text.search(/[^ \t\r\n]/);
      if (inside >= 0) throw this.#error('malformed', at + inside, t('Text outside of the root element'));
    }
  }

  /** Finds the tag at `lt` and parses it unless its spelling is known; `undefined` when it is not complete yet. */
  #parse(s: string, lt: number): Tag | undefined {
    const gt = endOfTag(s, lt, this.limits.tag);
    if (gt < 0) {
      if (s.length - lt > this.limits.tag) throw this.#error('too-large', lt, t('A tag is too large'));
      return undefined;
    }
    const spelling = s.slice(lt, gt + 1);
    const known = this.#tags.get(spelling);
    if (known !== undefined) return known;
    const remembered = spelling.length <= LONGEST_REMEMBERED_BYTES && this.#tags.size < REMEMBERED_TAGS;
    const raw = remembered ? copied(spelling) : spelling;
    const text = this.source.raw && HIGH.test(raw) ? this.source.decode(raw) : raw;
    if (FORBIDDEN.test(text)) throw this.#error('malformed', lt, t('A tag holds a character that XML forbids'));
    const tag = parseTag(text, raw);
    if (typeof tag === 'string') throw this.#error('malformed', lt, t('A tag is malformed: {why}', { why: tag }));
    tag.remembered = remembered;
    if (remembered) this.#tags.set(raw, tag);
    return tag;
  }

  /** Handles `<!…` at `lt`; returns where reading goes on, or -1 when more is needed to know. */
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
      throw this.#error('dtd', lt, t('The answer holds a DTD, which SOAP forbids; nothing in it was read'));
    }
    throw this.#error('malformed', lt, t('The answer holds a declaration that is not XML'));
  }

  /** Reads inside a comment or CDATA; returns where content goes on, or `-(first character still needed) - 1`. */
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
      if (s[end + 2] !== '>') throw this.#error('malformed', end, t('A comment holds --'));
    }
    this.#mode = 'content';
    return end + 3;
  }

  #offsetAt(position: number): number {
    // Half a character at the end became a whole one, but no place is behind the last byte.
    return Math.min(this.source.bytes, this.source.given - this.source.length(this.#buffer.slice(position)));
  }

  #error(code: DecodeCode, position: number, what: string): DecodeError {
    return new DecodeError(code, this.#offsetAt(position), what);
  }
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
