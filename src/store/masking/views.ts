import type { Range } from './ranges';

/**
 * A text as somebody else would read it: with its entities, backslashes or percent codes decoded. Knows where each piece stands in the
 * original.
 */
export class View {
  /**
   * @param text as it reads here
   * @param outer what it was made of; `undefined` for the original
   * @param starts where each piece begins here, ascending
   * @param sources where each piece begins in the outer view
   * @param ends where it ends there
   */
  constructor(
    readonly text: string,
    private readonly outer?: View,
    private readonly starts: readonly number[] = [],
    private readonly sources: readonly number[] = [],
    private readonly ends: readonly number[] = [],
    /** What decoding brought to light that was not to be seen in the outer view: tags, and more than `&`, `<` and `>`. */
    readonly brought: { readonly tags: boolean; readonly others: boolean } = { tags: true, others: true },
  ) {}

  /** Pieces of the original that a piece of this view stands for. Markers that were taken out stay out of them. */
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

/** One way in which texts are escaped. `undefined` leaves what was found as it is. */
interface Spelling {
  /** A character that stands in all texts with its escapes, to see quickly that there are none. */
  readonly sign: string;
  /** What must stand in a text as well; the sign alone is found faster. */
  readonly begin?: string;
  /** Sticky where each escape begins with the sign, so that these are searched for natively. */
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
  /** Marks around CDATA and comments: what stands inside may be markup again. */
  C: { sign: '!', begin: '<!', escape: /<!\[CDATA\[|<!--|\]\]>|-->/g, read: () => '' },
} satisfies Record<string, Spelling>;

/** Each way from the original to a view: entities of entities of a page within XML, a request within JSON within a fault, and so on. */
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
 * The text itself, and as it reads once it is decoded in each way that changes it. There are no more than a few, and looking through
 * all of them takes time in proportion to the text.
 * @param literals what is looked for: only where one holds blanks, a plus may stand for a blank
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

/** The view with one kind of escape decoded; `undefined` when there is nothing to decode. */
function decoded(outer: View, { sign, begin = sign, escape, read }: Spelling): View | undefined {
  const { text } = outer;
  if (!text.includes(sign) || !text.includes(begin)) return undefined;
  const starts: number[] = [];
  const sources: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  let length = 0;
  let done = 0;
  // Where marks are taken out, what they were around is new.
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
