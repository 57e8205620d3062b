// A test passes only when the store answered the request itself: whatever is expected, a request that never reached its method could not run.
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { exitCode, junitReport, prettyFile, runFiles, type RunReport } from '../../../src/requests';
import { StoreClient, type StoreConfig } from '../../../src/store';
import { serve } from '../../support/loopback';
import { tinyFault, tinyStore, tinyWsdl } from '../../support/tiny-store';
import { demo, fileOf } from './support';

const expectations = [{ fault: 2 }, { fault: true }, { fault: { code: 2, message: 'Access denied.' } }, { error: '2' }, { error: 'connection-refused' }, { error: 'not-found' }, { error: 'key-missing' }, { error: 'web-login' }, { result: { $absent: true } }, undefined];

const requests = expectations.map((expect, index) => ({ name: `request ${index}`, method: 'customer.info', args: [1], ...(expect === undefined ? {} : { expect }) }));

interface Trouble {
  readonly config: Partial<StoreConfig>;
  readonly key?: () => Promise<string>;
  /** How often the store was asked anything. */
  readonly asked?: () => number;
}

const page = (status: number, headers: Readonly<Record<string, string>> = {}, body = '<html><head><title>Shop</title></head></html>') => async (t: TestContext): Promise<Trouble> => {
  let count = 0;
  const server = await serve(t, (_, response) => {
    count++;
    response.writeHead(status, { 'Content-Type': 'text/html', ...headers });
    response.end(body);
  });
  return { config: { url: `${server.url}/api/v2_soap/` }, asked: () => count };
};

const troubles: Readonly<Record<string, (t: TestContext) => Promise<Trouble>>> = {
  'a wrong key': async (t) => {
    const store = await demo(t);
    return { config: { url: store.urls.v2 }, key: () => Promise.resolve('wrong-key'), asked: () => store.requests.filter(({ method }) => method === 'login').length };
  },
  'a wrong key over V1': async (t) => {
    const store = await demo(t);
    return { config: { url: store.urls.v1 }, key: () => Promise.resolve('wrong-key'), asked: () => store.requests.filter(({ method }) => method === 'login').length };
  },
  'a user that does not exist': async (t) => ({ config: { url: (await demo(t)).urls.v2, user: 'nobody' } }),
  'no key': async (t) => ({ config: { url: (await demo(t)).urls.v2 }, key: () => Promise.resolve('') }),
  'a host that is down': () => Promise.resolve({ config: { url: 'http://127.0.0.1:1/api/v2_soap/' } }),
  'a host without a name': () => Promise.resolve({ config: { url: 'http://no-such-host.invalid/api/v2_soap/' } }),
  'no shop at this address': page(404),
  'a page instead of the WSDL': page(200),
  'a password of the web server': page(401, { 'WWW-Authenticate': 'Basic realm="x"' }),
  'a redirect': page(302, { Location: 'https://elsewhere.example/' }),
  'an error page': page(500),
  'a broken WSDL': page(200, { 'Content-Type': 'text/xml' }, tinyWsdl('v2', 'http://127.0.0.1/').slice(0, 300)),
  'a fault instead of the WSDL': page(200, { 'Content-Type': 'text/xml' }, tinyFault('2', 'Access denied.')),
  'a CA file that is missing': async (t) => ({ config: { url: (await demo(t)).urls.v2, caFile: '/no/such/ca.pem' } }),
};

async function runTwice(t: TestContext, { config, key }: Trouble): Promise<RunReport> {
  const client = new StoreClient({ name: 'Shop', url: '', user: 'apiUser', ...config }, { key: key ?? (() => Promise.resolve('apiKey12345')), retry: { repeats: 0, backoff: 1 } });
  t.after(() => client.close());
  return await runFiles(['a', 'b'].map((name) => ({ path: `${name}.maho.json`, file: fileOf({ requests }), client })), { trusted: true });
}

suite('What never reached its method', () => {
  for (const [name, make] of Object.entries(troubles)) {
    test(`could not run, whatever is expected: ${name}`, async (t) => {
      const trouble = await make(t);
      const report = await runTwice(t, trouble);
      const runs = report.files.flatMap((file) => file.runs);
      assert.deepEqual(runs.map(({ status }) => status), runs.map(() => 'error'));
      assert.equal(exitCode(report), 2);
      // The reason is said once for the store; the others say where it stands.
      const [first, ...others] = runs.map(({ error }) => error);
      assert.notEqual(first?.code, 'not-sent');
      for (const other of others) assert.deepEqual([other?.code, other?.words.what, other?.words.next], ['not-sent', 'Not sent: Shop could not be used.', 'The reason is given at "request 0" in a.maho.json.']);
      const text = report.files.map((file) => prettyFile(file, (_, plain) => plain)).join('');
      assert.equal(text.split(first?.words.what ?? '?').length - 1, 1, text);
      assert.equal(junitReport(report).match(/<error /g)?.length, runs.length);
      if (trouble.asked !== undefined) assert.ok(trouble.asked() <= 4, `asked ${trouble.asked()} times`);
    });
  }

  test('holds for the requests after a session that could not be renewed', async (t) => {
    let refuse = false;
    const store = await tinyStore(t, 'v2', ({ method }) => {
      if (method === 'customerCustomerInfo') return { value: { customer_id: 1 } };
      refuse = true;
      store.expire();
      return { value: [] };
    });
    const client = new StoreClient({ name: 'Shop', url: store.url, user: 'u' }, { key: () => Promise.resolve(refuse ? 'wrong-key' : 'right') });
    t.after(() => client.close());
    const info = { name: 'first', method: 'customer.info', args: [1] };
    const file = fileOf({ requests: [info, { name: 'list', method: 'customer.list' }, { ...info, name: 'denied', expect: { fault: 2 } }, { ...info, name: 'after', expect: { fault: 2 } }] });
    const report = await runFiles([{ path: 'a', file, client }], { trusted: true });
    assert.deepEqual(report.files[0]?.runs.map(({ status, error }) => [status, error?.code]), [['passed', undefined], ['passed', undefined], ['error', '2'], ['error', 'not-sent']]);
    assert.equal(exitCode(report), 2);
  });

  test('is not said of faults and refusals of the request itself', async (t) => {
    const store = await tinyStore(t, 'v2', () => ({ fault: ['2', 'Access denied.'] }));
    const client = new StoreClient({ name: 'Shop', url: store.url, user: 'u', readOnly: true }, { key: () => Promise.resolve('right') });
    t.after(() => client.close());
    const file = fileOf({ requests: [
      { name: 'right missing', method: 'customer.info', args: [1], expect: { fault: 2 } },
      { name: 'refused', method: 'customer.delete', args: [1], expect: { error: 'read-only' } },
      { name: 'argument', method: 'customer.info', args: { nope: 1 }, expect: { error: 'argument-unknown' } },
      { name: 'dialect', method: 'customer.info', args: [1], dialect: 'wsi', expect: { error: 'dialect-not-spoken' } },
      { name: 'again', method: 'customer.info', args: [1], expect: { fault: 2 } },
    ] });
    const report = await runFiles([{ path: 'a', file, client }], { trusted: true });
    assert.deepEqual(report.files[0]?.runs.map(({ status }) => status), ['passed', 'passed', 'passed', 'passed', 'passed']);
  });

  test('in one dialect says nothing about another one', async (t) => {
    const store = await tinyStore(t, 'v2', () => ({ value: {} }), (dialect, address) => (dialect === 'v1' ? '<html></html>' : tinyWsdl(dialect, address)));
    const client = new StoreClient({ name: 'Shop', url: store.url, user: 'u' }, { key: () => Promise.resolve('right') });
    t.after(() => client.close());
    const file = fileOf({ requests: [{ name: 'v1', method: 'customer.info', args: [1], dialect: 'v1' }, { name: 'own', method: 'customer.info', args: [1] }, { name: 'v1 again', method: 'customer.info', args: [1], dialect: 'v1' }] });
    const report = await runFiles([{ path: 'a', file, client }], { trusted: true });
    assert.deepEqual(report.files[0]?.runs.map(({ status, error }) => [status, error?.code === 'not-sent']), [['error', false], ['passed', false], ['error', true]]);
  });
});

test('an expectation of a secret that does not hold is explained without showing either', async () => {
  const { evaluate } = await import('../../../src/requests');
  const { MASK } = await import('../../../src/store');
  for (const [expected, says] of [['S3CRET', /^another value \(a secret/], [MASK, /only hides one, so expect \{ "\$type": "string" \}/]] as const) {
    const [mismatch, ...others] = evaluate({ result: { password_hash: expected } }, { value: { password_hash: 'other' } });
    assert.equal(others.length, 0);
    assert.equal(mismatch?.actual, MASK);
    assert.match(mismatch.expected, says);
    assert.notEqual(mismatch.expected, MASK);
  }
  const [missing] = evaluate({ result: { password_hash: 'S3CRET' } }, { value: {} });
  assert.deepEqual(missing, { path: 'result.password_hash', expected: 'a value that is not shown, since it is a secret', actual: undefined });
});
