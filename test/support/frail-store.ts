// A demo store behind a server that responds like PHP without enough memory: with a fault above a number of customers.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import type { SoapDialect } from '../../src/api/dialect';
import { startDemoStore, type SeedRecord } from '../../src/demo';
import { StoreClient } from '../../src/store/calls/client';

export interface FrailStore {
  readonly client: StoreClient;
  /** How many responses were too large. */
  deaths(): number;
}

/** As recorded (wire apache/52). */
const outOfMemory =
  '<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>' +
  '<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>Allowed memory size of 268435456 bytes exhausted ' +
  '(tried to allocate 2097152 bytes)</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>';

/** Starts a store that fails if a response has more than `most` customers. It ends with the test. */
export async function startFrailStore(
  t: TestContext,
  seedFile: readonly SeedRecord[],
  { dialect, most }: { readonly dialect: SoapDialect; readonly most: number },
): Promise<FrailStore> {
  const demo = await startDemoStore({ product: 'maho@25', seedFile });
  const [account] = demo.users;
  let deaths = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const target = new URL(request.url ?? '/', demo.urls[dialect]);
      const answer = await fetch(
        target,
        request.method === 'GET' ? {} : { method: 'POST', body: Buffer.concat(chunks), headers: { 'content-type': 'text/xml' } },
      );
      const body = Buffer.from(await answer.arrayBuffer());
      const died = customersIn(body) > most;
      if (died) deaths++;
      response.writeHead(died ? 500 : answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' });
      response.end(died ? outOfMemory : body);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The frail store has no port.');
  const url = new URL(demo.urls[dialect]);
  url.port = String(address.port);
  const client = new StoreClient(
    { name: 'Frail', url: url.href, user: account?.user ?? '' },
    { key: () => Promise.resolve(account?.key ?? '') },
  );
  t.after(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
    await demo.close();
  });
  return { client, deaths: () => deaths };
}

/** Number of customers in a response to `customer.list`, over any dialect. */
function customersIn(body: Buffer): number {
  return body.toString('latin1').match(/<customer_id[ >]|>customer_id<\/key>/g)?.length ?? 0;
}
