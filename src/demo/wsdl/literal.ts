import { isFiltersType } from '../../api/filters';
import { protocolOperations } from '../../api/protocol';
import type { ResourceRegistry } from '../../api/resources';
import { string, wsdlFields, type EntityType, type ListType, type WireType } from '../../api/types';
import { codecs } from '../../soap/dialects';
import { WSI_ITEM } from '../../soap/operation-types';
import { element, emptyElement } from '../../soap/xml/writer';
import type { Generation } from '../../api/generations';
import { requestElement } from '../serve/wsdl-operation';
import { wsdlDocument } from './document';
import { complexTypes, protocolMessage, qualified } from './types';

interface Part {
  readonly name: string;
  readonly type: WireType;
  readonly optional?: boolean | undefined;
}

/** The WSDL of WS-I: V2's operations as document/literal, with one request and one response element each. */
export function wsdlWsi(generation: Generation, address: string, registry: ResourceRegistry): string {
  const protocol = protocolOperations.filter(({ v1Only }) => v1Only !== true);
  const { methods } = registry;
  const elements = [
    ...protocol.flatMap((operation) => [
      // Here, the store lists the arguments of resourceFaults in the reverse order of V2.
      ...(operation.id === 'startSession'
        ? []
        : [wrapper(requestElement(operation), operation.id === 'resourceFaults' ? [...operation.args].reverse() : operation.args)]),
      wrapper(`${operation.id}ResponseParam`, [{ name: 'result', type: operation.result }]),
    ]),
    ...methods.flatMap((method) => [
      // Filters may be empty but not missing (wire v2-wsi/09).
      wrapper(requestElement(method), [
        { name: 'sessionId', type: string },
        ...method.args.map((arg) => ({
          ...arg,
          name: arg.wsiName ?? arg.name,
          optional: arg.optional === true && !isFiltersType(arg.type),
        })),
      ]),
      wrapper(`${method.operation}ResponseParam`, [{ name: 'result', type: method.result.type }]),
    ]),
  ];
  return wsdlDocument({
    generation,
    address,
    style: 'document',
    soapAction: codecs.wsi.soapAction,
    prefix: '',
    schema: element(
      'xsd:schema',
      { targetNamespace: generation.namespace },
      complexTypes(methods).map(complexType).join('') + elements.join(''),
    ),
    messages: [
      ...protocol.flatMap((operation) => [
        operation.id === 'startSession'
          ? emptyElement('message', { name: operation.id })
          : message(protocolMessage(operation.id), requestElement(operation)),
        message(`${operation.id}Response`, `${operation.id}ResponseParam`),
      ]),
      ...methods.flatMap(({ operation }) => [
        message(`${operation}Request`, `${operation}RequestParam`),
        message(`${operation}Response`, `${operation}ResponseParam`),
      ]),
    ],
    operations: [
      ...protocol.map(({ id, doc }) => ({ name: id, doc, input: protocolMessage(id), output: `${id}Response` })),
      ...methods.map(({ operation, title }) => ({
        name: operation,
        doc: title,
        input: `${operation}Request`,
        output: `${operation}Response`,
      })),
    ],
  });
}

function message(name: string, of: string): string {
  return element('message', { name }, emptyElement('part', { name: 'parameters', element: `typens:${of}` }));
}

function wrapper(name: string, parts: readonly Part[]): string {
  const inner = parts.map((part) =>
    emptyElement('xsd:element', {
      minOccurs: part.optional === true ? '0' : '1',
      maxOccurs: '1',
      name: part.name,
      type: qualified(part.type),
    }),
  );
  return element('xsd:element', { name }, element('xsd:complexType', {}, element('xsd:sequence', {}, inner.join(''))));
}

function complexType(type: EntityType | ListType): string {
  const inner =
    type.kind === 'list'
      ? emptyElement('xsd:element', { minOccurs: '0', maxOccurs: 'unbounded', name: WSI_ITEM, type: qualified(type.of) })
      : wsdlFields(type)
          .map((field) =>
            emptyElement('xsd:element', {
              name: field.name,
              type: qualified(field.type),
              minOccurs: field.required === true ? undefined : '0',
            }),
          )
          .join('');
  return element('xsd:complexType', { name: type.name }, element('xsd:sequence', {}, inner));
}
