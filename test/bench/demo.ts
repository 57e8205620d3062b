import { Agent, request } from 'node:http';
import { findMethod, findProtocolOperation } from '../../src/api/catalogue';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import type { SoapRecord } from '../../src/api/value';
import { startDemoStore, type DemoStore } from '../../src/demo';
import { decodeResponse } from '../../src/soap/decoding/decode';
import { codecs } from '../../src/soap/dialects';
import type { BenchRow } from './report';

/** Customers of the large store. */
const LARGE = 100_000;
const SMALL = 1000;
const WINDOW = 1000;

/**
 * The demo store: requests per second, the time for a window in a small and in a large store, start-up time, memory. Client and server
 * share this process, so the rates are lower bounds.
 */
export async function benchDemo(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const add = (name: string, unit: string, value: number, goal?: { readonly value: number; readonly better: 'higher' | 'lower' }): void => {
    const against =
      goal === undefined
        ? {}
        : { peer: 'goal', peerValue: goal.value, ratio: goal.better === 'higher' ? value / goal.value : goal.value / value };
    rows.push({ area: 'demo', case: name, unit, value, ...against });
  };
  // The first start also compiles the code, as for users.
  add('start with 60 customers', 'ms', await startTime(60), { value: 300, better: 'lower' });
  const before = memory();
  const start = performance.now();
  const large = await startDemoStore({ customers: LARGE });
  add(`start with ${LARGE} customers`, 'ms', performance.now() - start, { value: 2000, better: 'lower' });
  // Customers are created when they are first read or when the store is idle. A search reads all of them.
  const searchStart = performance.now();
  const found = await search(large);
  add(`first search through ${LARGE} customers, right after the start`, 'ms', performance.now() - searchStart);
  if (found !== 0) throw new Error('Nobody has that name.');
  add(`memory for ${LARGE} customers`, 'MB', (memory() - before) / 1e6, { value: 400, better: 'lower' });
  const small = await startDemoStore({ customers: SMALL });
  try {
    for (const dialect of soapDialects) {
      for (const connections of [1, 16]) {
        const perSecond = await throughput(large, dialect, 'customer.info', { customerId: LARGE / 2 }, connections);
        add(
          `customer.info ${dialect}, ${connections} connection${connections === 1 ? '' : 's'}`,
          'requests/s',
          perSecond,
          connections === 1 ? { value: 3000, better: 'higher' } : undefined,
        );
      }
      for (const connections of [1, 16]) {
        const perSecond = await throughput(large, dialect, 'customer.list', window(LARGE / 2), connections);
        add(`window of ${WINDOW} ${dialect}, ${connections} connection${connections === 1 ? '' : 's'}`, 'requests/s', perSecond);
      }
      // The windows have rows with the same writing time, so only the size of the store differs.
      const inLarge = 1000 / (await throughput(large, dialect, 'customer.list', window(1), 1));
      const inSmall = 1000 / (await throughput(small, dialect, 'customer.list', window(1), 1));
      rows.push({
        area: 'demo',
        case: `window of ${WINDOW} ${dialect} in ${LARGE} against in ${SMALL} customers`,
        unit: 'ms',
        value: inLarge,
        peer: `in ${SMALL}`,
        peerValue: inSmall,
        ratio: inSmall / inLarge,
      });
    }
  } finally {
    await large.close();
    await small.close();
  }
  return rows;
}

/** How many customers have a name that does not exist. */
async function search(demo: DemoStore): Promise<number> {
  const { agent, call } = await client(demo, 'v2');
  const decoded = decodeResponse(await call('customer.list', { filters: { lastname: 'Nobody at all' } }));
  agent.destroy();
  return decoded.kind === 'result' && Array.isArray(decoded.value) ? decoded.value.length : -1;
}

function window(from: number): SoapRecord {
  return { filters: { customer_id: { from, to: from + WINDOW - 1 } } };
}

async function startTime(customers: number): Promise<number> {
  const start = performance.now();
  const demo = await startDemoStore({ customers });
  const took = performance.now() - start;
  await demo.close();
  return took;
}

function memory(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

interface Client {
  readonly agent: Agent;
  /** Encodes a call once. */
  readonly encode: (method: string, args: SoapRecord) => string;
  readonly send: (body: string) => Promise<Buffer>;
  readonly call: (method: string, args: SoapRecord) => Promise<Buffer>;
}

/** A client with a session and with this many keep-alive connections. */
async function client(demo: DemoStore, dialect: SoapDialect, connections = 1): Promise<Client> {
  const url = new URL(demo.urls[dialect]);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const context = { namespace: 'urn:Maho' };
  const login = findProtocolOperation('login');
  if (login === undefined) throw new Error('The catalogue has a login.');
  const session = decodeResponse(
    await send(url, agent, codecs[dialect].encodeProtocol(login, { username: 'apiUser', apiKey: 'apiKey12345' }, context)),
  );
  if (session.kind !== 'result' || typeof session.value !== 'string') throw new Error('No session.');
  const { value } = session;
  const encode = (id: string, args: SoapRecord): string => {
    const method = findMethod(id);
    if (method === undefined) throw new Error(`The catalogue has ${id}.`);
    return codecs[dialect].encodeCall(method, args, value, context);
  };
  return { agent, encode, send: (body) => send(url, agent, body), call: (id, args) => send(url, agent, encode(id, args)) };
}

/** Requests per second over keep-alive connections, each sending one request after the other. */
async function throughput(demo: DemoStore, dialect: SoapDialect, method: string, args: SoapRecord, connections: number): Promise<number> {
  const { agent, encode, send: sendBody } = await client(demo, dialect, connections);
  const body = encode(method, args);
  if (decodeResponse(await sendBody(body)).kind !== 'result') throw new Error(`${dialect} ${method} gave no result.`);
  const measure = async (ms: number): Promise<number> => {
    let count = 0;
    const begin = performance.now();
    const until = begin + ms;
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (performance.now() < until) {
          await sendBody(body);
          count++;
        }
      }),
    );
    return (count * 1000) / (performance.now() - begin);
  };
  await measure(300);
  const best = Math.max(await measure(700), await measure(700), await measure(700));
  agent.destroy();
  return best;
}

async function send(url: URL, agent: Agent, body: string): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': Buffer.byteLength(body) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks)));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
