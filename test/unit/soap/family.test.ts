import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/api/catalogue';
import type { ServiceDescription } from '../../../src/soap/wsdl/description';
import { describeService } from '../../../src/store/soap/describe';
import { familyOf } from '../../../src/soap/family';
import { startDemoStore } from '../../../src/demo';
import { StoreClient } from '../../../src/store/calls/client';
import { wireFile } from '../../support/wire';

/** A store with a field, a method and an entity of its own, and without one of the catalogue's methods. */
async function extended(): Promise<ServiceDescription> {
  const wsdl = wireFile('wsdl-v2.xml')
    .replace(/(<complexType name="customerCustomerEntity">\s*<all>)/, '$1<element name="loyalty_points" type="xsd:int" minOccurs="0"/>')
    .replaceAll('customerAddressDelete', 'customerCustomerMerge');
  return await describeService(Buffer.from(wsdl));
}

test('the family of a store is the catalogue with what its WSDL adds and without what it lacks', async () => {
  const methods = familyOf(await extended());
  const ids = methods.map(({ id }) => id);
  assert.ok(ids.includes('customer.merge') && !ids.includes('customer_address.delete'));
  assert.ok(
    ids.every((id) => id.startsWith('customer')),
    'nothing of the rest of the shop',
  );
  const info = methods.find(({ id }) => id === 'customer.info');
  assert.equal(info?.faults[0]?.code, '102');
  assert.equal(info.result.type.kind, 'entity');
  const fields = info.result.type.kind === 'entity' ? info.result.type.fields : [];
  const field = (name: string) => fields.find((candidate) => candidate.name === name);
  assert.deepEqual([field('loyalty_points')?.type.kind, field('loyalty_points')?.doc], ['int', 'An addition of this store.']);
  assert.match(field('email')?.doc ?? '', /unique within the website/);
  assert.equal(field('gender')?.v1Only, true, 'what V2 leaves out is still there over V1');
});

test('a store without additions gives the methods of the catalogue, in every dialect', async (t) => {
  const demo = await startDemoStore({ product: 'maho@25', customers: 1 });
  t.after(() => demo.close());
  for (const url of Object.values(demo.urls)) {
    const client = new StoreClient({ name: 'Demo', url, user: '' }, { key: () => Promise.resolve('') });
    t.after(() => client.close());
    const methods = familyOf(await client.service());
    assert.deepEqual(
      methods.map(({ id, args }) => [id, args.map(({ name, optional }) => [name, optional])]),
      catalogue.map(({ id, args }) => [id, args.map((arg) => [arg.name, 'optional' in arg ? arg.optional : undefined])]),
    );
  }
});
