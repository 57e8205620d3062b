import { t } from '../../l10n/texts';
import { Scope } from './scope';
import { ByteDecoder } from '../xml/bytes';
import { defaultLimits, XmlReader, type XmlHandler, type XmlLimits } from '../xml/reader';
import { DecodeError } from '../xml/errors';
import type { Tag } from '../xml/tag';
import type { BytesNote } from '../xml/utf8';

/** An element as a tree: for small documents that need to be read as a whole, such as requests and WSDLs. */
export class XmlElement {
  readonly children: XmlElement[] = [];
  /** All text directly inside, joined. */
  text = '';

  constructor(
    readonly tag: Tag,
    readonly scope: Scope,
    /** Namespace; an empty text for none, `undefined` when the prefix was never declared. */
    readonly namespace: string | undefined,
  ) {}

  /** Local part of the name. */
  get local(): string {
    return this.tag.local;
  }

  /** Value of an attribute. Without `namespace`, only an attribute without prefix is found, otherwise one of that namespace. */
  attribute(local: string, namespace?: string): string | undefined {
    for (const { name, value } of this.tag.attributes) {
      const colon = name.indexOf(':');
      if (
        colon < 0
          ? namespace === undefined && name === local
          : namespace !== undefined && name.slice(colon + 1) === local && this.scope.namespace(name.slice(0, colon)) === namespace
      )
        return value;
    }
    return undefined;
  }

  /** First child of this local name, whatever its namespace. */
  child(local: string): XmlElement | undefined {
    return this.children.find((child) => child.local === local);
  }

  /** All children of this local name. */
  childrenNamed(local: string): readonly XmlElement[] {
    return this.children.filter((child) => child.local === local);
  }

  /** All elements of this local name inside, in document order. */
  *descendants(local: string): Generator<XmlElement> {
    for (const child of this.children) {
      if (child.local === local) yield child;
      yield* child.descendants(local);
    }
  }
}

class TreeBuilder implements XmlHandler {
  root: XmlElement | undefined;
  readonly #open: XmlElement[] = [];
  #count = 0;

  /**
   * @param elements maximum number of elements in the document
   * @param offset position of the reader, in bytes
   */
  constructor(
    private readonly elements: number,
    private readonly offset: () => number,
  ) {}

  open(tag: Tag): void {
    if (++this.#count > this.elements)
      throw new DecodeError('too-large', this.offset(), t('The document has more than {elements} elements', { elements: this.elements }));
    const parent = this.#open.at(-1);
    const scope = (parent?.scope ?? Scope.root).inside(tag);
    const element = new XmlElement(tag, scope, scope.namespace(tag.prefix));
    if (parent === undefined) this.root = element;
    else parent.children.push(element);
    this.#open.push(element);
  }

  leaf(tag: Tag, text: string): void {
    this.open(tag);
    this.text(text);
    this.close();
  }

  text(text: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
  }

  close(): void {
    this.#open.pop();
  }

  /** Elements that were not closed, outermost first. */
  get stillOpen(): readonly XmlElement[] {
    return this.#open;
  }
}

/** How a document is read into a tree. */
export interface TreeOptions {
  /** Charset from the HTTP header. */
  readonly charset?: string | undefined;
  readonly limits?: Partial<XmlLimits>;
  /** Maximum number of elements in the document. Without it, only the size of the document limits their number. */
  readonly elements?: number;
  /** Receives the text after the root element. */
  readonly rest?: (text: string) => void;
  /**
   * Called when the document ends early, with the elements that are still open, outermost first. The tree then holds what was read so
   * far. Without this option, an early end is an error.
   */
  readonly cutOff?: (error: DecodeError, open: readonly XmlElement[]) => void;
  /** Receives the positions of bytes that the charset does not allow. The tree has U+FFFD in their place. */
  readonly invalid?: (notes: readonly BytesNote[]) => void;
}

/**
 * Reads a whole document into a tree.
 * @throws {DecodeError} for anything but the XML that SOAP allows, and `too-large` when there are more elements than allowed
 */
export function readTree(body: Uint8Array | string, options: TreeOptions = {}): XmlElement {
  const bytes = new ByteDecoder(options.charset);
  const builder = new TreeBuilder(options.elements ?? Infinity, () => bytes.given);
  const reader = new XmlReader(builder, bytes, { ...defaultLimits, ...options.limits });
  const text = bytes.write(typeof body === 'string' ? new TextEncoder().encode(body) : body) + bytes.end();
  reader.write(text.replace(/^\s*<\?xml\s[^?]*\?>/, (declaration) => ' '.repeat(declaration.length)));
  const whole = ends(reader, builder, options);
  if (bytes.invalid.length > 0) options.invalid?.(bytes.invalid);
  if (whole) options.rest?.(bytes.decode(reader.rest));
  if (builder.root === undefined) throw new Error('A document that ended well has a root.');
  return builder.root;
}

/** Ends the document. @returns whether it was complete */
function ends(reader: XmlReader, builder: TreeBuilder, { cutOff }: TreeOptions): boolean {
  try {
    reader.end();
    return true;
  } catch (error) {
    if (!(error instanceof DecodeError) || error.code !== 'cut-off' || cutOff === undefined || builder.root === undefined) throw error;
    cutOff(error, builder.stillOpen);
    return false;
  }
}
