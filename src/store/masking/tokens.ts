/** What a scan of markup is told, in the order of the text. Positions are those of the text. */
export interface MarkupHandler {
  /** A start tag, from its `<` to behind its `>`; `attributes` is what stands behind the name. An empty element is closed right away. */
  open(name: string, attributes: string, start: number, end: number): void;
  /** An end tag. */
  close(name: string, start: number, end: number): void;
  /** Text, or a CDATA section with its marks; `from` and `to` are where its content stands. */
  text(start: number, end: number, from: number, to: number): void;
}

const NAME_END = /[\s<>/]/g;

/**
 * Reads anything that may hold markup: XML, HTML, a page with warnings around it, a piece that is cut off. It never fails, and takes
 * time in proportion to the text. What it cannot make sense of is text.
 */
export function scanMarkup(text: string, from: number, to: number, handler: MarkupHandler): void {
  let done = from;
  const pass = (until: number): void => {
    if (until > done) handler.text(done, until, done, until);
  };
  for (let lt = text.indexOf('<', from); lt >= 0 && lt < to; lt = text.indexOf('<', done)) {
    const next = text.charAt(lt + 1);
    if (next === '!' && text.startsWith('<![CDATA[', lt)) {
      pass(lt);
      const content = Math.min(lt + 9, to);
      const end = find(text, ']]>', content, to);
      done = Math.min(end + 3, to);
      handler.text(lt, done, content, end);
    } else if (next === '!' || next === '?') {
      pass(lt);
      const mark = text.startsWith('<!--', lt) ? '-->' : next === '?' ? '?>' : '>';
      done = Math.min(find(text, mark, lt + 2, to) + mark.length, to);
    } else if (next === '/' || /[^\s<>="']/.test(next)) {
      pass(lt);
      const closing = next === '/';
      NAME_END.lastIndex = lt + (closing ? 2 : 1);
      const nameEnd = Math.min(NAME_END.exec(text)?.index ?? to, to);
      const name = text.slice(lt + (closing ? 2 : 1), nameEnd);
      const stop = endOfTag(text, nameEnd, to);
      done = text.charAt(stop) === '>' && stop < to ? stop + 1 : stop;
      if (closing) handler.close(name, lt, done);
      else {
        handler.open(name, text.slice(nameEnd, stop), lt, done);
        if (stop > nameEnd && text.charAt(stop - 1) === '/') handler.close(name, done, done);
        else if (stop === nameEnd && text.charAt(stop) === '/') handler.close(name, done, done);
      }
    } else {
      pass(lt + 1);
      done = lt + 1;
    }
  }
  pass(to);
}

function find(text: string, mark: string, from: number, to: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 || at > to ? to : at;
}

/** Where a tag ends: at its `>`, or before the next `<`, which no attribute may hold, when it has none. */
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
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text with its entities decoded; what is not one stays. */
export function readEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
