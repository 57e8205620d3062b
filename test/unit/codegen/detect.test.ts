import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { soapDialects } from '../../../src/api/dialect';
import { toV1Filters, toV2Filters } from '../../../src/api/filters';
import type { SoapRecord } from '../../../src/api/value';
import {
  completionsAt,
  diagnose,
  findCalls,
  generateCode,
  hoverAt,
  mayHoldCalls,
  requestOf,
  snippetFiles,
  type CodeLanguage,
} from '../../../src/codegen/index';
import { expandSnippet } from '../../support/snippet';
import { soapValues, xmlSafeText } from '../../support/soap-values';

const place = { url: 'https://shop.example/api/soap/', user: 'apiUser' };

/** Text with `|` where the cursor is. */
function cursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  assert.notEqual(offset, -1);
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

function words(marked: string, language: CodeLanguage = 'php'): readonly string[] | undefined {
  const { text, offset } = cursor(marked);
  return completionsAt(text, offset, language)?.words.map(({ name }) => name);
}

function codes(text: string, language: CodeLanguage = 'php'): readonly string[] {
  return diagnose(text, language).map(({ code }) => code);
}

/** The text with the first fix of a diagnostic. */
function fixed(text: string, code: string, language: CodeLanguage = 'php'): string {
  const fix = diagnose(text, language).find((diagnostic) => diagnostic.code === code)?.fixes[0];
  assert.ok(fix, `there is a fix for ${code}`);
  return [...fix.edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((before, { span, text: to }) => before.slice(0, span.start) + to + before.slice(span.end), text);
}

const soapClient = '<?php $client = new SoapClient($wsdl); ';

describe('calls in code', () => {
  test('are found in the forms of the documentation, and become requests', () => {
    const php = `<?php
$client = new SoapClient('https://shop.example/api/soap/?wsdl');
$result = $client->call($session, 'customer.list');
$client->call($session, 'customer.info', '2');
$client->call($session, 'customer.update', array(2, array('firstname' => "J\\u{e9}", 'taxvat' => 'a' /* none */)));
$complexFilter = ['complex_filter' => [['key' => 'group_id', 'value' => ['key' => 'in', 'value' => '1,3']]]];
$client->customerCustomerList($session, $complexFilter);
$proxy->customerCustomerInfo((object)['sessionId' => $sessionId->result, 'customerId' => '2']);
$proxy->__soapCall('customerCustomerDelete', [$session, 5]);
$client->multiCall($session, [['customer.info', [1]], ['customer_group.list']]);
`;
    assert.deepEqual(findCalls(php, 'php').map(requestOf), [
      { method: 'customer.list', args: {}, dialect: 'v1' },
      { method: 'customer.info', args: { customerId: '2' }, dialect: 'v1' },
      { method: 'customer.update', args: { customerId: 2, customerData: { firstname: 'Jé', taxvat: 'a' } }, dialect: 'v1' },
      {
        method: 'customer.list',
        args: { filters: { complex_filter: [{ key: 'group_id', value: { key: 'in', value: '1,3' } }] } },
        dialect: 'v2',
      },
      { method: 'customer.info', args: { customerId: '2' }, dialect: 'wsi' },
      { method: 'customer.delete', args: { customerId: 5 }, dialect: 'v2' },
      { method: 'customer.info', args: { customerId: 1 }, dialect: 'v1' },
      { method: 'customer_group.list', args: {}, dialect: 'v1' },
    ]);
  });

  test('are found in TypeScript, over V1, V2 and WS-I', () => {
    const ts = `
import { createClientAsync } from 'soap';
await client.customerCustomerListAsync({ sessionId, filters: { filter: { item: [{ key: 'lastname', value: \`Doe\` }] } } });
await client.customerCustomerInfoAsync({ sessionId, customerId: 2, attributes: { complexObjectArray: ['email'] } } as const);
client.customerAddressList({ sessionId, customerId: 3 }, (error, result) => undefined);
const data = { firstname: "Jane" };
await client.callAsync({ sessionId, resourcePath: 'customer.update', $xml: encode('args', [2, data]) });
`;
    assert.deepEqual(findCalls(ts, 'typescript').map(requestOf), [
      { method: 'customer.list', args: { filters: { filter: [{ key: 'lastname', value: 'Doe' }] } }, dialect: 'v2' },
      { method: 'customer.info', args: { customerId: 2, attributes: ['email'] }, dialect: 'wsi' },
      { method: 'customer_address.list', args: { customerId: 3 }, dialect: 'v2' },
      { method: 'customer.update', args: { customerId: 2, customerData: { firstname: 'Jane' } }, dialect: 'v1' },
    ]);
  });

  test('are ignored in comments, in strings, in HTML around PHP, and when they belong to another API', () => {
    const php = `<p>$client->call($s, 'customer.list')</p><?php // $client->call($s, 'customer.list')
# $client->customerCustomerList($s)
/* $client->customerCustomerList($s) */ $a = '$client->customerCustomerList($s)'; $b = "->customerCustomerList(";
$c = <<<TEXT
$client->customerCustomerList($s)
TEXT;
#[Attribute] $this->call('GET', '/customer.list'); $order->customerName(); $x->call($s, 'catalog_product.list');
?> $client->customerCustomerList($s) <?php $client->customerCustomerDelete($s, 1);`;
    assert.deepEqual(
      findCalls(php, 'php').map(({ method }) => method),
      ['customerCustomerDelete'],
    );
    const ts = `// client.customerCustomerListAsync({})
const text = \`client.customerCustomerListAsync({ \${x + \`}\`} })\`; const re = /['"]client.customerCustomerList(/; it's('customer.'); <p>don't</p>
route.call(this, 'orders.show'); i18n.t('customer.list'); client.customerGroupListAsync({ sessionId });`;
    assert.deepEqual(
      findCalls(ts, 'typescript').map(({ method }) => method),
      ['customerGroupList'],
    );
  });

  test('are found after text that is slow to scan', () => {
    const call = '\nclient.customerGroupListAsync({ sessionId });';
    for (const hostile of ['=/[a'.repeat(500_000), '=/a'.repeat(500_000), `=/[/]'${'\\a'.repeat(500_000)}/`]) {
      assert.deepEqual(
        findCalls(hostile + call, 'typescript').map(({ method }) => method),
        ['customerGroupList'],
      );
    }
    assert.deepEqual(
      findCalls(`const a = \`\${\`\${{ b: '}' }}\`}\`;${call}${'`${'.repeat(500_000)}`, 'typescript').map(({ method }) => method),
      ['customerGroupList'],
    );
  });

  test('have no request when an argument is not a literal, or when a variable was changed or belongs to another function', () => {
    const unknown = [
      '$client->customerCustomerInfo($session, $id);',
      '$client->customerCustomerInfo($session, 1 + 1);',
      '$client->customerCustomerInfo($session, "$id");',
      "$f = ['filter' => []]; $f['filter'][] = $x; $client->customerCustomerList($session, $f);",
      'function a() { $id = 5; } $client->customerCustomerInfo($session, $id);',
      "$client->customerCustomerCreate($session, ['email' => $mail]);",
      "$client->customerCustomerCreate($session, [...$data, 'email' => 'a@example.com']);",
    ];
    for (const code of unknown) assert.deepEqual(findCalls(soapClient + code, 'php').map(requestOf), [undefined], code);
  });

  test('of generated programs are read as the requests they were generated from', () => {
    const languages = { php: 'php', typescript: 'typescript' } as const;
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{3,9}$/), fc.oneof(xmlSafeText, fc.integer(), fc.boolean()), { noNullPrototype: true }),
        fc.constantFrom(...soapDialects),
        fc.constantFrom<'php' | 'typescript'>('php', 'typescript'),
        (data, dialect, target) => {
          const args = { customerId: 2, customerData: data };
          const source = generateCode({ ...place, method: 'customer.update', args, dialect }, target);
          const [call, ...more] = findCalls(source, languages[target]);
          assert.ok(call);
          assert.deepEqual(more, []);
          // PHP has the same array for an empty map and an empty list.
          const expected: unknown = Object.keys(data).length === 0 && target === 'php' ? { customerId: 2, customerData: [] } : args;
          assert.deepEqual(requestOf(call), {
            method: 'customer.update',
            args: expected,
            dialect: dialect === 'wsi' && target === 'typescript' ? 'v2' : dialect,
          });
        },
      ),
      { numRuns: 300 },
    );
    const filters: SoapRecord = { group_id: { in: [1, 3] }, lastname: "O'Hara" };
    for (const dialect of soapDialects) {
      for (const target of ['php', 'typescript'] as const) {
        const [call] = findCalls(
          generateCode({ ...place, method: 'customer.list', args: { filters }, dialect }, target),
          languages[target],
        );
        assert.ok(call);
        assert.deepEqual(requestOf(call)?.args, { filters: dialect === 'v1' ? toV1Filters(filters) : toV2Filters(filters) });
        assert.equal(call.dialect, dialect);
      }
    }
  });

  test('any text, cut anywhere, is read without an error', () => {
    const programs = soapDialects.flatMap((dialect) =>
      (['php', 'typescript'] as const).map(
        (target) =>
          [
            target,
            generateCode(
              { ...place, method: 'customer.list', args: { filters: { email: { like: "a'%" }, group_id: { in: [1] } } }, dialect },
              target,
            ),
          ] as const,
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...programs), fc.nat(), fc.nat(60), soapValues(), ([language, program], at, length, junk) => {
        const cut = at % program.length;
        const text = program.slice(0, cut) + (typeof junk === 'string' ? junk : JSON.stringify(junk)) + program.slice(cut + length);
        diagnose(text, language);
        for (const offset of [cut, cut + 1, text.length]) {
          completionsAt(text, offset, language);
          hoverAt(text, offset, language);
        }
        assert.ok(findCalls(text, language).every(({ start, end, methodSpan }) => start <= end && methodSpan.end <= text.length));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('diagnostics', () => {
  test('report only lists of the whole store in snippets and generated code', () => {
    const quiet = new Set(['list-whole-store', 'filter-in-text', 'create-no-password', 'attributes-secret', 'multicall-update']);
    for (const [language, file] of Object.entries(snippetFiles())) {
      for (const [name, { body }] of Object.entries(file)) {
        const text = `${soapClient}${expandSnippet(body)}`;
        const found = diagnose(
          language === 'php' ? text : `'soap';\n${expandSnippet(body)}`,
          language === 'php' ? 'php' : 'typescript',
        ).filter(({ code, severity }) => !quiet.has(code) && severity !== 'hint' && severity !== 'information');
        assert.deepEqual(found, [], `${language}: ${name}`);
      }
    }
  });

  test('report misspelled methods', () => {
    assert.deepEqual(codes(`${soapClient}$client->call($session, 'customer.lst', [[]]);`), ['method-unknown']);
    assert.match(fixed(`${soapClient}$client->call($session, 'customer.lst');`, 'method-unknown'), /'customer\.list'\)/);
    assert.deepEqual(
      codes(`${soapClient}$client->call($session, 'customer.search', [[]]); $client->customerGroupRecalculateAllTotals($session);`),
      ['code-method', 'code-method'],
    );
    assert.match(
      fixed("'soap'; client.customerCustomerLstAsync({ sessionId });", 'method-unknown', 'typescript'),
      /client\.customerCustomerListAsync\(/,
    );
  });

  test('report attributes, operators and conditions that conflict, in every form', () => {
    const v1 =
      `${soapClient}$client->call($session, 'customer.list', [['Email' => ['lyke' => 'a%'], 'customer_id' => ['gteq' ` +
      `=> 1, 'lteq' => 9]]]);`;
    assert.deepEqual(codes(v1), ['filter-attribute', 'filter-operator', 'filter-two-operators']);
    assert.match(fixed(v1, 'filter-attribute'), /\['email' => \['lyke'/);
    assert.match(fixed(v1, 'filter-two-operators'), /'customer_id' => \['from' => 1, 'to' => 9\]/);
    const v2 =
      "'soap'; client.customerCustomerListAsync({ sessionId, filters: { complex_filter: { item: [{ key: 'emial', " +
      "value: { key: 'lyke', value: 'a%' } }] } } });";
    assert.deepEqual(codes(v2, 'typescript'), ['filter-attribute', 'filter-operator']);
    assert.match(fixed(v2, 'filter-operator', 'typescript'), /value: \{ key: 'like', value: 'a%' \}/);
    assert.deepEqual(
      diagnose(`${soapClient}$client->customerCustomerList($s, ['filter' => [['key' => 'shoe_size', 'value' => 1]]]);`, 'php', {
        attributes: ['shoe_size'],
      }),
      [],
      'an attribute of the store’s own is no mistake',
    );
  });

  test('report an empty list of arguments, and the effects of data in create and update', () => {
    const empty = `${soapClient}$client->call($session, 'customer.list', []);`;
    assert.deepEqual(codes(empty), ['call-no-arguments']);
    assert.deepEqual(codes(`${soapClient}$client->customerCustomerUpdate($s, 1, ['password' => 'seven-or-more']);`), ['update-password']);
    assert.match(
      fixed(`${soapClient}$client->customerCustomerUpdate($s, 1, ['password' => 'x', 'firstname' => 'J']);`, 'update-password'),
      /\$s, 1, \['firstname' => 'J'\]\)/,
    );
    assert.match(
      fixed(`${soapClient}$client->customerCustomerUpdate($s, 1, ['firstname' => 'J', 'password' => 'x']);`, 'update-password'),
      /\$s, 1, \['firstname' => 'J'\]\)/,
    );
    assert.ok(
      codes(
        `${soapClient}$client->customerCustomerCreate($s, ['customer_id' => 5, 'email' => 'a@example.com', 'website_id' ` +
          `=> 1, 'password' => 'seven-or-more']);`,
      ).includes('create-customer-id'),
    );
  });

  test('report filters in the form of another dialect, which are dropped or refused', () => {
    const v2 = `${soapClient}$client->customerCustomerList($session, ['lastname' => 'Doe', 'group_id' => ['in' => [1, 3]]]);`;
    assert.deepEqual(codes(v2), ['code-filters-form']);
    const right = fixed(v2, 'code-filters-form');
    assert.deepEqual(codes(right), []);
    assert.deepEqual(findCalls(right, 'php').map(requestOf)[0]?.args, {
      filters: toV2Filters({ lastname: 'Doe', group_id: { in: [1, 3] } }),
    });
    const v1 =
      `${soapClient}$client->call($session, 'customer.list', [['complex_filter' => [['key' => 'group_id', 'value' => ` +
      `['key' => 'in', 'value' => '1,3']]]]]);`;
    assert.deepEqual(codes(v1), ['code-filters-v2-form']);
    assert.match(fixed(v1, 'code-filters-v2-form'), /\[\['group_id' => \['in' => \['1', '3'\]\]\]\]\)/);
  });

  test('report lists that lack their wrapper, and lists as values of filters', () => {
    const wsi = `${soapClient}$client->customerCustomerInfo(['sessionId' => $s, 'customerId' => 1, 'attributes' => ['email']]);`;
    assert.deepEqual(codes(wsi), ['code-list-wrapper']);
    assert.match(fixed(wsi, 'code-list-wrapper'), /'attributes' => \['complexObjectArray' => \['email'\]\]/);
    const v2 = "'soap'; client.customerCustomerInfoAsync({ sessionId, customerId: 1, attributes: ['email'] });";
    assert.match(fixed(v2, 'code-list-items', 'typescript'), /attributes: \{ item: \['email'\] \}/);
    const list =
      `${soapClient}$client->customerCustomerList($s, ['complex_filter' => [['key' => 'group_id', 'value' => ['key' => ` +
      `'in', 'value' => [1, 3]]]]]);`;
    assert.match(fixed(list, 'code-filter-list-value'), /'value' => '1,3'\]/);
  });
});

describe('completion', () => {
  test('offers methods at a path or an operation', () => {
    assert.ok(words(`${soapClient}$client->call($session, '|`)?.includes('customer.list'));
    assert.ok(words(`${soapClient}$client->call($session, 'customer.|');`)?.includes('customer.info'));
    assert.ok(words(`${soapClient}$client->customerCus|`)?.includes('customerCustomerList'));
    assert.ok(
      words('<?php $shop = new SoapClient($wsdl); $shop->|')?.includes('customerCustomerInfo'),
      'right after the arrow of a client',
    );
    assert.equal(words(`${soapClient}$this->|`), undefined, 'not after every arrow');
    const { text, offset } = cursor("import 'soap'; await client.customerC|");
    assert.deepEqual(completionsAt(text, offset, 'typescript')?.suffix, 'Async');
    assert.equal(words("<?php $this->call('GET', '|');"), undefined, 'not in a file that does not speak of this API');
  });

  test('offers attributes and operators in filters of every form', () => {
    assert.ok(words(`${soapClient}$client->call($session, 'customer.list', [['|']]);`)?.includes('email'));
    assert.ok(words(`${soapClient}$client->call($session, 'customer.list', [['email' => ['|' => 'a%']]]);`)?.includes('like'));
    assert.ok(words(`${soapClient}$client->call($session, 'customer.list', [['email' => [['|']]]]);`)?.includes('like'));
    assert.deepEqual(words(`${soapClient}$client->customerCustomerList($session, ['|']);`), ['filter', 'complex_filter']);
    assert.ok(words(`${soapClient}$client->customerCustomerList($session, ['filter' => [['key' => '|']]]);`)?.includes('lastname'));
    assert.ok(
      words(`${soapClient}$client->customerCustomerList($session, ['complex_filter' => [['key' => 'a', 'value' => ['key' => '|'`)?.includes(
        'gteq',
      ),
    );
    assert.ok(
      words(
        "'soap'; client.customerCustomerListAsync({ sessionId, filters: { complex_filter: { item: [{ key: '|' }] } } });",
        'typescript',
      )?.includes('email'),
    );
    assert.ok(
      words(
        `${soapClient}$client->customerCustomerList(['sessionId' => $s, 'filters' => ['filter' => ['complexObjectArray' ` +
          `=> [['key' => '|']]]]]);`,
      )?.includes('email'),
    );
  });

  test('offers the missing attributes of data', () => {
    const update = words(`${soapClient}$client->customerCustomerUpdate($s, 1, ['firstname' => 'J', '|']);`);
    assert.ok(update?.includes('lastname'));
    assert.ok(update?.includes('firstname') === false);
    assert.ok(update?.includes('password_hash') === false, 'V2 cannot write it');
    assert.ok(words(`${soapClient}$client->call($s, 'customer.update', [1, ['|' => 1]]);`)?.includes('password_hash'));
    assert.ok(
      words("'soap'; client.customerAddressCreateAsync({ sessionId, customerId: 1, addressData: { cit| } });", 'typescript')?.includes(
        'city',
      ),
    );
    assert.ok(words(`${soapClient}$client->customerCustomerInfo($s, 1, ['email', '|']);`)?.includes('taxvat'));
    assert.deepEqual(words("'soap'; client.customerCustomerInfoAsync({ sessionId, '|' });", 'typescript'), ['customerId', 'attributes']);
  });

  test('offers nothing where any value is allowed', () => {
    assert.equal(words(`${soapClient}$client->call($session, 'customer.list', [['email' => '|']]);`), undefined);
    assert.equal(words(`${soapClient}$name = '|'; $client->customerCustomerList($session);`), undefined);
    assert.equal(words(`${soapClient}$client->customerCustomerList($session); $name = '|';`), undefined);
  });
});

test('hover shows arguments, faults and traps of a method, and the meaning of an attribute or operator', () => {
  const at = (marked: string, language: CodeLanguage = 'php'): string => {
    const { text, offset } = cursor(marked);
    return hoverAt(text, offset, language)?.markdown ?? '';
  };
  const method = at(`${soapClient}$client->call($session, 'custo|mer.list');`);
  assert.match(method, /^\*\*customer\.list\*\* List customers \(SOAP V1\)/);
  assert.match(method, /- `filters` filters, optional: /);
  assert.match(method, /- 101: /);
  assert.match(method, /Use from and to/);
  assert.match(at("'soap'; client.customerCustomer|UpdateAsync({ sessionId });", 'typescript'), /\*\*customerCustomerUpdate\*\*.*SOAP V2/);
  assert.match(at(`${soapClient}$client->call($session, 'customer.list', [['ema|il' => ['like' => 'a']]]);`), /^\*\*email\*\* E-mail/);
  assert.match(at(`${soapClient}$client->call($session, 'customer.list', [['email' => ['lik|e' => 'a']]]);`), /^\*\*like\*\* matches/);
  assert.equal(at(`${soapClient}$x = 'em|ail';`), '');
});

test('a file without this API costs only a few searches', () => {
  const text = `<?php\n${'$this->repository->call($name, ["a" => 1]); // some text\n'.repeat(5000)}`;
  assert.equal(mayHoldCalls(text), false);
  assert.deepEqual(findCalls(text, 'php'), []);
});
