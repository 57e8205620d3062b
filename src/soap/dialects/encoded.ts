import { elementName } from '../../api/element-name';
import type { WireType } from '../../api/types';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { ns } from '../namespaces';
import { element, emptyElement, written } from '../xml/writer';
import { notList, notMap, scalarText } from './scalars';

/** An RPC/encoded envelope, as PHP's client writes it. */
export function encodedEnvelope(operation: string, parts: string, namespace: string): string {
  const attributes = {
    'xmlns:SOAP-ENV': ns.envelope11,
    'xmlns:ns1': namespace,
    'xmlns:xsd': ns.xsd,
    'xmlns:xsi': ns.xsi,
    'xmlns:ns2': ns.apache,
    'xmlns:SOAP-ENC': ns.encoding,
    'SOAP-ENV:encodingStyle': ns.encoding,
  };
  const call = parts === '' ? emptyElement(`ns1:${operation}`) : element(`ns1:${operation}`, {}, parts);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('SOAP-ENV:Envelope', attributes, element('SOAP-ENV:Body', {}, call))}\n`;
}

/**
 * Writes a value by its type in the WSDL: V2. `null` becomes `xsi:nil`.
 * @throws {ToolkitError} of kind `input` when the value is not of the type, or cannot be written as XML
 */
export function encodeTyped(name: string, value: SoapValue, type: WireType): string {
  if (type.kind === 'any') return encodeNatural(name, value);
  if (value === null) return emptyElement(name, { 'xsi:nil': 'true' });
  switch (type.kind) {
    case 'list': {
      if (!isList(value)) throw notList(name, value);
      const attributes = { 'SOAP-ENC:arrayType': `${typeName(type.of)}[${value.length}]`, 'xsi:type': `ns1:${type.name}` };
      if (value.length === 0) return emptyElement(name, attributes);
      return element(name, attributes, value.map((item) => encodeTyped('item', item, type.of)).join(''));
    }
    case 'entity': {
      if (!isRecord(value)) throw notMap(name, value);
      const fields = new Map(type.fields.map((field) => [field.name, field.type]));
      const inner = Object.entries(value)
        // Attributes that the WSDL does not know are sent as text. The store drops them, and traps warn about that beforehand.
        .map(([key, item]) => encodeTyped(elementName(key), item, fields.get(key) ?? { kind: 'any' }))
        .join('');
      return element(name, { 'xsi:type': `ns1:${type.name}` }, inner);
    }
    default:
      return element(name, { 'xsi:type': `xsd:${type.kind}` }, written(scalarText(name, value, type.kind)));
  }
}

/**
 * Writes a value with the type that PHP gives to such a value: V1, which has no schema.
 * @throws {ToolkitError} of kind `input` for numbers that are not finite and characters that XML cannot carry
 */
export function encodeNatural(name: string, value: SoapValue): string {
  if (value === null) return emptyElement(name, { 'xsi:nil': 'true' });
  if (typeof value === 'string') return element(name, { 'xsi:type': 'xsd:string' }, written(value));
  if (typeof value === 'boolean') return element(name, { 'xsi:type': 'xsd:boolean' }, String(value));
  if (typeof value === 'number') return element(name, { 'xsi:type': naturalType(value) }, scalarText(name, value, 'double'));
  if (isRecord(value) && Object.keys(value).length > 0) {
    const entries = Object.entries(value).map(([key, item]) =>
      element('item', {}, element('key', { 'xsi:type': 'xsd:string' }, written(key)) + encodeNatural('value', item)),
    );
    return element(name, { 'xsi:type': 'ns2:Map' }, entries.join(''));
  }
  // PHP cannot tell an empty map from an empty list and sends a list.
  const items = isList(value) ? value : [];
  const attributes = { 'SOAP-ENC:arrayType': `${commonType(items)}[${items.length}]`, 'xsi:type': 'SOAP-ENC:Array' };
  if (items.length === 0) return emptyElement(name, attributes);
  return element(name, attributes, items.map((item) => encodeNatural('item', item)).join(''));
}

function typeName(type: WireType): string {
  switch (type.kind) {
    case 'any':
      return 'xsd:anyType';
    case 'list':
    case 'entity':
      return `ns1:${type.name}`;
    default:
      return `xsd:${type.kind}`;
  }
}

/**
 * Type of an array's items if they all have the same type, as PHP declares it.
 * @param fraction type of numbers that are not whole: PHP's client writes `xsd:double`, its server `xsd:float`
 */
export function commonType(items: readonly SoapValue[], fraction: 'xsd:double' | 'xsd:float' = 'xsd:double'): string {
  const types = new Set(items.map((item) => naturalType(item, fraction)));
  const [only] = types;
  return types.size === 1 && only !== undefined ? only : 'xsd:ur-type';
}

/** Type that PHP declares for a value that has no schema. */
export function naturalType(value: SoapValue, fraction: 'xsd:double' | 'xsd:float' = 'xsd:double'): string {
  if (typeof value === 'string') return 'xsd:string';
  if (typeof value === 'boolean') return 'xsd:boolean';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'xsd:int' : fraction;
  if (value === null) return 'xsd:ur-type';
  return isRecord(value) && Object.keys(value).length > 0 ? 'ns2:Map' : 'SOAP-ENC:Array';
}
