import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as z from 'zod/mini';
import type { SoapDialect } from '../../src/api/dialect';
import { startDemoStore, type DemoStore } from '../../src/demo';
import { phpSkip, runPhp } from '../support/php';

const customers = [
  { customer_id: 1, email: 'one@example.com', firstname: 'One', lastname: 'José & <Söhne>', website_id: 1, store_id: 1, group_id: 1 },
  { customer_id: 2, email: 'two@example.com', firstname: 'Two', lastname: "O'Hara", website_id: 1, store_id: 1, group_id: 2 },
  {
    customer_id: 3,
    email: 'three@example.com',
    firstname: '三',
    lastname: 'Null',
    website_id: 1,
    store_id: 1,
    group_id: 3,
    confirmation: 'ab'.repeat(16),
  },
];

async function demoStore(t: TestContext, product: 'maho@25' | 'openmage@20.0' = 'maho@25'): Promise<DemoStore> {
  const demo = await startDemoStore({ seedFile: customers, product });
  t.after(() => demo.close());
  return demo;
}

/** Runs PHP steps with a client in `$c` and returns the values that they put into `$out`. */
async function php(demo: DemoStore, dialect: SoapDialect, steps: string): Promise<unknown> {
  const program = `<?php
$c = new SoapClient(getenv('WSDL'), ['cache_wsdl' => WSDL_CACHE_NONE, 'exceptions' => true]);
$out = [];
function fault(callable $call) { try { return $call(); } catch (SoapFault $f) { return $f->faultcode . ' ' . $f->getMessage(); } }
${steps}
echo json_encode($out, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);`;
  const ran = await runPhp(program, { WSDL: `${demo.urls[dialect]}?wsdl` });
  assert.equal(ran.stderr, '', ran.stderr);
  assert.equal(ran.status, 0, ran.stdout);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(ran.stdout));
}

test("PHP's own client runs the documentation's examples over V1", { skip: phpSkip }, async (t) => {
  const demo = await demoStore(t);
  const out = await php(
    demo,
    'v1',
    `
$s = $c->login('apiUser', 'apiKey12345');
$out['session'] = strlen($s);
$out['list'] = count($c->call($s, 'customer.list'));
$id = $c->call($s, 'customer.create', [['firstname' => 'First', 'lastname' => 'Last', 'email' => 'first@example.com', 'password_hash' => md5('password'), 'store_id' => 0, 'website_id' => 0]]);
$out['id'] = $id;
$out['info'] = $c->call($s, 'customer.info', $id)['firstname'];
$out['hash'] = $c->call($s, 'customer.info', $id)['password_hash'] === md5('password');
$out['update'] = $c->call($s, 'customer.update', [$id, ['firstname' => 'Changed']]);
$out['named'] = $c->call($s, 'customer.update', ['customerId' => '2', 'customerData' => ['firstname' => 'John', 'password' => 'john22']]);
$out['changed'] = $c->call($s, 'customer.info', $id)['firstname'];
$out['keys'] = count($c->call($s, 'customer.info', '2'));
$out['delete'] = $c->call($s, 'customer.delete', $id);
$out['gone'] = fault(fn() => $c->call($s, 'customer.info', $id));
$out['filter'] = array_column($c->call($s, 'customer.list', [['group_id' => ['in' => [1, 3]]]]), 'lastname');
$out['multi'] = $c->multiCall($s, [['customer.delete', 99], ['customer_group.list']], []);
$out['bad'] = fault(fn() => $c->call($s, 'customer.list', [['nonesuch' => 1]]));
$out['end'] = $c->endSession($s);
$out['ended'] = fault(fn() => $c->call($s, 'customer.list'));
$out['wrong'] = fault(fn() => $c->login('apiUser', 'wrong'));`,
  );
  assert.deepEqual(out, {
    session: 32,
    list: 3,
    id: '4',
    info: 'First',
    hash: true,
    update: true,
    named: true,
    changed: 'Changed',
    keys: 26,
    delete: true,
    gone: '102 Customer not exists.',
    filter: ['José & <Söhne>', 'Null'],
    multi: [
      { isFault: true, faultCode: '102', faultMessage: 'Customer not exists.' },
      [
        { customer_group_id: '0', customer_group_code: 'NOT LOGGED IN' },
        { customer_group_id: '1', customer_group_code: 'General' },
        { customer_group_id: '2', customer_group_code: 'Wholesale' },
        { customer_group_id: '3', customer_group_code: 'Retailer' },
      ],
    ],
    bad: '101 Invalid attribute name: nonesuch',
    end: true,
    ended: '5 Session expired. Try to relogin.',
    wrong: '2 Access denied.',
  });
});

test("PHP's own client runs the documentation's examples over V2", { skip: phpSkip }, async (t) => {
  const demo = await demoStore(t);
  const out = await php(
    demo,
    'v2',
    `
$s = $c->login('apiUser', 'apiKey12345');
$out['list'] = count($c->customerCustomerList($s));
$out['filter'] = array_map(fn($r) => $r->customer_id, $c->customerCustomerList($s, ['complex_filter' => [['key' => 'group_id', 'value' => ['key' => 'in', 'value' => '1,3']]]]));
$id = $c->customerCustomerCreate($s, ['email' => 'dough@example.com', 'firstname' => 'Dough', 'lastname' => 'Deeks', 'password' => 'password', 'website_id' => 1, 'store_id' => 1, 'group_id' => 1]);
$out['id'] = $id;
$out['update'] = $c->customerCustomerUpdate($s, '2', ['firstname' => 'Dough', 'lastname' => 'Deekson', 'password' => 'password']);
$out['info'] = $c->customerCustomerInfo($s, '2');
unset($out['info']->created_at, $out['info']->updated_at);
$out['part'] = array_keys((array) $c->customerCustomerInfo($s, 3, ['email', 'confirmation']));
$out['confirmation'] = $c->customerCustomerInfo($s, 3)->confirmation;
$out['delete'] = $c->customerCustomerDelete($s, $id);
$out['gone'] = fault(fn() => $c->customerCustomerDelete($s, $id));
$out['groups'] = $c->customerGroupList($s)[3]->customer_group_code;
$address = $c->customerAddressCreate($s, 2, ['firstname' => 'A', 'lastname' => 'B', 'street' => ['1 High St', 'Floor 2'], 'city' => 'C', 'country_id' => 'US', 'postcode' => '1', 'telephone' => '2', 'is_default_billing' => true]);
$out['address'] = $c->customerAddressInfo($s, $address)->street;
$out['default'] = $c->customerAddressList($s, 2)[0]->is_default_billing;
$out['resources'] = count($c->resources($s));
$out['faults'] = count($c->globalFaults($s));
$out['end'] = $c->endSession($s);`,
  );
  assert.deepEqual(out, {
    list: 3,
    filter: [1, 3],
    id: 4,
    update: true,
    info: { customer_id: 2, store_id: 1, website_id: 1, email: 'two@example.com', firstname: 'Dough', lastname: 'Deekson', group_id: 2 },
    part: ['customer_id', 'email', 'confirmation'],
    confirmation: true,
    delete: true,
    gone: '102 Customer not exists.',
    groups: 'Retailer',
    address: '1 High St\nFloor 2',
    default: true,
    resources: 10,
    faults: 7,
    end: true,
  });
});

test("PHP's own client runs the documentation's examples over WS-I", { skip: phpSkip }, async (t) => {
  const demo = await demoStore(t);
  const out = await php(
    demo,
    'wsi',
    `
$s = $c->login((object) ['username' => 'apiUser', 'apiKey' => 'apiKey12345'])->result;
$out['list'] = count($c->customerCustomerList((object) ['sessionId' => $s, 'filters' => null])->result->complexObjectArray);
$out['filter'] = $c->customerCustomerList((object) ['sessionId' => $s, 'filters' => (object) ['filter' => (object) ['complexObjectArray' => [(object) ['key' => 'email', 'value' => 'three@example.com']]]]])->result->complexObjectArray->firstname;
$id = $c->customerCustomerCreate((object) ['sessionId' => $s, 'customerData' => (object) ['email' => 'dou@example.com', 'firstname' => 'John', 'lastname' => 'Dou', 'password' => '1231231', 'website_id' => '0', 'group_id' => '1']])->result;
$out['id'] = $id;
$out['update'] = $c->customerCustomerUpdate((object) ['sessionId' => $s, 'customerId' => '2', 'customerData' => (object) ['firstname' => 'Dough', 'lastname' => 'Deekson']])->result;
$out['info'] = $c->customerCustomerInfo((object) ['sessionId' => $s, 'customerId' => '2'])->result->lastname;
$out['short'] = fault(fn() => $c->customerCustomerCreate((object) ['sessionId' => $s, 'customerData' => (object) ['email' => 's@example.com', 'password' => '123123']]));
$out['delete'] = $c->customerCustomerDelete((object) ['sessionId' => $s, 'customerId' => $id])->result;
$out['gone'] = fault(fn() => $c->customerCustomerInfo((object) ['sessionId' => $s, 'customerId' => $id]));
$out['groups'] = count($c->customerGroupList((object) ['sessionId' => $s])->result->complexObjectArray);
$out['end'] = $c->endSession((object) ['sessionId' => $s])->result;`,
  );
  assert.deepEqual(out, {
    list: 3,
    filter: '三',
    id: 4,
    update: true,
    info: 'Deekson',
    short: '1 The password must have at least 7 characters. Leading or trailing spaces will be ignored.',
    delete: true,
    gone: '102 Customer not exists.',
    groups: 4,
    end: true,
  });
});

test("PHP's own client reads OpenMage's numbers over V1", { skip: phpSkip }, async (t) => {
  const out = await php(
    await demoStore(t, 'openmage@20.0'),
    'v1',
    `
$s = $c->login('apiUser', 'apiKey12345');
$out['row'] = array_intersect_key($c->call($s, 'customer.info', 3), ['customer_id' => 1, 'group_id' => 1, 'email' => 1, 'confirmation' => 1]);`,
  );
  assert.deepEqual(out, { row: { customer_id: 3, group_id: 3, email: 'three@example.com', confirmation: 'ab'.repeat(16) } });
});
