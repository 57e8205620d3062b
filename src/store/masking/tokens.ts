import { copied } from '../../soap/xml/copied';
import { isQuietTag, DUMP_SIGNS } from './dumps';
import type { Range } from './ranges';

/** A spelling of a tag, from its `<` to after its `>`, or to the end of the text. */
export interface MarkupTag<About> {
  readonly text: string;
  readonly closing: boolean;
  /** Whether it ends with its `>`. */
  readonly whole: boolean;
  /** Whether it is an empty element, which is closed at once. */
  readonly empty: boolean;
  /** The text after the name. */
  readonly attributes: string;
  /** The facts about the name. The same object for each tag with this name. */
  readonly about: About;
  /** Whether it contains no dump and no dump can begin in it. */
  readonly quiet: boolean;
  /** The tag that followed last time. */
  next: MarkupTag<About> | undefined;
}

/** Receives the markup of a text in its order. Positions are those of the text. */
export interface MarkupHandler<About> {
  /** A start tag, from its `<` to after its `>`. An empty element is closed at once. */
  open(tag: MarkupTag<About>, start: number, end: number): void;
  /** An end tag. */
  close(about: About, start: number): void;
  /** Text, or a CDATA section with its marks. `from` and `to` are the range of its content. */
  text(start: number, end: number, from: number, to: number): void;
}

const NAME_END = /[\s<>/]/g;
const LT = 0x3c;

/** Number of spellings of tags that are remembered during one scan, and the length of one. */
const MAX_REMEMBERED_TAGS = 1024;
const MAX_REMEMBERED_TAG_CHARS = 512;

/**
 * Reads any text that may contain markup: XML, HTML, a page with warnings around it, a piece that is cut off. It never fails, and its
 * time is linear in the length of the text. Anything that is not valid markup counts as text. Answers repeat a few tags many times, so each
 * is parsed once, and the scanner expects the tag that followed last time to follow again.
 */
export class MarkupScanner<About> {
  readonly #tags = new Map<string, MarkupTag<About>>();
  readonly #abouts = new Map<string, About>();
  #greater = { from: 0, at: -1 };

  /** @param aboutName returns the facts about a name with its prefix; called once for each name */
  constructor(
    private readonly source: string,
    private readonly aboutName: (name: string) => About,
  ) {}

  /**
   * Passes the content of a piece of the text to a handler.
   * @returns the pieces that may contain dumps, each from a `<` or the beginning to a `<` or the end; no dump extends over a `<`
   */
  scan(from: number, to: number, handler: MarkupHandler<About>): readonly Range[] {
    const text = this.source;
    const loud: { start: number; end: number }[] = [];
    let done = from;
    // Beginning of the text that was not passed on yet.
    let untold = from;
    let before: MarkupTag<About> | undefined;
    // Beginning of the piece that was read last, and whether it may contain a dump.
    let piece = from;
    let speaks = true;
    for (;;) {
      // For short texts, one loop is faster than two searches.
      let lt = done;
      for (; lt < to; lt++) {
        const code = text.charCodeAt(lt);
        if (code === LT) break;
        if (code < 128 && DUMP_SIGNS[code] === 1) speaks = true;
      }
      if (speaks && lt > piece) {
        const last = loud.at(-1);
        if (last?.end === piece) last.end = lt;
        else loud.push({ start: piece, end: lt });
      }
      if (lt >= to) break;
      piece = lt;
      speaks = true;
      const expected = before?.next;
      let tag: MarkupTag<About> | undefined;
      if (expected !== undefined && text.startsWith(expected.text, lt) && lt + expected.text.length <= to) tag = expected;
      else {
        const greater = this.#greaterFrom(lt);
        if (greater < to && greater - lt < MAX_REMEMBERED_TAG_CHARS) tag = this.#tags.get(text.slice(lt, greater + 1));
        if (tag === undefined) {
          const next = text.charAt(lt + 1);
          if (next === '!' && text.startsWith('<![CDATA[', lt)) {
            if (lt > untold) handler.text(untold, lt, untold, lt);
            const content = Math.min(lt + 9, to);
            const end = find(text, ']]>', content, to);
            untold = done = Math.min(end + 3, to);
            handler.text(lt, done, content, end);
            continue;
          }
          if (next === '!' || next === '?') {
            if (lt > untold) handler.text(untold, lt, untold, lt);
            const mark = text.startsWith('<!--', lt) ? '-->' : next === '?' ? '?>' : '>';
            untold = done = Math.min(find(text, mark, lt + 2, to) + mark.length, to);
            continue;
          }
          if (next !== '/' && !/[^\s<>="']/.test(next)) {
            done = lt + 1;
            continue;
          }
          tag = this.#read(lt, to);
        }
        if (before !== undefined && tag.whole) before.next = tag;
      }
      before = tag;
      if (lt > untold) handler.text(untold, lt, untold, lt);
      untold = done = lt + tag.text.length;
      speaks = !tag.quiet;
      if (tag.closing) handler.close(tag.about, lt);
      else {
        handler.open(tag, lt, done);
        if (tag.empty) handler.close(tag.about, done);
      }
    }
    if (to > untold) handler.text(untold, to, untold, to);
    return loud;
  }

  /** The first `>` from a position on. A text without one is searched once, not for each tag. */
  #greaterFrom(position: number): number {
    const known = this.#greater;
    if (position < known.from || position > known.at) {
      const at = this.source.indexOf('>', position);
      this.#greater = { from: position, at: at < 0 ? Infinity : at };
    }
    return this.#greater.at;
  }

  /** Parses a tag, and remembers it if it is complete. */
  #read(lt: number, to: number): MarkupTag<About> {
    const text = this.source;
    const closing = text.charAt(lt + 1) === '/';
    const begin = lt + (closing ? 2 : 1);
    NAME_END.lastIndex = begin;
    const nameEnd = Math.min(NAME_END.exec(text)?.index ?? to, to);
    const name = text.slice(begin, nameEnd);
    const stop = endOfTag(text, nameEnd, to);
    const whole = stop < to && text.charAt(stop) === '>';
    const empty = !closing && ((stop > nameEnd && text.charAt(stop - 1) === '/') || (stop === nameEnd && text.charAt(stop) === '/'));
    let about = this.#abouts.get(name);
    if (about === undefined) {
      about = this.aboutName(name);
      this.#abouts.set(name, about);
    }
    const spelling = copied(text.slice(lt, whole ? stop + 1 : stop));
    const short = whole && spelling.length <= MAX_REMEMBERED_TAG_CHARS;
    const quiet = short && isQuietTag(spelling);
    const tag: MarkupTag<About> = {
      text: spelling,
      closing,
      whole,
      empty,
      attributes: text.slice(nameEnd, stop),
      about,
      quiet,
      next: undefined,
    };
    if (short && this.#tags.size < MAX_REMEMBERED_TAGS) this.#tags.set(spelling, tag);
    return tag;
  }
}

function find(text: string, mark: string, from: number, to: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 || at > to ? to : at;
}

/** The end of a tag: its `>`, or if it has none, before the next `<`, which no attribute may contain. */
function endOfTag(text: string, from: number, to: number): number {
  let quote = 0;
  let opened = from;
  for (let at = from; at < to; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x3c) return quote === 0 ? at : opened;
    if (quote !== 0) {
      if (character === quote) quote = 0;
    } else if (character === 0x3e) return at;
    else if (character === 0x22 || character === 0x27) {
      quote = character;
      opened = at;
    }
  }
  return quote === 0 ? to : opened;
}

const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#0*([0-9]{1,7})|#[xX]0*([0-9a-fA-F]{1,6}));/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text with its entities decoded. Anything that is not an entity is kept. */
export function readEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
