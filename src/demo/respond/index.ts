import type { Method } from '../../api/method';
import { findProtocolOperation } from '../../api/protocol';
import type { WireType } from '../../api/types';
import { isList, isRecord, type SoapValue } from '../../api/value';
import type { Answer } from '../operations/answer';
import { v1Info, v1ListRows, v2ListRows, wsdlInfo, wsiListRows, type CustomerStyle } from './customers';
import { broken, encodedEnvelope, literalEnvelope, type Prefix } from './envelope';
import { literal, natural, typed } from './values';

/** The information about the store that is needed to write a response. */
export interface RespondContext extends CustomerStyle {
  readonly namespace: string;
}

const LIST: readonly Prefix[] = ['ns2', 'SOAP-ENC', 'xsi', 'xsd'];
const EMPTY_LIST: readonly Prefix[] = ['SOAP-ENC', 'xsd', 'xsi'];
const EMPTY_LIST_V2: readonly Prefix[] = ['SOAP-ENC', 'xsi', 'xsd'];
const MAP: readonly Prefix[] = ['xsi', 'xsd', 'ns2', 'SOAP-ENC'];
const MAP_WITH_LISTS: readonly Prefix[] = ['xsi', 'xsd', 'SOAP-ENC', 'ns2'];
const SCALAR: readonly Prefix[] = ['xsd', 'xsi', 'SOAP-ENC'];
const V2_LIST: readonly Prefix[] = ['SOAP-ENC', 'xsd', 'xsi'];
const OWN_ARRAY: readonly Prefix[] = ['xsd', 'SOAP-ENC', 'xsi', 'ns2'];

/** The response of V1's `call`. */
export function respondV1(answer: Answer, context: RespondContext): string {
  const [inner, prefixes] = v1Value('callReturn', answer, context);
  const [open, close] = encodedEnvelope('call', context.namespace, prefixes);
  return open + inner + close;
}

function v1Value(name: string, answer: Answer, context: RespondContext): readonly [xml: string, prefixes: readonly Prefix[]] {
  switch (answer.kind) {
    case 'customers': {
      if (answer.rows.length === 0) return [natural(name, []), EMPTY_LIST];
      return [
        `<${name} SOAP-ENC:arrayType="ns2:Map[${answer.rows.length}]" ` +
          `xsi:type="SOAP-ENC:Array">${v1ListRows(answer.rows, answer.first, context)}</${name}>`,
        LIST,
      ];
    }
    case 'customer':
      return [`<${name} xsi:type="ns2:Map">${v1Info(answer.row, answer.only, context)}</${name}>`, MAP];
    case 'value':
      return [natural(name, answer.value), prefixesOf(answer.value)];
  }
}

function prefixesOf(value: SoapValue): readonly Prefix[] {
  if (Array.isArray(value)) return value.length === 0 ? EMPTY_LIST : LIST;
  if (!isRecord(value)) return value === null ? MAP : SCALAR;
  // PHP writes the inner values first, so the first list or map inside decides (wire maho-26.7 other/v1/08, 44).
  const inner = Object.values(value).find((each) => isList(each) || isRecord(each));
  return isList(inner) ? MAP_WITH_LISTS : MAP;
}

/** One result of V1's `multiCall`, as an item of its array. Here, filtered attributes are not moved to the front (wire v1/148). */
export function v1Item(answer: Answer, context: RespondContext): string {
  return v1Value('item', answer.kind === 'customers' ? { ...answer, first: [] } : answer, context)[0];
}

/** The response of V1's `multiCall`, from written items. */
export function respondMultiCall(items: readonly string[], context: RespondContext): string {
  const attributes = `SOAP-ENC:arrayType="xsd:ur-type[${items.length}]" xsi:type="ns1:FixedArray"`;
  const [open, close] = encodedEnvelope('multiCall', context.namespace, items.length === 0 ? ['xsd', 'SOAP-ENC', 'xsi'] : OWN_ARRAY);
  return (
    open +
    (items.length === 0 ? `<multiCallReturn ${attributes}/>` : `<multiCallReturn ${attributes}>${items.join('')}</multiCallReturn>`) +
    close
  );
}

/** The response of V2 to a method of the catalogue. */
export function respondV2(method: Method, answer: Answer, context: RespondContext): string {
  const { part } = method.result;
  const [inner, prefixes] = v2Value(part, answer, context);
  const [open, close] = encodedEnvelope(method.operation, context.namespace, prefixes);
  return broken(open) + inner + broken(close);
}

function v2Value(part: string, answer: Answer, context: RespondContext): readonly [xml: string, prefixes: readonly Prefix[]] {
  switch (answer.kind) {
    case 'customers': {
      const attributes =
        `SOAP-ENC:arrayType="ns1:customerCustomerEntity[${answer.rows.length}]" ` + 'xsi:type="ns1:customerCustomerEntityArray"';
      if (answer.rows.length === 0) return [`\n<${part} ${attributes}/>\n`, EMPTY_LIST_V2];
      return [`\n<${part} ${attributes}>${v2ListRows(answer.rows)}\n</${part}>\n`, V2_LIST];
    }
    case 'customer':
      return [`\n<${part} xsi:type="ns1:customerCustomerEntity">${wsdlInfo(answer.row, true, answer.only, context)}</${part}>\n`, SCALAR];
    case 'value':
      return [
        `\n${broken(typed(part, answer.value, answer.type))}\n`,
        answer.type.kind === 'list' ? (isEmpty(answer.value) ? EMPTY_LIST_V2 : V2_LIST) : SCALAR,
      ];
  }
}

function isEmpty(value: SoapValue): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The response of WS-I to a method of the catalogue. */
export function respondWsi(method: Method, answer: Answer, context: RespondContext, version: '1.1' | '1.2'): string {
  const [open, close] = literalEnvelope(`${method.operation}ResponseParam`, context.namespace, version);
  return broken(open) + wsiValue(answer, context) + broken(close);
}

function wsiValue(answer: Answer, context: RespondContext): string {
  switch (answer.kind) {
    case 'customers':
      return answer.rows.length === 0 ? '\n<result/>\n' : `\n<result>${wsiListRows(answer.rows)}\n</result>\n`;
    case 'customer':
      return `\n<result>${wsdlInfo(answer.row, false, answer.only, context)}</result>\n`;
    case 'value':
      return `\n${broken(literal('result', answer.value, answer.type))}\n`;
  }
}

/** The response of V1 to a protocol operation such as `login`. */
export function protocolV1(operation: string, value: SoapValue, context: RespondContext): string {
  const isArray = Array.isArray(value);
  const [open, close] = encodedEnvelope(operation, context.namespace, isArray ? OWN_ARRAY : SCALAR);
  return open + natural(`${operation}Return`, value, isArray ? 'ns1:FixedArray' : undefined) + close;
}

/** The response of V2 to a protocol operation. */
export function protocolV2(operation: string, value: SoapValue, context: RespondContext): string {
  const type = protocolType(operation);
  const [open, close] = encodedEnvelope(operation, context.namespace, type.kind === 'list' ? V2_LIST : SCALAR);
  return broken(open + typed(`${operation}Return`, value, type) + close);
}

/** The response of WS-I to a protocol operation; `undefined` is the empty response of `startSession` (facts §3). */
export function protocolWsi(operation: string, value: SoapValue | undefined, context: RespondContext, version: '1.1' | '1.2'): string {
  const [open, close] = literalEnvelope(`${operation}ResponseParam`, context.namespace, version);
  if (value === undefined) return broken(`${open.slice(0, -1)}/>${close.slice(close.indexOf('>') + 1)}`);
  return broken(open + literal('result', value, protocolType(operation)) + close);
}

function protocolType(operation: string): WireType {
  return findProtocolOperation(operation)?.result ?? { kind: 'string' };
}
