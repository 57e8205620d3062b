import { replaceCommands } from '../../api/printable';
import { escapeAttribute, escapeText } from '../../soap/xml/text';

/** The elements that reports use. None of them can run or load anything. */
type Tag =
  | 'html'
  | 'head'
  | 'meta'
  | 'title'
  | 'style'
  | 'body'
  | 'header'
  | 'main'
  | 'section'
  | 'h1'
  | 'h2'
  | 'p'
  | 'ul'
  | 'li'
  | 'details'
  | 'summary'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td'
  | 'pre'
  | 'code'
  | 'strong';

/** The attributes that reports use. None of them can hold an address or a script. */
export type HtmlAttributes = Readonly<
  Partial<Record<'class' | 'lang' | 'charset' | 'http-equiv' | 'content' | 'name' | 'scope' | 'open' | 'colspan', string>>
>;

/** A part of a document: an element, or text that is escaped when it is written. */
export type HtmlNode = string | HtmlElement;

/** An element with its content. */
export interface HtmlElement {
  readonly tag: Tag;
  readonly attributes: HtmlAttributes;
  readonly children: readonly HtmlNode[];
}

/** Elements without an end tag. */
const empty: ReadonlySet<Tag> = new Set(['meta']);

/** Makes an element. Text in it is escaped when it is written. */
export function html(tag: Tag, attributes: HtmlAttributes, ...children: readonly (HtmlNode | undefined)[]): HtmlElement {
  return { tag, attributes, children: children.filter((child) => child !== undefined) };
}

/**
 * Writes a whole document. HTML is written here only, so that no text of a store or a file becomes markup.
 * @param root the `html` element
 */
export function htmlDocument(root: HtmlElement): string {
  return `<!doctype html>\n${written(root)}\n`;
}

function written(node: HtmlNode): string {
  if (typeof node === 'string') return escapeText(plain(node));
  const { tag, attributes, children } = node;
  const start = `<${tag}${Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(plain(value))}"`)
    .join('')}>`;
  if (empty.has(tag)) return start;
  // A browser does not decode escapes in styles. Ours have nothing to escape.
  if (tag === 'style') return `${start}${styleOf(children)}</style>`;
  return `${start}${children.map(written).join('')}</${tag}>`;
}

function styleOf(children: readonly HtmlNode[]): string {
  const text = children.filter((child) => typeof child === 'string').join('');
  if (/[<&]/.test(text)) throw new RangeError('A style must not hold markup.');
  return text;
}

/** Replaces characters that a browser could take for a control or for a change of the writing direction. */
function plain(text: string): string {
  return replaceCommands(text.replace(/\r\n?/g, '\n'));
}
