// A store that responds by script, for responses that a working store does not send: half a response, a web page, a DTD.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { envelope, v1Answer } from './envelopes';

/** The operation of a V1 request, which is its element name, or `wsdl`. */
export interface ScriptedRequest {
  readonly operation: string;
  /** `resourcePath` of a `call`, such as `customer.list`. */
  readonly path: string | undefined;
  readonly body: string;
}

/** Handles a request; returns `false` to leave it to the default response. */
export type Script = (request: ScriptedRequest, response: ServerResponse) => boolean | void;

export interface ScriptedStore {
  /** URL of V1. */
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
  close(): Promise<void>;
}

/** The smallest WSDL from which V1 and its namespace can be detected. */
const wsdl = `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" targetNamespace="urn:Maho">
  <wsdl:binding name="MahoBinding" type="MahoPort">
    <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    ${['login', 'endSession', 'call', 'multiCall'].map((name) => `<wsdl:operation name="${name}"/>`).join('')}
  </wsdl:binding>
  <wsdl:service name="MahoService"/>
</wsdl:definitions>
`;

const usual: Readonly<Record<string, string>> = {
  login: envelope(
    '<ns1:loginResponse><loginReturn xsi:type="xsd:string">0123456789abcdef0123456789abcdef</loginReturn></ns1:loginResponse>',
  ),
  endSession: envelope('<ns1:endSessionResponse><endSessionReturn xsi:type="xsd:boolean">true</endSessionReturn></ns1:endSessionResponse>'),
  call: v1Answer('<callReturn SOAP-ENC:arrayType="xsd:ur-type[0]" xsi:type="SOAP-ENC:Array"/>'),
};

/** Starts a scripted store on loopback. By default, logins succeed and every list is empty. */
export async function startScriptedStore(script: Script = () => false): Promise<ScriptedStore> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const seen = request.method === 'GET' ? { operation: 'wsdl', path: undefined, body } : read(body);
      requests.push(seen);
      if (script(seen, response) === false)
        answer(response, seen.operation === 'wsdl' ? wsdl : (usual[seen.operation] ?? usual['call'] ?? ''));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The scripted store has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/api/soap/`,
    requests,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Sends a body as a store does. */
export function answer(response: ServerResponse, body: string, { status = 200, type = 'text/xml; charset=utf-8' } = {}): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** Starts a response with a body, sends the first half of it and closes the connection. */
export function answerHalf(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' });
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.end());
}

function read(body: string): ScriptedRequest {
  const operation = /<(?:[\w-]+:)?Body[^>]*>\s*<(?:[\w-]+:)?([\w]+)/.exec(body)?.[1] ?? '';
  return { operation, path: /<resourcePath[^>]*>([^<]*)</.exec(body)?.[1], body };
}
