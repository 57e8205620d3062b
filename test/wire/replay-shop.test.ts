// The small shop of the demo store against the recorded Maho 26.7.4: the same names, types, nesting and order, whatever the values.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import { startDemoStore } from '../../src/demo';
import { decodeResponse } from '../../src/soap/decoding/decode';
import { readTree, type XmlElement } from '../../src/soap/decoding/tree';
import { recordings, type Recording } from '../support/wire';

const folders = { v1: 'other/v1', v2: 'other/v2', wsi: 'other/v2-wsi' } as const satisfies Record<SoapDialect, string>;

/** Recorded requests, by the end of their names. The demo store has an order of this number that is not paid yet, as the recorded one. */
const replayed = [
  'product-list',
  'product-list-filter',
  'product-info',
  'product-info-sku',
  'product-info-missing',
  'store-list',
  'store-info',
  'country-list',
  'region-list',
  'region-list-none',
  'maho-info',
  'order-list',
  'order-list-filter',
  'order-info',
  'order-info-missing',
];

/** Recordings whose data are the same here, so that every byte is. */
const SAME_BYTES =
  /^\d+-(?:product-info-missing|store-list|store-info|country-list|region-list|region-list-none|maho-info|order-info-missing)$/;

/** What customers may or may not have; V2 and WS-I leave out what is not set. */
const PERSONAL = new Set(['customer_dob', 'customer_gender', 'telephone', 'region', 'region_id', 'company', 'gift_message_available']);

/** Sends recorded requests to a demo store, in a session of its own. */
async function sender(t: TestContext, dialect: SoapDialect): Promise<(recorded: Recording) => Promise<string>> {
  const demo = await startDemoStore({ product: 'maho@26.7', customers: 12 });
  t.after(() => demo.close());
  const post = async (to: SoapDialect, body: string): Promise<string> =>
    await (await fetch(demo.urls[to], { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body })).text();
  const login =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><n:login xmlns:n="urn:Maho"><username>apiUser</username>' +
    '<apiKey>apiKey12345</apiKey></n:login></e:Body></e:Envelope>';
  const session = />([0-9a-f]{32})</.exec(await post('v1', login))?.[1] ?? '';
  return (recorded) =>
    post(
      dialect,
      recorded
        .request()
        .toString('utf8')
        .replaceAll(/>[0-9a-f]{32}</g, `>${session}<`)
        // Order 3 is the second customer's, not paid, as the recorded one.
        .replaceAll(/>10000000[123]</g, '>100000003<'),
    );
}

function isNil(element: XmlElement): boolean {
  return element.tag.attributes.some(({ name, value }) => name === 'xsi:nil' && value === 'true');
}

function typeOf(element: XmlElement): string {
  return element.tag.attributes
    .filter(({ name }) => name !== 'xsi:nil')
    .map(({ name, value }) => `${name}=${value.replace(/\[\d+\]$/, '[]')}`)
    .join(' ');
}

/** A name within its parent: the key of an entry of a map, or the element's own. */
function nameOf(element: XmlElement): string {
  const [key, value] = element.children;
  return key?.local === 'key' && value?.local === 'value' && element.children.length === 2 ? `[${key.text}]` : element.local;
}

function isArray(element: XmlElement): boolean {
  return /arrayType=/.test(typeOf(element)) || element.children.some(({ local }) => local === 'complexObjectArray');
}

/** One of an array's items: an order that is not paid yet where there are orders, else the first. */
function oneOf(array: XmlElement): XmlElement | undefined {
  const pending = (element: XmlElement): boolean =>
    element.text === 'pending' || element.children.some((child) => child.local !== 'status_history' && pending(child));
  return array.children.find(pending) ?? array.children[0];
}

/** The first place where two answers are built differently. */
function difference(ours: XmlElement, theirs: XmlElement, path: string): string | undefined {
  if (ours.local !== theirs.local) return `${path}: ${ours.local} instead of ${theirs.local}`;
  if (isNil(ours) || isNil(theirs)) return undefined;
  if (typeOf(ours) !== typeOf(theirs)) return `${path}: ${typeOf(ours)} instead of ${typeOf(theirs)}`;
  if (isArray(ours) || isArray(theirs)) {
    const [our, their] = [oneOf(ours), oneOf(theirs)];
    return our === undefined || their === undefined ? undefined : difference(our, their, `${path}[]`);
  }
  const names = (element: XmlElement): readonly string[] =>
    element.children.map(nameOf).filter((name) => !PERSONAL.has(name.replaceAll(/[[\]]/g, '')));
  assert.deepEqual(names(ours), names(theirs), path);
  for (const child of ours.children) {
    const name = nameOf(child);
    const same = theirs.children.find((each) => nameOf(each) === name);
    if (same === undefined) continue;
    const found = name === 'key' ? undefined : difference(child, same, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

for (const dialect of soapDialects) {
  test(`the shop around the customers answers as the recorded store did over ${dialect}`, async (t) => {
    const send = await sender(t, dialect);
    const wanted = recordings(folders[dialect], 'maho@26.7').filter(({ name }) => replayed.includes(name.replace(/^\d+-/, '')));
    assert.equal(wanted.length, replayed.length);
    for (const recorded of wanted) {
      const [ours, theirs] = [await send(recorded), recorded.response().toString('utf8')];
      const fault = (body: string): unknown => {
        const decoded = decodeResponse(Buffer.from(body));
        return decoded.kind === 'fault' ? decoded.fault : decoded.kind;
      };
      assert.deepEqual(fault(ours), fault(theirs), recorded.name);
      if (SAME_BYTES.test(recorded.name)) assert.equal(ours.trimEnd(), theirs.trimEnd(), recorded.name);
      assert.equal(difference(readTree(ours), readTree(theirs), recorded.name), undefined);
    }
  });
}

test('resources over V1 lists the shop with the words of the recorded store, and a limited user sees what the role grants', async (t) => {
  const demo = await startDemoStore({ product: 'maho@26.7', customers: 1 });
  t.after(() => demo.close());
  const post = async (body: string): Promise<unknown> => {
    const envelope =
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="urn:Maho"><e:Body>${body}` + '</e:Body></e:Envelope>';
    const response = await fetch(demo.urls.v1, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body: envelope });
    const decoded = decodeResponse(Buffer.from(await response.text()));
    assert.equal(decoded.kind, 'result');
    return decoded.kind === 'result' ? decoded.value : undefined;
  };
  const listed = async (user: string, key: string): Promise<readonly Listed[]> => {
    const session = await post(`<n:login><username>${user}</username><apiKey>${key}</apiKey></n:login>`);
    return (await post(`<n:resources><sessionId>${String(session)}</sessionId></n:resources>`)) as readonly Listed[];
  };
  const [recorded] = recordings('other/v1', 'maho@26.7').filter(({ name }) => name.endsWith('-resources'));
  assert.ok(recorded);
  const decoded = decodeResponse(recorded.response());
  assert.equal(decoded.kind, 'result');
  const theirs = (decoded.kind === 'result' ? decoded.value : []) as unknown as readonly Listed[];
  const ours = await listed('apiUser', 'apiKey12345');
  const paths = new Set(ours.flatMap(({ methods }) => methods.map(({ path }) => path)));
  const comparable = theirs
    .map((resource) => ({ ...resource, methods: resource.methods.filter(({ path }) => paths.has(path)) }))
    .filter(({ methods }) => methods.length > 0);
  assert.deepEqual(ours, comparable);
  assert.deepEqual(
    ours.map(({ name }) => name),
    [
      'core_store',
      'core_maho',
      'directory_country',
      'directory_region',
      'customer',
      'customer_group',
      'customer_address',
      'catalog_product',
      'sales_order',
    ],
  );
  const limited = await listed('limited', 'limited12345');
  assert.deepEqual(
    limited.flatMap(({ methods }) => methods.map(({ path }) => path)),
    ['customer.list', 'customer.info', 'customer_group.list'],
  );
});

interface Listed {
  readonly name: string;
  readonly methods: readonly { readonly path: string }[];
}
