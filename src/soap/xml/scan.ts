const GT = 0x3e;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const CR = 0x0d;
const CLOSING_BRACKET = 0x5d;

/** Position of the `>` that ends the tag at `lt`. Quoted attribute values are skipped. -1 when there is none within the limit. */
export function endOfTag(s: string, lt: number, limit: number): number {
  const end = Math.min(s.length, lt + limit + 1);
  let quote = 0;
  for (let pos = lt + 1; pos < end; pos++) {
    const character = s.charCodeAt(pos);
    if (quote !== 0) {
      if (character === quote) quote = 0;
    } else if (character === GT) return pos;
    else if (character === QUOTE || character === APOSTROPHE) quote = character;
  }
  return -1;
}

/** End of the text that can be passed on before a tag follows. It is not inside an entity, a `]]>`, a line end or a character. */
export function safeEnd(s: string, pos: number, raw: boolean): number {
  let end = s.length;
  const ampersand = s.lastIndexOf('&');
  if (ampersand >= pos && s.length - ampersand < 16 && !s.includes(';', ampersand)) end = ampersand;
  // At most the two brackets that begin a `]]>` are held back. Otherwise a long row of brackets would be scanned again with every chunk.
  for (let held = 0; held < 2 && end > pos && s.charCodeAt(end - 1) === CLOSING_BRACKET; held++) end--;
  return wholeEnd(s, pos, end, raw);
}

/** The last position up to `end` that splits neither a line end nor, in raw UTF-8, a character. */
export function wholeEnd(s: string, pos: number, end: number, raw: boolean): number {
  if (end > pos && s.charCodeAt(end - 1) === CR) return end - 1;
  if (!raw) return end;
  for (let back = 1; back <= 3 && end - back >= pos; back++) {
    const byte = s.charCodeAt(end - back);
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? end - back : end;
  }
  return end;
}
