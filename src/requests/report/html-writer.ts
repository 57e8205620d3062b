import { replaceCommands } from '../../api/printable';
import { escapeAttribute, escapeText } from '../../soap/xml/text';

/** Elements that reports are made of. None of them runs or loads anything. */
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

/** Attributes that reports need. None of them holds an address or a program. */
export type HtmlAttributes = Readonly<
  Partial<Record<'class' | 'lang' | 'charset' | 'http-equiv' | 'content' | 'name' | 'scope' | 'open' | 'colspan', string>>
>;

/** A part of a document: text, which is escaped where it is written, or an element. */
export type HtmlNode = string | HtmlElement;

/** An element with what stands in it. */
export interface HtmlElement {
  readonly tag: Tag;
  readonly attributes: HtmlAttributes;
  readonly children: readonly HtmlNode[];
}

/** Elements without an end tag. */
const empty: ReadonlySet<Tag> = new Set(['meta']);

/** An element. Whatever stands in it as text stays text. */
export function html(tag: Tag, attributes: HtmlAttributes, ...children: readonly (HtmlNode | undefined)[]): HtmlElement {
  return { tag, attributes, children: children.filter((child) => child !== undefined) };
}

/**
 * A whole document. The one place where HTML is written, so that nothing that a store or a file says becomes markup.
 * @param root its `html` element
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
  // A browser reads styles as they stand, without undoing escapes; ours hold nothing to escape.
  if (tag === 'style') return `${start}${styleOf(children)}</style>`;
  return `${start}${children.map(written).join('')}</${tag}>`;
}

function styleOf(children: readonly HtmlNode[]): string {
  const text = children.filter((child) => typeof child === 'string').join('');
  if (/[<&]/.test(text)) throw new RangeError('A style must not hold markup.');
  return text;
}

/** Without what a browser could take for a control or for another direction of writing. */
function plain(text: string): string {
  return replaceCommands(text.replace(/\r\n?/g, '\n'));
}
