/** What a scope asks of a tag. */
interface DeclaringTag {
  /** Whether it declares namespaces. */
  readonly declares: boolean;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}

/** What prefixes mean at one place of a document. Shared by every element that declares nothing itself. */
export class Scope {
  readonly #declared: ReadonlyMap<string, string>;

  private constructor(
    private readonly outer: Scope | undefined,
    declared: ReadonlyMap<string, string>,
  ) {
    this.#declared = declared;
  }

  /** Outside of every element: only `xml` means something. */
  static readonly root = new Scope(undefined, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]));

  /** The scope inside a tag; the same object when the tag declares nothing. */
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
