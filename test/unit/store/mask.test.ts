import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretValue } from '../../../src/api/secrets';
import { isList, isRecord, type SoapValue } from '../../../src/api/value';
import { decodeRequest, decodeResponse, type Decoded } from '../../../src/soap/decoding/decode';
import { MASK, maskResult, maskText, maskValue, maskXml, secretsIn } from '../../../src/store/masking/mask';
import { recordings } from '../../support/wire';

test('secrets are masked wherever they stand in a value; what is empty stays empty', () => {
  assert.deepEqual(
    maskValue({ email: 'a@b.c', password_hash: 'hash:salt', rp_token: null, list: [{ password: 'hunter22' }], sessionId: '' }),
    {
      email: 'a@b.c',
      password_hash: MASK,
      rp_token: null,
      list: [{ password: MASK }],
      sessionId: '',
    },
  );
  assert.deepEqual(maskValue({ password_hash: { like: 'abc%' } }), { password_hash: { like: MASK } });
  assert.deepEqual(
    maskValue({
      filter: [{ key: 'password_hash', value: 'abc' }],
      complex_filter: [{ key: 'rp_token', value: { key: 'eq', value: 'abc' } }],
    }),
    {
      filter: [{ key: 'password_hash', value: MASK }],
      complex_filter: [{ key: 'rp_token', value: { key: 'eq', value: MASK } }],
    },
  );
  // What V1 calls confirmation opens an account; V2 and WS-I say only whether there is such a key.
  assert.deepEqual(maskValue({ confirmation: '962a5d2000f59a3180428ab57800ad73' }), { confirmation: MASK });
  const flags = [
    { confirmation: true },
    { confirmation: 'true' },
    { confirmation: '0' },
    { confirmation: null },
    { confirmation: { notnull: 1 } },
  ];
  assert.deepEqual(maskValue(flags), flags);
  assert.deepEqual(maskValue({ filters: { confirmation: [{ like: '96%' }, { null: true }] } }), {
    filters: { confirmation: [{ like: MASK }, { null: true }] },
  });
  assert.equal(maskResult('login', 'fde38ddc89142b392197cd2987cbaac9'), MASK);
  assert.deepEqual(maskResult('customer.list', [{ email: 'a@b.c' }]), [{ email: 'a@b.c' }]);
});

test('a secret in XML is masked in every shape that the dialects give it', () => {
  for (const xml of [
    '<apiKey>S3CRET</apiKey>',
    '<ns1:apiKey xsi:type="xsd:string">S3CRET</ns1:apiKey>',
    '<password_hash a=">" b=\'"\'>S3CRET</password_hash>',
    '<password><![CDATA[S3CRET < ]]></password>',
    '<key>password_hash</key><value>S3CRET</value></item>',
    '<item><key xsi:type="xsd:string">rp_token</key>\n<value xsi:type="xsd:string">S3CRET</value>\n</item>',
    '<key>password_hash</key><value><key>like</key><value>S3CRET%</value></value></complexObjectArray>',
    '<item><key>password_hash</key><value SOAP-ENC:arrayType="xsd:string[2]" xsi:type="SOAP-ENC:Array"><item>S3CRET</item></value></item>',
    '<sessionId>S3CRET',
    '<item><key xsi:type="xsd:string">confirmation</key><value xsi:type="xsd:string">S3CRET</value></item>',
    '<item><key><![CDATA[password]]></key><value xsi:type="xsd:string">S3CRET</value></item>',
    '<faultstring>in &lt;ns1:apiKey xsi:type=&quot;xsd:string&quot;&gt;S3CRET &amp;amp; more&lt;/ns1:apiKey&gt;</faultstring>',
    '<faultstring><![CDATA[<apiKey>S3CRET</apiKey>]]></faultstring>',
    '<ns1:loginResponseParam>\n<result>S3CRET</result>\n</ns1:loginResponseParam>',
    '<loginReturn xsi:type="xsd:string">S3CRET</loginReturn>',
  ]) {
    const masked = maskXml(xml);
    assert.ok(!masked.includes('S3CRET'), masked);
    assert.ok(masked.includes(MASK), masked);
  }
});

test('known secrets are masked in any text, escaped or not; other text stays as it is', () => {
  assert.equal(
    maskXml('<faultstring>no user for key a&amp;b&lt;c</faultstring>', ['a&b<c']),
    `<faultstring>no user for key ${MASK}</faultstring>`,
  );
  const harmless =
    '<item><key>email</key><value>a@b.c</value></item><password_hash/><rp_token ' +
    'xsi:nil="true"/><password_hash></password_hash><confirmation>true</confirmation><key>confirmation</key><value ' +
    'xsi:type="xsd:int">1</value>';
  assert.equal(maskXml(harmless), harmless);
});

test('a known secret is masked however a page, a message or a script escapes it', () => {
  const secret = `p"a'&<s> /é\\+1`;
  const html = 'p&quot;a&#039;&amp;&lt;s&gt; /é\\+1';
  for (const form of [
    secret,
    html,
    html.replaceAll('&', '&amp;'),
    'p&#34;a&#x27;&#38;&#60;s&#62;&#32;/&#233;&#92;&#43;1',
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(secret).slice(1, -1).replace('/', '\\/').replace('é', '\\u00e9'),
    encodeURIComponent(secret),
    new URLSearchParams({ a: secret }).toString().slice(2),
  ]) {
    assert.equal(maskText(`[${form}]`, [secret]), `[${MASK}]`, form);
  }
  assert.equal(maskText('p"a and more', [secret]), 'p"a and more');
});

test('secrets are masked by their names where JSON or PHP prints a map', () => {
  for (const dump of [
    '{"password":"S3CRET\\" S3CRET","email":"a@b.c"}',
    '{&quot;password&quot;: &quot;S3CRET&quot;}',
    '{&amp;quot;rp_token&amp;quot;:&amp;quot;S3CRET&amp;quot;}',
    '{\\"password\\":\\"S3CRET\\"}',
    "array ( 'password_hash' => 'S3CRET', )",
    'Array\n(\n    [password] => S3CRET S3CRET\n    [email] => a@b.c\n)',
    'array(1) {\n  ["apiKey"]=>\n  string(6) "S3CRET"\n}',
    '{"confirmation":"S3CRET"}',
  ]) {
    for (const masked of [maskXml(dump), JSON.stringify(maskValue({ customerData: dump }))]) {
      assert.ok(!masked.includes('S3CRET'), masked);
      assert.ok(masked.includes(MASK), masked);
    }
  }
  for (const harmless of ['{"email":"a@b.c","password":"","confirmation":"1"}', '"password": null', 'a "password" of 8 characters'])
    assert.equal(maskXml(harmless), harmless);
  assert.ok(maskXml('[password] => S3CRET\n[email] => a@b.c').endsWith('[email] => a@b.c'));
});

test('the secrets among arguments are found by their names', () => {
  assert.deepEqual(
    secretsIn({
      customerData: { email: 'a@b.c', password: 'hunter22', rp_token: '' },
      filters: { password_hash: { in: ['h1', 'h2'] } },
      list: [{ key: 'password', value: 'x' }],
    }),
    ['hunter22', 'h1', 'h2', 'x'],
  );
});

test('masking takes time in proportion to the text, whatever the text is', () => {
  for (const evil of [
    '<password_hash '.repeat(20_000),
    '<key>password_hash</key>'.repeat(20_000),
    '<key>password_hash</key><value>'.repeat(5_000),
    `<password ${'a="'.repeat(50_000)}`,
    '&lt;password '.repeat(20_000),
    '&lt;password &gt;'.repeat(20_000),
    `&lt;password ${'&quot;'.repeat(50_000)}`,
    `<password>${'x'.repeat(5_000_000)}</password>`,
    '<password>' + '<![CDATA['.repeat(100_000),
    '"password":"'.repeat(50_000),
    `"password":'`.repeat(50_000),
    '[password] => '.repeat(50_000),
    `"password":"${'\\'.repeat(100_000)}`,
    '&amp;'.repeat(100_000),
    '\\'.repeat(100_000),
  ])
    maskXml(evil, [`a"b'&`, '\\\\\\"']);
});

test('no secret of any recorded exchange survives masking', (t) => {
  let secrets = 0;
  for (const folder of ['v1', 'v2', 'v2-wsi', 'address/v1', 'address/v2', 'address/v2-wsi']) {
    for (const recording of recordings(folder)) {
      for (const [body, decode] of [
        [recording.request(), decodeRequest],
        [recording.response(), decodeResponse],
      ] as const) {
        const xml = new TextDecoder().decode(body);
        const masked = maskXml(xml);
        for (const secret of secretsOf(safely(decode, body))) {
          secrets++;
          assert.ok(!masked.includes(secret), `${folder}/${recording.name}: ${secret}`);
        }
        const before = maskValue(safely(decode, body));
        const after = maskValue(safely(decode, Buffer.from(masked)));
        assert.deepEqual(after, before, `${folder}/${recording.name}: masking changed more than secrets`);
      }
    }
  }
  assert.ok(secrets > 1000);
  t.diagnostic(`${secrets} secrets`);
});

function safely(decode: (body: Uint8Array) => Decoded, body: Uint8Array): SoapValue {
  try {
    const decoded = decode(body);
    return decoded.kind === 'result'
      ? /^(login|startSession)$/.test(decoded.operation) && typeof decoded.value === 'string'
        ? { loginReturn: decoded.value }
        : decoded.value
      : null;
  } catch {
    return null;
  }
}

function* secretsOf(value: SoapValue): Generator<string> {
  if (isList(value)) for (const item of value) yield* secretsOf(item);
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && isSecretValue(key, inner) && inner.trim().length >= 6) yield inner;
    else yield* secretsOf(inner);
  }
}
