import type { Method } from '../../api/method';
import { isFiltersType, toV1Filters } from '../../api/filters';
import type { SoapValue } from '../../api/value';
import { ordered } from './arguments';
import { argument, type Codec, type EncodeContext } from './codec';
import { encodedEnvelope, encodeNatural, encodeTyped } from './encoded';

/** V1: every method is called through the operation `call`, with a path and a list of positional arguments. */
export const v1: Codec = {
  dialect: 'v1',
  soapAction: 'urn:Action',

  encodeCall(method, args, session, context) {
    return encodeV1Call(method.id, v1Arguments(method, args), session, context);
  },

  encodeProtocol(operation, args, { namespace }) {
    const parts = operation.args.map((arg) => encodeTyped(arg.name, argument(args, arg.name) ?? null, arg.type));
    return encodedEnvelope(operation.id, parts.join(''), namespace);
  },

  answerName: () => 'call',
};

/**
 * The positional arguments of a method.
 *
 * `args` must be a real array: PHP 8 reads a map as named arguments. It must not be empty if the method has arguments, since that is a
 * "Too few arguments" fault (facts §5). Missing filters are therefore sent as an empty list.
 * @throws {ToolkitError} of kind `input` for a missing or unknown argument, and for invalid filters
 */
export function v1Arguments(method: Method, args: Parameters<Codec['encodeCall']>[1]): SoapValue[] {
  const values = ordered(method, args).map(({ type, value }) => (isFiltersType(type) ? toV1Filters(value) : value));
  while (values.length > 0 && values.at(-1) === undefined) values.pop();
  return values.map((value) => value ?? null);
}

/**
 * Writes a call of any path, including methods that the catalogue does not know.
 * @throws {ToolkitError} of kind `input` when an argument cannot be written as XML
 */
export function encodeV1Call(path: string, args: SoapValue, session: string, { namespace }: EncodeContext): string {
  const parts = encodeNatural('sessionId', session) + encodeNatural('resourcePath', path) + encodeNatural('args', args);
  return encodedEnvelope('call', parts, namespace);
}
