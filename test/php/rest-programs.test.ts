// Programs for REST v2 run as people run them, against a demo store with REST.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { SoapRecord, SoapValue } from '../../src/api/value';
import { ToolkitError } from '../../src/api/errors';
import { generateRestCode, restCodeTargets, type RestCodeTarget } from '../../src/codegen/rest';
import { startDemoStore, type DemoStore } from '../../src/demo/index';
import type { Call as WrittenCall } from '../../src/extension/calls/outcome';
import { restProgram } from '../../src/extension/calls/rest-program';
import { translate } from '../../src/rest-equivalent';
import { StoreClient } from '../../src/store';
import { recordedCustomers } from '../e2e/support/stores';
import { curlSkip, phpSkip } from '../support/php';
import { trickyName } from './codegen-support';
import { runRest } from './rest-support';

const KEY = 'apiKey12345';
const PASSWORD = 'pass<&>$word "quoted" \\ \'x\'';
const env = { MAHO_SOAP_KEY: KEY, MAHO_SOAP_PASSWORD: PASSWORD };

/** A SOAP call that is made over REST. */
interface Call {
  readonly title: string;
  readonly method: string;
  readonly args: SoapRecord;
  /** Checks the output. For an error, that is the beginning of the text on the error output. */
  readonly check: (printed: unknown, target: RestCodeTarget) => void;
}

type Row = Readonly<Record<string, unknown>>;

const ids = (printed: unknown): readonly unknown[] => (printed as readonly Row[]).map((row) => row['id']);

const calls: readonly Call[] = [
  {
    title: 'all customers, page after page',
    method: 'customer.list',
    args: {},
    check: (printed) => {
      assert.deepEqual(
        ids(printed),
        Array.from({ length: 65 }, (_none, index) => 65 - index),
      );
    },
  },
  {
    title: 'a filter that the program applies',
    method: 'customer.list',
    args: { filters: { group_id: { in: ['1', 3] }, customer_id: { from: 10, to: 20 }, email: { like: '%@EXAMPLE%' } } },
    check: (printed, target) => {
      const rows = printed as readonly Row[];
      // A shell script prints every customer, and says so in its header.
      if (target === 'curl') assert.equal(rows.length, 65);
      else
        assert.ok(
          rows.length > 0 && rows.every(({ id, groupId }) => [1, 3].includes(Number(groupId)) && Number(id) >= 10 && Number(id) <= 20),
        );
    },
  },
  {
    title: 'nobody',
    method: 'customer.list',
    args: { filters: { email: `nobody'"&#$x@example.com` } },
    check: (printed) => {
      assert.deepEqual(printed, []);
    },
  },
  {
    title: 'one customer',
    method: 'customer.info',
    args: { customerId: 2 },
    check: (printed) => {
      assert.equal((printed as Row)['id'], 2);
    },
  },
  {
    title: 'a customer that is not there',
    method: 'customer.info',
    args: { customerId: 999_999 },
    check: (printed, target) => {
      if (target === 'curl') assert.match(String(printed), /"error":"not_found"[^]*404/);
      else assert.equal(printed, 'HTTP 404 not_found: Not Found');
    },
  },
  {
    title: 'groups',
    method: 'customer_group.list',
    args: {},
    check: (printed) => {
      assert.deepEqual([...ids(printed)].sort(), [0, 1, 2, 3]);
    },
  },
  {
    title: 'addresses',
    method: 'customer_address.list',
    args: { customerId: 1 },
    check: (printed, target) => {
      const addresses = target === 'curl' ? (printed as { readonly addresses: readonly Row[] }).addresses : (printed as readonly Row[]);
      assert.ok(addresses.length > 0 && addresses.every(({ customerId }) => customerId === 1));
    },
  },
  {
    title: 'a new customer',
    method: 'customer.create',
    args: {
      customerData: {
        email: 'new@example.com',
        firstname: trickyName,
        lastname: 'L',
        website_id: '1',
        group_id: 2,
        password: 'in the environment',
      },
    },
    check: (printed) => {
      const { id, firstname, groupId } = printed as Row;
      assert.deepEqual([id, firstname, groupId], [66, trickyName, 2]);
    },
  },
  {
    title: 'an e-mail that is taken',
    method: 'customer.create',
    args: { customerData: { email: 'new@example.com', password: 'in the environment' } },
    check: (printed, target) => {
      if (target === 'curl') assert.match(String(printed), /"error":"conflict"[^]*409/);
      else assert.match(String(printed), /^HTTP 409 conflict: /);
    },
  },
  {
    title: 'a change',
    method: 'customer.update',
    args: { customerId: 2, customerData: { firstname: trickyName, is_active: '0', dob: '1990-01-02 00:00:00' } },
    check: (printed) => {
      const { firstname, isActive, dob } = printed as Row;
      assert.deepEqual([firstname, isActive, dob], [trickyName, false, '1990-01-02']);
    },
  },
];

const skips: Readonly<Record<RestCodeTarget, string | false>> = { php: phpSkip, typescript: false, curl: curlSkip };

describe('programs for REST v2 have the effects of the SOAP calls', () => {
  for (const target of restCodeTargets)
    test(target, { skip: skips[target] }, async (t) => {
      const demo = await store(t);
      const sources = calls.map(({ method, args }) => sourceOf(demo, target, method, args));
      const ran = await runRest(target, sources, env);
      for (const [index, { title, check }] of calls.entries()) {
        const { stdout, stderr, status } = ran[index] ?? { stdout: '', stderr: 'did not run', status: -1 };
        const failed = /not there|taken/.test(title);
        assert.equal(status, failed ? 1 : 0, `${title}\n${stderr}\n${stdout}`);
        if (!failed) assert.equal(stderr, '', title);
        check(failed ? stderr.trim() : (JSON.parse(stdout) as unknown), target);
      }
    });

  for (const target of restCodeTargets)
    test(`${target}: a wrong key is reported, and no program contains a secret`, { skip: skips[target] }, async (t) => {
      const demo = await store(t);
      const source = sourceOf(demo, target, 'customer.create', { customerData: { email: 'x@example.com', password: PASSWORD } });
      assert.ok(!source.includes('pass<'), 'the password');
      assert.ok(!source.includes(KEY), 'the key');
      const [ran] = await runRest(target, [source], { ...env, MAHO_SOAP_KEY: 'wrong' });
      assert.equal(ran?.status, 1);
      assert.match(ran?.stderr ?? '', /401[^]*invalid_client|invalid_client[^]*401/);
      assert.equal(ran?.stdout, '');
    });
});

describe('there are programs for REST requests, too', () => {
  const refused = (call: WrittenCall): string => {
    try {
      restProgram(call, { url: 'https://shop.example.com', user: 'u' }, 'php');
    } catch (error) {
      if (error instanceof ToolkitError) return error.code;
      throw error;
    }
    return 'none';
  };

  test('unsupported parts of a call are reported', () => {
    assert.equal(refused({ method: 'GET /customers', args: { headers: { 'X-Store-Code': 'de' } } }), 'no-program');
    assert.equal(refused({ method: 'GET /customers', args: { query: { api_key: 'S3CRET' } } }), 'no-program');
    assert.equal(refused({ method: 'PUT /inventory', args: { body: [1] } }), 'no-program');
    assert.equal(refused({ method: 'GET /../x' }), 'rest-path');
    assert.equal(refused({ method: 'customer.delete', args: { customerId: 1 } }), 'rest-unsaid');
    assert.equal(refused({ method: 'customer.info', args: { customerId: 1 } }), 'none');
  });

  for (const target of restCodeTargets)
    test(target, { skip: skips[target] }, async (t) => {
      const demo = await store(t);
      const client = new StoreClient(
        { name: 'rest', url: demo.restUrl ?? '', user: 'apiUser', dialect: 'rest' },
        { key: () => Promise.resolve(KEY) },
      );
      t.after(() => client.close());
      const { value } = await client.call('POST /customer-groups', { body: { code: 'Gone soon', taxClassId: 3 } });
      const place = { url: demo.urls.v2, user: 'apiUser' };
      const id = (value as Row)['id'] as number;
      const sources = [
        restProgram({ method: 'GET /customers', args: { query: { email: 'a&b=c@example.com' } } }, place, target),
        restProgram({ method: 'PUT /customer-groups/{id}', args: { path: { id }, body: { code: trickyName } } }, place, target),
        restProgram({ method: 'DELETE /customer-groups/{id}', args: { path: { id } } }, place, target),
      ];
      const ran = await runRest(target, sources, env);
      assert.deepEqual(
        ran.map(({ status, stderr }) => [status, stderr]),
        sources.map(() => [0, '']),
      );
      assert.deepEqual(JSON.parse(ran[0]?.stdout ?? ''), []);
      assert.equal((JSON.parse(ran[1]?.stdout ?? '') as Row)['code'], trickyName);
      assert.match(ran[2]?.stdout ?? '', /^(?:null)?\s*$/);
      const groups = await client.call('GET /customer-groups');
      assert.ok(!ids(groups.value).includes(id));
    });
});

/** A request without its address. */
const call = {
  user: 'u',
  title: 'T.',
  http: 'GET',
  path: '/customers',
  query: [],
  body: undefined,
  paged: false,
  conditions: [],
  part: undefined,
} as const;

/** How far the clock moves each time it is read, in ms. */
const CLOCK_STEP_MS = 3_000;

/** Filters of all kinds that a program can apply. */
const filters: readonly SoapRecord[] = [
  { group_id: 2 },
  { group_id: { in: ['1', 3] } },
  { group_id: { nin: [1] } },
  { customer_id: { from: 5, to: 20 } },
  { customer_id: { gt: '9' } },
  { customer_id: { lteq: 7 }, group_id: { neq: 2 } },
  { lastname: { like: '%e%' } },
  { firstname: { nlike: 'j_n%' } },
  { email: { like: '%@EXAMPLE.com' } },
  { email: 'jane.doe@example.com' },
  { lastname: 'MÜLLER  ' },
  { lastname: { neq: 'Doe' } },
  { firstname: { gteq: 'm' } },
  { dob: { from: '1980-01-01 00:00:00' } },
  { gender: 1 },
  { is_active: '1' },
  { created_at: { to: '2099-01-01 00:00:00' } },
  { website_id: { in: [1, 2] }, store_id: { gt: 0 } },
  { taxvat: { like: '%' } },
  { lastname: '00123' },
  { default_billing: 1 },
];

describe('rows that a program filters itself are the rows that SOAP finds', () => {
  for (const target of ['php', 'typescript'] as const)
    test(target, { skip: skips[target] }, async (t) => {
      // PHP can remove accents from letters only with its extension intl.
      const all = target === 'php' ? filters : [...filters, { lastname: 'MULLER' }];
      // A store issues ten tokens per minute, and each program requests one, so the clock moves fast here.
      let clock = Date.parse('2026-11-28T10:00:00Z');
      const now = (): Date => new Date((clock += CLOCK_STEP_MS));
      const demo = await startDemoStore({ product: 'maho@26.7', seedFile: recordedCustomers, now });
      t.after(() => demo.close());
      const client = new StoreClient(
        { name: 'soap', url: demo.urls.v1, user: 'apiUser', dialect: 'v1' },
        { key: () => Promise.resolve(KEY) },
      );
      t.after(() => client.close());
      const sources = all.map((filter) => sourceOf(demo, target, 'customer.list', { filters: filter }));
      const ran = await runRest(target, sources, env);
      for (const [index, filter] of all.entries()) {
        const about = JSON.stringify(filter);
        const { value } = await client.call('customer.list', { filters: filter });
        const found = (value as readonly Row[]).map((row) => Number(row['customer_id'])).sort((a, b) => a - b);
        const { status, stderr, stdout } = ran[index] ?? { status: -1, stderr: '', stdout: '' };
        assert.deepEqual([status, stderr], [0, ''], about);
        assert.deepEqual(
          ids(JSON.parse(stdout))
            .map(Number)
            .sort((a, b) => a - b),
          found,
          about,
        );
      }
    });
});

test('there is no program for incomplete requests and invalid addresses', () => {
  const url = 'https://shop.example.com/';
  for (const path of ['/customers/{customerId}', '/customers/..', '/customers/%2E%2e', '/./x', '', '/a b', '/a?b', '/a#b', '/a\n'])
    for (const target of restCodeTargets)
      assert.throws(() => generateRestCode({ ...call, url, path }, target), { kind: 'input', code: 'rest-path' }, path);
  for (const target of restCodeTargets) {
    assert.throws(() => generateRestCode({ ...call, url: 'file:///etc/passwd', path: '/customers' }, target), { code: 'url-invalid' });
    assert.throws(() => generateRestCode({ ...call, url: 'https://a:b@shop.example.com', path: '/customers' }, target), {
      code: 'url-secret',
    });
    assert.throws(() => generateRestCode({ ...call, url, path: '/customers', query: [['email', '\ud800']] }, target), {
      code: 'forbidden-character',
    });
  }
});

test('the address of REST is found from any address of the store', () => {
  const rows = [
    ['https://shop.example.com', 'https://shop.example.com/api/rest/v2'],
    ['https://shop.example.com/', 'https://shop.example.com/api/rest/v2'],
    ['https://shop.example.com/api/v2_soap/?wsdl', 'https://shop.example.com/api/rest/v2'],
    ['https://shop.example.com/api/soap/', 'https://shop.example.com/api/rest/v2'],
    ['https://shop.example.com/sub/index.php/api/v2_soap/index/', 'https://shop.example.com/sub/index.php/api/rest/v2'],
    ['https://shop.example.com:8443/api/rest/v2/', 'https://shop.example.com:8443/api/rest/v2'],
    ['https://shop.example.com/api.php?type=v2_soap', 'https://shop.example.com/api/rest/v2'],
    ['https://shop.example.com/api', 'https://shop.example.com/api/rest/v2'],
  ] as const;
  for (const [url, expected] of rows)
    assert.ok(generateRestCode({ ...call, url }, 'typescript').includes(`const api = '${expected}';`), url);
});

async function store(t: TestContext): Promise<DemoStore> {
  const demo = await startDemoStore({ product: 'maho@26.7', customers: 65, seed: 3 });
  t.after(() => demo.close());
  return demo;
}

function sourceOf(demo: DemoStore, target: RestCodeTarget, method: string, args: Readonly<Record<string, SoapValue>>): string {
  const found = translate({ method, args });
  assert.ok(found?.request !== undefined, method);
  return generateRestCode({ ...found.request, url: demo.urls.v2, user: 'apiUser', title: `${method}.` }, target);
}
