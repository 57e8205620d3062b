import { findProtocolOperation, type ProtocolOperation } from '../../api/protocol';
import type { SoapRecord } from '../../api/value';
import { codecs } from '../../soap/dialects';
import { Endpoints, type Endpoint } from './endpoints';
import type { OwnCall, Protocol } from '../calls/protocol';
import { SoapAnswerReader } from './answer-reader';
import { requestOf, taskOfOneEnvelope, taskOf } from './tasks';

/** SOAP in its three dialects. The WSDL of an endpoint decides which of them is used. */
export const soapProtocol: Protocol<Endpoint, Endpoints> = {
  endpoints: (config, { fetch }) => new Endpoints(config, fetch),
  task: (name, args, { describe, registry }) => taskOfOneEnvelope(taskOf(name, args, describe, registry)),
  login: (endpoint, username, apiKey) => ownCall('login', { username, apiKey }, endpoint),
  session: (answer) => (typeof answer === 'string' && answer !== '' ? answer : undefined),
  end: (endpoint, sessionId) => ownCall('endSession', { sessionId }, endpoint),
  reader: (options) => new SoapAnswerReader(options),
  refusal({ code, message }) {
    // The store checks the session before anything else.
    if (code === '5') return 'session-over';
    // The shop may have switched WS-I on or off since its WSDL was read.
    return /^Procedure '.*' not present/.test(message) ? 'not-spoken' : undefined;
  },
};

function ownCall(id: ProtocolOperation['id'], args: SoapRecord, endpoint: Endpoint): OwnCall {
  const { summary } = endpoint;
  const operation = findProtocolOperation(id);
  if (operation === undefined) throw new Error(`The protocol has no ${id}.`);
  const body = codecs[summary.dialect].encodeProtocol(operation, args, { namespace: summary.namespace });
  return { method: id, args, request: requestOf(endpoint, body) };
}
