// The ways to a store that Maho 26.7.4 was recorded with (points 10 to 13 of the comparison), asked again of the demo store.
import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { test, type TestContext } from 'node:test';
import { startDemoStore, type DemoStore } from '../../src/demo';
import { troubleAnswers as answers } from './trouble-answers';

/** What of an answer a client can tell one from another by. */
interface Seen {
  readonly status: number;
  readonly type: string;
  /** Path and query of where it leads. */
  readonly location: string | undefined;
  /** The whole text where it is short and no page, or what kind of page it is. */
  readonly body: string;
}

function seen(status: number, headers: readonly (readonly [string, string])[], text: string): Seen {
  const value = (name: string): string | undefined => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  const location = value('location');
  const place = location === undefined ? undefined : new URL(location, 'http://shop.invalid');
  const page = /<html[\s>]/i.test(text) ? 'a page' : undefined;
  const root = /^<\?xml[^>]*>\s*<(?:[\w-]+:)?(\w+)/.exec(text)?.[1];
  // Hosts and ports are the machine's.
  const own = text.replace(/http:(?:\\?\/){2}[\w.:-]+/g, 'HOST');
  return {
    status,
    type: (value('content-type') ?? '').split(';')[0] ?? '',
    location: place && place.pathname + place.search,
    body: page ?? (root === undefined ? own : `<${root}>`),
  };
}

/** Asks by the letter: nothing follows a redirect, and the path goes as it is. */
async function ask(demo: DemoStore, method: string, path: string, body: string): Promise<Seen> {
  return await new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': Buffer.byteLength(body) };
    const sent = httpRequest({ host: '127.0.0.1', port: demo.ports.rpc, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const raw = response.rawHeaders;
        const pairs = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
        resolve(seen(response.statusCode ?? 0, pairs, Buffer.concat(chunks).toString()));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function today(t: TestContext): Promise<DemoStore> {
  const demo = await startDemoStore({ product: 'maho@26.7', customers: 1 });
  t.after(() => demo.close());
  return demo;
}

/** Recordings of odd addresses and methods; the same for every dialect, so V1's stand for all. */
const routes = answers.filter(({ name }) => /-(?:v1-url-|v1-off-no-slash$|v[12]-get$)/.test(name));

test('odd addresses and HTTP methods are answered as the recorded Maho 26.7.4 did', async (t) => {
  const demo = await today(t);
  for (const { name, method, url, status, headers, request, response } of routes) {
    const { pathname, search } = new URL(url);
    const ours = await ask(demo, method, pathname + search, request);
    const theirs = seen(status, headers, response);
    // Redirects of Apache carry a page, and a stack trace names files of the machine; both begin alike.
    const trim = (one: Seen): Seen => ({ ...one, body: one.status === 301 ? '' : (one.body.split(' in /')[0] ?? '') });
    assert.deepEqual(trim(ours), trim(theirs), name);
  }
  assert.ok(routes.length >= 19, `${routes.length} recordings`);
});

/** Ways that lead to the API: method, path and root element of what came (wire maho-26.7 troubles/109, 119, 122, 123). */
const open = [
  ['GET', '/index.php/api/soap/?wsdl', 'definitions'],
  ['POST', '/api/soap', 'Envelope'],
  ['POST', '/index.php/api/soap/', 'Envelope'],
  ['POST', '/api/v2_soap', 'Envelope'],
] as const;

test('ways with index.php in front and posts without the slash lead to the API, as recorded', async (t) => {
  const demo = await today(t);
  const login =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><n:login xmlns:n="urn:Maho">' +
    '<username>apiUser</username><apiKey>apiKey12345</apiKey></n:login></e:Body></e:Envelope>';
  for (const [method, path, root] of open) {
    const ours = await ask(demo, method, path, method === 'POST' ? login : '');
    assert.deepEqual(ours, { status: 200, type: 'text/xml', location: undefined, body: `<${root}>` }, `${method} ${path}`);
  }
});

test('maintenance is answered with the recorded status, wait and kind of page', async (t) => {
  const demo = await startDemoStore({ product: 'maho@26.7', customers: 1, faults: { maintenance: true } });
  t.after(() => demo.close());
  const recordings = answers.filter(({ name }) => /maintenance/.test(name));
  assert.equal(recordings.length, 2);
  for (const { method, url, status, headers, request, response } of recordings) {
    const { pathname, search } = new URL(url);
    assert.deepEqual(await ask(demo, method, pathname + search, request), seen(status, headers, response));
  }
});
