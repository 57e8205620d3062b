import type { ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import type { SoapDialect } from '../../src/api/dialect';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../src/api/value';
import { decodeRequest } from '../../src/soap/decoding/decode';
import { encodedEnvelope, encodeNatural } from '../../src/soap/dialects/encoded';
import { escapeText } from '../../src/soap/xml/text';
import { serve, type Loopback } from './loopback';

/** A request as the tiny store read it. */
export interface TinyRequest {
  /** `login`, or the path of a V1 call, or the operation. */
  readonly method: string;
  /** Arguments by name, including the session; V1's positional arguments as `args`. */
  readonly args: SoapRecord;
  readonly session: string;
}

/** The response to a request: a value, a fault, XML, or anything that the test does with the response itself. */
export type TinyAnswer =
  | { readonly value: SoapValue }
  | { readonly fault: readonly [code: string, message: string] }
  | { readonly xml: string | Uint8Array }
  | { readonly take: (response: ServerResponse) => void };

export interface TinyStore extends Loopback {
  readonly requests: readonly TinyRequest[];
  readonly logins: number;
  /** Ends all sessions: the next call gets fault 5. */
  expire(): void;
  /** Switches to another dialect, as a change of the shop's WS-I setting does. */
  speak(dialect: SoapDialect): void;
}

/** The smallest WSDL that identifies the dialect of a store. No part of a real WSDL is copied. */
export function tinyWsdl(dialect: SoapDialect, address: string, namespace = 'urn:Maho'): string {
  const operations = [
    'login',
    'endSession',
    ...(dialect === 'v1' ? ['call', 'multiCall'] : ['customerCustomerList', 'customerCustomerInfo']),
  ];
  return (
    '<?xml version="1.0"?><definitions xmlns="http://schemas.xmlsoap.org/wsdl/" ' +
    `xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" targetNamespace="${namespace}"><binding name="b" ` +
    `type="t"><soap:binding style="${dialect === 'wsi' ? 'document' : 'rpc'}" ` +
    'transport="http://schemas.xmlsoap.org/soap/http"/>' +
    `${operations.map((name) => `<operation name="${name}"/>`).join('')}</binding><service name="MahoService"><port ` +
    `name="p" binding="b"><soap:address location="${address}"/></port></service></definitions>`
  );
}

/** A response of V1 or V2 as XML. */
export function tinyResult(operation: string, value: SoapValue): string {
  return encodedEnvelope(`${operation}Response`, encodeNatural(`${operation}Return`, value), 'urn:Maho');
}

/** A fault in a store's form. */
export function tinyFault(code: string, message: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope ` +
    'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>' +
    `${escapeText(code)}</faultcode><faultstring>${escapeText(message)}</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body` +
    `></SOAP-ENV:Envelope>\n`
  );
}

/**
 * A store with logins and sessions; the test does the rest. It uses real HTTP on loopback, with both RPC addresses.
 * @param answer handles a call in a valid session; `undefined` responds with true
 * @param wsdl replaces {@link tinyWsdl}
 */
export async function tinyStore(
  t: TestContext,
  dialect: SoapDialect,
  answer: (request: TinyRequest, count: number) => TinyAnswer | undefined | Promise<TinyAnswer | undefined>,
  wsdl = tinyWsdl,
): Promise<TinyStore> {
  const requests: TinyRequest[] = [];
  const sessions = new Set<string>();
  let logins = 0;
  let spoken = dialect;
  const server = await serve(t, async ({ request, body }, response) => {
    const path = new URL(request.url ?? '', 'http://tiny').pathname;
    const here: SoapDialect = /\/api\/soap\//.test(path) ? 'v1' : spoken;
    if (request.method === 'GET') {
      response.setHeader('Content-Type', 'text/xml');
      response.end(wsdl(here, `http://${request.headers.host ?? ''}${path}`));
      return;
    }
    const decoded = decodeRequest(body);
    const value = decoded.kind === 'result' && isRecord(decoded.value) ? decoded.value : {};
    const operation = decoded.kind === 'result' ? decoded.operation : '';
    const method = operation === 'call' && typeof value['resourcePath'] === 'string' ? value['resourcePath'] : operation;
    const session = typeof value['sessionId'] === 'string' ? value['sessionId'] : '';
    const received: TinyRequest = { method, args: value, session };
    requests.push(received);
    response.setHeader('Content-Type', 'text/xml; charset=utf-8');
    if (method === 'login') {
      const id = `5e55${String(++logins).padStart(28, '0')}`;
      if (value['apiKey'] === 'wrong-key') return void response.end(tinyFault('2', 'Access denied.'));
      sessions.add(id);
      return void response.end(tinyResult('login', id));
    }
    if (method === 'endSession') {
      sessions.delete(session);
      return void response.end(tinyResult('endSession', true));
    }
    if (!sessions.has(session)) return void response.end(tinyFault('5', 'Session expired. Try to relogin.'));
    const given = (await answer(received, requests.length)) ?? { value: true };
    if ('take' in given) given.take(response);
    else if ('fault' in given) response.end(tinyFault(...given.fault));
    else if ('xml' in given) response.end(given.xml);
    else response.end(tinyResult(operation, given.value));
  });
  return {
    url: server.url,
    port: server.port,
    get connections() {
      return server.connections;
    },
    requests,
    get logins() {
      return logins;
    },
    expire: () => sessions.clear(),
    speak: (other) => (spoken = other),
  };
}

/** Positional arguments of a V1 call. */
export function positionals(request: TinyRequest): readonly SoapValue[] {
  const { args } = request.args;
  return isList(args) ? args : [];
}
