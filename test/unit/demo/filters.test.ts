import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { SoapRecord } from '../../../src/api/value';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { DemoClient, demoStore, soapDialects, envelope, fault, post } from './client';

const customers = [
  {
    email: 'ann@example.com',
    firstname: 'Ann',
    lastname: 'José ',
    middlename: 'B',
    group_id: 1,
    dob: '1980-01-02 00:00:00',
    taxvat: 'a,b',
  },
  { email: 'bob@example.com', firstname: 'Bob', lastname: 'jose', group_id: 2, increment_id: 'X1', taxvat: 'B' },
  { email: 'cyd@example.com', firstname: '50%', lastname: 'Straße', group_id: 3, taxvat: 'c' },
  { email: 'dan@example.com', firstname: 'D_n', lastname: 'STRASSE', group_id: 1, gender: 2, taxvat: '10' },
  { email: 'eve@example.com', firstname: 'Eve', lastname: 'Нина', group_id: 2, gender: 1, taxvat: '9', created_at: '2024-05-06 07:08:09' },
];

async function clientOf(t: TestContext, dialect: 'v1' | 'v2' | 'wsi' = 'v1'): Promise<DemoClient> {
  return await DemoClient.of(t, await demoStore(t, { seedFile: customers }), dialect);
}

test('text is equal without case, accents and trailing blanks', async (t) => {
  const client = await clientOf(t);
  assert.deepEqual(await client.ids({ lastname: 'JOSE' }), [1, 2]);
  assert.deepEqual(await client.ids({ lastname: 'josé   ' }), [1, 2]);
  assert.deepEqual(await client.ids({ lastname: 'strasse' }), [3, 4]);
  assert.deepEqual(await client.ids({ lastname: 'нина' }), [5]);
  assert.deepEqual(await client.ids({ lastname: ' jose' }), []);
});

test('every operator has the meaning that it has in the database', async (t) => {
  const client = await clientOf(t);
  const cases: readonly (readonly [SoapRecord, readonly number[]])[] = [
    [{ customer_id: { gt: 3 } }, [4, 5]],
    [{ customer_id: { lteq: '2' } }, [1, 2]],
    [{ customer_id: { lt: '2abc' } }, [1]],
    [{ customer_id: 'abc' }, []],
    [{ customer_id: '3' }, [3]],
    [{ customer_id: { from: 2, to: 4 } }, [2, 3, 4]],
    [{ customer_id: { to: 2 } }, [1, 2]],
    [{ customer_id: { from: '4' } }, [4, 5]],
    [{ entity_id: { in: [5, 1, 99] } }, [1, 5]],
    [{ customer_id: { nin: [1, 2] } }, [3, 4, 5]],
    [{ customer_id: { like: '%' } }, [1, 2, 3, 4, 5]],
    [{ group_id: { neq: 1 } }, [2, 3, 5]],
    [{ firstname: { like: 'd\\_n' } }, [4]],
    [{ firstname: { like: 'D_n' } }, [4]],
    [{ firstname: { like: '_n_' } }, [1]],
    [{ firstname: { like: '50\\%' } }, [3]],
    [{ lastname: { like: 'jos%' } }, [1, 2]],
    [{ lastname: { nlike: 'jos%' } }, [3, 4, 5]],
    [{ middlename: { neq: 'x' } }, [1]],
    [{ middlename: { null: true } }, []],
    [{ increment_id: { null: true } }, [1, 3, 4, 5]],
    [{ increment_id: { notnull: true } }, [2]],
    [{ increment_id: { neq: 'z' } }, [2]],
    [{ taxvat: { finset: 'B' } }, [1, 2]],
    [{ taxvat: { gt: 'b' } }, [3]],
    [{ taxvat: { lt: '9' } }, [4]],
    [{ email: { regexp: '^[AB]' } }, [1, 2]],
    [{ dob: { lteq: '1980-01-02' } }, [1]],
    [{ dob: '1980-01-02T00:00:00Z' }, [1]],
    [{ created_at: { from: '2024-05-06 07:08:09', to: '2024-05-06T07:08:09Z' } }, [5]],
    [{ gender: { in: [1, 2] } }, [4, 5]],
  ];
  for (const [filters, ids] of cases) assert.deepEqual(await client.ids(filters), ids, JSON.stringify(filters));
});

test('conditions on different attributes must all hold', async (t) => {
  for (const dialect of soapDialects)
    assert.deepEqual(await (await clientOf(t, dialect)).ids({ group_id: 1, customer_id: { gt: 1 } }), [4], dialect);
});

test('the first of two operators is used, unless they are from and to', async (t) => {
  for (const dialect of soapDialects) {
    const client = await clientOf(t, dialect);
    assert.deepEqual(await client.ids({ customer_id: { gteq: 2, lteq: 3 } }), [2, 3, 4, 5], dialect);
    assert.deepEqual(await client.ids({ customer_id: { eq: 1, from: 4, to: 5 } }), [4, 5], dialect);
  }
});

test('V1 supports alternatives for one attribute', async (t) => {
  const client = await clientOf(t);
  assert.deepEqual(await client.ids({ email: [{ like: 'a%' }, { like: 'c%' }] }), [1, 3]);
  assert.deepEqual(await client.ids({ group_id: ['2', '3'] }), [2, 3, 5]);
});

test('an unknown operator is equality, an unknown attribute is fault 101', async (t) => {
  const client = await clientOf(t);
  assert.deepEqual(await client.ids({ customer_id: { between: 3 } }), [3]);
  assert.deepEqual(await client.ids({ customer_id: { moreq: 4 } }), [4]);
  for (const name of ['nonesuch', 'limit', 'is_active', 'Customer_Id', '__proto__', 'constructor']) {
    assert.equal(fault(await client.call('customer.list', { filters: { [name]: { eq: 1 } } })), `101 Invalid attribute name: ${name}`);
  }
});

test('customer_id replaces a condition on entity_id', async (t) => {
  const client = await clientOf(t);
  assert.deepEqual(await client.ids({ entity_id: { gt: 1 }, customer_id: { lt: 3 } }), [1, 2]);
  assert.deepEqual(await client.ids({ customer_id: { lt: 3 }, entity_id: { gt: 1 } }), [1, 2]);
});

test('V1 compares a text with commas as one value, V2 and WS-I split it', async (t) => {
  assert.deepEqual(await (await clientOf(t, 'v1')).ids({ group_id: { in: '1,3' } }), [1, 4]);
  for (const dialect of ['v2', 'wsi'] as const)
    assert.deepEqual(await (await clientOf(t, dialect)).ids({ group_id: { in: '1, 3' } }), [1, 3, 4], dialect);
});

test('V2 returns the whole store without a fault for filters that it does not understand', async (t) => {
  const client = await clientOf(t, 'v2');
  const list = async (filters: string): Promise<string> => {
    const answer = await post(
      client.url,
      envelope(`<n:customerCustomerList><sessionId>${client.session}</sessionId>${filters}</n:customerCustomerList>`),
    );
    const decoded = decodeResponse(answer.body);
    return decoded.kind === 'result' && Array.isArray(decoded.value) ? `${decoded.value.length} customers` : fault(decoded);
  };
  assert.equal(await list(''), '5 customers');
  assert.equal(await list('<filters/>'), '5 customers');
  assert.equal(await list('<filters xsi:nil="true"/>'), '5 customers');
  assert.equal(await list('<filters><filters><item><key>lastname</key><value>jose</value></item></filters></filters>'), '5 customers');
  assert.equal(await list('<filter><item><key>lastname</key><value>jose</value></item></filter>'), '5 customers');
  assert.equal(
    await list('<filters><complex_filter><item><key>lastname</key><value xsi:nil="true"/></item></complex_filter></filters>'),
    '5 customers',
  );
  assert.equal(
    await list('<filters><filter><item><key>lastname</key><value xsi:nil="true"/></item></filter></filters>'),
    'SOAP-ENV:Server Call to a member function getAttributeCode() on bool',
  );
  // Items may have any name, and need no types.
  assert.equal(await list('<filters><filter><x><key>lastname</key><value>jose</value></x></filter></filters>'), '2 customers');
  assert.equal(
    await list(
      '<filters><filter><x><key>lastname</key><value>nobody</value></x><x><key>lastname</key><value>jose</value></x></filter></filters>',
    ),
    '2 customers',
  );
});

test('a simple filter overrides a complex one on the same attribute', async (t) => {
  const client = await clientOf(t, 'v2');
  const filters = {
    filter: [{ key: 'customer_id', value: '2' }],
    complex_filter: [{ key: 'customer_id', value: { key: 'gt', value: '3' } }],
  };
  assert.deepEqual(await client.ids(filters), [2]);
});

test('broken SQL results in the error page of the shop instead of SOAP', async (t) => {
  const client = await clientOf(t);
  for (const filters of [{ lastname: { is: 'x' } }, { lastname: { eq: ['a', 'b'] } }, { email: { regexp: '(' } }, { lastname: [] }]) {
    const answer = await post(client.url, client.encode('customer.list', { filters }));
    assert.equal(answer.status, 503, JSON.stringify(filters));
    assert.match(String(answer.headers['content-type']), /^text\/html/);
  }
});

test('an expression that would take very long elsewhere takes no longer than others', async (t) => {
  const demo = await demoStore(t, { seedFile: [{ email: `${'a'.repeat(200)}!` }] });
  const client = await DemoClient.of(t, demo, 'v1');
  for (const regexp of ['^(a|aa)+$', '^(a+)+$', '(a*)*b', '^(([a-z])+.)+[A-Z]([a-z])+$'])
    assert.deepEqual(await client.ids({ email: { regexp } }), [], regexp);
  assert.deepEqual(await client.ids({ email: { regexp: '^A+!$' } }), [1]);
  const answer = await post(client.url, client.encode('customer.list', { filters: { email: { regexp: '(?=a)' } } }));
  assert.equal(answer.status, 503);
  const wild = await client.ids({ email: { like: `${'%a'.repeat(150)}%b` } });
  assert.deepEqual(wild, []);
});

test('V1 filters without types are objects to the store, which then does not filter', async (t) => {
  const client = await clientOf(t);
  const call = async (args: string): Promise<string> => {
    const decoded = decodeResponse(
      (
        await post(
          client.url,
          envelope(`<n:call><sessionId>${client.session}</sessionId><resourcePath>customer.list</resourcePath>${args}</n:call>`),
        )
      ).body,
    );
    return decoded.kind === 'result' && Array.isArray(decoded.value) ? `${decoded.value.length} customers` : fault(decoded);
  };
  assert.equal(await call(''), '5 customers');
  assert.equal(await call('<args xsi:nil="true"/>'), '5 customers');
  assert.match(await call('<args c:arrayType="xsd:ur-type[0]" xsi:type="c:Array"/>'), /^SOAP-ENV:Server Too few arguments/);
});
