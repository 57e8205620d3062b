import { elementName } from '../../api/element-name';
import { facets } from '../../api/dialect-facets';
import { namedParts, type ResolvedCall } from '../call';
import type { ShellLine } from '../literals/shell';
import { xmlText } from '../literals/xml';
import { Change, ChangeExpression, Expression, isTemplateList, isTemplateRecord, SESSION, type Template } from '../template';

/**
 * Writes an envelope that people can read, as short as a store accepts. V2 needs no types, since the store takes them from its WSDL (facts
 * §1). V1 needs all of them, since its WSDL does not have them.
 * @returns its lines: XML, and expressions for values that are known only when the script runs
 * @throws {ToolkitError} of kind `input`: `element-name` for a key that cannot be an element, `forbidden-character` for text that XML
 * cannot carry
 */
export function envelopeLines(
  call: Pick<ResolvedCall, 'dialect' | 'namespace'>,
  operation: string,
  parts: ReturnType<typeof namedParts>,
  wrapper?: string,
): ShellLine[] {
  const { dialect } = call;
  const { positional, style } = facets[dialect];
  const suffix = style === 'rpc' ? '' : operation === 'login' || operation === 'endSession' ? 'Param' : 'RequestParam';
  // WSDLs differ in the names of these elements.
  const element = elementName(style === 'rpc' ? operation : (wrapper ?? operation + suffix));
  const spaces = [
    'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"',
    `xmlns:ns1="${attribute(call.namespace)}"`,
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    ...(positional
      ? [
          'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
          'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"',
          'xmlns:ns2="http://xml.apache.org/xml-soap"',
        ]
      : []),
  ];
  const inner = parts.flatMap(({ name, value }) =>
    positional && !untypedParts.has(name) ? typedLines(name, value) : plainLines(dialect, name, value),
  );
  return [
    ['<?xml version="1.0" encoding="UTF-8"?>'],
    [`<SOAP-ENV:Envelope ${spaces.join(' ')}>`],
    ['  <SOAP-ENV:Body>'],
    [`    <ns1:${element}>`],
    ...inner.map((line) => ['      ', ...line]),
    [`    </ns1:${element}>`],
    ['  </SOAP-ENV:Body>'],
    ['</SOAP-ENV:Envelope>'],
  ];
}

/** Parts of a V1 call that the store reads as text without a type. */
const untypedParts: ReadonlySet<string> = new Set(['sessionId', 'resourcePath', 'username', 'apiKey']);

function plainLines(dialect: ResolvedCall['dialect'], name: string, value: Template): ShellLine[] {
  elementName(name);
  if (value === null) return [[`<${name} xsi:nil="true"/>`]];
  if (isTemplateList(value))
    return nest(
      name,
      '',
      value.flatMap((item) => plainLines(dialect, facets[dialect].itemElement ?? 'item', item)),
    );
  if (isTemplateRecord(value))
    return nest(
      name,
      '',
      Object.entries(value).flatMap(([key, item]) => plainLines(dialect, key, item)),
    );
  return [[`<${name}>`, scalar(value), `</${name}>`]];
}

function typedLines(name: string, value: Template): ShellLine[] {
  if (value === null) return [[`<${name} xsi:nil="true"/>`]];
  if (isTemplateList(value) || (isTemplateRecord(value) && Object.keys(value).length === 0)) {
    const items = isTemplateList(value) ? value : [];
    return nest(
      name,
      ` xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:ur-type[${items.length}]"`,
      items.flatMap((item) => typedLines('item', item)),
    );
  }
  if (isTemplateRecord(value)) {
    const entries = Object.entries(value).flatMap(([key, item]) =>
      nest('item', '', [[`<key xsi:type="xsd:string">${xmlText(key)}</key>`], ...typedLines('value', item)]),
    );
    return nest(name, ' xsi:type="ns2:Map"', entries);
  }
  return [[`<${name} xsi:type="${scalarType(value)}">`, scalar(value), `</${name}>`]];
}

function scalar(value: Template): string | Expression {
  if (value instanceof Expression) return value;
  if (value instanceof ChangeExpression) return new Expression(value.text);
  if (value instanceof Change) return xmlText(String(value.value));
  return xmlText(typeof value === 'object' ? '' : String(value));
}

function nest(name: string, attributes: string, lines: readonly ShellLine[]): ShellLine[] {
  return lines.length === 0
    ? [[`<${name}${attributes}/>`]]
    : [[`<${name}${attributes}>`], ...lines.map((line) => ['  ', ...line]), [`</${name}>`]];
}

function scalarType(value: Template): string {
  const plain = value instanceof Change ? value.value : value;
  if (typeof plain === 'number') return Number.isInteger(plain) ? 'xsd:int' : 'xsd:double';
  return typeof plain === 'boolean' ? 'xsd:boolean' : 'xsd:string';
}

function attribute(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** The arguments of the call, with an expression for the session. */
export function callParts(call: ResolvedCall): ReturnType<typeof namedParts> {
  return namedParts(call).map(({ name, value }) => ({ name, value: value === SESSION ? new Expression('"$session"') : value }));
}
