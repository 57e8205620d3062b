import { Agent, request as httpRequest } from 'node:http';
import type { TestContext } from 'node:test';
import { findMethod, findProtocolOperation } from '../../../src/api/catalogue';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../../src/api/value';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../../src/demo';
import { decodeResponse, type Decoded } from '../../../src/soap/decoding/decode';
import { codecs } from '../../../src/soap/dialects';

export { soapDialects };

/** Starts a demo store that is closed at the end of the test. */
export async function demoStore(t: TestContext, options: DemoStoreOptions = {}): Promise<DemoStore> {
  const demo = await startDemoStore({ product: 'maho@25', ...options });
  t.after(() => demo.close());
  return demo;
}

/** An HTTP response. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Sends a request unchanged. */
export async function post(
  url: string,
  body: string | Buffer,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly method?: string; readonly agent?: Agent } = {},
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      {
        method: options.method ?? 'POST',
        headers: { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': String(Buffer.byteLength(body)), ...options.headers },
        ...(options.agent === undefined ? {} : { agent: options.agent }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The code of an integrator in one dialect, with our own encoder and decoder. */
export class DemoClient {
  session = '';
  readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    readonly url: string,
    readonly dialect: SoapDialect,
    readonly namespace = 'urn:Maho',
  ) {}

  /** A client of a running store, logged in. Its connection is closed at the end of the test. */
  static async of(t: TestContext, demo: DemoStore, dialect: SoapDialect, user = 'apiUser', key = 'apiKey12345'): Promise<DemoClient> {
    const client = new DemoClient(demo.urls[dialect], dialect);
    t.after(() => client.agent.destroy());
    await client.logIn(user, key);
    return client;
  }

  /** Opens a session and keeps it. A fault fails the test. */
  async logIn(user = 'apiUser', key = 'apiKey12345'): Promise<void> {
    this.session = textOf(value(await this.protocol('login', { username: user, apiKey: key })));
  }

  /** The request of a call. */
  encode(method: string, args: SoapRecord): string {
    const found = findMethod(method);
    if (found === undefined) throw new Error(`No method ${method}.`);
    return codecs[this.dialect].encodeCall(found, args, this.session, { namespace: this.namespace });
  }

  async call(method: string, args: SoapRecord = {}, headers: Readonly<Record<string, string>> = {}): Promise<Decoded> {
    return decodeResponse((await post(this.url, this.encode(method, args), { agent: this.agent, headers })).body);
  }

  async protocol(name: string, args: SoapRecord = {}): Promise<Decoded> {
    const operation = findProtocolOperation(name);
    if (operation === undefined) throw new Error(`No operation ${name}.`);
    return decodeResponse(
      (await post(this.url, codecs[this.dialect].encodeProtocol(operation, args, { namespace: this.namespace }), { agent: this.agent }))
        .body,
    );
  }

  /** The result of a call. A fault fails the test. */
  async result(method: string, args: SoapRecord = {}): Promise<SoapValue> {
    return value(await this.call(method, args));
  }

  /** The rows of a list. */
  async rows(filters: SoapRecord = {}): Promise<readonly SoapRecord[]> {
    return records(await this.result('customer.list', Object.keys(filters).length === 0 ? {} : { filters }));
  }

  /** IDs that a filter finds. */
  async ids(filters: SoapRecord): Promise<readonly number[]> {
    return (await this.rows(filters)).map((row) => Number(row['customer_id']));
  }
}

/** The value of a response. Anything but a result fails the test. */
export function value(decoded: Decoded): SoapValue {
  if (decoded.kind === 'result') return decoded.value;
  throw new Error(
    decoded.kind === 'fault' ? `Fault ${decoded.fault.code}: ${decoded.fault.message}` : `Not SOAP: ${decoded.excerpt.slice(0, 200)}`,
  );
}

/** A list of maps. Anything else fails the test. */
export function records(list: SoapValue): readonly SoapRecord[] {
  if (!isList(list)) throw new Error(`No list: ${JSON.stringify(list)}`);
  return list.map(record);
}

/** A map. Anything else fails the test. */
export function record(map: SoapValue | undefined): SoapRecord {
  if (!isRecord(map)) throw new Error(`No map: ${JSON.stringify(map)}`);
  return map;
}

/** A text. Anything else fails the test. */
export function textOf(text: SoapValue | undefined): string {
  if (typeof text !== 'string') throw new Error(`No text: ${JSON.stringify(text)}`);
  return text;
}

/** A fault as `code message`, or a text of the other outcome. */
export function fault(decoded: Decoded): string {
  return decoded.kind === 'fault'
    ? `${decoded.fault.code} ${decoded.fault.message}`
    : decoded.kind === 'result'
      ? `result ${JSON.stringify(decoded.value)}`
      : `not SOAP: ${decoded.title ?? decoded.excerpt}`;
}

/** An envelope of SOAP 1.1 around a body written by hand. */
export function envelope(body: string): string {
  return (
    '<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="urn:Maho" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ' +
    `xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" xmlns:m="http://xml.apache.org/xml-soap"><e:Body>${body}` +
    '</e:Body></e:Envelope>'
  );
}
