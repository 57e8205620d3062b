import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import { envelopeProgram, filtersLiteral, generateCode, type CodeCall, type CodeTarget } from '../../../src/codegen/index';
import { endpointFor } from '../../../src/codegen/endpoint';

const place = { url: 'https://shop.example/api/v2_soap/?wsdl=1', user: 'apiUser' };

test('the address fits the dialect and never has the WSDL query, which would return the WSDL for a call', () => {
  assert.equal(endpointFor('https://shop.example/index.php/api/soap?wsdl=1#x', 'v2'), 'https://shop.example/index.php/api/v2_soap');
  assert.equal(endpointFor('https://shop.example/api/v2_soap/', 'v1'), 'https://shop.example/api/soap/');
  assert.equal(endpointFor('https://shop.example/api/v2_soap/index/', 'wsi'), 'https://shop.example/api/v2_soap/index/');
  assert.equal(endpointFor('https://shop.example/soap-api/', 'v1'), 'https://shop.example/soap-api/');
});

test('an address with the script api.php selects its dialect, and the WSDL is requested with it', () => {
  const url = 'https://shop.example/api.php?type=v2_soap&wsdl=1';
  assert.equal(endpointFor(url, 'v2'), 'https://shop.example/api.php?type=v2_soap');
  assert.equal(endpointFor(url, 'v1'), 'https://shop.example/api.php?type=soap');
  const program = (target: CodeTarget): string => generateCode({ url, user: 'u', method: 'customer_group.list', dialect: 'v2' }, target);
  assert.match(program('php'), /\$url = '[^']*\?type=v2_soap';[^]*SoapClient\(\$url \. '&wsdl', \['location' => \$url\]\)/);
  assert.match(program('typescript'), /const url = '[^']*\?type=v2_soap';[^]*createClientAsync\(`\$\{url\}&wsdl`/);
  assert.match(program('curl'), /^url='[^']*\?type=v2_soap'$/m);
});

test('V1 lists always send a filter, since an empty list of arguments is a fault', () => {
  assert.match(
    generateCode({ ...place, method: 'customer.list', dialect: 'v1' }, 'php'),
    /\$client->call\(\$session, 'customer\.list', \[\[\]\]\)/,
  );
  assert.match(
    generateCode({ ...place, method: 'customer_group.list', dialect: 'v1' }, 'php'),
    /\$client->call\(\$session, 'customer_group\.list'\)/,
  );
});

test('arguments may be given by name or in order, and methods by either name', () => {
  const byName = generateCode({ ...place, method: 'customer.info', args: { customerId: 2, attributes: ['email'] }, dialect: 'v2' }, 'php');
  assert.equal(generateCode({ ...place, method: 'customerCustomerInfo', args: [2, ['email']], dialect: 'v2' }, 'php'), byName);
});

test('methods beyond the catalogue are called by path over V1 and by operation over V2 and WS-I', () => {
  assert.match(
    generateCode({ ...place, method: 'sales_order.info', args: ['100000001'], dialect: 'v1' }, 'php'),
    /\$client->call\(\$session, 'sales_order\.info', \['100000001'\]\)/,
  );
  // PHP 8 would treat a map as named arguments (facts §5).
  assert.match(
    generateCode({ ...place, method: 'sales_order.info', args: { id: '100000001' }, dialect: 'v1' }, 'php'),
    /'sales_order\.info', \['100000001'\]\)/,
  );
  assert.match(
    generateCode({ ...place, method: 'salesOrderInfo', args: ['100000001'], dialect: 'v2' }, 'php'),
    /\$client->salesOrderInfo\(\$session, '100000001'\)/,
  );
  assert.match(
    generateCode({ ...place, method: 'salesOrderInfo', args: { orderIncrementId: '1' }, dialect: 'wsi' }, 'typescript'),
    /salesOrderInfoAsync\(\{ sessionId, orderIncrementId: '1' \}\)/,
  );
});

test('operations of the protocol have programs if they return something', () => {
  assert.match(generateCode({ ...place, method: 'resources', dialect: 'v2' }, 'php'), /\$client->resources\(\$session\)/);
  assert.match(
    generateCode({ ...place, method: 'resourceFaults', args: ['customer'], dialect: 'v1' }, 'php'),
    /\$client->resourceFaults\(\$session, 'customer'\)/,
    'the names in the WSDLs are the wrong way round',
  );
  assert.match(
    generateCode({ ...place, method: 'resourceFaults', args: ['customer'], dialect: 'v2' }, 'typescript'),
    /resourceFaultsAsync\(\{ resourceName: sessionId, sessionId: 'customer' \}\)/,
  );
  assert.match(
    generateCode({ ...place, method: 'multiCall', args: [[['customer.info', [1]]]], dialect: 'v1' }, 'typescript'),
    /\$xml: encode\('calls', \[\['customer\.info', \[1\]\]\]\)/,
  );
});

test('invalid calls are refused with a reason', () => {
  const refused: readonly [Partial<CodeCall>, CodeTarget, string][] = [
    [{ method: 'customer.info', args: {} }, 'php', 'argument-missing'],
    [{ method: 'customer.info', args: { customerId: 1, colour: 'red' } }, 'php', 'argument-unknown'],
    [{ method: 'customer.list', args: { filters: { email: [{ like: 'a%' }, { like: 'b%' }] } } }, 'php', 'filter-alternatives'],
    [{ method: 'sales_order.info', args: [1] }, 'php', 'method-unknown'],
    [{ method: 'salesOrderInfo', args: [1] }, 'curl', 'argument-names'],
    [{ method: 'multiCall', args: [[]] }, 'php', 'method-unknown'],
    [{ method: 'login' }, 'php', 'no-program'],
    [{ method: 'customer.update', args: { customerId: 1, customerData: { firstname: 'a\u0001' } } }, 'curl', 'forbidden-character'],
    [{ method: "evil'; drop" }, 'php', 'method-unknown'],
  ];
  for (const [call, target, code] of refused) {
    assert.throws(() => generateCode({ ...place, method: 'customer.list', dialect: 'v2', ...call }, target), { kind: 'input', code }, code);
  }
});

test('secret attributes are read from the environment at any depth', () => {
  for (const dialect of soapDialects) {
    for (const target of ['php', 'typescript', 'javascript', 'curl'] as const) {
      const created = generateCode(
        { ...place, method: 'customer.create', args: { customerData: { email: 'a@example.com', password: 'hunter22' } }, dialect },
        target,
      );
      assert.ok(!created.includes('hunter22'));
      assert.match(created, /MAHO_SOAP_PASSWORD/);
      const found = generateCode(
        { ...place, method: 'customer.list', args: { filters: { password_hash: { like: 'abc%' } } }, dialect },
        target,
      );
      assert.ok(!found.includes('abc%'));
      assert.match(found, /like/);
      assert.match(found, /MAHO_SOAP_PASSWORD_HASH/);
    }
  }
});

test('a raw envelope is sent unchanged: the session is inserted, secrets come from the environment, and the shell expands nothing', () => {
  const source = envelopeProgram({
    ...place,
    dialect: 'v2',
    envelope: '<a>\n<sessionId>{{$session}}</sessionId><password>{{password}}</password><b>$HOME `id` \\{{x}} {{open}}</b>\nXML\n</a>\n',
  });
  const expected = [
    'call() {',
    "cat <<'XML'",
    '<a>',
    'XML',
    String.raw`printf '%s%s%s%s%s\n' '<sessionId>' "$session" '</sessionId><password>' ` +
      String.raw`"$(xml "$MAHO_SOAP_PASSWORD")" '</password><b>$HOME ${'`id`'} {{x}} {{open}}</b>'`,
    String.raw`printf '%s\n' 'XML'`,
    "cat <<'XML'",
    '</a>',
    'XML',
    '}',
  ];
  assert.ok(source.includes(`\n${expected.join('\n')}\n`), source);
  assert.match(source, /: "\$\{MAHO_SOAP_PASSWORD:\?Set it to the password\.\}"/);
  assert.match(source, /url='https:\/\/shop\.example\/api\/v2_soap\/'/);
});

test('names that XML does not allow are refused in every language, before anything is written', () => {
  for (const name of ['a b', 'a$(id)', "a'", '$xml', 'a>', '1a', '', 'a\nb', 'a:b', '-a', '\u2028']) {
    for (const target of ['php', 'typescript', 'javascript', 'curl'] as const) {
      for (const dialect of ['v2', 'wsi'] as const) {
        const refused = { kind: 'input', code: 'element-name' };
        assert.throws(
          () => generateCode({ ...place, dialect, method: 'salesOrderInfo', args: { [name]: 1 } }, target),
          refused,
          `${target}, argument ${name}`,
        );
        assert.throws(
          () => generateCode({ ...place, dialect, method: 'salesOrderInfo', args: { data: [{ [name]: 1 }] } }, target),
          refused,
          `${target}, key ${name}`,
        );
        assert.throws(
          () =>
            generateCode({ ...place, dialect, method: 'customer.update', args: { customerId: 1, customerData: { [name]: 1 } } }, target),
          refused,
          `${target}, attribute ${name}`,
        );
      }
    }
  }
});

test('a program opens a session and has a web address', () => {
  assert.throws(() => generateCode({ ...place, dialect: 'v2', method: 'salesOrderInfo', args: { sessionId: 'abc' } }, 'curl'), {
    kind: 'input',
    code: 'argument-session',
  });
  for (const url of ['file:///etc/passwd', '-o/tmp/x', '@/etc/passwd', 'php://input', 'https://a b', 'https://a\n', 'shop', '']) {
    assert.throws(
      () => generateCode({ method: 'customer.list', user: 'u', dialect: 'v2', url }, 'curl'),
      { kind: 'input', code: 'url-invalid' },
      url,
    );
  }
  assert.throws(
    () => generateCode({ method: 'customer.list', user: 'u', dialect: 'v2', url: 'https://user:hunter22@shop.example/' }, 'php'),
    (error: Error) => /password/.test(error.message) && !error.message.includes('hunter22'),
  );
});

test('two secrets of one attribute are read from two variables', () => {
  const calls = ['one-one-one', 'two-two-two', 'one-one-one'].map((password, index) => [
    'customer.create',
    [{ email: `${index}@example.com`, password }],
  ]);
  const source = generateCode({ ...place, method: 'multiCall', args: { calls }, dialect: 'v1' }, 'php');
  assert.deepEqual(
    [...source.matchAll(/'password' => (\$\w+)/g)].map((match) => match[1]),
    ['$password', '$password2', '$password'],
  );
  assert.match(source, /\$password2 = getenv\('MAHO_SOAP_PASSWORD_2'\)/);
});

test('filters without other arguments are written in the form of the dialect', () => {
  const filters = { group_id: { in: [1, 3] } };
  assert.equal(filtersLiteral(filters, 'v1', 'php'), "['group_id' => ['in' => [1, 3]]]");
  assert.equal(
    filtersLiteral(filters, 'v2', 'typescript'),
    "{\n  complex_filter: { item: [{ key: 'group_id', value: { key: 'in', value: '1,3' } }] },\n}",
  );
  assert.match(
    filtersLiteral(filters, 'wsi', 'php'),
    /'complexObjectArray' => \[\['key' => 'group_id', 'value' => \['key' => 'in', 'value' => '1,3'\]\]\]/,
  );
});
