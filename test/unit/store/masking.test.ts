import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSecretName, isSecretValue } from '../../../src/api/secrets';
import { isList, isRecord, type SoapValue } from '../../../src/api/value';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { MASK, maskText, maskValue, maskXml } from '../../../src/store/masking/mask';
import { occurrences } from '../../../src/store/masking/literals';
import { envelope } from '../../support/envelopes';
import { rounds } from '../../support/rounds';

const seed = Number(process.env['SEED'] ?? 20261124);

test('a name that looks secret is one, until the catalogue says otherwise', () => {
  for (const name of [
    'password',
    'PASSWORD_HASH',
    'twofa_secret',
    'guest_access_token',
    'customerPassword',
    'api_key',
    'API-KEY',
    'apiKey',
    'apikey',
    'clientSecret',
    'accesstoken',
    'passwordhash',
    'refresh_token',
    'sessionId',
    'session_id',
    'private_key',
    'loginReturn',
    'new_password',
    'rp_customer_id',
    'user_pwd',
    '2fa_secret',
    'hash',
    'tokens',
  ]) {
    assert.ok(isSecretName(name), name);
  }
  for (const name of [
    'url_key',
    'meta_keyword',
    'key',
    'value',
    'email',
    'password_created_at',
    'rp_token_created_at',
    'token_expires_at',
    'token_type',
    'secretary',
    'hashtag',
    'tokenizer',
    'keyboard',
    'monkey',
    'customer_id',
    'confirmation',
    'passport',
    'session',
    '',
    'item',
  ]) {
    assert.ok(!isSecretName(name), name);
  }
  assert.ok(isSecretValue('confirmation', '962a5d2000f59a3180428ab57800ad73'));
  for (const value of ['1', 'true', true, null, '', undefined]) assert.ok(!isSecretValue('has_password', value), String(value));
});

/** Spellings of a password hash that decode to the same. */
const spellings: readonly string[] = [
  '<r xsi:type="ns2:Map"><item><value xsi:type="xsd:string">S3CRET</value><key xsi:type="xsd:string">password_hash</key></item></r>',
  '<r xsi:type="ns2:Map"><item><key>password_hash</key><!-- c --><value>S3CRET</value></item></r>',
  '<r xsi:type="ns2:Map"><item><key>password_hash</key><x/><value>S3CRET</value></item></r>',
  '<r xsi:type="ns2:Map"><item><key>pass&#119;ord_hash</key><value>S3CRET</value></item></r>',
  '<r xsi:type="ns2:Map"><item><key>pass<!-- c -->word_<![CDATA[hash]]></key><value>S3CRET</value></item></r>',
  '<r xsi:type="ns2:Map"><item><key> password_hash </key><value>S3CRET</value></item></r>',
  '<r xsi:type="ns2:Map"><item><key>password_hash</key><value href="#v"/></item></r><v id="v">S3CRET</v>',
  '<v id="v">S3CRET</v><r xsi:type="ns2:Map"><item><key>password_hash</key><value href="#v"/></item></r>',
  '<r xsi:type="ns2:Map"><item><key href="#k"/><value>S3CRET</value></item></r><k id="k">password_hash</k>',
  '<r xsi:type="ns2:Map"><item><key>password_hash</key><value href="#v"/></item></r><v id="v"><a href="#w"/></v><w id="w">S3CRET</w>',
  '<r><PASSWORD_HASH>S3CRET</PASSWORD_HASH></r>',
  '<r><x:password_hash xmlns:x="urn:x" a="b>c">S3CRET</x:password_hash></r>',
  '<r><password_hash\n  xsi:type="xsd:string"\n>S3CRET</password_hash\n></r>',
  '<r><password_hash>S3<!-- c -->CR<![CDATA[ET]]></password_hash></r>',
  '<r><password_hash><part>S3CRET</part><part>S3CRET</part></password_hash></r>',
  '<r><password_hash SOAP-ENC:arrayType="xsd:string[1]" xsi:type="SOAP-ENC:Array"><item>S3CRET</item></password_hash></r>',
  '<r><twofa_secret>S3CRET</twofa_secret></r>',
  '<r><password_hash href="#v"/></r><v id="v">S3CRET</v>',
  '<r><filter><complexObjectArray><value>S3CRET</value><key>password_hash</key></complexObjectArray></filter></r>',
  '<r><filter><item><key>password_hash</key><value><value>S3CRET%</value><key>like</key></value></item></filter></r>',
];

for (const xml of spellings) {
  test(`a secret is masked by its place, and nothing else changes: ${xml}`, () => {
    const text = envelope(`<ns1:callResponse>${xml}</ns1:callResponse>`);
    const masked = maskXml(text);
    assert.ok(!/S3|CR|ET/.test(masked.replace(/ENVELOPE|SOAP-ENC/g, '')), masked);
    assert.equal((masked.match(/••••••/g) ?? []).length >= 1, true);
    assert.equal(
      masked.replaceAll(MASK, '').replace(/<!--.*?-->/g, ''),
      text.replaceAll(/S3CRET%?|S3(?=<)|(?<=>)CR|<!\[CDATA\[ET\]\]>/g, '').replace(/<!--.*?-->/g, ''),
    );
    for (let end = text.indexOf('S3') + 2; end < text.length; end += 13)
      assert.ok(!/S3CRE|S3(?=$)/.test(maskXml(text.slice(0, end)).replace(/<v id.*/s, '')) || xml.includes('href'), text.slice(0, end));
  });
}

test('operators and keys of maps within a secret stay, as do numbers of a rpc:result', () => {
  const filter = '<filter><item><key>password_hash</key><value><key>like</key><value>S3CRET</value></value></item></filter>';
  assert.equal(maskXml(filter), filter.replace('S3CRET', MASK));
  const harmless =
    '<item><key>url_key</key><value>my-shop</value></item><item><key>meta_keyword</key><value>shoes</value></item><pa' +
    'ssword_hash/><has_password>1</has_password>';
  assert.equal(maskXml(harmless), harmless);
});

test('markup that is quoted, escaped or put into JSON and comments is masked too', () => {
  const inner = '<ns1:login><apiKey xsi:type="xsd:string">S3CRET</apiKey></ns1:login>';
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  for (const text of [
    inner,
    escaped(inner),
    escaped(escaped(inner)),
    `<![CDATA[${inner}]]>`,
    `<![CDATA[${escaped(inner)}]]>`,
    escaped(`<![CDATA[${inner}]]>`),
    `<!-- ${inner} -->`,
    JSON.stringify({ request: inner }),
    JSON.stringify({ request: inner }).replaceAll('/', '\\/').replaceAll('<', '\\u003c'),
    escaped(JSON.stringify({ request: inner })),
  ]) {
    const masked = maskXml(`<faultstring>${text}</faultstring>`);
    assert.ok(!masked.includes('S3CRET'), masked);
    assert.ok(masked.includes('login') && masked.includes('/faultstring'), masked);
  }
});

test('maps that PHP or JSON prints are masked, whole or cut off', () => {
  for (const text of [
    '{"password":["S3CRET","S3CRET"],"email":"a"}',
    '{"data":{"password":{"x":"S3CRET"}}}',
    's:8:"password";s:6:"S3CRET";',
    '<user password="S3CRET" name="x"/>',
    'apiKey=S3CRET&user=x',
    '{"password": "S3CRE',
    '{"api_key":123456}',
    "'twofa_secret' => 'S3CRET'",
    '{"password":"a\\"S3CRET"}',
  ]) {
    const masked = maskXml(text);
    assert.ok(!/S3CRE|123456/.test(masked), masked);
  }
  for (const harmless of [
    '{"password":null,"token_type":"bearer"}',
    'the password: is wrong',
    '"url_key":"my-shop"',
    '[email] => a@b.c',
    'session=open',
  ])
    assert.equal(maskXml(harmless), harmless);
});

test('values behind names without quotes, and properties of objects, are masked as well', () => {
  const forms = [
    'object(Foo)#1 (1) {\n  ["password":protected]=>\n  string(9) "S3CRET999"\n}',
    'object(Foo)#1 (1) {\n  ["password":"Foo\\Bar":private]=>\n  string(9) "S3CRET999"\n}',
    'O:3:"Foo":1:{s:11:"\0*\0password";s:9:"S3CRET999";}',
    'O:3:"Foo":1:{s:13:"\0Foo\0password";s:9:"S3CRET999";}',
    "array (size=1)\n  'password' => \n    string 'S3CRET999' (length=9)",
    "{password: 'S3CRET999', a: 1}",
    '  api_key: "S3CRET999"',
    "update customer set password_hash = 'S3CRET999' where",
    '{:password=>"S3CRET999"}',
    '{password: \\"S3CRET999\\"}',
    '<input type="hidden" value="S3CRET999" name="form[password]"/>',
    "<param name='api_key' value='S3CRET999'>",
    '<item key="password">S3CRET999</item>',
    '<input name="password" value="S3CRET999" <b>',
    '<field name="password_hash"><b>S3CRET999</b></field>',
  ];
  for (const form of forms) {
    for (const text of [
      form,
      `<faultstring>${form.replaceAll('"', '&quot;')}</faultstring>`,
      JSON.stringify({ body: form }).replaceAll('\\u0000', '\0'),
    ]) {
      const masked = maskXml(text);
      assert.ok(!masked.includes('S3CRET'), masked);
      assert.ok(masked.includes(MASK), masked);
    }
  }
  for (const harmless of [
    "email = 'a@b'",
    'url_key: "my-shop"',
    'type: "password"',
    '<input name="email" value="a"/>',
    '<item key="email">a</item>',
    '<a name="password"/>',
  ])
    assert.equal(maskXml(harmless), harmless);
});

test('a known secret is hidden from its twelfth character on, as PHP cuts it in stack traces', () => {
  const secret = 'abcdefghijklmnopqrstuvwxyz';
  for (let length = 1; length <= secret.length; length++) {
    const masked = maskText(`#0 login('user', '${secret.slice(0, length)}...')`, [secret]);
    assert.equal(masked.includes(secret.slice(0, length)), length < 12, masked);
  }
  assert.equal(maskText('short abcd efg', ['abcd']), `short ${MASK} efg`);
  assert.equal(maskText('abcdefgh', ['abcdefghij']), 'abcdefgh');
});

test('every occurrence of a secret with at least twelve characters is found, whatever repeats in it', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 60 });
  fc.assert(
    fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 4, maxLength: 20 }), (text, secret) => {
      const hidden = new Uint8Array(text.length);
      const least = Math.min(12, secret.length);
      for (let at = 0; at < text.length; at++) {
        let length = 0;
        while (length < secret.length && at + length < text.length && text[at + length] === secret[length]) length++;
        if (length >= least) hidden.fill(1, at, at + length);
      }
      const found = new Uint8Array(text.length);
      for (const { start, end } of occurrences(text, secret)) found.fill(1, start, end);
      assert.deepEqual(found, hidden, `${secret} in ${text}`);
    }),
    { seed, numRuns: rounds(3000) },
  );
});

test('secrets that look like patterns, escapes or repetitions are masked without delay', () => {
  const text = `${'\\'.repeat(50_000)} ${'a'.repeat(50_000)} ${'&amp;'.repeat(10_000)} ${'%25'.repeat(10_000)}`;
  for (const secret of [
    '\\'.repeat(14),
    '\\'.repeat(5000),
    `${'a'.repeat(10_000)}b`,
    '&amp;'.repeat(20),
    '%25'.repeat(20),
    '(a+)+$',
    '.*.*.*.*',
  ]) {
    assert.ok(!maskText(`${text}${secret}`, [secret]).includes(secret), secret.slice(0, 20));
  }
});

/** XML of maps and structures with secrets in them, spelled in many ways, and every secret that they hold. */
const secretText = fc.integer({ min: 100000, max: 999999 }).map((number) => `S3CRET${number}`);
const spell = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    text,
    `<![CDATA[${text}]]>`,
    `${text.slice(0, 3)}<!-- c -->${text.slice(3)}`,
    `&#${text.charCodeAt(0)};${text.slice(1)}`,
    `&#x${text.charCodeAt(0).toString(16)};${text.slice(1)}`,
  );
const documents = fc
  .array(
    fc
      .tuple(
        fc.constantFrom('password', 'rp_token', 'twofa_secret', 'email', 'Api_Key'),
        secretText,
        fc.constantFrom('map', 'turned', 'field', 'nested', 'href'),
      )
      .chain(([name, value, form]) =>
        fc
          .tuple(spell(name), spell(value), fc.constantFrom('', ' ', '\n', '<!-- c -->'))
          .map(([key, text, gap]) => ({ name, form, key, text, gap })),
      ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => {
    let targets = '';
    const written = parts.map(({ name, form, key, text, gap }, index) => {
      const map = (pair: readonly string[]): string => `<m xsi:type="ns2:Map"><item>${pair.join(gap)}</item></m>`;
      if (form === 'map') return map([`<key>${key}</key>`, `<value>${text}</value>`]);
      if (form === 'turned') return map([`<value xsi:type="xsd:string">${text}</value>`, `<key>${key}</key>`]);
      if (form === 'nested') return `<${name}>${gap}<a><b>${text}</b></a>${gap}</${name}>`;
      if (form === 'field') return `<x:${name} xmlns:x="urn:x">${text}</x:${name}>`;
      targets += `<multiRef id="v${index}"><a>${text}</a></multiRef>`;
      return `<${name} href="#v${index}"/>`;
    });
    return envelope(`<ns1:callResponse><r>${written.join('')}</r></ns1:callResponse>${targets}`);
  });

test('what is masked in the text is what is masked in the value, on random documents', () => {
  const value = (text: string): SoapValue => {
    const decoded = decodeResponse(Buffer.from(text));
    assert.ok(decoded.kind === 'result');
    return decoded.value;
  };
  for (const text of fc.sample(documents, { numRuns: rounds(500), seed })) {
    const masked = maskXml(text);
    assert.deepEqual(maskValue(value(masked)), maskValue(value(text)), `${text}\n${masked}`);
    const shown = JSON.stringify(maskValue(value(text)));
    for (const secret of secretsOf(value(text))) if (!shown.includes(secret)) assert.ok(!masked.includes(secret), `${secret}\n${masked}`);
  }
});

function* secretsOf(value: SoapValue, name = ''): Generator<string> {
  if (isList(value)) for (const item of value) yield* secretsOf(item, name);
  else if (isRecord(value)) for (const [key, inner] of Object.entries(value)) yield* secretsOf(inner, isSecretName(key) ? key : name);
  else if (name !== '' && isSecretValue(name, value)) yield String(value);
}
