/** The delimiters of pieces that are not tags. */
const DELIMITERS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** The end of the piece of XML that begins at an offset: a tag, a comment, CDATA, an instruction, or text. */
function endOfPiece(xml: string, start: number): number {
  if (xml[start] !== '<') return orEnd(xml, xml.indexOf('<', start), 0);
  for (const [opening, closing] of DELIMITERS)
    if (xml.startsWith(opening, start)) return orEnd(xml, xml.indexOf(closing, start + opening.length), closing.length);
  for (let at = start + 1; at < xml.length; at++) {
    const character = xml[at];
    if (character === '>') return at + 1;
    if (character === '<') return at;
    if (character === '"' || character === "'") {
      const close = xml.indexOf(character, at + 1);
      if (close < 0) return xml.length;
      at = close;
    }
  }
  return xml.length;
}

function orEnd(xml: string, found: number, length: number): number {
  return found < 0 ? xml.length : found + length;
}

/**
 * Indents XML with one element per line. Broken or cut-off XML stays as it is: nothing is added, dropped or closed. White space between
 * tags is dropped, text keeps its own.
 * @param most number of characters of the source after which it stops
 */
export function prettyXml(xml: string, most = Number.POSITIVE_INFINITY): string {
  const lines: string[] = [];
  let depth = 0;
  /** An opening tag whose content is not known yet. Text and the closing tag may follow on the same line. */
  let open: string | undefined;
  const put = (text: string): void => {
    lines.push(`${'  '.repeat(Math.min(depth, 60))}${text}`);
  };
  const flush = (): void => {
    if (open === undefined) return;
    put(open);
    depth++;
    open = undefined;
  };
  for (let start = 0, end = 0; start < Math.min(xml.length, most); start = end) {
    end = endOfPiece(xml, start);
    const token = xml.slice(start, end);
    if (token.startsWith('</')) {
      if (open !== undefined) {
        put(open + token);
        open = undefined;
      } else {
        depth = Math.max(0, depth - 1);
        put(token);
      }
    } else if (/^<[^!?]/.test(token)) {
      flush();
      if (token.endsWith('/>')) put(token);
      else open = token;
    } else if (token.startsWith('<') && !token.startsWith('<![CDATA[')) {
      flush();
      put(token);
    } else if (open !== undefined) {
      open += token;
      // White space before an opening tag is indentation. Before the closing tag it is the value.
      if (token.trim() === '' && !xml.startsWith('</', end)) open = open.slice(0, -token.length);
    } else if (token.trim() !== '') {
      put(token.trim());
    }
  }
  flush();
  return `${lines.join('\n')}\n`;
}
