import { t } from '../../l10n/texts';
import { DecodeError } from '../xml/errors';

/** How far the start of the XML is searched for among junk, and the root element behind comments, in characters. */
const LONGEST_JUNK_CHARS = 256 * 1024;
/** Characters that are read on to recognise a start or a name, and the longest XML declaration. */
const AHEAD_CHARS = 1024;

/** What the beginning of a message turned out to be. */
export type Prolog =
  /** More is needed to know. */
  | { readonly kind: 'unknown' }
  /** Something else than SOAP, with the name of its root element where it has one. */
  | { readonly kind: 'other'; readonly root: string | undefined }
  /** XML that may be SOAP. `start` is where it begins, `body` where its declaration ends. */
  | { readonly kind: 'xml'; readonly start: number; readonly body: number; readonly root: string | undefined };

/** The document type of a page; whether it is one is known only when its name is complete. */
const PAGE = /^<!DOCTYPE\s+html(?=[\s>[])/i;
/** An XML declaration, a document type that is not a page's, or an envelope. */
const START = /<\?xml\s|<!DOCTYPE(?:(?=\S)|\s+(?=\S)(?!html[\s>[])(?=[^\s>[]*[\s>[]))|<(?:[A-Za-z_][\w.-]*:)?Envelope[\s>/]/i;
const DECLARATION =
  /^<\?xml\s+version\s*=\s*(["'])1\.\d+\1(\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>$/;

const UNKNOWN: Prolog = { kind: 'unknown' };

/**
 * Looks for the start of the XML in the beginning of a message, and for its root element, which tells whether this is SOAP at all.
 * What it says once depends on the text alone, not on how much of it had come when it was asked.
 * @param last whether nothing more will come
 * @param offset bytes up to a position of the text, for errors
 * @throws {DecodeError} when an XML declaration is broken
 */
export function readProlog(head: string, last: boolean, offset: (position: number) => number): Prolog {
  const start = START.exec(head.slice(0, LONGEST_JUNK_CHARS + AHEAD_CHARS))?.index;
  if (start === undefined) {
    if (last && /^\s*<\?xml?$/.test(head))
      throw new DecodeError('cut-off', offset(head.length), t('The answer ends before its XML begins'));
    return head.length >= LONGEST_JUNK_CHARS + AHEAD_CHARS ? { kind: 'other', root: undefined } : UNKNOWN;
  }
  let body = start;
  if (/^<\?xml\s$/i.test(head.slice(start, start + 6))) {
    const declaration = head.slice(start, start + AHEAD_CHARS);
    const end = declaration.indexOf('?>');
    if (end < 0) {
      if (last || declaration.length === AHEAD_CHARS)
        throw new DecodeError('cut-off', offset(start + declaration.length), t('The answer ends inside its XML declaration'));
      return UNKNOWN;
    }
    if (!DECLARATION.test(declaration.slice(0, end + 2)))
      throw new DecodeError('malformed', offset(start), t('The XML declaration is malformed'));
    body = start + end + 2;
  }
  const ahead = head.slice(body, body + LONGEST_JUNK_CHARS + AHEAD_CHARS);
  const all = last || ahead.length === LONGEST_JUNK_CHARS + AHEAD_CHARS;
  const first = ahead.slice(afterComments(ahead));
  if (PAGE.test(first)) return { kind: 'other', root: 'html' };
  const root = /^<([^\s>/!?]+)[\s>/]/.exec(first)?.[1];
  if (root !== undefined && root.slice(root.indexOf(':') + 1) !== 'Envelope') return { kind: 'other', root };
  // A document type and instructions are refused by the reader, with their place.
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
