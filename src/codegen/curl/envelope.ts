import { namedParts, SESSION, type ResolvedCall } from '../call';
import { xmlText } from '../literals/xml';
import { Change, ChangeExpression, Expression, isTemplateList, isTemplateRecord, type Template } from '../template';
import { ToolkitError } from '../../api/errors';

/**
 * Writes an envelope for people to read and a store to accept, as short as can be: V2 without types, since the store
 * takes them from its WSDL (facts §1); V1 with all of them, since there is no other place for them.
 * @param text writes a text, with whatever the shell needs
 * @param expression writes a value that is known only when the script runs
 * @throws {ToolkitError} of kind `input`, `element-name`, for a key that cannot be an element
 */
export function envelopeLines(call: Pick<ResolvedCall, 'dialect' | 'namespace'>, operation: string, parts: ReturnType<typeof namedParts>, write: { readonly text: (text: string) => string; readonly expression: (expression: { readonly text: string }) => string }): string[] {
  const { dialect } = call;
  const typed = dialect === 'v1';
  const element = dialect === 'wsi' ? `ns1:${operation}${operation === 'login' || operation === 'endSession' ? 'Param' : 'RequestParam'}` : `ns1:${operation}`;
  const spaces = ['xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"', `xmlns:ns1="${attribute(call.namespace)}"`, 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'];
  if (typed) spaces.push('xmlns:xsd="http://www.w3.org/2001/XMLSchema"', 'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"', 'xmlns:ns2="http://xml.apache.org/xml-soap"');
  const inner = parts.flatMap(({ name, value }) => (typed && name !== 'sessionId' && name !== 'resourcePath' && name !== 'username' && name !== 'apiKey' ? typedLines(name, value) : plainLines(name, value)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<SOAP-ENV:Envelope ${spaces.join(' ')}>`,
    '  <SOAP-ENV:Body>',
    `    <${element}>`,
    ...inner.map((line) => `      ${line}`),
    `    </${element}>`,
    '  </SOAP-ENV:Body>',
    '</SOAP-ENV:Envelope>',
  ];

  function scalar(value: Template): string {
    if (value instanceof Expression || value instanceof ChangeExpression) return write.expression(value);
    if (value instanceof Change) return write.text(xmlText(String(value.value)));
    return write.text(xmlText(typeof value === 'object' ? '' : String(value)));
  }

  function plainLines(name: string, value: Template): string[] {
    if (value === null) return [`<${name} xsi:nil="true"/>`];
    if (isTemplateList(value)) return nest(name, '', value.flatMap((item) => plainLines(dialect === 'wsi' ? 'complexObjectArray' : 'item', item)));
    if (isTemplateRecord(value)) return nest(name, '', Object.entries(value).flatMap(([key, item]) => plainLines(elementName(key), item)));
    return [`<${name}>${scalar(value)}</${name}>`];
  }

  function typedLines(name: string, value: Template): string[] {
    if (value === null) return [`<${name} xsi:nil="true"/>`];
    if (isTemplateList(value) || (isTemplateRecord(value) && Object.keys(value).length === 0)) {
      const items = isTemplateList(value) ? value : [];
      return nest(name, ` xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:ur-type[${items.length}]"`, items.flatMap((item) => typedLines('item', item)));
    }
    if (isTemplateRecord(value)) {
      const entries = Object.entries(value).flatMap(([key, item]) => nest('item', '', [`<key xsi:type="xsd:string">${write.text(xmlText(key))}</key>`, ...typedLines('value', item)]));
      return nest(name, ' xsi:type="ns2:Map"', entries);
    }
    return [`<${name} xsi:type="${scalarType(value)}">${scalar(value)}</${name}>`];
  }
}

function nest(name: string, attributes: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [`<${name}${attributes}/>`] : [`<${name}${attributes}>`, ...lines.map((line) => `  ${line}`), `</${name}>`];
}

function scalarType(value: Template): string {
  const plain = value instanceof Change ? value.value : value;
  if (typeof plain === 'number') return Number.isInteger(plain) ? 'xsd:int' : 'xsd:double';
  return typeof plain === 'boolean' ? 'xsd:boolean' : 'xsd:string';
}

function attribute(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

function elementName(name: string): string {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new ToolkitError('input', { code: 'element-name', what: `"${name.slice(0, 60)}" cannot be an element name.`, next: 'Use letters, digits, _, - and . only.' });
  return name;
}

/** The arguments of the call, with the session's place kept. */
export function callParts(call: ResolvedCall): ReturnType<typeof namedParts> {
  return namedParts(call).map(({ name, value }) => ({ name, value: value === SESSION ? new Expression('$session') : value }));
}
