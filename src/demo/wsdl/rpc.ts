import { protocolOperations, type ProtocolOperation } from '../../api/protocol';
import type { ResourceRegistry } from '../../api/resources';
import { string, wsdlFields, type EntityType, type ListType, type WireType } from '../../api/types';
import { ns } from '../../soap/namespaces';
import { codecs } from '../../soap/dialects';
import { element, emptyElement } from '../../soap/xml/writer';
import type { Generation } from '../../api/generations';
import { wsdlDocument, type WsdlOperation } from './document';
import { complexTypes, protocolMessage, qualified } from './types';

type Part = readonly [name: string, type: WireType];

/** The WSDL of V1: one generic `call`, and arrays of any type. */
export function wsdlV1(generation: Generation, address: string): string {
  const messages = protocolOperations.flatMap((operation) =>
    protocolMessages(operation, operation.id, operation.v1Result ?? operation.result),
  );
  return wsdlDocument({
    generation,
    address,
    style: 'rpc',
    soapAction: codecs.v1.soapAction,
    prefix: '',
    schema: schema(generation, encodedArray('FixedArray', 'xsd:anyType')),
    messages,
    operations: protocolOperations.map((operation) => protocolOperation(operation, operation.id)),
  });
}

/** The WSDL of V2: one operation per method, with types for everything. */
export function wsdlV2(generation: Generation, address: string, registry: ResourceRegistry): string {
  const protocol = protocolOperations.filter(({ v1Only }) => v1Only !== true);
  const { methods } = registry;
  return wsdlDocument({
    generation,
    address,
    style: 'rpc',
    soapAction: codecs.v2.soapAction,
    prefix: 'Mage_Api_Model_Server_V2_Handler',
    schema: schema(generation, complexTypes(methods).map(complexType).join('')),
    messages: [
      ...protocol.flatMap((operation) => protocolMessages(operation, protocolMessage(operation.id), operation.result)),
      ...methods.flatMap((method) => [
        message(`${method.operation}Request`, [['sessionId', string], ...method.args.map(({ name, type }): Part => [name, type])]),
        message(`${method.operation}Response`, [[method.result.part, method.result.type]]),
      ]),
    ],
    operations: [
      ...protocol.map((operation) => protocolOperation(operation, protocolMessage(operation.id))),
      ...methods.map((method) => ({
        name: method.operation,
        doc: method.title,
        input: `${method.operation}Request`,
        output: `${method.operation}Response`,
      })),
    ],
  });
}

function protocolOperation({ id, doc }: ProtocolOperation, input: string): WsdlOperation {
  return { name: id, doc, input, output: `${id}Response` };
}

function protocolMessages({ id, args }: ProtocolOperation, input: string, result: WireType): readonly string[] {
  return [
    message(
      input,
      args.map(({ name, type }): Part => [name, type]),
    ),
    message(`${id}Response`, [[`${id}Return`, result]]),
  ];
}

function message(name: string, parts: readonly Part[]): string {
  if (parts.length === 0) return emptyElement('message', { name });
  return element('message', { name }, parts.map(([part, type]) => emptyElement('part', { name: part, type: qualified(type) })).join(''));
}

function schema(generation: Generation, types: string): string {
  return element('schema', { xmlns: ns.xsd, targetNamespace: generation.namespace }, types);
}

function complexType(type: EntityType | ListType): string {
  if (type.kind === 'list') return encodedArray(type.name, qualified(type.of));
  const fields = wsdlFields(type).map((field) =>
    emptyElement('element', { name: field.name, type: qualified(field.type), minOccurs: field.required === true ? undefined : '0' }),
  );
  return element('complexType', { name: type.name }, element('all', {}, fields.join('')));
}

function encodedArray(name: string, of: string): string {
  const attribute = emptyElement('attribute', { ref: 'soapenc:arrayType', 'wsdl:arrayType': `${of}[]` });
  return element('complexType', { name }, element('complexContent', {}, element('restriction', { base: 'soapenc:Array' }, attribute)));
}
