import { plural, t } from '../../l10n/texts';
import { itemName } from '../decoding/meaning';
import { ns } from '../namespaces';
import type { XmlElement } from '../decoding/tree';
import { isName } from '../xml/text';
import { element, emptyElement } from '../xml/writer';

/** The usable part of a WSDL, and the mistakes in the rest. */
export interface WholeWsdl {
  /**
   * A WSDL of the usable parts, with prefixes of our own, in which every used name is declared. Types, elements, messages and parts
   * get names that are not properties of JavaScript objects, since `soap` loses a type that is called `toString`.
   */
  readonly text: string;
  /** The store's names of types, elements, messages and parts, by their names in {@link text}. */
  readonly names: ReadonlyMap<string, string>;
  /** Text of `wsdl:documentation`, by operation. */
  readonly docs: ReadonlyMap<string, string>;
  /** The parts that were left out or replaced and why, one sentence each. */
  readonly warnings: readonly string[];
}

/** The prefixes of the WSDL that is written. */
const PREFIXES = {
  xmlns: ns.wsdl,
  'xmlns:wsdl': ns.wsdl,
  'xmlns:soap': ns.wsdlSoap,
  'xmlns:xsd': ns.xsd,
  'xmlns:soapenc': ns.encoding,
  'xmlns:t': 'urn:t',
};

/** The elements that may make up a type. Annotations, attributes that are not used here and foreign elements are left out. */
const STRUCTURE = new Set(['complexType', 'complexContent', 'restriction', 'extension', 'sequence', 'all', 'choice']);

/** Maximum number of warnings that are kept. A WSDL with more is broken as a whole. */
const MAX_WARNINGS = 50;

/**
 * Reduces a WSDL to its usable parts, so that one broken operation or type does not spoil the others. Of repeated names, the first
 * counts. Operations without their message and names that XML does not allow are left out. Undeclared types become `anyType`.
 * @param root a `definitions` element
 */
export function wholeParts(root: XmlElement): WholeWsdl {
  return new Survey(root).result();
}

/** The kinds of things in a WSDL that have a name of their own. */
type Named = 'complexType' | 'element' | 'message' | 'portType' | 'operation';

/** The type or element whose fields are being read. */
interface Owner {
  /** The tag, as a warning names it. See {@link tagOf}. */
  readonly owner: string;
  /** Whether the type extends itself. Its base type is then left out. */
  readonly circular: boolean;
  /** Names of the fields so far. */
  readonly seen: Set<string>;
}

/** Number of extensions that are followed. Types with longer chains of extensions are refused later. */
const MAX_EXTENSIONS = 150;

class Survey {
  readonly #types = new Map<string, XmlElement>();
  readonly #elements = new Map<string, XmlElement>();
  readonly #messages = new Map<string, XmlElement>();
  readonly #portTypes = new Map<string, XmlElement>();
  /** The base type of each type that extends another, by name. */
  readonly #bases = new Map<string, string>();
  readonly #written = new Map<string, string>();
  readonly #docs = new Map<string, string>();
  readonly #warnings: string[] = [];
  #more = 0;

  constructor(private readonly root: XmlElement) {
    const schemas = root.childrenNamed('types').flatMap((types) => types.childrenNamed('schema'));
    for (const schema of schemas) {
      this.#collect(this.#types, schema.childrenNamed('complexType'), 'complexType');
      this.#collect(this.#elements, schema.childrenNamed('element'), 'element');
    }
    for (const [name, type] of this.#types) {
      const base = [...type.descendants('extension')].map((extension) => extension.attribute('base')).find((found) => found !== undefined);
      if (base !== undefined) this.#bases.set(name, localPart(base));
    }
    this.#collect(this.#messages, root.childrenNamed('message'), 'message');
    this.#collect(this.#portTypes, root.childrenNamed('portType'), 'portType');
  }

  result(): WholeWsdl {
    const schema = [...this.#types].map(([name, type]) => this.#complexType(name, type)).join('');
    const elements = [...this.#elements].map(([name, found]) => this.#topElement(name, found)).join('');
    const messages = [...this.#messages].map(([name, message]) => this.#message(name, message)).join('');
    const bindings = this.root
      .childrenNamed('binding')
      .map((binding, index) => this.#binding(binding, index))
      .join('');
    const ports = this.root
      .childrenNamed('binding')
      .map((_, index) => emptyElement('port', { name: `p${index}`, binding: `t:b${index}` }))
      .join('');
    const types = element('types', {}, element('xsd:schema', { targetNamespace: 'urn:t' }, schema + elements));
    const inner = types + messages + bindings + element('service', { name: 's' }, ports);
    if (this.#more > 0) this.#warnings.push(plural(this.#more, '{count} more of this kind.', '{count} more of this kind.'));
    return {
      text: `<?xml version="1.0"?>${element('definitions', { ...PREFIXES, targetNamespace: 'urn:t' }, inner)}`,
      names: new Map([...this.#written].map(([name, own]) => [own, name])),
      docs: this.#docs,
      warnings: this.#warnings,
    };
  }

  /** The name in the text for a name of the store. */
  #own(name: string): string {
    const own = this.#written.get(name) ?? `n${this.#written.size}`;
    this.#written.set(name, own);
    return own;
  }

  #warn(text: string): void {
    if (this.#warnings.length < MAX_WARNINGS) this.#warnings.push(text);
    else this.#more++;
  }

  /** Adds elements by their name. If two have the same name, the first one counts, as in PHP. */
  #collect(into: Map<string, XmlElement>, found: readonly XmlElement[], kind: Named): void {
    for (const thing of found) {
      const name = thing.attribute('name') ?? '';
      if (!this.#usable(name, kind)) continue;
      if (into.has(name)) this.#warn(t('The WSDL has {element} twice. The first one counts.', { element: tagOf(kind, name) }));
      else into.set(name, thing);
    }
  }

  /** Whether a name can be the key of something in a description. */
  #usable(name: string, kind: Named): boolean {
    if (name !== '__proto__' && isPlainName(name)) return true;
    const element = tagOf(kind, name);
    if (name === '__proto__') this.#warn(t('The name of {element} is reserved in JavaScript. It is left out.', { element }));
    else if (name === '') this.#warn(t('{element} has no name. It is left out.', { element }));
    else this.#warn(t('The name of {element} is not allowed in XML. It is left out.', { element }));
    return false;
  }

  /** The content of a type, as far as it describes fields. */
  #inside(type: XmlElement, owner: Owner): string {
    return type.children
      .map((child) => {
        if (child.local === 'element') return this.#field(child, owner);
        if (child.local === 'attribute') return this.#arrayType(child, owner.owner);
        if (!STRUCTURE.has(child.local)) return '';
        const base = owner.circular ? undefined : child.attribute('base');
        const told = (type: string): string => t('{owner} extends the type {type}, which is not defined.', { owner: owner.owner, type });
        const attributes = base === undefined ? {} : { base: this.#type(base, child, told) };
        return element(`xsd:${child.local}`, attributes, this.#inside(child, owner));
      })
      .join('');
  }

  #complexType(name: string, type: XmlElement): string {
    const owner = tagOf('complexType', name);
    const circular = this.#extendsItself(name);
    if (circular) this.#warn(t('{owner} extends itself. Only its own fields are used.', { owner }));
    return element('xsd:complexType', { name: this.#own(name) }, this.#inside(type, { owner, circular, seen: new Set() }));
  }

  /** Whether a type is among those that it extends, directly or through others. */
  #extendsItself(name: string): boolean {
    let next = this.#bases.get(name);
    for (let steps = 0; next !== undefined && steps < MAX_EXTENSIONS; steps++) {
      if (next === name) return true;
      next = this.#bases.get(next);
    }
    return false;
  }

  #field(field: XmlElement, { owner, seen }: Owner): string {
    const ref = field.attribute('ref');
    const name = field.attribute('name') ?? localPart(ref ?? '');
    if (!isPlainName(name)) {
      this.#warn(
        name === ''
          ? t('{owner} has a field without a name. It is left out.', { owner })
          : t('{owner} has a field with the name "{name}", which XML does not allow. It is left out.', { owner, name: excerpt(name) }),
      );
      return '';
    }
    if (seen.has(name)) {
      this.#warn(t('{owner} has the field {name} twice. The first one counts.', { owner, name }));
      return '';
    }
    seen.add(name);
    const target = ref === undefined ? field : this.#elements.get(name);
    const type = target?.attribute('type');
    return emptyElement('xsd:element', {
      name,
      type:
        target === undefined || type === undefined
          ? 'xsd:anyType'
          : this.#type(type, target, (missing) =>
              t('{owner} has the field {name} of the type {type}, which is not defined.', { owner, name, type: missing }),
            ),
      minOccurs: field.attribute('minOccurs') === '0' ? '0' : undefined,
    });
  }

  #arrayType(attribute: XmlElement, owner: string): string {
    const of = attribute.attribute('arrayType', ns.wsdl);
    if (of === undefined) return '';
    return emptyElement('xsd:attribute', {
      ref: 'soapenc:arrayType',
      'wsdl:arrayType': `${this.#type(itemName(of), attribute, (type) =>
        t('{owner} is a list of the type {type}, which is not defined.', { owner, type }),
      )}[]`,
    });
  }

  /** An element at the top of a schema: WS-I wraps arguments and results in one. */
  #topElement(name: string, found: XmlElement): string {
    const type = found.attribute('type');
    if (type !== undefined)
      return emptyElement('xsd:element', {
        name: this.#own(name),
        type: this.#type(type, found, (missing) =>
          t('The element {name} has the type {type}, which is not defined.', { name, type: missing }),
        ),
      });
    return element(
      'xsd:element',
      { name: this.#own(name) },
      this.#inside(found, { owner: tagOf('element', name), circular: false, seen: new Set() }),
    );
  }

  /** A reference to a type with a declared prefix, or `anyType` if the type is not described. `told` makes the warning for that case. */
  #type(name: string, where: XmlElement, told: (type: string) => string): string {
    const { namespace, local } = where.scope.resolve(name);
    if (namespace === ns.xsd && isPlainName(local)) return `xsd:${local}`;
    if (namespace === ns.encoding && isPlainName(local)) return `soapenc:${local}`;
    if (this.#types.has(local)) return `t:${this.#own(local)}`;
    this.#warn(told(excerpt(name)));
    return 'xsd:anyType';
  }

  #message(name: string, message: XmlElement): string {
    const seen = new Set<string>();
    const parts = message.childrenNamed('part').flatMap((part) => {
      const own = part.attribute('name') ?? '';
      if (!isPlainName(own)) {
        this.#warn(
          own === ''
            ? t('The message {name} has a part without a name. It is left out.', { name })
            : t('The message {name} has a part with the name "{part}", which XML does not allow. It is left out.', {
                name,
                part: excerpt(own),
              }),
        );
        return [];
      }
      if (seen.has(own)) {
        this.#warn(t('The message {name} has the part {part} twice. The first one counts.', { name, part: own }));
        return [];
      }
      seen.add(own);
      const wrapper = part.attribute('element');
      if (wrapper === undefined)
        return [
          emptyElement('part', {
            name: this.#own(own),
            type: this.#type(part.attribute('type') ?? 'xsd:anyType', part, (type) =>
              t('The message {name} has the part {part} of the type {type}, which is not defined.', { name, part: own, type }),
            ),
          }),
        ];
      const local = localPart(wrapper);
      if (this.#elements.has(local)) return [emptyElement('part', { name: this.#own(own), element: `t:${this.#own(local)}` })];
      this.#warn(t('The message {name} refers to the element {element}, which is not defined.', { name, element: excerpt(wrapper) }));
      return [];
    });
    return element('message', { name: this.#own(name) }, parts.join(''));
  }

  /** A binding and the port type with its operations, under names of our own. */
  #binding(binding: XmlElement, index: number): string {
    const portType = this.#portTypes.get(localPart(binding.attribute('type') ?? ''));
    const style = binding.children.find((child) => child.local === 'binding')?.attribute('style');
    const bound = new Set(binding.childrenNamed('operation').map((operation) => operation.attribute('name') ?? ''));
    if (portType === undefined)
      this.#warn(
        t('The binding {name} refers to the port type {portType}, which is not defined.', {
          name: excerpt(binding.attribute('name')),
          portType: excerpt(binding.attribute('type')),
        }),
      );
    const described = new Map<string, XmlElement>();
    this.#collect(described, portType?.childrenNamed('operation') ?? [], 'operation');
    for (const name of bound)
      if (portType !== undefined && !described.has(name))
        this.#warn(t('The operation {name} is bound, but not defined.', { name: excerpt(name) }));
    const operations = [...described]
      .filter(([name]) => bound.has(name))
      .map(([name, operation]) => [name, this.#operation(name, operation)] as const);
    const whole = operations.filter(([, text]) => text !== undefined);
    return (
      element('portType', { name: `t${index}` }, whole.map(([, text]) => text).join('')) +
      element(
        'binding',
        { name: `b${index}`, type: `t:t${index}` },
        emptyElement('soap:binding', { style: style === 'document' ? style : 'rpc', transport: 'http://schemas.xmlsoap.org/soap/http' }) +
          whole.map(([name]) => emptyElement('operation', { name })).join(''),
      )
    );
  }

  #operation(name: string, operation: XmlElement): string | undefined {
    const messages: string[] = [];
    for (const way of ['input', 'output'] as const) {
      const message = operation.child(way)?.attribute('message');
      if (message === undefined) continue;
      const local = localPart(message);
      if (this.#messages.has(local)) messages.push(emptyElement(way, { message: `t:${this.#own(local)}` }));
      else {
        const names = { name, message: excerpt(message) };
        this.#warn(
          way === 'input'
            ? t('The operation {name} refers to the message {message}, which is not defined. It is left out.', names)
            : t('The operation {name} refers to the message {message}, which is not defined. Its result is returned without types.', names),
        );
        if (way === 'input') return undefined;
      }
    }
    const doc = operation.child('documentation')?.text.trim();
    if (doc !== undefined && doc !== '') this.#docs.set(name, doc);
    return element('operation', { name }, messages.join(''));
  }
}

function isPlainName(name: string): boolean {
  return isName(name) && !name.includes(':');
}

/** The tag that a warning names, as it is in the WSDL. */
function tagOf(kind: Named, name: string): string {
  return name === '' ? `<${kind}>` : `<${kind} name="${excerpt(name)}">`;
}

function localPart(name: string): string {
  return name.slice(name.indexOf(':') + 1).trim();
}

/** A name of the WSDL as it is shown. Long names are cut. */
function excerpt(name = ''): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
