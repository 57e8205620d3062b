import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationIds } from '../../../src/api/generations';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { DemoClient, demoStore, soapDialects, envelope, fault, post, record, textOf } from './client';

test('a customer is created, read, changed and deleted, over each dialect', async (t) => {
  const demo = await demoStore(t);
  for (const dialect of soapDialects) {
    const client = await DemoClient.of(t, demo, dialect);
    const id = Number(
      await client.result('customer.create', {
        customerData: {
          email: `${dialect}@example.com`,
          firstname: 'A & <B>',
          lastname: '',
          website_id: 1,
          store_id: 3,
          dob: '31/12/1990',
        },
      }),
    );
    const created = record(await client.result('customer.info', { customerId: id }));
    assert.equal(created['firstname'], 'A & <B>');
    assert.equal(created['lastname'] ?? null, null);
    assert.equal(created['created_in'], 'German');
    assert.equal(created['dob'], '1990-12-31 00:00:00');
    assert.equal(await client.result('customer.update', { customerId: id, customerData: { firstname: '', lastname: 'Set' } }), true);
    const changed = record(await client.result('customer.info', { customerId: id, attributes: ['firstname', 'lastname', 'nonesuch'] }));
    assert.equal(changed['firstname'] ?? null, null);
    assert.equal(changed['lastname'], 'Set');
    assert.equal(await client.result('customer.delete', { customerId: id }), true);
    assert.equal(fault(await client.call('customer.delete', { customerId: id })), '102 Customer not exists.');
  }
  assert.equal(demo.customers(), 60);
});

test('an e-mail is unique per website, regardless of case', async (t) => {
  const client = await DemoClient.of(t, await demoStore(t, { seedFile: [{ email: 'Ann@Example.com', website_id: 1 }] }), 'v2');
  const create = async (email: string, website: number): Promise<string> =>
    fault(await client.call('customer.create', { customerData: { email, website_id: website } }));
  assert.equal(await create('ann@example.COM', 1), '100 This customer email already exists');
  assert.equal(await create('ann@example.com', 2), 'result 2');
  assert.equal(
    fault(await client.call('customer.update', { customerId: 2, customerData: { website_id: 1 } })),
    '1 This customer email already exists',
  );
  assert.equal(fault(await client.call('customer.update', { customerId: 2, customerData: { email: '' } })), '1 Customer email is required');
});

test('creating with the ID of an existing customer overwrites the given attributes and leaves the rest', async (t) => {
  const client = await DemoClient.of(
    t,
    await demoStore(t, {
      seedFile: [
        {
          customer_id: 5,
          email: 'old@example.com',
          firstname: 'Old',
          taxvat: 'T',
          website_id: 1,
          store_id: 1,
          confirmation: 'a'.repeat(32),
          created_at: '2020-01-01 00:00:00',
        },
      ],
    }),
    'v1',
  );
  assert.equal(await client.result('customer.create', { customerData: { customer_id: 5, email: 'new@example.com', website_id: 1 } }), 5);
  const info = record(await client.result('customer.info', { customerId: 5 }));
  assert.deepEqual(
    [info['email'], info['firstname'], info['taxvat'], info['confirmation'], info['created_at']],
    ['new@example.com', 'Old', 'T', null, '2019-12-31T19:00:00-05:00'],
  );
  assert.equal(fault(await client.call('customer.create', { customerData: { email: 'old@example.com', website_id: 1 } })), 'result "6"');
});

test('a password works in create, must have at least seven characters, and is ignored in update', async (t) => {
  const client = await DemoClient.of(t, await demoStore(t), 'v1');
  assert.match(
    fault(await client.call('customer.create', { customerData: { email: 'p@example.com', password: ' 12345 ' } })),
    /^1 The password must have at least 7 characters/,
  );
  const id = Number(await client.result('customer.create', { customerData: { email: 'p@example.com', password: 'Passw0rd' } }));
  const before = record(await client.result('customer.info', { customerId: id }))['password_hash'];
  assert.match(textOf(before), /^[0-9a-f]{64}:[A-Za-z0-9]{32}$/);
  assert.equal(await client.result('customer.update', { customerId: id, customerData: { password: 'Other1234' } }), true);
  assert.equal(record(await client.result('customer.info', { customerId: id }))['password_hash'], before);
  await client.result('customer.update', { customerId: id, customerData: { password_hash: 'whatever' } });
  assert.equal(record(await client.result('customer.info', { customerId: id }))['password_hash'], 'whatever');
});

test('written values are cut, replaced and converted as by the database', async (t) => {
  const client = await DemoClient.of(t, await demoStore(t, { seedFile: [{ email: 'w@example.com', website_id: 1 }] }), 'v1');
  await client.result('customer.update', {
    customerId: 1,
    customerData: { firstname: 'x'.repeat(300), lastname: 'Hi 😀🎉', group_id: 'abc', gender: '2x', middlename: '  ', taxvat: 12.5 },
  });
  const info = record(await client.result('customer.info', { customerId: 1 }));
  assert.equal(info['firstname'], 'x'.repeat(255));
  assert.equal(info['lastname'], 'Hi ????????');
  assert.deepEqual([info['group_id'], info['gender'], info['middlename'], info['taxvat']], ['0', '2', '  ', '12.5']);
});

test('a written creation time is in store time, and lists show it in UTC', async (t) => {
  const client = await DemoClient.of(t, await demoStore(t, { seedFile: [{ email: 'z@example.com', website_id: 1 }] }), 'v1');
  await client.result('customer.update', { customerId: 1, customerData: { created_at: '2001-07-03 04:05:06' } });
  assert.equal((await client.rows())[0]?.['created_at'], '2001-07-03 08:05:06');
  assert.equal(record(await client.result('customer.info', { customerId: 1 }))['created_at'], '2001-07-03T04:05:06-04:00');
  assert.equal(fault(await client.call('customer.update', { customerId: 1, customerData: { dob: 'garbage' } })), '1 Invalid date');
});

test('values that are not numbers are refused by SOAP in V2 and WS-I, and read up to the first other character in V1', async (t) => {
  const demo = await demoStore(t);
  const v1 = await DemoClient.of(t, demo, 'v1');
  assert.equal(record(await v1.result('customer.info', { customerId: '1abc' }))['customer_id'], '1');
  for (const dialect of ['v2', 'wsi'] as const) {
    const client = await DemoClient.of(t, demo, dialect);
    const [open, close] =
      dialect === 'v2'
        ? ['<n:customerCustomerInfo>', '</n:customerCustomerInfo>']
        : ['<n:customerCustomerInfoRequestParam>', '</n:customerCustomerInfoRequestParam>'];
    const answer = await post(client.url, envelope(`${open}<sessionId>${client.session}</sessionId><customerId>abc</customerId>${close}`));
    assert.equal(answer.status, 500);
    assert.equal(fault(decodeResponse(answer.body)), 'SOAP-ENV:Server SOAP-ERROR: Encoding: Violation of encoding rules');
  }
});

test('an ID is never assigned twice, also after a failed insert or a customer with a given ID', async (t) => {
  const client = await DemoClient.of(t, await demoStore(t, { customers: 3 }), 'v2');
  const create = async (data: Record<string, string | number>): Promise<string> =>
    fault(await client.call('customer.create', { customerData: { website_id: 1, ...data } }));
  assert.match(await create({ email: 'a@x.example', website_id: 999 }), /^1 SQLSTATE\[23000\].*INSERT INTO/);
  assert.equal(await create({ email: 'a@x.example' }), 'result 5');
  assert.equal(await create({ email: 'b@x.example', customer_id: 100 }), 'result 100');
  await client.result('customer.delete', { customerId: 100 });
  assert.equal(await create({ email: 'c@x.example' }), 'result 101');
});

test('multiCall carries out several calls, and a fault of one is an item of the result', async (t) => {
  const client = await DemoClient.of(t, await demoStore(t, { seedFile: [{ email: 'a@example.com' }] }), 'v1');
  const array = (items: readonly string[]): string => ` xsi:type="c:Array" c:arrayType="xsd:ur-type[${items.length}]">${items.join('')}`;
  const call = (path: string, ...args: readonly number[]): string => {
    const numbers = args.map((arg) => `<item xsi:type="xsd:int">${arg}</item>`);
    return `<item${array([`<item xsi:type="xsd:string">${path}</item>`, `<item${array(numbers)}</item>`])}</item>`;
  };
  const multi = async (calls: readonly string[], options = ''): Promise<unknown> => {
    const answer = await post(
      client.url,
      envelope(`<n:multiCall><sessionId>${client.session}</sessionId><calls${array(calls)}</calls>${options}</n:multiCall>`),
    );
    const decoded = decodeResponse(answer.body);
    return decoded.kind === 'result' ? decoded.value : fault(decoded);
  };
  const notThere = { isFault: true, faultCode: '102', faultMessage: 'Customer not exists.' };
  const noPath = { isFault: true, faultCode: '3', faultMessage: 'Invalid api path.' };
  const calls = [call('customer.delete', 1), call('customer.info', 1), call('nope.list'), call('customer.list', 0)];
  assert.deepEqual(await multi(calls), [true, notThere, noPath, []]);
  const stop = '<options xsi:type="m:Map"><item><key xsi:type="xsd:string">break</key><value xsi:type="xsd:int">1</value></item></options>';
  assert.deepEqual(await multi([call('nope.list'), call('customer.info', 1)], stop), [noPath]);
});

test('a PHP error ends a whole multiCall: calls before it were carried out, calls after it were not', async (t) => {
  for (const product of generationIds) {
    const demo = await demoStore(t, { product, customers: 3 });
    const client = await DemoClient.of(t, demo, 'v1');
    const row = (args: string): string =>
      `<item xsi:type="c:Array" c:arrayType="xsd:ur-type[2]"><item xsi:type="xsd:string">customer.delete</item>${args}</item>`;
    const one = (id: number): string => `<item xsi:type="c:Array" c:arrayType="xsd:int[1]"><item xsi:type="xsd:int">${id}</item></item>`;
    const calls = [row(one(1)), row('<item xsi:type="c:Array" c:arrayType="xsd:int[0]"/>'), row(one(3))];
    const body =
      `<n:multiCall><sessionId>${client.session}</sessionId><calls xsi:type="c:Array" ` +
      `c:arrayType="xsd:ur-type[3]">${calls.join('')}</calls></n:multiCall>`;
    assert.match(
      fault(decodeResponse((await post(client.url, envelope(body))).body)),
      /^SOAP-ENV:Server Too few arguments to function/,
      product,
    );
    assert.deepEqual(await client.ids({}), [2, 3], product);
  }
});

test('addresses have their own faults, defaults and lines', async (t) => {
  const demo = await demoStore(t, { seedFile: [{ email: 'a@example.com' }] });
  for (const dialect of soapDialects) {
    const client = await DemoClient.of(t, demo, dialect);
    const data = {
      firstname: 'A',
      lastname: 'B',
      street: ['1 High St', 'Floor 2'],
      city: 'Austin',
      country_id: 'US',
      region_id: 57,
      postcode: '78701',
      telephone: '1',
      is_default_billing: true,
    };
    const id = Number(await client.result('customer_address.create', { customerId: 1, addressData: data }));
    const info = record(await client.result('customer_address.info', { addressId: id }));
    assert.equal(info['street'], '1 High St\nFloor 2');
    assert.equal(info['region'], 'Texas');
    assert.equal(
      fault(await client.call('customer_address.create', { customerId: 1, addressData: { firstname: 'A' } })).split('\n')[0],
      '100 Please enter the last name.',
    );
    assert.equal(fault(await client.call('customer_address.list', { customerId: 99 })), '101 Customer not exists.');
    assert.equal(fault(await client.call('customer_address.info', { addressId: 99 })), '102 Address not exists.');
    assert.equal(await client.result('customer_address.delete', { addressId: id }), true);
    const v1 = await DemoClient.of(t, demo, 'v1');
    assert.equal(record(await v1.result('customer.info', { customerId: 1 }))['default_billing'], null);
  }
});

test('deleting a customer also deletes its addresses', async (t) => {
  const client = await DemoClient.of(t, await demoStore(t, { seedFile: [{ email: 'a@example.com', default_billing: 3 }] }), 'v2');
  assert.equal(Number(record(await client.result('customer_address.info', { addressId: 3 }))['customer_address_id']), 3);
  await client.result('customer.delete', { customerId: 1 });
  assert.equal(fault(await client.call('customer_address.info', { addressId: 3 })), '102 Address not exists.');
});

test('characters that XML cannot contain arrive as the text of a reference', async (t) => {
  const demo = await demoStore(t, { seedFile: [{ email: 'c@example.com', firstname: 'a\u0001b', lastname: 'x]]>y\r\nz' }] });
  for (const dialect of soapDialects) {
    const info = record(await (await DemoClient.of(t, demo, dialect)).result('customer.info', { customerId: 1 }));
    assert.equal(info['firstname'], 'a&#1;b');
    assert.equal(info['lastname'], 'x]]>y\r\nz');
  }
});
