import { isFiltersType, toV2Filters } from '../../api/filters';
import { ordered } from './arguments';
import { argument, type Codec } from './codec';
import { encodedEnvelope, encodeTyped } from './encoded';

/** V2: one operation per method, every value typed by the WSDL. */
export const v2: Codec = {
  dialect: 'v2',
  soapAction: 'urn:Mage_Api_Model_Server_V2_HandlerAction',

  encodeCall(method, args, session, { namespace }) {
    const parts = [encodeTyped('sessionId', session, { kind: 'string' })];
    for (const { name, type, value } of ordered(method, args)) {
      const sent = isFiltersType(type) ? toV2Filters(value) : value;
      if (sent !== undefined) parts.push(encodeTyped(name, sent, type));
    }
    return encodedEnvelope(method.operation, parts.join(''), namespace);
  },

  encodeProtocol(operation, args, { namespace }) {
    const parts = operation.args.map((arg) => encodeTyped(arg.name, argument(args, arg.name) ?? null, arg.type));
    return encodedEnvelope(operation.id, parts.join(''), namespace);
  },

  answerName: (method) => method.operation,
};
