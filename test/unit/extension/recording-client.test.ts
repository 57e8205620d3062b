import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { isRecord, type SoapValue } from '../../../src/api/value';
import type { CallOutcome } from '../../../src/extension/calls/outcome';
import { RecordingClient } from '../../../src/extension/sheet/recording-client';
import { removeCustomers } from '../../../src/store/customers/customer-removal';
import { createCustomer, readCustomer, saveCustomer } from '../../../src/store/customers/customer-save';
import type { Exchange } from '../../../src/store/wire/exchange';
import { demoClient } from '../../support/demo-client';

describe('An action of a sheet', () => {
  test('is in the history once, without the reads around a write', async (context) => {
    const { open, kept } = await sheet(context);
    const row = await readCustomer(open(true), '1');
    assert.deepEqual(
      kept.map(({ method }) => method),
      ['customer.info'],
    );
    assert.equal(isRecord(kept[0]?.value) && kept[0].value['email'], row['email']);

    await saveCustomer(open(false), '1', [{ code: 'firstname', to: 'Jane' }]);
    assert.deepEqual(
      kept.map(({ method, value }) => [method, method === 'customer.info' ? '' : value]),
      [
        ['customer.info', ''],
        ['customer.update', true],
      ],
    );

    const created = await createCustomer(open(false), {
      email: 'new@example.com',
      firstname: 'A',
      lastname: 'B',
      website_id: '1',
      store_id: '1',
      group_id: '1',
    });
    assert.equal(created.kind, 'saved');
    assert.deepEqual(
      kept.map(({ method }) => method),
      ['customer.info', 'customer.update', 'customer.create'],
    );
  });

  test('is in the history when one customer is deleted, without the copy that was made before', async (context) => {
    const { open, kept } = await sheet(context);
    const [removal] = await removeCustomers(open(false), ['3'], { keep: () => Promise.resolve(0), forget: () => Promise.resolve() });
    assert.equal(removal?.kind, 'deleted');
    assert.deepEqual(
      kept.map(({ method }) => method),
      ['customer.delete'],
    );
  });

  test('is in the history when the store refuses it', async (context) => {
    const { open, kept } = await sheet(context);
    await assert.rejects(open(true).call('customer.info', { customerId: 999 }));
    await assert.rejects(open(false).call('customer.update', { customerId: 999, customerData: { firstname: 'A' } }));
    assert.deepEqual(
      kept.map(({ method, exchange }) => [method, exchange.outcome.kind]),
      [
        ['customer.info', 'fault'],
        ['customer.update', 'fault'],
      ],
    );
  });
});

interface Kept {
  readonly method: string;
  readonly exchange: Exchange;
  readonly value: SoapValue | undefined;
}

async function sheet(
  context: TestContext,
): Promise<{ readonly open: (opening: boolean) => RecordingClient; readonly kept: readonly Kept[] }> {
  const { client } = await demoClient(context, 'v2', { customers: 5 });
  const kept: Kept[] = [];
  const store = { id: 'shop', name: 'Shop' } as unknown as CallOutcome['store'];
  const history = {
    record: (exchange: Exchange, value: SoapValue | undefined): void => {
      kept.push({ method: exchange.method, exchange, value });
    },
  };
  return { open: (opening) => new RecordingClient(store, client, { history, opening }), kept };
}
