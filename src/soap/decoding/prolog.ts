import { t } from '../../l10n/texts';
import { DecodeError } from '../xml/errors';

/** How far into the text the start of the XML is searched for, and the root element after comments, in characters. */
const MAX_JUNK_CHARS = 256 * 1024;
/** Extra characters that are read to recognise a start or a name. Also the greatest length of an XML declaration. */
const AHEAD_CHARS = 1024;

/** The result of reading the beginning of a message. */
export type Prolog =
  /** More text is needed. */
  | { readonly kind: 'unknown' }
  /** Not SOAP. `root` is the name of the root element, if there is one. */
  | { readonly kind: 'other'; readonly root: string | undefined }
  /** XML that may be SOAP. `start` is the position where it begins, `body` the position where its declaration ends. */
  | { readonly kind: 'xml'; readonly start: number; readonly body: number; readonly root: string | undefined };

/** The document type of an HTML page. It can be recognised only when its name is complete. */
const PAGE = /^<!DOCTYPE\s+html(?=[\s>[])/i;
/** An XML declaration, a document type that is not that of an HTML page, or an envelope. */
const START = /<\?xml\s|<!DOCTYPE(?:(?=\S)|\s+(?=\S)(?!html[\s>[])(?=[^\s>[]*[\s>[]))|<(?:[A-Za-z_][\w.-]*:)?Envelope[\s>/]/i;
const DECLARATION =
  /^<\?xml\s+version\s*=\s*(["'])1\.\d+\1(\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>$/;

const UNKNOWN: Prolog = { kind: 'unknown' };

/**
 * Searches the beginning of a message for the start of the XML and for its root element, which tells whether this is SOAP at all.
 * Once the result is known, it depends on the text alone, not on how the text was split into chunks.
 * @param last whether no more text will come
 * @param offset bytes up to a position of the text, for errors
 * @throws {DecodeError} when an XML declaration is broken
 */
export function readProlog(head: string, last: boolean, offset: (position: number) => number): Prolog {
  const start = START.exec(head.slice(0, MAX_JUNK_CHARS + AHEAD_CHARS))?.index;
  if (start === undefined) {
    if (last && /^\s*<\?xml?$/.test(head))
      throw new DecodeError('cut-off', offset(head.length), t('The response ends before its XML begins'));
    return head.length >= MAX_JUNK_CHARS + AHEAD_CHARS ? { kind: 'other', root: undefined } : UNKNOWN;
  }
  let body = start;
  if (/^<\?xml\s$/i.test(head.slice(start, start + 6))) {
    const declaration = head.slice(start, start + AHEAD_CHARS);
    const end = declaration.indexOf('?>');
    if (end < 0) {
      if (last || declaration.length === AHEAD_CHARS)
        throw new DecodeError('cut-off', offset(start + declaration.length), t('The response ends inside its XML declaration'));
      return UNKNOWN;
    }
    if (!DECLARATION.test(declaration.slice(0, end + 2)))
      throw new DecodeError('malformed', offset(start), t('The XML declaration is malformed'));
    body = start + end + 2;
  }
  const ahead = head.slice(body, body + MAX_JUNK_CHARS + AHEAD_CHARS);
  const all = last || ahead.length === MAX_JUNK_CHARS + AHEAD_CHARS;
  const first = ahead.slice(afterComments(ahead));
  if (PAGE.test(first)) return { kind: 'other', root: 'html' };
  const root = /^<([^\s>/!?]+)[\s>/]/.exec(first)?.[1];
  if (root !== undefined && root.slice(root.indexOf(':') + 1) !== 'Envelope') return { kind: 'other', root };
  // The reader refuses a document type and instructions. Its error names the position.
  const refused = /^<(?:\?|![^-D]|!D(?!OCTYPE)[^]{7}|!DOCTYPE(?:\S|\s+(?=\S)(?!html[\s>[])[^\s>[]*[\s>[]))/i.test(first);
  return root === undefined && !refused && !all && !/^[^<]/.test(first) ? UNKNOWN : { kind: 'xml', start, body, root };
}

/** Position after white space and comments; the end when a comment is still open. */
function afterComments(text: string): number {
  const space = /\s*/y;
  for (let at = 0; ;) {
    space.lastIndex = at;
    space.exec(text);
    at = space.lastIndex;
    if (!text.startsWith('<!--', at)) return at;
    const end = text.indexOf('-->', at + 4);
    if (end < 0) return text.length;
    at = end + 3;
  }
}
