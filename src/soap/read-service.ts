import type { IHttpClient } from 'soap';
import type { WSDL } from 'soap/lib/wsdl/index.js';
import type { Element } from 'soap/lib/wsdl/elements.js';
import { ToolkitError } from '../api/errors';
import type { DescribedPart, DescribedType, ServiceDescription } from './description';
import { itemName } from './meaning';
import { ns } from './namespaces';
import { readTree } from './tree';
import { summarizeWsdl } from './wsdl';
import { WSI_ITEM } from './operation-types';

/**
 * Stands in for every schema a WSDL imports. Those of this family import one, the SOAP encoding, whose types are known
 * here anyway; whatever else a hostile WSDL names must neither be fetched nor opened.
 */
const NOTHING = `<?xml version="1.0"?><schema xmlns="${ns.xsd}" targetNamespace="${ns.encoding}"/>`;

const nothingFetched: Pick<IHttpClient, 'request'> = {
  request: () => {
    throw new Error('Nothing is fetched for a WSDL.');
  },
};

/**
 * Reads a WSDL with `soap`. This module is loaded only when a WSDL must be read in full.
 * @param hash SHA-256 of the WSDL, in hex
 * @throws {ToolkitError} of kind `decode`, `wsdl-unreadable`
 */
export async function readService(wsdl: Uint8Array, hash: string): Promise<ServiceDescription> {
  const text = new TextDecoder().decode(wsdl);
  // Our own reader goes first: it refuses what XML attacks are made of.
  const summary = summarizeWsdl(wsdl);
  if (summary === undefined) throw unreadable('It is not the WSDL of this API.');
  const { definitions } = await parse(/^<\?xml\s/.test(text) ? text : `<?xml version="1.0"?>${text.replace(/^\uFEFF?\s*(<\?xml[^>]*\?>)?/, '')}`);
  const reader = new DefinitionsReader(definitions);
  const docs = documentation(text);
  const operations: ServiceDescription['operations'] = {};
  for (const binding of Object.values(definitions.bindings)) {
    for (const [name, operation] of Object.entries(binding.methods)) {
      const args = reader.parts(operation.input);
      const [result] = reader.parts(operation.output);
      const doc = docs.get(name);
      operations[name] = { args, ...(result === undefined ? {} : { result }), ...(doc === undefined ? {} : { doc }) };
    }
  }
  return { hash, dialect: summary.dialect, namespace: summary.namespace, operations, types: reader.types() };
}

async function parse(text: string): Promise<WSDL> {
  const { open_wsdl: open } = await import('soap/lib/wsdl/index.js');
  return await new Promise<WSDL>((resolve, reject) => {
    try {
      open(text, { wsdl_options: { overrideImportLocation: () => NOTHING }, httpClient: nothingFetched }, (error: unknown, wsdl?: WSDL) => {
        if (wsdl === undefined || (error !== null && error !== undefined)) reject(unreadable(error instanceof Error ? error.message : String(error)));
        else resolve(wsdl);
      });
    } catch (error) {
      reject(unreadable(error instanceof Error ? error.message : String(error)));
    }
  });
}

function unreadable(why: string): ToolkitError {
  return new ToolkitError('decode', { code: 'wsdl-unreadable', what: 'The WSDL of the store cannot be read.', why, next: 'An extension of the store may have broken it. Methods of the catalogue work all the same.' });
}

/** What stands in `wsdl:documentation`, which `soap` drops. */
function documentation(text: string): ReadonlyMap<string, string> {
  const docs = new Map<string, string>();
  for (const portType of readTree(text).childrenNamed('portType')) {
    for (const operation of portType.childrenNamed('operation')) {
      const doc = operation.child('documentation')?.text.trim();
      const name = operation.attribute('name');
      if (doc !== undefined && doc !== '' && name !== undefined) docs.set(name, doc);
    }
  }
  return docs;
}

/** Walks what `soap` makes of a WSDL. */
class DefinitionsReader {
  readonly #definitions: WSDL['definitions'];

  constructor(definitions: WSDL['definitions']) {
    this.#definitions = definitions;
  }

  /** All complex types by name. */
  types(): ServiceDescription['types'] {
    const types: Record<string, DescribedType> = {};
    for (const schema of Object.values(this.#definitions.schemas)) {
      for (const [name, type] of Object.entries(schema.complexTypes)) {
        const read = this.#type(type);
        if (read !== undefined) types[name] = read;
      }
    }
    return types;
  }

  /** Parts of a message: of RPC one by one, of document/literal the children of its one element. */
  parts(message: { readonly parts?: unknown; readonly $name?: string } | undefined): DescribedPart[] {
    if (message === undefined) return [];
    if (typeof message.parts === 'object' && message.parts !== null) {
      return Object.entries(message.parts).map(([name, type]) => ({ name, type: typeof type === 'string' ? localType(type) : (attribute(type, '$name') ?? 'any') }));
    }
    for (const schema of Object.values(this.#definitions.schemas)) {
      const element = message.$name === undefined ? undefined : schema.elements[message.$name];
      if (element !== undefined) return descendants(element, 'element').map((field) => this.#field(field));
    }
    return [];
  }

  #type(type: Element): DescribedType | undefined {
    for (const array of descendants(type, 'attribute')) {
      const of = attribute(array, '$wsdl:arrayType');
      if (of !== undefined) return { kind: 'list', of: localType(itemName(of)) };
    }
    const fields = descendants(type, 'element');
    const [first] = fields;
    if (fields.length === 1 && first !== undefined && attribute(first, '$name') === WSI_ITEM) return { kind: 'list', of: localType(attribute(first, '$type') ?? 'any') };
    return { kind: 'entity', fields: fields.map((field) => this.#field(field)) };
  }

  #field(field: Element): DescribedPart {
    const optional = attribute(field, '$minOccurs') === '0';
    return { name: attribute(field, '$name') ?? '', type: localType(attribute(field, '$type') ?? 'any'), ...(optional ? { optional } : {}) };
  }
}

/** Elements of a local name within another, not looking inside those found. */
function descendants(element: Element, local: string): readonly Element[] {
  return element.children.flatMap((child) => (child.name === local ? [child] : descendants(child, local)));
}

/** `soap` keeps attributes as properties with a dollar sign. */
function attribute(element: unknown, name: string): string | undefined {
  const value: unknown = typeof element === 'object' && element !== null ? Reflect.get(element, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

const aliases: Readonly<Record<string, string>> = { anyType: 'any', integer: 'int', long: 'int', short: 'int', float: 'double', decimal: 'double', dateTime: 'string', date: 'string' };

/** Name of a type without its prefix, scalars by one name each. */
function localType(name: string): string {
  const local = name.slice(name.indexOf(':') + 1);
  return Object.hasOwn(aliases, local) ? (aliases[local] ?? local) : local;
}
