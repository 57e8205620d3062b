import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { addressValue, addressValues } from '../../../src/forms/address-form';
import type { FormValues } from '../../../src/forms/form-rules';
import type { SoapRecord } from '../../../src/api/value';
import type { DemoStore } from '../../../src/demo';
import type { StoreClient } from '../../../src/store/calls/client';
import { saveAddress, type AddressResult } from '../../../src/store/customers/address-save';
import type { AddressOrder } from '../../../src/store/customers/address-undo';
import { readAddresses } from '../../../src/store/customers/addresses';
import { demoClient } from '../../support/demo-client';
import { failure } from '../../support/failure';

const main: FormValues = {
  firstname: 'Jane',
  lastname: 'Doe',
  street: 'Main Street 1\nBack yard',
  city: 'Bonn',
  postcode: '53111',
  country_id: 'DE',
  telephone: '0228 1',
};
const billing: FormValues = { ...main, is_default_billing: 'true' };
const create = (values: FormValues): AddressOrder => ({ kind: 'create', values, defaults: [] });
const update = (address: string, values: Readonly<Record<string, readonly [from: string, to: string]>>): AddressOrder => ({
  kind: 'update',
  address,
  changes: Object.entries(values).map(([code, [from, to]]) => ({ code, from, to })),
  defaults: [],
});

interface Demo {
  readonly store: DemoStore;
  readonly save: (order: AddressOrder) => Promise<Exclude<AddressResult, { kind: 'conflict' | 'unclear' }>>;
  readonly attempt: (order: AddressOrder) => Promise<AddressResult>;
  /** Sends an order whose answer never comes. */
  readonly losing: (order: AddressOrder) => Promise<AddressResult>;
  readonly addresses: () => Promise<readonly FormValues[]>;
  readonly writes: () => readonly string[];
}

async function demo(t: TestContext, dialect: SoapDialect, product: 'maho@25' | 'maho@26.7' = 'maho@25'): Promise<Demo> {
  const { demo: store, client } = await demoClient(
    t,
    dialect,
    {
      product,
      seedFile: [{ customer_id: '1', email: 'jane@example.com', firstname: 'Jane', lastname: 'Doe', website_id: '1', group_id: '1' }],
    },
    {},
    { repeats: 2, backoff: 1 },
  );
  const attempt = async (order: AddressOrder): Promise<AddressResult> => await saveAddress(client, '1', order);
  return {
    store,
    attempt,
    losing: async (order) => {
      const call: StoreClient['call'] = async (method, args, options) => {
        store.setFaults(method === 'customer_address.list' ? {} : { drop: true });
        return await client.call(method, args, options);
      };
      return await saveAddress({ dialect: client.dialect, call }, '1', order);
    },
    save: async (order) => {
      const outcome = await attempt(order);
      assert.ok(outcome.kind === 'saved', outcome.kind);
      return outcome;
    },
    addresses: async () => (await readAddresses(client, '1', undefined)).map(shape).reverse(),
    writes: () => store.requests.map(({ method }) => method).filter((method) => /update|create|delete/i.test(method)),
  };
}

/** What is set of an address, with its number. */
function shape(row: SoapRecord): FormValues {
  const set = Object.entries(addressValues(row)).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(set), id: addressValue('customer_address_id', row['customer_address_id']) };
}

for (const dialect of soapDialects) {
  test(`${dialect}: an address is created, changed and deleted, and each is put back by its undo`, async (t) => {
    const { save, addresses } = await demo(t, dialect);
    const first = await save(create(billing));
    assert.deepEqual(first.differences, []);
    assert.deepEqual(await addresses(), [{ ...billing, id: first.address }]);

    const changed = await save(update(first.address, { city: ['Bonn', 'Köln'], street: [main['street'] ?? '', 'New 2'] }));
    assert.deepEqual(await addresses(), [{ ...billing, city: 'Köln', street: 'New 2', id: first.address }]);
    await save(changed.undo.order);
    assert.deepEqual(await addresses(), [{ ...billing, id: first.address }]);

    const gone = await save({ kind: 'delete', address: first.address, seen: addressValues(first.rows?.[0] ?? {}), defaults: [] });
    assert.deepEqual(await addresses(), []);
    const again = await save(gone.undo.order);
    assert.notEqual(again.address, first.address, 'it has a new number');
    assert.deepEqual(await addresses(), [{ ...billing, id: again.address }]);
    await save(again.undo.order);
    assert.deepEqual(await addresses(), []);
  });

  test(`${dialect}: a default moves to another address, and the undo of each write moves it back`, async (t) => {
    const { save, addresses } = await demo(t, dialect);
    const one = await save(create({ ...billing, is_default_shipping: 'true' }));
    const two = await save(create(main));
    const before = await addresses();
    const moves: readonly AddressOrder[] = [
      update(two.address, { is_default_billing: ['', 'true'] }),
      update(two.address, { is_default_billing: ['', 'true'], is_default_shipping: ['', 'true'], city: ['Bonn', 'Ulm'] }),
    ];
    for (const move of moves) {
      const moved = await save(move);
      assert.equal((await addresses())[1]?.['is_default_billing'], 'true');
      await save(moved.undo.order);
      assert.deepEqual(await addresses(), before);
    }
    const three = await save(create(billing));
    await save(three.undo.order);
    assert.deepEqual(await addresses(), before, one.address);
  });

  test(`${dialect}: what the API cannot take away is named`, async (t) => {
    const { save } = await demo(t, dialect);
    const { address } = await save(create(main));
    assert.deepEqual((await save(update(address, { is_default_billing: ['', 'true'] }))).undo.lost, ['is_default_billing']);
  });

  test(`${dialect}: stops before it sends when somebody else changed what is written or deleted, or deleted it`, async (t) => {
    const { save, attempt, writes } = await demo(t, dialect);
    const { address, rows } = await save(create(main));
    const seen = addressValues(rows?.[0] ?? {});
    await save(update(address, { city: ['Bonn', 'Köln'] }));
    const { length } = writes();
    const outcomes = [
      await attempt(update(address, { city: ['Bonn', 'Ulm'] })),
      await attempt({ kind: 'delete', address, seen, defaults: [] }),
    ];
    for (const outcome of outcomes) {
      assert.ok(outcome.kind === 'conflict', outcome.kind);
      assert.deepEqual(
        outcome.conflicts.map(({ code, theirs }) => [code, theirs]),
        [['city', 'Köln']],
      );
    }
    assert.match((await failure(attempt(update('999', { city: ['Bonn', 'Ulm'] })))).message, /Address 999 is no longer in the store/);
    assert.equal(writes().length, length);
    await save(update(address, { postcode: ['53111', '53112'] }));
  });

  test(`${dialect}: a refused address throws what the store said`, async (t) => {
    const { attempt, addresses } = await demo(t, dialect);
    assert.match((await failure(attempt(create({ ...main, city: '' })))).message, /Please enter the city|Invalid address data/);
    assert.deepEqual(await addresses(), []);
  });

  test(`${dialect}: a write whose answer is lost is never sent again; what the store holds is looked up`, async (t) => {
    const { save, losing, writes } = await demo(t, dialect);
    const { address, rows } = await save(create(main));
    const seen = { ...addressValues(rows?.[0] ?? {}), city: 'Ulm' };
    const orders: readonly AddressOrder[] = [
      update(address, { city: ['Bonn', 'Ulm'] }),
      { kind: 'delete', address, seen, defaults: [] },
      create(main),
    ];
    for (const order of orders) {
      const { length } = writes();
      const outcome = await losing(order);
      assert.ok(outcome.kind === 'unclear', outcome.kind);
      assert.equal(outcome.held, true, order.kind);
      assert.ok(outcome.undo !== undefined);
      assert.equal(writes().length, length + 1);
    }
  });
}

test('what a store drops is said: Maho 26.7 keeps no fax', async (t) => {
  const { save } = await demo(t, 'v2', 'maho@26.7');
  const { differences } = await save(create({ ...main, fax: '0228 2' }));
  assert.deepEqual(differences, [{ code: 'fax', sent: '0228 2', kept: '' }]);
});
