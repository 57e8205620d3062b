import { t } from '../../l10n/texts';
import { itemName } from '../../soap/decoding/meaning';
import { ns } from '../../soap/namespaces';
import { readTree, type XmlElement } from '../../soap/decoding/tree';
import { DecodeError } from '../../soap/xml/errors';

/** The calls of an envelope of the plain form, or the reason why it has another form. */
export type PlainEnvelope = { readonly runs: readonly string[] } | { readonly unclear: string };

/**
 * Reads what a store would run for an envelope, if the envelope has the one form that PHP certainly reads as we do: UTF-8, SOAP 1.1, a
 * single operation in the Body, no Header, no references, no attributes except those of types, and for V1 paths that are plain text. In any
 * other form PHP may run something else: children of the Header are calls, ids are followed, items are moved by `position`.
 * @returns the paths (V1) or the operation (V2, WS-I) as they are written, or a sentence that says what is not plain
 */
export function plainEnvelope(xml: string | Uint8Array): PlainEnvelope {
  try {
    const text = typeof xml === 'string' ? xml : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(xml);
    checkText(text);
    let rest = '';
    const root = readTree(text, { rest: (behind) => (rest = behind) });
    if (rest.trim() !== '') throw new Unclear(t('There is text after the envelope.'));
    const runs = runsOf(operationIn(root));
    return runs.length === 0 ? { unclear: t('It calls nothing.') } : { runs };
  } catch (error) {
    if (error instanceof Unclear) return { unclear: error.message };
    if (error instanceof DecodeError) return { unclear: t('It is not an XML document that SOAP allows.') };
    if (error instanceof TypeError) return { unclear: t('It is not encoded in UTF-8.') };
    throw error;
  }
}

class Unclear extends Error {}

/** An XML declaration that gives only version 1.0 and UTF-8. */
const DECLARATION = /^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"utf-8"|'utf-8'))?\s*\?>/i;

/** Refuses constructs that our reader skips and that PHP's reader may treat differently. */
function checkText(text: string): void {
  if (text.startsWith('\ufeff')) throw new Unclear(t('It begins with a byte order mark.'));
  const declaration = DECLARATION.exec(text)?.[0] ?? '';
  if (text.startsWith('<?') && declaration === '') throw new Unclear(t('Its XML declaration contains more than version 1.0 and UTF-8.'));
  if (text.includes('<?', declaration.length)) throw new Unclear(t('It has a processing instruction.'));
  for (let at = text.indexOf('<!'); at >= 0; at = text.indexOf('<!', at + 1)) {
    if (!text.startsWith('<!--', at)) throw new Unclear(t('It has a document type or a CDATA section.'));
    const end = text.indexOf('-->', at + 4);
    if (end < 0 || inText(text, at, end + 3)) throw new Unclear(t('It has a comment inside a value.'));
    at = end;
  }
}

/** Whether there is anything but tags around a comment. */
function inText(text: string, from: number, to: number): boolean {
  let before = from - 1;
  while (before >= 0 && isSpace(text[before])) before--;
  let after = to;
  while (after < text.length && isSpace(text[after])) after++;
  return (before >= 0 && text[before] !== '>') || (after < text.length && text[after] !== '<');
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

/** The single operation of an envelope. Every element of the envelope is checked. */
function operationIn(root: XmlElement): XmlElement {
  if (root.local !== 'Envelope' || root.namespace !== ns.envelope11) throw new Unclear(t('It is not an envelope of SOAP 1.1.'));
  checkElement(root);
  const [body, ...others] = onlyElements(root);
  if (body === undefined || body.local !== 'Body' || body.namespace !== ns.envelope11 || others.length > 0) {
    throw new Unclear(
      root.child('Header') === undefined ? t('Its Envelope contains something other than one Body.') : t('It has a Header.'),
    );
  }
  const [operation, ...more] = onlyElements(body);
  if (operation === undefined || more.length > 0) throw new Unclear(t('Its Body does not contain exactly one operation.'));
  if (operation.namespace === ns.envelope11) throw new Unclear(t('Its operation is in the namespace of SOAP.'));
  onlyElements(operation);
  if (new Set(operation.children.map(({ local }) => local)).size < operation.children.length)
    throw new Unclear(t('It has an argument twice.'));
  checkAll(root);
  return operation;
}

/** The children of an element that has no text beside them. */
function onlyElements(element: XmlElement): readonly XmlElement[] {
  if (element.text.trim() !== '') throw new Unclear(t('There is text directly in <{name}>.', { name: element.tag.name }));
  return element.children;
}

/** Checks an element and everything inside it. The reader limits the depth. */
function checkAll(element: XmlElement): void {
  checkElement(element);
  if (element.children.length > 0) onlyElements(element);
  for (const child of element.children) checkAll(child);
}

function checkElement({ tag, scope, namespace }: XmlElement): void {
  if (namespace === undefined) throw new Unclear(t('The prefix of <{name}> is not declared.', { name: tag.name }));
  const seen = new Set<string>();
  for (const { name, value } of tag.attributes) {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const local = name.slice(colon + 1);
    if (name === 'xmlns') continue;
    if (prefix === 'xmlns') {
      if (value === '' || local === 'xml' || local === 'xmlns')
        throw new Unclear(t('It declares the prefix {prefix} in a way that XML does not allow.', { prefix: local }));
      continue;
    }
    const space = prefix === '' ? '' : scope.namespace(prefix);
    if (seen.has(`${space} ${local}`)) throw new Unclear(`<${tag.name}> has the attribute ${local} twice.`);
    seen.add(`${space} ${local}`);
    if (!isPlainAttribute(space, local, value, (type) => resolves(scope, type))) {
      throw new Unclear(t('The attribute {name} of <{element}> may change how it is read.', { name, element: tag.name }));
    }
  }
}

/** Whether an attribute only gives the type of a value. */
function isPlainAttribute(space: string | undefined, local: string, value: string, declared: (type: string) => boolean): boolean {
  if (space === ns.xsi && local === 'type') return declared(value);
  if (space === ns.xsi && local === 'nil') return /^(?:true|false|1|0)$/.test(value);
  if (space === ns.encoding && local === 'arrayType') return /^[^[\]]+\[\d{0,9}\]$/.test(value) && declared(itemName(value));
  return space === ns.envelope11 && local === 'encodingStyle' && value === ns.encoding;
}

function resolves(scope: XmlElement['scope'], type: string): boolean {
  return type === type.trim() && type.includes(':') && scope.resolve(type).namespace !== undefined;
}

/** The form of stores' paths: a resource and a method. */
const PATH = /^[A-Za-z]\w*\.[A-Za-z]\w*$/;

function runsOf(operation: XmlElement): readonly string[] {
  switch (operation.local) {
    case 'call':
      return [pathIn(partOf(operation, 'resourcePath'))];
    case 'multiCall':
      return itemsOf(partOf(operation, 'calls')).map((call) => {
        const [path] = itemsOf(call);
        // The type of a path that has no type itself comes from its array.
        if (path !== undefined && typeOf(path) === undefined && !holdsText(call)) throw new Unclear(t('A path is not plain text.'));
        return pathIn(path);
      });
    default:
      return [operation.local];
  }
}

/** A part of V1's two operations. It must have its name: if the names are missing, PHP reads the parts by their order. */
function partOf(operation: XmlElement, name: string): XmlElement {
  const part = operation.child(name);
  if (part === undefined) throw new Unclear(t('{operation} has no {name}.', { operation: operation.local, name }));
  return part;
}

/** Items of an element that is declared as a SOAP array. Any other element becomes an object or a map, in an unknown order. */
function itemsOf(array: XmlElement): readonly XmlElement[] {
  if (typeOf(array) !== `${ns.encoding} Array`) throw new Unclear(`<${array.tag.name}> is not of the type Array.`);
  if (isNil(array)) throw new Unclear(`<${array.tag.name}> is nil.`);
  return array.children;
}

/** Types that do not change a text. PHP decodes base64 and skips invalid characters in it, so it could hide another path. */
const TEXT_TYPES: ReadonlySet<string> = new Set([`${ns.xsd} string`, `${ns.xsd} anyType`, `${ns.xsd} ur-type`]);

/** Whether the items of an array are text if they give no type themselves. */
function holdsText(array: XmlElement): boolean {
  const arrayType = array.attribute('arrayType', ns.encoding);
  if (arrayType === undefined) return true;
  const { namespace, local } = array.scope.resolve(itemName(arrayType));
  return TEXT_TYPES.has(`${namespace} ${local}`);
}

function pathIn(element: XmlElement | undefined): string {
  if (element === undefined) throw new Unclear(t('A call has no path.'));
  const type = typeOf(element);
  const plain = element.children.length === 0 && !isNil(element) && (type === undefined || type === `${ns.xsd} string`);
  if (!plain || element.attribute('arrayType', ns.encoding) !== undefined) throw new Unclear(t('A path is not plain text.'));
  if (!PATH.test(element.text)) throw new Unclear(t('"{path}" is not the path of a method.', { path: element.text.slice(0, 60) }));
  return element.text;
}

function typeOf(element: XmlElement): string | undefined {
  const type = element.attribute('type', ns.xsi);
  if (type === undefined) return undefined;
  const { namespace, local } = element.scope.resolve(type);
  return `${namespace} ${local}`;
}

function isNil(element: XmlElement): boolean {
  return element.attribute('nil', ns.xsi) !== undefined;
}
