/** The part of a tag that a scope reads. */
interface DeclaringTag {
  /** Whether the tag declares namespaces. */
  readonly declares: boolean;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}

/** The namespaces of prefixes at one place of a document. Shared by all elements inside that declare nothing themselves. */
export class Scope {
  readonly #declared: ReadonlyMap<string, string>;

  private constructor(
    private readonly outer: Scope | undefined,
    declared: ReadonlyMap<string, string>,
  ) {
    this.#declared = declared;
  }

  /** The scope outside of every element: only `xml` is declared. */
  static readonly root = new Scope(undefined, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]));

  /** The scope inside a tag. It is the same object when the tag declares nothing. */
  inside(tag: DeclaringTag): Scope {
    if (!tag.declares) return this;
    const declared = new Map<string, string>();
    for (const { name, value } of tag.attributes) {
      if (name === 'xmlns') declared.set('', value);
      else if (name.startsWith('xmlns:')) declared.set(name.slice(6), value);
    }
    return new Scope(this, declared);
  }

  /** Namespace of a prefix; an empty text for no namespace, `undefined` for a prefix that is not declared. */
  namespace(prefix: string): string | undefined {
    const found = this.#declared.get(prefix) ?? this.outer?.namespace(prefix);
    return found ?? (prefix === '' ? '' : undefined);
  }

  /** Splits a qualified name in a value, such as that of `xsi:type`, into namespace and local part. */
  resolve(qualified: string): { readonly namespace: string | undefined; readonly local: string } {
    const name = qualified.trim();
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    return { namespace: this.namespace(prefix), local: colon < 0 ? name : name.slice(colon + 1) };
  }
}
