import { elementName } from '../../api/element-name';
import type { ProtocolOperation } from '../../api/protocol';
import { isFiltersType, toV2Filters } from '../../api/filters';
import type { WireType } from '../../api/types';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { ns } from '../namespaces';
import { usualWrapper, WSI_ITEM } from '../operation-types';
import { element, emptyElement, written } from '../xml/writer';
import { ordered } from './arguments';
import { argument, type Codec } from './codec';
import { notList, notMap, scalarText } from './scalars';

/**
 * WS-I: V2's operations as document/literal. There is one wrapper element in the store's namespace. Its children have no namespace and
 * no types.
 */
export const wsi: Codec = {
  dialect: 'wsi',
  soapAction: '',

  encodeCall(method, args, session, { namespace }) {
    const parts = [encodeLiteral('sessionId', session, { kind: 'string' })];
    for (const each of ordered(method, args)) {
      const { name, type, value } = each;
      const filters = isFiltersType(type);
      const sent = filters ? toV2Filters(value) : value;
      if (sent !== undefined) parts.push(encodeLiteral(name, sent, type));
      // The WSDL requires filters and similar arguments to be present, even if empty (wire v2-wsi/09).
      else if (filters || each.emptyElement === true) parts.push(emptyElement(name));
    }
    return envelope(method.wrapper ?? usualWrapper(method.operation), parts.join(''), namespace);
  },

  encodeProtocol(operation, args, { namespace }) {
    const parts = operation.args.map((arg) => encodeLiteral(arg.name, argument(args, arg.name) ?? null, arg.type));
    return envelope(parameterElement(operation), parts.join(''), namespace);
  },

  answerName: (method) => method.operation,
};

/** Name of the element that carries a protocol operation. The names in the WSDL are not consistent. `startSession` has an empty body. */
function parameterElement(operation: ProtocolOperation): string | undefined {
  if (operation.id === 'startSession') return undefined;
  return operation.id === 'resources' ? 'resourcesRequestParam' : `${operation.id}Param`;
}

function envelope(name: string | undefined, parts: string, namespace: string): string {
  const body =
    name === undefined
      ? emptyElement('SOAP-ENV:Body')
      : element('SOAP-ENV:Body', {}, parts === '' ? emptyElement(`ns1:${name}`) : element(`ns1:${name}`, {}, parts));
  return (
    '<?xml version="1.0" ' +
    `encoding="UTF-8"?>\n${element('SOAP-ENV:Envelope', { 'xmlns:SOAP-ENV': ns.envelope11, 'xmlns:ns1': namespace }, body)}` +
    `\n`
  );
}

/**
 * Writes a value without types. Items of lists get their wrapper element. `null` becomes `xsi:nil`.
 * @throws {ToolkitError} of kind `input` when the value is not of the type, or cannot be written as XML
 */
export function encodeLiteral(name: string, value: SoapValue, type: WireType): string {
  if (value === null) return emptyElement(name, { 'xmlns:xsi': ns.xsi, 'xsi:nil': 'true' });
  if (type.kind === 'list' || (type.kind === 'any' && isList(value))) {
    if (!isList(value)) throw notList(name, value);
    const of: WireType = type.kind === 'list' ? type.of : type;
    return value.length === 0 ? emptyElement(name) : element(name, {}, value.map((item) => encodeLiteral(WSI_ITEM, item, of)).join(''));
  }
  if (type.kind === 'entity' || (type.kind === 'any' && isRecord(value))) {
    if (!isRecord(value)) throw notMap(name, value);
    const fields = new Map(type.kind === 'entity' ? type.fields.map((field) => [field.name, field.type]) : []);
    const inner = Object.entries(value).map(([key, item]) => encodeLiteral(elementName(key), item, fields.get(key) ?? { kind: 'any' }));
    return element(name, {}, inner.join(''));
  }
  return element(name, {}, written(scalarText(name, value, type.kind === 'any' ? 'string' : type.kind)));
}
