import type { SoapDialect } from '../../api/dialect';
import { t } from '../../l10n/texts';
import { ns } from '../namespaces';
import { readTree, type XmlElement } from '../decoding/tree';
import { DecodeError } from '../xml/errors';

/** The product behind a store, according to its target namespace (facts §9). */
export type Product = 'Maho' | 'OpenMage' | 'Magento' | 'unknown';

/** The facts that a store's WSDL gives for talking to it. */
export interface WsdlSummary {
  readonly dialect: SoapDialect;
  /** Target namespace, such as `urn:Maho`; requests must use it in WS-I (facts §1). */
  readonly namespace: string;
  readonly product: Product;
  /** Service name, such as `MahoService`. */
  readonly service: string | undefined;
  /** Address that the WSDL advertises. It may be wrong behind a proxy, so it is shown but not used. */
  readonly address: string | undefined;
  /** Addresses of schemas that the WSDL imports. */
  readonly imports: readonly string[];
  /** Names of its operations, without repetitions. */
  readonly operations: readonly string[];
  /** The mistakes in the document, one sentence each. */
  readonly warnings: readonly string[];
}

/** The document of a WSDL. */
export interface WsdlDocument {
  readonly root: XmlElement;
  /** The mistakes in it as a document, one sentence each. */
  readonly warnings: readonly string[];
  /** The error, if the document ends early. */
  readonly cutOff: DecodeError | undefined;
}

/** Size of the largest WSDL that is read, in bytes. Those of real stores have a third of a megabyte. */
export const maxWsdlBytes = 16 * 1024 * 1024;

/** Maximum number of elements in a WSDL that is read. Those of real stores have fewer than eight thousand. */
export const maxWsdlElements = 100_000;

/** Maximum number of bytes of other output that a store may print before its WSDL. */
const MAX_PREFIX_BYTES = 64 * 1024;

const BEGINNING = /<\?xml\s|<(?:[\w.-]+:)?definitions[\s>]/;

/**
 * Reads the facts that are needed to talk to a store from its WSDL. This is quick, for a first answer. The whole description, with the
 * types of methods beyond the catalogue, needs the `soap` package.
 * @returns `undefined` when the document is not a WSDL of this family
 * @throws {DecodeError} when it is not readable XML, or larger than a WSDL can be
 */
export function summarizeWsdl(body: Uint8Array | string): WsdlSummary | undefined {
  return summaryOf(readWsdl(body));
}

/**
 * Reads the document of a WSDL. PHP's warnings and notices before and after it are left out and reported.
 * @throws {DecodeError} when it is not readable XML, or larger than a WSDL can be
 */
export function readWsdl(body: Uint8Array | string): WsdlDocument {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (bytes.length > maxWsdlBytes)
    throw new DecodeError('too-large', maxWsdlBytes, t('The WSDL has more than {megabytes} MB', { megabytes: maxWsdlBytes / 1024 / 1024 }));
  const warnings: string[] = [];
  let cutOff: DecodeError | undefined;
  const before = beginning(bytes);
  if (before > 0)
    warnings.push(t('There is text before the WSDL: {text}', { text: shown(new TextDecoder().decode(bytes.subarray(0, before))) }));
  const root = readTree(bytes.subarray(before), {
    elements: maxWsdlElements,
    rest: (text) => {
      if (text.trim() !== '') warnings.push(t('There is text after the WSDL: {text}', { text: shown(text) }));
    },
    cutOff: (error, open) => {
      cutOff = error;
      dropHalf(open);
      warnings.push(
        t('The WSDL is cut off inside <{name}>. The rest is missing.', {
          name: open.at(-1)?.tag.name ?? 'definitions',
        }),
      );
    },
    invalid: ([first]) => {
      if (first !== undefined)
        warnings.push(
          t('The WSDL has bytes that are not text in its encoding, the first near "{text}".', {
            text: first.text.replace(/\s+/g, ' ').trim(),
          }),
        );
    },
  });
  return { root, warnings, cutOff };
}

/** Elements of a WSDL that are lists of others. They can be used even if their end is missing. */
const LISTS: ReadonlySet<string> = new Set(['definitions', 'types', 'schema', 'portType', 'binding', 'service']);

/** Removes the element that was read only in part, such as an operation without its output. */
function dropHalf(open: readonly XmlElement[]): void {
  const half = open.findIndex(({ local }) => !LISTS.has(local));
  if (half > 0) open[half - 1]?.children.pop();
}

/**
 * The facts that a WSDL gives for talking to its store, or `undefined` when it is not of this family.
 * @throws {DecodeError} when it ends too early to tell
 */
export function summaryOf(document: WsdlDocument): WsdlSummary | undefined {
  const summary = summaryIn(document);
  if (summary === undefined && document.cutOff !== undefined) throw document.cutOff;
  return summary;
}

function summaryIn({ root, warnings }: WsdlDocument): WsdlSummary | undefined {
  if (root.local !== 'definitions' || root.namespace !== ns.wsdl) return undefined;
  const binding = root.child('binding');
  const style = binding?.children.find((child) => child.local === 'binding' && child.namespace === ns.wsdlSoap)?.attribute('style');
  const operations = [...new Set(binding?.childrenNamed('operation').map((operation) => operation.attribute('name') ?? ''))];
  const namespace = root.attribute('targetNamespace');
  if (namespace === undefined || !operations.includes('login')) return undefined;
  const service = root.child('service');
  const imports = [...root.descendants('import')]
    .map((element) => element.attribute('schemaLocation') ?? element.attribute('location'))
    .filter((location) => location !== undefined);
  return {
    // WS-I is a setting of the shop on V2's URL, so only the binding shows the dialect (facts §1). V1 is the dialect with `call`.
    dialect: style === 'document' ? 'wsi' : operations.includes('call') ? 'v1' : 'v2',
    namespace,
    product: productOf(namespace),
    service: service?.attribute('name'),
    address: service
      ?.child('port')
      ?.children.find((child) => child.local === 'address')
      ?.attribute('location'),
    imports,
    operations,
    warnings,
  };
}

/** Position at which the document begins, in bytes: after the output that PHP printed before it. UTF-16 is read from its first byte. */
function beginning(bytes: Uint8Array): number {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, MAX_PREFIX_BYTES));
  const at = BEGINNING.exec(start)?.index ?? 0;
  const before = withoutComments(start.slice(0, at)).replace(/^\u00ef\u00bb\u00bf/, '');
  // White space and comments are allowed there. A document type must reach the reader, which refuses it.
  return before.trim() === '' || /<!DOCTYPE/i.test(before) ? 0 : at;
}

function withoutComments(text: string): string {
  let left = '';
  for (let pos = 0; ;) {
    const open = text.indexOf('<!--', pos);
    const close = open < 0 ? -1 : text.indexOf('-->', open + 4);
    if (close < 0) return left + text.slice(pos);
    left += text.slice(pos, open);
    pos = close + 3;
  }
}

/** The beginning of the text around a document, without its tags. */
function shown(text: string): string {
  const plain = text
    .slice(0, 2000)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}

function productOf(namespace: string): Product {
  const known: readonly Product[] = ['Maho', 'OpenMage', 'Magento'];
  return known.find((product) => namespace.toLowerCase() === `urn:${product.toLowerCase()}`) ?? 'unknown';
}
