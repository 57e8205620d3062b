import { findProtocolOperation, type ProtocolOperation } from '../../api/protocol';
import type { SoapRecord } from '../../api/value';
import { codecs } from '../../soap/dialects';
import { Endpoints, type Endpoint } from './endpoints';
import type { OwnCall, Protocol } from '../calls/protocol';
import { SoapAnswerReader } from './answer-reader';
import { taskOf } from './tasks';

/** SOAP in its three dialects. Which of them an endpoint speaks, its WSDL says. */
export const soapProtocol: Protocol = {
  endpoints: (config, fetch) => new Endpoints(config, fetch),
  task: taskOf,
  request({ summary }, body) {
    // Bytes of a file say by themselves what encoding they are in; a charset here would claim another.
    const charset = typeof body === 'string' ? '; charset=utf-8' : '';
    return {
      http: 'POST',
      headers: { 'Content-Type': `text/xml${charset}`, SOAPAction: `"${codecs[summary.dialect].soapAction}"` },
      body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    };
  },
  login: (endpoint, username, apiKey) => ownCall('login', { username, apiKey }, endpoint),
  session: (answer) => (typeof answer === 'string' && answer !== '' ? answer : undefined),
  end: (endpoint, sessionId) => ownCall('endSession', { sessionId }, endpoint),
  reader: (options) => new SoapAnswerReader(options),
  refusal({ code, message }) {
    // The store looks at the session before anything else (design decision 6).
    if (code === '5') return 'session-over';
    // The shop may have switched WS-I on or off since its WSDL was read.
    return /^Procedure '.*' not present/.test(message) ? 'not-spoken' : undefined;
  },
};

function ownCall(id: ProtocolOperation['id'], args: SoapRecord, { summary }: Endpoint): OwnCall {
  const operation = findProtocolOperation(id);
  if (operation === undefined) throw new Error(`The protocol has no ${id}.`);
  return { method: id, args, body: codecs[summary.dialect].encodeProtocol(operation, args, { namespace: summary.namespace }) };
}
