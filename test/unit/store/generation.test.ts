// What the doctor says of a store's generation, and of a Maho whose V2 does not get through.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tellGeneration } from '../../../src/store/doctor/generation';
import { diagnose } from '../../../src/store/doctor/doctor';
import type { Check } from '../../../src/store/doctor/check';
import { keyDoubt } from '../../../src/store/settings/key-doubt';
import { envelope, v1Answer } from '../../support/envelopes';
import { serve } from '../../support/loopback';
import { answer } from '../../support/scripted-store';
import { smallWsdl } from '../../support/small-wsdl';

const login = envelope(
  '<ns1:loginResponse><loginReturn xsi:type="xsd:string">0123456789abcdef0123456789abcdef</loginReturn></ns1:loginResponse>',
);
const empty = v1Answer('<callReturn SOAP-ENC:arrayType="xsd:ur-type[0]" xsi:type="SOAP-ENC:Array"/>');

async function checks(t: TestContext, v2Status: number, user = 'u'): Promise<ReadonlyMap<string, Check>> {
  const server = await serve(t, ({ request, body }, response) => {
    const v2 = request.url?.includes('v2_soap') === true;
    if (request.method === 'GET') answer(response, smallWsdl(v2 ? 'v2' : 'v1'));
    else if (v2 && v2Status !== 200)
      answer(response, '<html><title>502 Bad Gateway</title></html>', { status: v2Status, type: 'text/html' });
    else answer(response, body.includes('login') ? login : empty);
  });
  const found = new Map<string, Check>();
  const ports = { key: () => Promise.resolve('k') };
  for await (const check of diagnose({ name: 'Test', url: server.url, user }, ports, { login: true })) found.set(check.id, check);
  return found;
}

test('the doctor names the generation that its WSDL shows', async (t) => {
  const wsdl = (await checks(t, 200)).get('wsdl');
  assert.match(wsdl?.text ?? '', /Maho 26\.7 \(urn:Maho\)/);
  assert.deepEqual(wsdl?.facts?.['generation'], { id: 'maho@26.7', by: 'its WSDL contains mahoInfo and no magentoInfo' });
});

test('where V2 gets a 502 behind nginx, the doctor tries V1 and offers to keep the store on it', async (t) => {
  const found = await checks(t, 502);
  const seen = found.get('login');
  assert.equal(seen?.code, 'gateway-lengths');
  assert.equal(seen.state, 'warning');
  assert.match(seen.next ?? '', /use V1 for this store/);
  assert.deepEqual(seen.facts, { advice: { dialect: 'v1' } });
  assert.notEqual(found.get('rights')?.text, 'Not checked because an earlier check failed.', 'the rights are read over V1');
});

test('generations are told by namespace, operations and headers, and never guessed', () => {
  const told = (evidence: Parameters<typeof tellGeneration>[0]): string | undefined => tellGeneration(evidence)?.generation.id;
  const deprecated = [
    ['Deprecation', 'true'],
    ['Warning', '299 - "This API is deprecated. Please migrate to /api/rest/v2/."'],
  ] as const;
  assert.equal(told({ namespace: 'urn:Maho', operations: ['mahoInfo'] }), 'maho@26.7');
  assert.equal(told({ namespace: 'urn:Maho', operations: ['mahoInfo', 'magentoInfo'] }), 'maho@25');
  assert.equal(told({ namespace: 'urn:Maho', operations: ['call'], headers: deprecated }), 'maho@26.7');
  assert.equal(told({ namespace: 'urn:Maho', operations: ['call'] }), undefined);
  assert.equal(told({ namespace: 'urn:OpenMage', operations: ['call'] }), undefined);
  const order = '<complexType name="salesOrderAddressEntity"/>';
  assert.equal(told({ namespace: 'urn:OpenMage', operations: ['magentoInfo'] }), undefined, 'without the module Sales');
  assert.equal(told({ namespace: 'urn:OpenMage', operations: ['magentoInfo'], wsdl: order }), 'openmage@20.0');
  assert.equal(
    told({ namespace: 'urn:OpenMage', operations: ['magentoInfo'], wsdl: `${order}<element name="vat_request_success"/>` }),
    'openmage@20.18',
  );
  assert.equal(told({ namespace: 'urn:Magento', operations: ['call'] }), 'magento@1.9');
  assert.equal(told({ namespace: 'urn:Shop', operations: ['mahoInfo'], headers: deprecated }), undefined);
});

test('the recorded answers of Maho 26.7 tell their generation by their headers', () => {
  const file = join(import.meta.dirname, '../../fixtures/troubles-maho-26.7/answers.json.gz');
  const answers = JSON.parse(gunzipSync(readFileSync(file)).toString()) as readonly {
    readonly name: string;
    readonly headers: readonly [string, string][];
  }[];
  const told = answers.filter(({ headers }) => tellGeneration({ headers })?.generation.id === 'maho@26.7');
  assert.ok(told.length > 60, `${told.length} of ${answers.length}`);
});

for (const [key, what, without] of [
  ['secret', undefined, undefined],
  ['sec ret', undefined, undefined],
  ['', undefined, undefined],
  ['secret\r', 'It ends with a line break.', 'secret'],
  ['secret\r\n', 'It ends with a line break.', 'secret'],
  ['secret ', 'It ends with a space.', 'secret'],
  [' secret', 'It begins with a space.', 'secret'],
  ['\tsecret\t', 'It begins with a tab. It ends with a tab.', 'secret'],
  ['secret\u00a0', 'It ends with an invisible character.', 'secret'],
  ['\ufeffsecret', 'It begins with an invisible character.', 'secret'],
] as const) {
  test(`a key given as ${JSON.stringify(key)} is ${what === undefined ? 'not doubtful' : 'asked about'}`, () => {
    assert.deepEqual(keyDoubt(key), what === undefined ? undefined : { what, without });
  });
}
