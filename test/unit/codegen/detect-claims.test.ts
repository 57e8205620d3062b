import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { completionsAt, diagnose, findCalls, requestOf, type CodeLanguage } from '../../../src/codegen';

const caseFile = (name: string): string => readFileSync(new URL(`../../fixtures/cases/${name}`, import.meta.url), 'utf8');

/** The requests that Run would send for each call of a file; `undefined` for a call without Run. */
function requests(text: string, language: CodeLanguage = 'php'): readonly unknown[] {
  return findCalls(text, language).map((call) => requestOf(call)?.args);
}

const inFunction = (body: string): string => `<?php class A { function f($client, $session, $s, $x) { ${body} } }`;

describe('no calls are found in files of other programs', () => {
  const others: readonly (readonly [name: string, language: CodeLanguage, text: string])[] = [
    ['Laravel', 'php', caseFile('48-other-peoples-call/laravel.php')],
    ['Zend, other resources', 'php', caseFile('48-other-peoples-call/zf.php')],
    ['Moleculer', 'typescript', caseFile('48-other-peoples-call/moleculer.ts.txt')],
    ['a wallet', 'typescript', caseFile('48-other-peoples-call/wallet.js.txt')],
    [
      'React',
      'typescript',
      "export const Page = () => { const form = customerAddressForm({ street: 'x' }); return props.customerAddressForm({ street }); };",
    ],
    [
      'an API client',
      'typescript',
      'export const load = (id: string) => api.customerAddressUpdate(id, { street }).then(() => api.customerGroupList({ page: 1 }));',
    ],
    [
      'Angular',
      'typescript',
      "this.translate.instant.call(this, 'customer.info'); this.customerGroupForm(1); // uses a soap dispenser\nconst soap = 'soap';",
    ],
    [
      'an interface',
      'typescript',
      'interface Api { customerCustomerList(sessionId: string): Promise<any>; customerAddressInfo(sessionId: number); ' +
        'call(path: string): void }',
    ],
    [
      'a class',
      'typescript',
      'class Api { async customerCustomerList(session: string) { return 1; } customerGroupList = 5; ' +
        'customerCustomerInfo(sessionId: string): void {} }',
    ],
    [
      'functions',
      'typescript',
      'export async function customerCustomerInfo(sessionId: string) {}\nexport const a = { ' +
        'customerCustomerDelete(sessionId) { return 1; } };',
    ],
    [
      'a PHP interface',
      'php',
      '<?php interface A { public function customerCustomerList($session, $filters); public function call($session, $path); }',
    ],
    [
      'a Symfony command',
      'php',
      "<?php $this->call('customer.info', ['id' => 5]); $app->call('customer.create', ['name' => 'x']); " +
        '$this->customerAddressForm($address);',
    ],
    [
      'JSON-RPC',
      'typescript',
      "await rpc.call('customer.update', [5, { name: 'x' }]); await call('customer.lst', []); await call('customer_address.info', [1]);",
    ],
    [
      'Magento 2',
      'php',
      '<?php $c = new SoapClient($u); $c->customerCustomerRepositoryV1GetById(["customerId" => 1]); ' +
        '$c->customerGroupRepositoryV1GetList($x);',
    ],
  ];
  for (const [name, language, text] of others) {
    test(name, () => {
      assert.deepEqual(findCalls(text, language), []);
      assert.deepEqual(diagnose(text, language), []);
    });
  }

  test('there are no completions in them either', () => {
    const text = "await broker.call('customer.info', { id }); broker.call('');";
    assert.equal(completionsAt(text, text.length - 3, 'typescript'), undefined);
    const react = 'props.customerAddressForm({ street }); props.c';
    assert.equal(completionsAt(react, react.length, 'typescript'), undefined);
  });

  test('each sign of SOAP or of a session is enough to recognize a path', () => {
    const path = "await client.call('customer.info', [2]);";
    const signs = [
      "import * as soap from 'soap';",
      "import { createClientAsync } from 'soap';",
      "const soap = require('soap');",
      "const soap = await import('soap');",
      "const url = 'https://shop.example/api/v2_soap/?wsdl';",
      'client.customerCustomerDeleteAsync({ sessionId, customerId: 1 });',
      "client.call(sessionId, 'customer_group.list');",
    ];
    for (const sign of signs)
      assert.ok(
        requests(`${sign}\n${path}`, 'typescript').some((args) => JSON.stringify(args) === '{"customerId":2}'),
        sign,
      );
    assert.deepEqual(requests("client.call(this.session, 'customer.info', [2])", 'typescript'), [{ customerId: 2 }]);
    assert.deepEqual(requests('$client->customerAddressInfo($this->getSession(), 5);'), [{ addressId: 5 }]);
    assert.deepEqual(requests('$client->customerAddressInfo($x, 5);'), []);
  });
});

describe('calls that cannot be read are not recognized', () => {
  test('an argument that is built elsewhere is not checked, and the call cannot be run', () => {
    const text = caseFile('47-php-one-argument-calls/input.php');
    assert.deepEqual(diagnose(text, 'php'), []);
    assert.equal(findCalls(text, 'php').length, 7);
    assert.deepEqual(
      requests(text),
      Array.from({ length: 7 }, () => undefined),
    );
  });

  const unread: readonly (readonly [language: CodeLanguage, text: string])[] = [
    ['php', inFunction('$client->customerCustomerInfo($params);')],
    ['php', inFunction('$client->customerCustomerList($params);')],
    ['php', inFunction('$client->customerCustomerUpdate($session, ...$rest);')],
    ['php', inFunction("$client->call($session, 'customer.update', [5, ...$rest]);")],
    ['php', inFunction("$client->call($session, 'customer.update', ...$rest);")],
    ['php', inFunction("$client->call($session, 'customer.list', $filters);")],
    ['php', inFunction("$client->__soapCall('customerCustomerInfo', $args);")],
    ['php', inFunction('$client->customerCustomerInfo(new CustomerInfoRequest(5));')],
    ['php', inFunction('$client->customerCustomerInfo(["customerId" => 5] + $more);')],
    ['php', inFunction('$client->customerCustomerInfo($session, (int) "5x");')],
    ['php', inFunction('$client->customerCustomerInfo($session, 017);')],
    ['php', inFunction('$client->customerCustomerUpdate($session, 5, ["firstname" => "J\\xc3\\xa9"]);')],
    ['php', inFunction('$id = 5; foreach ($x as $id) { $client->customerCustomerInfo($session, $id); }')],
    ['php', inFunction('$id = 5; if ($x) $id = 6; $client->customerCustomerInfo($session, $id);')],
    ['php', inFunction('$id = 5; if ($x) { $id = 6; } $client->customerCustomerInfo($session, $id);')],
    ['php', inFunction('$id = 5; next_id($id); $client->customerCustomerInfo($session, $id);')],
    ['php', inFunction('$id = 5; $r = &$id; $r++; $client->customerCustomerInfo($session, $id);')],
    ['php', inFunction('$id = 5; while ($x) { $client->customerCustomerInfo($session, $id); $id++; }')],
    ['php', inFunction('$id = 5; [$id, $b] = $x; $client->customerCustomerInfo($session, $id);')],
    ['php', inFunction('switch ($x) { case 1: a(); $id = 5; break; case 2: $client->customerCustomerInfo($session, $id); }')],
    ['php', inFunction('$d = [5]; foreach ($d as $k => &$v) { $v = 1; } $client->customerCustomerInfo($session, 5, $d);')],
    ['php', inFunction('$d = [5]; sort($d); $client->customerCustomerInfo($session, 5, $d);')],
    [
      'typescript',
      "const d = { a: 'a' };\nif (x)\n  d.a = 'b';\nclient.customerCustomerInfoAsync({ sessionId, customerId: 5, attributes: d });",
    ],
    [
      'typescript',
      "const d = { a: 'a' }; const e = d; e.a = 'b'; client.customerCustomerInfoAsync({ sessionId, customerId: 5, attributes: d });",
    ],
    ['php', inFunction('$id = 5; extract($x); $client->customerCustomerInfo($session, $id);')],
    [
      'php',
      inFunction('$f = []; if ($x) { $f["filter"][] = ["key" => "email", "value" => "a"]; } $client->customerCustomerList($session, $f);'),
    ],
    [
      'php',
      inFunction(
        '$f = []; foreach ($x as $y) { $f["filter"][] = ["key" => "email", "value" => "a"]; } $client->customerCustomerList($session, $f);',
      ),
    ],
    ['php', inFunction('$f = []; $f["filter"][] = $y; $client->customerCustomerList($session, $f);')],
    ['php', inFunction('$p = new stdClass; $p->sessionId = $session; $p->customerId = $x; $client->customerCustomerInfo($p);')],
    ['php', '<?php $id = 5; function f($client, $session, $id) { $client->customerCustomerInfo($session, $id); }'],
    ['php', '<?php $id = 5; function f($client, $session) { $client->customerCustomerInfo($session, $id); }'],
    ['php', '<?php $id = 5; $f = fn ($id) => $client->customerCustomerInfo($session, $id);'],
    ['php', '<?php $id = 5; $f = function ($client, $session) { $client->customerCustomerInfo($session, $id); };'],
    ['php', '<?php class A { const ID = 5; function f($client, $session) { $client->customerCustomerInfo($session, static::ID); } }'],
    [
      'php',
      '<?php class A { const ID = 5; } class B { function f($client, $session) { $client->customerCustomerInfo($session, self::ID); } }',
    ],
    ['typescript', "import 'soap'; client.customerCustomerInfoAsync(args);"],
    ['typescript', "import 'soap'; client.customerCustomerInfoAsync(args, (error, result) => {});"],
    ['typescript', "import 'soap'; client.customerCustomerInfoAsync({ sessionId, ...rest });"],
    ['typescript', "import 'soap'; client.callAsync({ sessionId, resourcePath: 'customer.info', ...rest });"],
    ['typescript', "import 'soap'; client.callAsync({ sessionId, resourcePath: 'customer.info', $xml: written });"],
    ['typescript', 'const id = 5; function f(id: number) { client.customerCustomerInfoAsync({ sessionId, customerId: id }); }'],
    ['typescript', 'const id = 5; const f = (id) => client.customerCustomerInfoAsync({ sessionId, customerId: id });'],
    ['typescript', 'const id = 5; rows.map(id => client.customerCustomerInfoAsync({ sessionId, customerId: id }));'],
    ['typescript', 'const id = 5; const f = ({ id }) => client.customerCustomerInfoAsync({ sessionId, customerId: id });'],
    ['typescript', 'const id = 5; const f = ({ a: [id] }) => client.customerCustomerInfoAsync({ sessionId, customerId: id });'],
    ['typescript', 'const id = 5; for (const id of rows) { client.customerCustomerInfoAsync({ sessionId, customerId: id }); }'],
    ['typescript', 'const id = 5; class A { f(id) { client.customerCustomerInfoAsync({ sessionId, customerId: id }); } }'],
    ['typescript', 'const id = 5; try { x(); } catch (id) { client.customerCustomerInfoAsync({ sessionId, customerId: id }); }'],
    ['typescript', 'let id = 5; function f() { client.customerCustomerInfoAsync({ sessionId, customerId: id }); } id = 6;'],
    [
      'typescript',
      "const data = { firstname: 'J' }; normalise(data); client.customerCustomerUpdateAsync({ sessionId, customerId: " +
        '1, customerData: data });',
    ],
    ['typescript', 'client.customerCustomerInfoAsync({ sessionId, customerId: /a, customerId: 5}/.exec(x) });'],
  ];
  for (const [language, text] of unread) {
    test(text.slice(0, 110), () => {
      assert.deepEqual(requests(text, language), [undefined]);
      assert.deepEqual(
        diagnose(text, language).filter(({ severity }) => severity === 'error' || severity === 'warning'),
        [],
      );
    });
  }

  test('a regular expression in an argument does not hide the arguments after it', () => {
    const found = findCalls("client.customerCustomerInfoAsync({ sessionId: x.replace(/['\"(]/g, ''), customerId: 5 });", 'typescript');
    assert.deepEqual(
      found.map((call) => requestOf(call)?.args),
      [{ customerId: 5 }],
    );
  });
});

describe('common forms of calls are read', () => {
  const read: readonly (readonly [language: CodeLanguage, text: string, args: unknown])[] = [
    ['php', "<? $client->call($session, 'customer.info', '2');", { customerId: '2' }],
    ['php', "<?PHP $client->call($session, 'customer.info', '2');", { customerId: '2' }],
    [
      'php',
      "<?php class A { const INFO = 'customer.info'; function f($c, $session) { $c->call($session, self::INFO, [2]); } }",
      { customerId: 2 },
    ],
    ['php', "<?php class A { public const string INFO = 'customer.info'; } $c->call($session, A::INFO, [2]);", { customerId: 2 }],
    ['php', "<?php const INFO = 'customer.info'; $c->call($session, INFO, [2]);", { customerId: 2 }],
    ['php', "<?php define('INFO', 'customer.info'); $c->call($session, INFO, [2]);", { customerId: 2 }],
    ['php', "<?php $method = 'customer.info'; $c->call($session, $method, [2]);", { customerId: 2 }],
    ['php', '<?php $id = 5; $c->customerCustomerInfo($session, $id);', { customerId: 5 }],
    ['php', '<?php $id = 5; $f = function ($c, $session) use ($id) { $c->customerCustomerInfo($session, $id); };', { customerId: 5 }],
    ['php', '<?php $id = 5; $f = fn ($session) => $c->customerCustomerInfo($session, $id);', { customerId: 5 }],
    [
      'php',
      "<?php $f = array(); $f['filter'][] = ['key' => 'email', 'value' => 'a']; $f['complex_filter'][] = ['key' => " +
        "'group_id', 'value' => ['key' => 'in', 'value' => '1']]; $c->customerCustomerList($session, $f);",
      { filters: { filter: [{ key: 'email', value: 'a' }], complex_filter: [{ key: 'group_id', value: { key: 'in', value: '1' } }] } },
    ],
    ['php', '<?php $p = new stdClass(); $p->sessionId = $session; $p->customerId = 7; $c->customerCustomerInfo($p);', { customerId: 7 }],
    [
      'php',
      '<?php $p = new \\stdClass; $p->sessionId = $this->session->id; $p->customerId = 7; $c->customerCustomerInfo($p);',
      { customerId: 7 },
    ],
    ['php', '<?php $client?->customerCustomerInfo($session, 5);', { customerId: 5 }],
    ['php', "<?php $client->{'customerCustomerInfo'}($session, 5);", { customerId: 5 }],
    ['php', '<?php $client->customerCustomerInfo($session, 12345678901234567890);', { customerId: '12345678901234567890' }],
    [
      'php',
      "<?php $client->customerCustomerUpdate($session, 0x10, ['taxvat' => 1.10, 'dob' => 1_000]);",
      { customerId: 16, customerData: { taxvat: '1.10', dob: 1000 } },
    ],
    [
      'php',
      "<?php $client->customerCustomerInfo($session, 5, [0 => 'email', 1 => 'taxvat']);",
      { customerId: 5, attributes: ['email', 'taxvat'] },
    ],
    ['typescript', 'await client.customerCustomerInfoAsync<any>({ sessionId, customerId: 5 });', { customerId: 5 }],
    [
      'typescript',
      'await client.customerCustomerInfoAsync<Map<string, { a: number; b: X[] }>>({ sessionId, customerId: 5 });',
      { customerId: 5 },
    ],
    ['typescript', "import 'soap'; await this.call<Customer>('customer.info', [5]);", { customerId: 5 }],
    ['typescript', "await client['customerCustomerInfoAsync']({ sessionId, customerId: 5 });", { customerId: 5 }],
    ['typescript', "await this.client?.['customerCustomerInfoAsync']?.({ sessionId, customerId: 5 });", { customerId: 5 }],
    ['typescript', 'await client?.customerCustomerInfoAsync?.({ sessionId, customerId: 5 });', { customerId: 5 }],
    ['typescript', 'await client!.customerCustomerInfoAsync!({ sessionId, customerId: 5 });', { customerId: 5 }],
    ['typescript', 'const text = `a ${await client.customerCustomerInfoAsync({ sessionId, customerId: 5 })} b`;', { customerId: 5 }],
    ['typescript', 'const args = { sessionId, customerId: 5 } as const\nawait client.customerCustomerInfoAsync(args)', { customerId: 5 }],
    [
      'typescript',
      'const args: Args = {};\nargs.sessionId = session;\nargs.customerId = 5;\nawait client.customerCustomerInfoAsync(args);',
      { customerId: 5 },
    ],
    [
      'typescript',
      "class A { static readonly INFO = 'customer.info'; f() { return client.call(this.session, A.INFO, [5]); } }",
      { customerId: 5 },
    ],
    ['typescript', "const paths = { info: 'customer.info' } as const; client.call(session, paths.info, [5]);", { customerId: 5 }],
    [
      'typescript',
      'client.customerCustomerInfoAsync({ sessionId, customerId: 12345678901234567890 });',
      { customerId: '12345678901234567890' },
    ],
  ];
  for (const [language, text, args] of read) {
    test(text.slice(0, 110), () => {
      const [found, ...more] = requests(text, language);
      assert.deepEqual(found, args);
      assert.deepEqual(more, []);
    });
  }
});
