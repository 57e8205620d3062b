// The version that a store tells in a session: from the recorded answers, from every demo store, and what the doctor makes of it.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { generationIds, generationOf, type GenerationId } from '../../../src/api/generations';
import { startDemoStore } from '../../../src/demo';
import { StoreClient } from '../../../src/store/calls/client';
import { diagnose } from '../../../src/store/doctor/doctor';
import type { Check } from '../../../src/store/doctor/check';
import { askVersion } from '../../../src/store/doctor/version';
import { envelope, v1Answer } from '../../support/envelopes';
import { serve } from '../../support/loopback';
import { answer } from '../../support/scripted-store';
import { smallWsdl } from '../../support/small-wsdl';

const told: Readonly<Record<GenerationId, string>> = {
  'maho@26.7': 'Maho 26.7.4',
  'maho@25': 'Maho 25.5.0',
  'openmage@20.18': 'OpenMage 20.18.0',
  'openmage@20.0': 'OpenMage 20.0.20',
  'magento@1.9': 'Magento 1.9.4.5',
};

async function doctor(url: string, user: string, key: string): Promise<ReadonlyMap<string, Check>> {
  const found = new Map<string, Check>();
  for await (const check of diagnose({ name: 'Test', url, user }, { key: () => Promise.resolve(key) }, { login: true }))
    found.set(check.id, check);
  return found;
}

for (const id of generationIds) {
  test(`the doctor tells the version of ${id} in every dialect, and takes a refusal for no finding`, async (t) => {
    const demo = await startDemoStore({ product: id, customers: 2 });
    t.after(() => demo.close());
    const { label } = generationOf(id);
    for (const dialect of soapDialects) {
      const seen = (await doctor(demo.urls[dialect], 'apiUser', 'apiKey12345')).get('version');
      assert.equal(seen?.state, 'ok', `${dialect} ${seen?.text ?? ''}`);
      assert.equal(seen.text, told[id], dialect);
      assert.equal(seen.facts?.['generation'], id, dialect);
      const limited = await doctor(demo.urls[dialect], 'limited', 'limited12345');
      assert.equal(limited.get('version')?.state, 'skipped', dialect);
      assert.match(limited.get('version')?.text ?? '', /may not read the version/);
      assert.ok(
        [...limited.values()].every(({ state }) => state !== 'failed'),
        `${label} over ${dialect}`,
      );
    }
  });
}

/** A store of V1 whose `call` is answered by path: a map of one version, or fault 3. */
async function v1Store(
  t: TestContext,
  versions: Readonly<Record<string, string>>,
  namespace = 'urn:Maho',
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const { url } = await serve(t, ({ request, body }, response) => {
    if (request.method === 'GET') {
      answer(response, smallWsdl('v1', { namespace }));
      return;
    }
    const text = body.toString();
    if (text.includes(':login>')) {
      answer(
        response,
        envelope(
          '<ns1:loginResponse><loginReturn xsi:type="xsd:string">0123456789abcdef0123456789abcdef</loginReturn></ns1:loginResponse>',
        ),
      );
      return;
    }
    const path = />(core_\w+\.info)</.exec(text)?.[1] ?? '';
    if (path !== '') asked.push(path);
    const field =
      path === '' ? undefined : Object.keys(versions).find((name) => path === `core_${name === 'maho_version' ? 'maho' : 'magento'}.info`);
    if (field === undefined) {
      answer(response, envelope('<SOAP-ENV:Fault><faultcode>3</faultcode><faultstring>Invalid api path.</faultstring></SOAP-ENV:Fault>'));
      return;
    }
    const items = Object.entries(versions).map(
      ([key, value]) => `<item><key xsi:type="xsd:string">${key}</key><value xsi:type="xsd:string">${value}</value></item>`,
    );
    answer(response, v1Answer(`<callReturn xsi:type="ns2:Map">${items.join('')}</callReturn>`));
  });
  return { url: `${url}/api/soap/`, asked };
}

async function ask(url: string): Promise<unknown> {
  const client = new StoreClient({ name: 'Test', url, user: 'u' }, { key: () => Promise.resolve('k') });
  try {
    return await askVersion(client, await client.describe());
  } finally {
    await client.close();
  }
}

test('a version between the known ones is named, and no generation is guessed from it', async (t) => {
  for (const [fields, name, namespace] of [
    [{ maho_version: '26.3.1' }, 'Maho 26.3.1', 'urn:Maho'],
    [{ maho_version: '27.1.0-rc1' }, 'Maho 27.1.0-rc1', 'urn:Maho'],
    [{ magento_version: '1.9.4.5', openmage_version: '20.10.2' }, 'OpenMage 20.10.2', 'urn:OpenMage'],
    [{ magento_version: '1.7.0.2' }, 'Magento 1.7.0.2', 'urn:Magento'],
  ] as const) {
    const store = await v1Store(t, fields, namespace);
    const seen = (await doctor(store.url, 'u', 'k')).get('version');
    assert.equal(seen?.text, name);
    assert.match(seen.why ?? '', /not compared/);
    assert.equal(seen.facts?.['generation'], undefined);
  }
});

test('fault 3 is an answer: over V1 each path is tried once, and no more', async (t) => {
  const maho = await v1Store(t, {});
  assert.equal(await ask(maho.url), 'unknown');
  assert.deepEqual(maho.asked, ['core_maho.info', 'core_magento.info']);
  const openmage = await v1Store(t, {}, 'urn:OpenMage');
  assert.equal(await ask(openmage.url), 'unknown');
  assert.deepEqual(openmage.asked, ['core_magento.info']);
});

test('what is not a version is not shown as one', async (t) => {
  for (const odd of ['', 'x', '&lt;b&gt;26&lt;/b&gt;', '26.7.4 [x](command:y)', '1'.repeat(60)]) {
    assert.equal(await ask((await v1Store(t, { maho_version: odd })).url), 'unknown', odd);
  }
});

test('a version of Magento alone says nothing about an OpenMage or a Maho', async (t) => {
  assert.equal(await ask((await v1Store(t, { magento_version: '1.9.4.5' }, 'urn:OpenMage')).url), 'unknown');
});

test('over V2 and WS-I only what the WSDL offers is called', async (t) => {
  for (const dialect of ['v2', 'wsi'] as const satisfies readonly SoapDialect[]) {
    const posted: string[] = [];
    const { url } = await serve(t, ({ request, body }, response) => {
      if (request.method === 'GET') answer(response, smallWsdl(dialect, { more: [] }));
      else {
        posted.push(body.toString());
        answer(response, '', { status: 500 });
      }
    });
    assert.equal(await ask(`${url}/api/v2_soap/`), 'unknown');
    assert.deepEqual(posted, []);
  }
});
