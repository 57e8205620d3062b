import type { IHttpClient } from 'soap';
import { open_wsdl, type WSDL } from 'soap/lib/wsdl/index.js';
import type { Element } from 'soap/lib/wsdl/elements.js';
import type { DescribedPart, DescribedType } from '../../api/described-types';
import { t } from '../../l10n/texts';
import { wsdlUnreadable, type ServiceDescription } from './description';
import { itemName } from '../decoding/meaning';
import { ns } from '../namespaces';
import { usualWrapper, WSI_ITEM } from '../operation-types';
import { typeDepth } from './type-depth';
import { readWsdl, summaryOf } from './wsdl';
import { odditiesOf } from './wsdl-oddities';
import { wholeParts } from './wsdl-whole';

/**
 * Replaces every schema that a WSDL imports. WSDLs of this family import one, the SOAP encoding, and its types are known
 * here anyway. Any other schema that a hostile WSDL names must be neither fetched nor opened.
 */
const EMPTY_SCHEMA = `<?xml version="1.0"?><schema xmlns="${ns.xsd}" targetNamespace="${ns.encoding}"/>`;

const nothingFetched: Pick<IHttpClient, 'request'> = {
  request: () => {
    throw new Error('Nothing is fetched for a WSDL.');
  },
};

/** Maximum number of fields that all types and operations of a store may have together. Real stores have about five thousand. */
const MAX_FIELDS = 200_000;

/** Maximum number of types that may extend each other in a row. In real stores, no type extends another. */
const MAX_EXTENSIONS = 100;

/** Greatest depth of types inside each other. Real stores have about ten levels. */
const MAX_TYPE_LEVELS = 400;

/**
 * Reads a WSDL with `soap`, as far as it is usable. Run it in a separate thread: `soap` was not made for hostile documents.
 * @param wsdl its bytes
 * @param hash SHA-256 of the WSDL, in hex
 * @throws {ToolkitError} of kind `decode`: `wsdl-unreadable`, or the reason why the XML is unreadable
 */
export async function readService(wsdl: Uint8Array, hash: string): Promise<ServiceDescription> {
  // Our own reader goes first: it refuses the constructs that XML attacks use, and `soap` then gets only the usable parts.
  const document = readWsdl(wsdl);
  const summary = summaryOf(document);
  if (summary === undefined) throw wsdlUnreadable(t('It is not the WSDL of this API.'));
  const whole = wholeParts(document.root);
  const { definitions } = await parse(whole.text);
  const reader = new DefinitionsReader(definitions, whole.names);
  const operations: ServiceDescription['operations'] = {};
  for (const binding of Object.values(definitions.bindings)) {
    for (const [name, operation] of Object.entries(binding.methods)) {
      const args = reader.parts(operation.input);
      const [result] = reader.parts(operation.output);
      const doc = whole.docs.get(name);
      const wrapper = reader.wrapper(operation.input);
      operations[name] = {
        args,
        ...(result === undefined ? {} : { result }),
        ...(doc === undefined ? {} : { doc }),
        ...(wrapper === undefined || wrapper === usualWrapper(name) ? {} : { wrapper }),
      };
    }
  }
  const types = reader.types();
  if (typeDepth(types) > MAX_TYPE_LEVELS)
    throw wsdlUnreadable(t('Its types are nested more than {levels} levels deep.', { levels: MAX_TYPE_LEVELS }));
  return {
    hash,
    dialect: summary.dialect,
    namespace: summary.namespace,
    operations,
    types,
    ...(document.cutOff === undefined ? {} : { cutOff: true }),
    warnings: [...summary.warnings, ...odditiesOf(document.root), ...whole.warnings],
  };
}

async function parse(text: string): Promise<WSDL> {
  return await new Promise<WSDL>((resolve, reject) => {
    try {
      open_wsdl(
        text,
        { wsdl_options: { overrideImportLocation: () => EMPTY_SCHEMA }, httpClient: nothingFetched },
        (error: unknown, wsdl?: WSDL) => {
          if (wsdl === undefined || (error !== null && error !== undefined))
            reject(wsdlUnreadable(error instanceof Error ? error.message : String(error)));
          else resolve(wsdl);
        },
      );
    } catch (error) {
      reject(wsdlUnreadable(error instanceof Error ? error.message : String(error)));
    }
  });
}

/** Walks the definitions that `soap` reads from a WSDL. */
class DefinitionsReader {
  readonly #definitions: WSDL['definitions'];
  #fields = 0;

  /** @param names the store's names, by the names that replace them in the definitions */
  constructor(
    definitions: WSDL['definitions'],
    private readonly names: ReadonlyMap<string, string>,
  ) {
    this.#definitions = definitions;
  }

  /** All complex types by name. */
  types(): ServiceDescription['types'] {
    const types: Record<string, DescribedType> = {};
    for (const schema of Object.values(this.#definitions.schemas)) {
      for (const [name, type] of Object.entries(schema.complexTypes)) types[this.#name(name)] = this.#type(type);
    }
    return types;
  }

  /** Parts of a message. For RPC these are the parts themselves, for document/literal the children of its one element. */
  parts(message: { readonly parts?: unknown; readonly $name?: string } | null | undefined): DescribedPart[] {
    // `soap` has null in place of a message that an operation does not have.
    if (message === undefined || message === null) return [];
    if (typeof message.parts === 'object' && message.parts !== null) {
      const parts = Object.entries(message.parts);
      this.#count(parts.length);
      return parts.map(([name, type]) => ({
        name: this.#name(name),
        type: typeof type === 'string' ? this.#typeName(type) : this.#name(attribute(type, '$name') ?? 'any'),
      }));
    }
    for (const schema of Object.values(this.#definitions.schemas)) {
      const name = message.$name;
      const element = name === undefined || !Object.hasOwn(schema.elements, name) ? undefined : schema.elements[name];
      if (element !== undefined) return this.#wrapped(element);
    }
    return [];
  }

  /** The element that carries a document/literal message; `undefined` for RPC. */
  wrapper(message: { readonly parts?: unknown; readonly $name?: string } | null | undefined): string | undefined {
    const name = message?.$name;
    if (name === undefined || (typeof message?.parts === 'object' && message.parts !== null)) return undefined;
    return Object.values(this.#definitions.schemas).some(({ elements }) => Object.hasOwn(elements, name)) ? this.#name(name) : undefined;
  }

  /** The fields in the element of a document/literal message, or in the type that the element names. */
  #wrapped(element: Element): DescribedPart[] {
    const named = attribute(element, '$type');
    const type = named === undefined ? element : this.#named(named);
    return type === undefined ? [] : this.#allFields(type);
  }

  #type(type: Element): DescribedType {
    for (const array of descendants(type, 'attribute')) {
      const of = attribute(array, '$wsdl:arrayType');
      if (of !== undefined) return { kind: 'list', of: this.#typeName(itemName(of)) };
    }
    const fields = this.#allFields(type);
    const [first] = fields;
    if (fields.length === 1 && first?.name === WSI_ITEM) return { kind: 'list', of: first.type };
    return { kind: 'entity', fields };
  }

  /** The fields of a type. Those of the types that it extends come first. If two have the same name, the first one counts. */
  #allFields(type: Element): DescribedPart[] {
    const line: Element[] = [];
    for (let next: Element | undefined = type; next !== undefined && !line.includes(next);) {
      line.unshift(next);
      if (line.length > MAX_EXTENSIONS)
        throw wsdlUnreadable(t('Its types extend each other more than {limit} times.', { limit: MAX_EXTENSIONS }));
      const base: string | undefined = descendants(next, 'extension')
        .map((extension) => attribute(extension, '$base'))
        .find((name) => name !== undefined);
      next = base === undefined ? undefined : this.#named(base);
    }
    const fields = new Map<string, DescribedPart>();
    for (const element of line.flatMap((each) => descendants(each, 'element'))) {
      const field = this.#field(element);
      if (!fields.has(field.name)) fields.set(field.name, field);
    }
    this.#count(fields.size);
    return [...fields.values()];
  }

  /** A complex type by a qualified name. */
  #named(name: string): Element | undefined {
    const local = name.slice(name.indexOf(':') + 1);
    return Object.values(this.#definitions.schemas).find((schema) => Object.hasOwn(schema.complexTypes, local))?.complexTypes[local];
  }

  #field(field: Element): DescribedPart {
    const optional = attribute(field, '$minOccurs') === '0';
    return {
      name: attribute(field, '$name') ?? '',
      type: this.#typeName(attribute(field, '$type') ?? 'any'),
      ...(optional ? { optional } : {}),
    };
  }

  /** The store's name for a name in the definitions. */
  #name(own: string): string {
    return this.names.get(own) ?? own;
  }

  /** Name of a type without its prefix. The types of XML Schema have the names of the scalars here. */
  #typeName(qualified: string): string {
    const colon = qualified.indexOf(':');
    const local = qualified.slice(colon + 1);
    if (qualified.slice(0, colon) === 't') return this.#name(local);
    return Object.hasOwn(aliases, local) ? (aliases[local] ?? local) : local;
  }

  #count(fields: number): void {
    this.#fields += fields;
    if (this.#fields > MAX_FIELDS) throw wsdlUnreadable(t('Its types have more than {limit} fields.', { limit: MAX_FIELDS }));
  }
}

/** Elements with this local name inside another element. Elements inside the found ones are not searched. */
function descendants(element: Element, local: string): readonly Element[] {
  return element.children.flatMap((child) => (child.name === local ? [child] : descendants(child, local)));
}

/** `soap` keeps attributes as properties with a dollar sign. */
function attribute(element: unknown, name: string): string | undefined {
  const value: unknown = typeof element === 'object' && element !== null ? Reflect.get(element, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The names of scalars here, by the names of types in XML Schema. */
const aliases: Readonly<Record<string, string>> = {
  anyType: 'any',
  anySimpleType: 'any',
  integer: 'int',
  long: 'int',
  short: 'int',
  byte: 'int',
  nonNegativeInteger: 'int',
  positiveInteger: 'int',
  unsignedInt: 'int',
  unsignedLong: 'int',
  unsignedShort: 'int',
  unsignedByte: 'int',
  float: 'double',
  decimal: 'double',
  dateTime: 'string',
  date: 'string',
  time: 'string',
  base64Binary: 'string',
  hexBinary: 'string',
  anyURI: 'string',
  token: 'string',
  normalizedString: 'string',
};
