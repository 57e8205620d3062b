// The description of a call that passes through: who requested what, in readable form, without secrets, and promptly.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClientAsync } from 'soap';
import type { SoapRecord } from '../../../src/api/value';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { trapsOf } from '../../../src/extension/history/watched-traps';
import { startRecorder, type PassedExchange, type RecorderOptions } from '../../../src/record';
import { callIn, comparisonKey } from '../../../src/record/meaning';
import { namedArguments } from '../../../src/record/named-arguments';
import { canRerun, History, toRequestFile } from '../../../src/requests';
import { openTransport } from '../../../src/store/calls/open-transport';
import type { StoreConfig } from '../../../src/store/settings/config';
import type { Exchange } from '../../../src/store/wire/exchange';
import { serve } from '../../support/loopback';
import { phpSkip, runPhp } from '../../support/php';
import { DemoClient, soapDialects, post } from '../demo/client';

interface Watched {
  readonly url: string;
  readonly passed: readonly PassedExchange[];
  readonly refused: readonly Exchange[];
  readonly close: () => Promise<void>;
}

async function watch(
  t: TestContext,
  url: string,
  config: Partial<StoreConfig> = {},
  options: Partial<RecorderOptions> = {},
): Promise<Watched> {
  const store: StoreConfig = { name: 'Shop', url, user: '', ...config };
  const passed: PassedExchange[] = [];
  const refused: Exchange[] = [];
  const recorder = await startRecorder({
    config: store,
    transport: await openTransport(store, {}, undefined),
    port: 0,
    onPassed: (each) => void passed.push(each),
    onRefused: (exchange) => void refused.push(exchange),
    ...options,
  });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= recorder.close());
  t.after(close);
  return { url: recorder.url, passed, refused, close };
}

async function demoStore(t: TestContext): Promise<DemoStore> {
  const demo = await startDemoStore({ product: 'maho@25', customers: 8 });
  t.after(() => demo.close());
  return demo;
}

const shopOf = (demo: DemoStore, dialect: (typeof soapDialects)[number]): string => demo.urls[dialect].replace(/api\/.*$/, '');
const pathOf = (demo: DemoStore, dialect: (typeof soapDialects)[number]): string => new URL(demo.urls[dialect]).pathname;

/** Equivalent calls in each dialect, as PHP programs write them. */
const PHP = `
$url = getenv('STORE'); $style = getenv('DIALECT');
$soap = new SoapClient($url . '?wsdl', ['cache_wsdl' => WSDL_CACHE_NONE]);
if ($style === 'v1') {
  $s = $soap->login('apiUser', 'apiKey12345');
  $soap->call($s, 'customer.list', [['customer_id' => ['from' => '1', 'to' => '3'], 'group_id' => ['in' => ['1', '2']]]]);
  $soap->call($s, 'customer.info', [2, ['lastname']]);
  $soap->call($s, 'customer.update', [2, ['lastname' => 'Y', 'password' => 'hunter22x']]);
} elseif ($style === 'v2') {
  $s = $soap->login('apiUser', 'apiKey12345');
  $soap->customerCustomerList($s, ['complex_filter' => [
    ['key' => 'customer_id', 'value' => ['key' => 'from', 'value' => '1']],
    ['key' => 'customer_id', 'value' => ['key' => 'to', 'value' => '3']],
    ['key' => 'group_id', 'value' => ['key' => 'in', 'value' => '1,2']]]]);
  $soap->customerCustomerInfo($s, 2, ['lastname']);
  $soap->customerCustomerUpdate($s, 2, ['lastname' => 'Y', 'password' => 'hunter22x']);
} else {
  $s = $soap->login((object) ['username' => 'apiUser', 'apiKey' => 'apiKey12345'])->result;
  $pair = fn($key, $value) => (object) ['key' => $key, 'value' => $value];
  $soap->customerCustomerList((object) ['sessionId' => $s, 'filters' => (object) ['complex_filter' => (object) ['complexObjectArray' => [
    $pair('customer_id', $pair('from', '1')), $pair('customer_id', $pair('to', '3')), $pair('group_id', $pair('in', '1,2'))]]]]);
  $soap->customerCustomerInfo((object) ['sessionId' => $s, 'customerId' => 2, 'attributes' => (object) ['complexObjectArray' => ['lastname']]]);
  $soap->customerCustomerUpdate((object) ['sessionId' => $s, 'customerId' => 2, 'customerData' => (object) ['lastname' => 'Y', 'password' => 'hunter22x']]);
}
`;

for (const dialect of soapDialects) {
  test(`${dialect}: a call of PHP's SoapClient is shown with named arguments, and can be run and saved`, { skip: phpSkip }, async (t) => {
    const demo = await demoStore(t);
    const { url, passed, close } = await watch(t, shopOf(demo, dialect));
    const ran = await runPhp(`<?php ${PHP}`, { STORE: `${url}${pathOf(demo, dialect)}`, DIALECT: dialect });
    assert.equal(ran.status, 0, ran.stderr);
    await close();
    const calls = passed.filter(({ isWsdl }) => !isWsdl).map(({ exchange }) => [exchange.method, exchange.args, exchange.dialect] as const);
    assert.deepEqual(calls.slice(1), [
      ['customer.list', { filters: { customer_id: { from: '1', to: '3' }, group_id: { in: ['1', '2'] } } }, dialect],
      ['customer.info', { customerId: 2, attributes: ['lastname'] }, dialect],
      ['customer.update', { customerId: 2, customerData: { lastname: 'Y', password: '••••••' } }, dialect],
    ]);
    const history = new History();
    for (const { exchange, value } of passed) history.add(exchange, value, { watched: true });
    assert.deepEqual(
      history.entries.map(({ method }) => method),
      ['customer.update', 'customer.info', 'customer.list'],
    );
    assert.deepEqual(history.entries.map(canRerun), [false, true, true]);
    assert.match(toRequestFile(history.entries), /"password": "\{\{password\}\}"/);
    const text = JSON.stringify(history);
    for (const secret of ['apiKey12345', 'hunter22x', /<sessionId[^>]*>[^<•]/]) assert.ok(!new RegExp(secret).test(text), String(secret));
  });
}

test('calls of a client that does not mark its lists are read as the store reads them, and none of them is reported as a trap', async (t) => {
  const demo = await demoStore(t);
  const { url, passed, close } = await watch(t, shopOf(demo, 'v2'));
  const client = await createClientAsync(`${url}/api/v2_soap/?wsdl`);
  const call = async (operation: string, args: object): Promise<unknown> => {
    const method: unknown = client[`${operation}Async`];
    assert.ok(typeof method === 'function');
    const answered: unknown = await Promise.resolve(Reflect.apply(method, client, [args]));
    return Array.isArray(answered) ? answered[0] : undefined;
  };
  const login = JSON.stringify(await call('login', { username: 'apiUser', apiKey: 'apiKey12345' }));
  const sessionId = /[0-9a-f]{32}/.exec(login)?.[0];
  const pair = (key: string, value: unknown): object => ({ key, value });
  const one = pair('customer_id', pair('lteq', '3'));
  await call('customerCustomerList', { sessionId, filters: { complex_filter: { item: one } } });
  await call('customerCustomerList', { sessionId, filters: { complex_filter: { item: [one, pair('group_id', pair('in', '1,2'))] } } });
  await call('customerCustomerInfo', { sessionId, customerId: 2, attributes: { item: 'lastname' } });
  await call('customerCustomerInfo', { sessionId, customerId: 2, attributes: { item: ['lastname', 'email'] } });
  await close();
  const calls = passed.filter(({ asked }) => asked.method.startsWith('customer.'));
  assert.deepEqual(
    calls.map(({ exchange }) => exchange.args),
    [
      { filters: { customer_id: { lteq: '3' } } },
      { filters: { customer_id: { lteq: '3' }, group_id: { in: ['1', '2'] } } },
      { customerId: 2, attributes: ['lastname'] },
      { customerId: 2, attributes: ['lastname', 'email'] },
    ],
  );
  const history = new History();
  for (const { exchange, value } of calls) history.add(exchange, value, { watched: true });
  assert.deepEqual(
    history.entries.flatMap((entry) => trapsOf(entry).map(({ code }) => code)).filter((code) => /filter/.test(code)),
    [],
  );
  // Another client that marks its lists makes the same call.
  const [first] = calls;
  const marked = { version: '1.1', method: 'customer.list', args: { filters: { complex_filter: [one as SoapRecord] } } };
  assert.equal(comparisonKey('/api/v2_soap', marked), comparisonKey('/api/v2_soap', first?.asked ?? marked));
});

test('arguments stay in their original form if a map of filters would lose information', () => {
  const twice = {
    complex_filter: [
      { key: 'customer_id', value: { key: 'gt', value: '3' } },
      { key: 'customer_id', value: { key: 'gt', value: '5' } },
    ],
  };
  const both = { filter: [{ key: 'email', value: 'a' }], complex_filter: [{ key: 'email', value: { key: 'neq', value: 'b' } }] };
  for (const filters of [twice, both, { complex_filter: [{ key: 'email' }] }, { filter: 'x' }, 7, null])
    assert.deepEqual(namedArguments({ method: 'customer.list', args: { filters } }), { filters });
  assert.deepEqual(namedArguments({ method: 'customer.info', args: [1, ['email'], 'more'] }), [1, ['email'], 'more']);
  assert.deepEqual(namedArguments({ method: 'catalog_product.info', args: [1] }), [1]);
  assert.deepEqual(namedArguments({ method: 'customer.info', args: '2' }), { customerId: '2' });
});

/** A request of a client without the WSDL: PHP's server takes its arguments by their order, regardless of their names. */
const unnamed = (operation: string, ...args: readonly string[]): Buffer =>
  Buffer.from(
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="urn:Magento"><e:Body><m:${operation}>${args
      .map((arg, index) => `<param${index}>${arg}</param${index}>`)
      .join('')}</m:${operation}></e:Body></e:Envelope>`,
  );

test('arguments of a program without the WSDL are read by their order, and its key and session are hidden', () => {
  const session = '0123456789abcdef0123456789abcdef';
  const login = callIn(unnamed('login', 'apiUser', 'apiKey12345'));
  assert.deepEqual([login.args, login.secrets], [{ username: 'apiUser', apiKey: '••••••' }, ['apiKey12345', 'apiKey12345']]);
  const call = callIn(unnamed('call', session, 'customer.info', '2'));
  assert.deepEqual([call.method, call.args, call.session], ['customer.info', '2', session]);
  const info = callIn(unnamed('customerCustomerInfo', session, '2'));
  assert.deepEqual([info.method, info.args, info.session], ['customer.info', { customerId: '2' }, session]);
  const foreign = callIn(unnamed('catalogProductInfo', session, '2'));
  assert.deepEqual([foreign.args, foreign.session], [{ param1: '2' }, session]);
  const odd = callIn(Buffer.from(unnamed('login', 'apiUser', 'apiKey12345').toString().replaceAll('param0', 'username')));
  assert.deepEqual([odd.args, odd.secrets], [{ username: 'apiUser', param1: '••••••' }, ['apiKey12345']]);
});

test('a failed login is in the history without its key, for any argument names; a successful one is not', async (t) => {
  const demo = await demoStore(t);
  const { url, passed, close } = await watch(t, shopOf(demo, 'v1'));
  const program = new DemoClient(`${url}/api/soap/`, 'v1');
  t.after(() => program.agent.destroy());
  await program.logIn();
  const named = unnamed('login', 'apiUser', 'wrongKey98765').toString().replaceAll('param0', 'username').replaceAll('param1', 'apiKey');
  await post(program.url, named);
  await post(program.url, unnamed('login', 'apiUser', 'otherKey98765'));
  await close();
  const history = new History();
  for (const { exchange, value } of passed) history.add(exchange, value, { watched: true });
  assert.deepEqual(
    history.entries.map(({ method, args, outcome }) => [method, args, outcome]),
    [
      ['login', { username: 'apiUser', apiKey: '••••••' }, 'fault'],
      ['login', { username: 'apiUser', apiKey: '••••••' }, 'fault'],
    ],
  );
  const told = JSON.stringify([history, passed.map(({ exchange, asked: { args }, body }) => [exchange, args, body()])]);
  assert.ok(!/wrongKey98765|otherKey98765/.test(told));
});

test('a secret of an earlier call is hidden in every later call that quotes it', async (t) => {
  const demo = await demoStore(t);
  const { url, passed, close } = await watch(t, shopOf(demo, 'v1'));
  const program = new DemoClient(`${url}/api/soap/`, 'v1');
  t.after(() => program.agent.destroy());
  await program.logIn();
  await program.call('customer.update', { customerId: 1, customerData: { firstname: `apiKey12345 ${program.session}` } });
  await close();
  const [update] = passed.filter(({ exchange }) => exchange.method === 'customer.update');
  assert.ok(update !== undefined);
  assert.deepEqual(update.exchange.args, { customerId: 1, customerData: { firstname: '•••••• ••••••' } });
  assert.deepEqual(update.asked.args, [1, { firstname: '•••••• ••••••' }]);
});

test('a refused call is shown masked and in readable form, and does not reach the store', async (t) => {
  const demo = await demoStore(t);
  for (const dialect of soapDialects) {
    const { url, passed, refused, close } = await watch(t, shopOf(demo, dialect), { readOnly: true });
    const program = new DemoClient(`${url}${pathOf(demo, dialect)}`, dialect);
    t.after(() => program.agent.destroy());
    await program.logIn();
    await program.call('customer.update', { customerId: 2, customerData: { password: 'hunter22x' } });
    await close();
    assert.equal(passed.length, 1);
    const [exchange] = refused;
    assert.ok(exchange !== undefined && refused.length === 1);
    assert.deepEqual(
      [exchange.method, exchange.args, exchange.dialect],
      ['customer.update', { customerId: 2, customerData: { password: '••••••' } }, dialect],
    );
    assert.match(exchange.outcome.kind === 'error' ? exchange.outcome.what : '', /was not passed on/);
    assert.ok(!new RegExp(`hunter22x|${program.session}`).test(JSON.stringify(exchange)));
    const entry = new History().add(exchange, undefined, { watched: true, refused: true });
    assert.equal(entry?.refused, true);
  }
});

test('an exchange is shown promptly although the program never pauses', async (t) => {
  const held: (() => void)[] = [];
  const front = await serve(t, ({ body }, response) => {
    const answer = (): void => void response.end('<x/>');
    if (body.includes('hold')) held.push(answer);
    else answer();
  });
  const { url, passed } = await watch(t, `${front.url}/`, {}, { tellWithinMs: 30 });
  const holding = post(`${url}/api/soap/`, '<hold/>');
  while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await post(`${url}/api/soap/`, '<x/>');
  for (let waited = 0; passed.length === 0 && waited < 20_000; waited += 10) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(passed.length, 1);
  held.forEach((answer) => {
    answer();
  });
  await holding;
});

test('a request that cannot be decoded is kept as its envelope', async (t) => {
  const front = await serve(t, (_, response) => void response.end('<x/>'));
  const { url, passed, close } = await watch(t, `${front.url}/`);
  await post(`${url}/api/soap/`, '<not-soap/>');
  await close();
  const history = new History();
  for (const { exchange, value } of passed) history.add(exchange, value, { watched: true });
  assert.match(toRequestFile(history.entries), /"envelope": "<not-soap\/>"/);
});

test('calls of a program do not displace manual requests from the history, and show their traps', async (t) => {
  const demo = await demoStore(t);
  const { url, passed, close } = await watch(t, shopOf(demo, 'v2'));
  const program = new DemoClient(`${url}${pathOf(demo, 'v2')}`, 'v2');
  t.after(() => program.agent.destroy());
  await program.logIn();
  await program.call('customer.list', { filters: { customer_id: { gteq: '1', lteq: '3' } } });
  await close();
  const call = passed.at(-1);
  assert.ok(call !== undefined);
  const history = new History({ entries: 6, watched: 3, size: 1e9, part: 1e6 });
  history.add(call.exchange, call.value);
  for (let count = 0; count < 10; count++) history.add(call.exchange, call.value, { watched: true });
  assert.deepEqual(
    history.entries.map(({ watched }) => watched),
    [true, true, true, undefined],
  );
  assert.deepEqual(
    history.entries.map((entry) => trapsOf(entry).map(({ code }) => code)),
    [['filter-two-operators'], ['filter-two-operators'], ['filter-two-operators'], []],
  );
  assert.deepEqual(JSON.parse(JSON.stringify(History.from(JSON.parse(JSON.stringify(history))))), JSON.parse(JSON.stringify(history)));
});
