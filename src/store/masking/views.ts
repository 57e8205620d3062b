import type { Range } from './ranges';

/**
 * A text as another program would read it, with its entities, backslashes or percent codes decoded. Keeps the position of each piece in
 * the original.
 */
export class View {
  /**
   * @param text the decoded text
   * @param outer the view that was decoded; `undefined` for the original
   * @param starts positions at which the pieces begin here, ascending
   * @param sources positions at which the pieces begin in the outer view
   * @param ends positions at which the pieces end in the outer view
   */
  constructor(
    readonly text: string,
    private readonly outer?: View,
    private readonly starts: readonly number[] = [],
    private readonly sources: readonly number[] = [],
    private readonly ends: readonly number[] = [],
    /** Whether decoding produced characters that the outer view does not show: those of tags, and others than `&`, `<` and `>`. */
    readonly brought: { readonly tags: boolean; readonly others: boolean } = { tags: true, others: true },
  ) {}

  /** The ranges of the original for a range of this view. Markers that were removed are not part of them. */
  original(range: Range): readonly Range[] {
    if (this.outer === undefined) return [range];
    const found: { start: number; end: number; rest?: boolean }[] = [];
    for (let piece = this.#piece(range.start); piece < this.starts.length && (this.starts[piece] ?? 0) < range.end; piece++) {
      const start = this.starts[piece] ?? 0;
      const source = this.sources[piece] ?? 0;
      const stop = this.ends[piece] ?? 0;
      const length = (this.starts[piece + 1] ?? this.text.length) - start;
      if (length === 0) continue;
      const copied = length === stop - source;
      const from = copied ? source + Math.max(0, range.start - start) : source;
      const to = copied ? Math.min(stop, source + range.end - start) : stop;
      const last = found.at(-1);
      if (last?.end === from) last.end = to;
      else found.push({ start: from, end: to, rest: range.rest === true || found.length > 0 });
    }
    return found.flatMap((piece) => this.outer?.original(piece) ?? []);
  }

  /** The last piece that begins at or before a position. */
  #piece(position: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** One way in which texts are escaped. If `read` returns `undefined`, the text is kept. */
interface Spelling {
  /** A character that occurs in every text with these escapes. A search for it shows quickly that there are none. */
  readonly sign: string;
  /** A text that must occur as well. It is searched only after the sign, since a search for the sign is faster. */
  readonly begin?: string;
  /** Sticky if each escape begins with the sign, so that escapes can be searched natively. */
  readonly escape: RegExp;
  readonly read: (found: RegExpExecArray) => string | undefined;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function character(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

const spellings = {
  /** Entities and references of XML and HTML. */
  X: {
    sign: '&',
    escape: /&(?:(amp|lt|gt|quot|apos|nbsp)|#0*([0-9]{1,7})|#[xX]0*([0-9a-fA-F]{1,6}));/y,
    read: ([, name, decimal, hex]) =>
      name !== undefined ? entities[name] : character(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)),
  },
  /** Backslashes of JSON, scripts and PHP. */
  J: {
    sign: '\\',
    escape: /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrtbf])|(["'/\\$]))/y,
    read: ([, unit, byte, control, own]) =>
      own ?? (control === undefined ? String.fromCharCode(Number.parseInt(unit ?? byte ?? '', 16)) : controls[control]),
  },
  /** Percent codes of URLs, one character of UTF-8 at a time. */
  P: {
    sign: '%',
    escape: /%(?:[0-7][0-9a-f]|[cd][0-9a-f](?:%[89ab][0-9a-f])|e[0-9a-f](?:%[89ab][0-9a-f]){2}|f[0-7](?:%[89ab][0-9a-f]){3})/iy,
    read: ([code]) => new TextDecoder().decode(Uint8Array.from(code.slice(1).split('%'), (byte) => Number.parseInt(byte, 16))),
  },
  /** Blanks of forms. */
  S: { sign: '+', escape: /\+/y, read: () => ' ' },
  /** Marks around CDATA and comments, whose content may be markup again. */
  C: { sign: '!', begin: '<!', escape: /<!\[CDATA\[|<!--|\]\]>|-->/g, read: () => '' },
} satisfies Record<string, Spelling>;

/**
 * Each sequence of decodings from the original to a view: entities of entities of a page in XML, a request in JSON in a fault, and so on.
 */
const ways = [
  'X',
  'XX',
  'XXX',
  'C',
  'CX',
  'CXX',
  'XC',
  'J',
  'JJ',
  'XJ',
  'XXJ',
  'JX',
  'JXX',
  'CJ',
  'CXJ',
  'P',
  'XP',
  'JP',
  'PX',
  'PJ',
  'S',
  'SP',
  'XS',
  'XSP',
  'JS',
  'JSP',
] as const;

/**
 * The text itself, and the text after each decoding that changes it. There are only a few, and searching
 * them all takes time linear in the length of the text.
 * @param literals the texts to search for; a plus is read as a blank only if one of them contains a blank
 */
export function views(text: string, literals: readonly string[] = []): readonly View[] {
  const original = new View(text);
  const made = new Map<string, View | undefined>([['', original]]);
  const seen = new Set([text]);
  const result = [original];
  const blanks = literals.some((literal) => literal.includes(' '));
  for (const way of ways) {
    if (way.includes('S') && !blanks) continue;
    const outer = made.get(way.slice(0, -1));
    const view = outer === undefined ? undefined : decoded(outer, spellings[way.slice(-1) as keyof typeof spellings]);
    made.set(way, view);
    if (view === undefined || seen.has(view.text)) continue;
    seen.add(view.text);
    result.push(view);
  }
  return result;
}

/** The view with one kind of escape decoded; `undefined` if there is none. */
function decoded(outer: View, { sign, begin = sign, escape, read }: Spelling): View | undefined {
  const { text } = outer;
  if (!text.includes(sign) || !text.includes(begin)) return undefined;
  const starts: number[] = [];
  const sources: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  let length = 0;
  let done = 0;
  // If marks are removed, the content around them is new.
  const brought = { tags: sign === '!', others: sign === '!' };
  const add = (part: string, from: number, to: number): void => {
    starts.push(length);
    sources.push(from);
    ends.push(to);
    parts.push(part);
    length += part.length;
  };
  for (let at = 0; at >= 0;) {
    if (escape.sticky) at = text.indexOf(sign, at);
    if (at < 0) break;
    escape.lastIndex = at;
    const found = escape.exec(text);
    if (found === null) {
      if (!escape.sticky) break;
      at++;
      continue;
    }
    at = found.index + found[0].length;
    const part = read(found);
    if (part === undefined) continue;
    if (found.index > done) add(text.slice(done, found.index), done, found.index);
    done = found.index + found[0].length;
    if (part === '<') brought.tags = true;
    else if (part !== '&' && part !== '>') brought.others = true;
    add(part, found.index, done);
  }
  if (starts.length === 0) return undefined;
  if (done < text.length) add(text.slice(done), done, text.length);
  return new View(parts.join(''), outer, starts, sources, ends, brought);
}
