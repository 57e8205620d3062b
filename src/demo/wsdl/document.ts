import { ns } from '../../soap/namespaces';
import { element, emptyElement } from '../../soap/xml/writer';
import { escapeText } from '../../soap/xml/text';
import type { Generation } from '../../api/generations';

/** One operation of a WSDL, in the form that all dialects share. */
export interface WsdlOperation {
  readonly name: string;
  readonly doc: string;
  /** Names of the request and response messages. */
  readonly input: string;
  readonly output: string;
}

/** The content of a WSDL. */
export interface WsdlContent {
  readonly generation: Generation;
  readonly address: string;
  readonly style: 'rpc' | 'document';
  readonly soapAction: string;
  /** Prefix of the names of port type, binding and port. */
  readonly prefix: string;
  /** The schema as XML. */
  readonly schema: string;
  /** The messages as XML. */
  readonly messages: readonly string[];
  readonly operations: readonly WsdlOperation[];
}

/** A whole WSDL 1.1 document. */
export function wsdlDocument({ generation, address, style, soapAction, prefix, schema, messages, operations }: WsdlContent): string {
  const body =
    style === 'rpc'
      ? emptyElement('soap:body', { namespace: generation.namespace, use: 'encoded', encodingStyle: ns.encoding })
      : emptyElement('soap:body', { use: 'literal' });
  const portType = operations.map(({ name, doc, input, output }) =>
    element(
      'operation',
      { name },
      element('documentation', {}, escapeText(doc)) +
        emptyElement('input', { message: `typens:${input}` }) +
        emptyElement('output', { message: `typens:${output}` }),
    ),
  );
  const binding = operations.map(({ name }) =>
    element(
      'operation',
      { name },
      emptyElement('soap:operation', { soapAction }) + element('input', {}, body) + element('output', {}, body),
    ),
  );
  const definitions = element(
    'definitions',
    {
      'xmlns:typens': generation.namespace,
      'xmlns:xsd': ns.xsd,
      'xmlns:soap': ns.wsdlSoap,
      'xmlns:soapenc': ns.encoding,
      'xmlns:wsdl': ns.wsdl,
      xmlns: ns.wsdl,
      name: generation.name,
      targetNamespace: generation.namespace,
    },
    [
      element('types', {}, schema),
      ...messages,
      element('portType', { name: `${prefix}PortType` }, portType.join('')),
      element(
        'binding',
        { name: `${prefix}Binding`, type: `typens:${prefix}PortType` },
        emptyElement('soap:binding', { style, transport: 'http://schemas.xmlsoap.org/soap/http' }) + binding.join(''),
      ),
      element(
        'service',
        { name: generation.service },
        element('port', { name: `${prefix}Port`, binding: `typens:${prefix}Binding` }, emptyElement('soap:address', { location: address })),
      ),
    ].join('\n'),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${definitions.replaceAll('><', '>\n<')}\n`;
}
