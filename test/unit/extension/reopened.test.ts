import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import { isRecord, type SoapValue } from '../../../src/api/value';
import { startDemoStore } from '../../../src/demo';
import { reopenedOutcome } from '../../../src/extension/history/reopened';
import type { CallOutcome } from '../../../src/extension/calls/outcome';
import { ResponseModel } from '../../../src/extension/response/response-model';
import { History, type HistoryEntry } from '../../../src/requests';
import { maskResult } from '../../../src/store';
import { StoreClient } from '../../../src/store/calls/client';
import type { Exchange } from '../../../src/store/wire/exchange';
import { noteOf } from '../../../src/store/wire/note';
import { demoClient } from '../../support/demo-client';

describe('An exchange of the history that is opened again', () => {
  for (const dialect of soapDialects) {
    test(`shows the response of the store over ${dialect}, without the secrets`, async (context) => {
      const { client } = await demoClient(context, dialect, { customers: 20 });
      const list = await client.call('customer.list');
      // For results that were not kept, and for those that were.
      for (const kept of [undefined, list.value]) {
        const model = new ResponseModel(open(afterReload(list.exchange, kept)));
        assert.equal(model.table?.state.total, 20);
        assert.deepEqual(JSON.parse(model.json()), maskResult('customer.list', list.value));
        assert.equal(model.state.failed, false);
        assert.equal(model.state.status, '200 OK');
        assert.match(model.state.response?.text ?? '', /\n {2,}<SOAP-ENV:Body>/);
        assert.match(model.state.notices[0]?.text ?? '', /from the history/);
      }
      const info = await client.call('customer.info', { customerId: 1 });
      assert.equal(new ResponseModel(open(afterReload(info.exchange, undefined))).state.result?.shape, 'sheet');
    });
  }

  test('over REST, keeps the HTTP method of the request and the values of the response', async (context) => {
    const demo = await startDemoStore({ product: 'maho@26.7', customers: 5 });
    const [account] = demo.users;
    const client = new StoreClient(
      { name: 'Demo', url: new URL(demo.urls.v1).origin, user: account?.user ?? '', dialect: 'rest' },
      { key: () => Promise.resolve(account?.key ?? '') },
    );
    context.after(async () => {
      await client.close();
      await demo.close();
    });
    const { exchange, value } = await client.call('customer.info', { customerId: 1 });
    const again = open(afterReload(exchange, value));
    assert.equal(exchange.request.method, 'GET');
    assert.equal(again.exchange?.request.method, 'GET');
    assert.deepEqual(again.value, maskResult('customer.info', value));
    assert.equal(again.error, undefined);
  });

  test('explains a fault as it did the first time', async (context) => {
    const { client } = await demoClient(context, 'v2', { customers: 5 });
    const error = await client.call('customer.list', { filters: { emial: 'a' } }).catch((thrown: unknown) => thrown);
    const { exchange } = noteOf(error);
    assert.ok(exchange !== undefined);
    const { fault } = new ResponseModel(open(afterReload(exchange, undefined))).state;
    assert.equal(fault?.code, '101');
    assert.ok(fault.what !== '' && fault.next !== undefined);
    assert.ok(fault.suggestions.some(({ message }) => message.includes('emial')));
  });

  test('shows the rows at the beginning of a response that was too long to keep', async (context) => {
    const { client } = await demoClient(context, 'v1', { customers: 400 });
    const { exchange } = await client.call('customer.list');
    const model = new ResponseModel(open(afterReload(exchange, undefined)));
    const rows = model.table?.state.total ?? 0;
    assert.ok(rows > 10 && rows < 400, String(rows));
    assert.equal(model.state.failed, false);
    assert.match(model.state.notices[1]?.text ?? '', /first 256.000 characters/);
  });

  test('shows the error if no response arrived', async (context) => {
    const { client, demo } = await demoClient(context, 'v1', { customers: 5 });
    demo.setFaults({ drop: true });
    const error = await client.call('customer.delete', { customerId: 1 }).catch((thrown: unknown) => thrown);
    const { exchange } = noteOf(error);
    assert.ok(exchange !== undefined);
    const { fault, response } = new ResponseModel(open(afterReload(exchange, undefined))).state;
    assert.equal(fault?.kind, 'transport');
    assert.equal(response, undefined);
  });
});

/** An entry as it is read from disk. */
function afterReload(exchange: Exchange, value: SoapValue | undefined): HistoryEntry {
  const history = new History();
  history.add(exchange, value);
  const [entry] = History.from(JSON.parse(JSON.stringify(history))).entries;
  assert.ok(entry !== undefined);
  return entry;
}

function open(entry: HistoryEntry): CallOutcome {
  const store = { id: 'shop', name: 'Shop', config: undefined, environment: undefined } as unknown as CallOutcome['store'];
  return reopenedOutcome(entry, {
    title: entry.method,
    call: { method: entry.method, args: isRecord(entry.args) ? entry.args : undefined, dialect: entry.dialect },
    store,
  });
}
