import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FaultError, ToolkitError } from '../../../src/api/errors';
import type { SoapValue } from '../../../src/api/value';
import type { CallOutcome } from '../../../src/extension/calls/outcome';
import { ResponseModel } from '../../../src/extension/response/response-model';
import { Exchange } from '../../../src/store/wire/exchange';
import { StoreClient } from '../../../src/store/calls/client';
import { startDemoStore } from '../../../src/demo';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function exchangeOf(body: string, more: { readonly junk?: Exchange['junk']; readonly charset?: string } = {}): Exchange {
  return new Exchange({
    store: 'Shop',
    dialect: 'v1',
    method: 'customer.list',
    args: {},
    startedAt: 0,
    request: {
      method: 'POST',
      url: 'http://shop.test/api/soap/',
      headers: [['Authorization', 'Basic abcdef']],
      body: bytes('<a><sessionId>0123456789</sessionId></a>'),
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: '1.1',
      headers: [
        ['Set-Cookie', 'a=1'],
        ['X-Two', '1'],
        ['x-two', '2'],
      ],
      body: bytes(body),
      bytes: body.length,
      wireBytes: 10,
      charset: more.charset ?? 'utf-8',
    },
    timings: { connect: 2, firstByte: 30, download: 10, decode: 4, total: 43 },
    outcome: { kind: 'result', rows: 0 },
    junk: more.junk ?? [],
    secrets: ['0123456789'],
  });
}

function outcomeOf(more: Partial<CallOutcome>): CallOutcome {
  const store = { id: 'shop', name: 'Shop', config: undefined, environment: 'staging' as const };
  return {
    title: 'customer.list',
    call: { method: 'customer.list' },
    store: store as unknown as CallOutcome['store'],
    dialect: 'v1',
    value: undefined,
    error: undefined,
    exchange: undefined,
    ...more,
  };
}

describe('The state of the response view', () => {
  test('lists repeated headers, hides secrets, and puts the phases in sequence', () => {
    const { state } = new ResponseModel(outcomeOf({ value: [], exchange: exchangeOf('<a>1</a>') }));
    assert.deepEqual(
      state.responseHeaders.map(({ name, value, times }) => [name, value, times]),
      [
        ['Set-Cookie', '••••••', 1],
        ['X-Two', '1', 2],
        ['x-two', '2', 2],
      ],
    );
    assert.ok(!JSON.stringify(state).includes('abcdef') && !JSON.stringify(state).includes('0123456789'));
    assert.deepEqual(
      state.timing?.phases.map(({ name, start, ms }) => [name, start, ms]),
      [
        ['Connect', 0, 2],
        ['Server time', 2, 30],
        ['Download', 32, 10],
        ['Decode', 32, 4],
      ],
    );
    assert.equal(state.request?.text, '<a>\n  <sessionId>••••••</sessionId>\n</a>\n');
  });

  test('shows the rows that arrived before a response ended early', async () => {
    const demo = await startDemoStore({ product: 'maho@25', customers: 20 });
    const client = new StoreClient({ name: 'Demo', url: demo.urls.v1, user: 'apiUser' }, { key: () => Promise.resolve('apiKey12345') });
    try {
      const { exchange } = await client.call('customer.list');
      const whole = exchange.response?.body ?? '';
      const error = new ToolkitError('decode', { code: 'cut-off', what: 'The response is incomplete.' });
      const model = new ResponseModel(outcomeOf({ error, exchange: exchangeOf(whole.slice(0, whole.length / 2)) }));
      const rows = model.table?.state.total ?? 0;
      assert.ok(rows > 3 && rows < 20, String(rows));
      assert.match(model.state.notices[0]?.text ?? '', /broke off after [\d,.]+ bytes\. The \d+ complete rows are shown/);
      assert.equal(model.state.fault?.what, 'The response is incomplete.');
    } finally {
      await client.close();
      await demo.close();
    }
  });

  test('shows where junk is, and that the charset is unusual', () => {
    const junk = [
      { where: 'mark', offset: 0, text: '\ufeff' },
      { where: 'before', offset: 3, text: 'Notice: x' },
      { where: 'after', offset: 900, text: 'more' },
      { where: 'bytes', offset: 77, text: '\ufffd' },
    ] as const;
    const { state } = new ResponseModel(outcomeOf({ value: true, exchange: exchangeOf('<a/>', { junk, charset: 'iso-8859-1' }) }));
    assert.deepEqual(
      state.notices.map(({ text, excerpt }) => [/byte (\d+)|iso-8859-1/.exec(text)?.[0], excerpt]),
      [
        ['byte 0', undefined],
        ['byte 3', 'Notice: x'],
        ['byte 900', 'more'],
        ['byte 77', '\ufffd'],
        ['iso-8859-1', undefined],
      ],
    );
  });

  test('offers the fix for a mistake in the request that explains a fault', () => {
    const error = new FaultError(
      { code: '101', message: 'Invalid attribute name: emial' },
      { what: 'The store has no customer attribute "emial".' },
    );
    const { state } = new ResponseModel(
      outcomeOf({ call: { method: 'customer.list', args: { filters: { emial: 'a@example.com' } } }, error }),
    );
    assert.deepEqual([state.fault?.code, state.fault?.said, state.fault?.suggestions.length], ['101', 'Invalid attribute name: emial', 1]);
    assert.match(state.fault?.suggestions[0]?.fix ?? '', /email/);
  });

  test('shows a customer as a sheet: its values, its missing values, and no secrets', () => {
    const value = { customer_id: '1', email: 'a@example.com', middlename: null, suffix: '', password_hash: 'abcdef' };
    const { state } = new ResponseModel(outcomeOf({ call: { method: 'customer.info', args: { customerId: 1 } }, dialect: 'v2', value }));
    assert.ok(state.result?.shape === 'sheet');
    const lines = new Map(state.result.sections.flatMap(({ lines }) => lines).map(({ code, cell, unread }) => [code, unread ?? cell[0]]));
    assert.deepEqual(
      [lines.get('email'), lines.get('middlename'), lines.get('suffix'), lines.get('password_hash'), lines.get('gender')],
      ['text', 'nil', 'empty', 'masked', 'not returned over V2'],
    );
    assert.ok(!JSON.stringify(state).includes('abcdef'));
  });

  test('returns the branches of a tree in parts, with secrets masked', () => {
    const value: SoapValue = { list: Array.from({ length: 450 }, (_, index) => ({ n: index })), key: 'x', password_hash: 'abcdef' };
    const model = new ResponseModel(outcomeOf({ call: { method: 'a.info' }, value }));
    assert.deepEqual(
      model.branch([], 0).map(({ key, cell, children }) => [key, cell[0], children]),
      [
        ['list', 'list', 450],
        ['key', 'text', 0],
        ['password_hash', 'masked', 0],
      ],
    );
    assert.deepEqual(
      [model.branch([0], 0).length, model.branch([0], 400).length, model.branch([0, 449], 0)[0]?.cell],
      [200, 50, ['number', '449']],
    );
    assert.deepEqual([model.branch([9, 9], 0), model.textAt([0, 3, 0]), model.textAt(['password_hash'])], [[], '3', '••••••']);
  });

  test('offers the target of an ID in a sheet, in a tree and in a table, and follows it', () => {
    const customer = outcomeOf({
      call: { method: 'customer.info', args: { customerId: 1 } },
      dialect: 'v2',
      value: { customer_id: 1, default_billing: '5', increment_id: '000000001' },
    });
    const sheet = new ResponseModel(customer);
    assert.ok(sheet.state.result?.shape === 'sheet');
    const links = sheet.state.result.sections
      .flatMap(({ lines }) => lines)
      .flatMap(({ code, link }) => (link === undefined ? [] : [[code, link]]));
    assert.deepEqual(links, [['default_billing', 'Read address 5']]);
    assert.deepEqual(sheet.state.result.open, { code: 'customer_id', words: 'Open customer 1' });
    assert.deepEqual(sheet.linkAt(['default_billing']), {
      kind: 'call',
      method: 'customer_address.info',
      args: ['5'],
      words: 'Read address 5',
    });

    const value = { status: 'new', increment_id: '100000003', items: [{ sku: 'a', product_id: '7' }], customer_id: '2' };
    const tree = new ResponseModel(outcomeOf({ call: { method: 'sales_order.info' }, value }));
    assert.deepEqual(
      tree.branch([], 0).map(({ link }) => link),
      [undefined, 'Read order 100000003', undefined, 'Open customer 2'],
    );
    assert.deepEqual(
      tree.branch([2, 0], 0).map(({ link }) => link),
      [undefined, 'Read product 7'],
    );
    assert.deepEqual(
      [tree.linkAt([2, 0, 1])?.words, tree.linkAt([3])?.words, tree.linkAt([0]), tree.linkAt([9, 9]), tree.linkAt([2, 0, 5])],
      ['Read product 7', 'Open customer 2', undefined, undefined, undefined],
    );

    const made = new ResponseModel(outcomeOf({ call: { method: 'customer.create' }, value: 17 }));
    assert.ok(made.state.result?.shape === 'tree');
    assert.equal(made.state.result.root.link, 'Open customer 17');

    const list = new ResponseModel(
      outcomeOf({ call: { method: 'sales_order.list' }, value: [{ increment_id: '100000003', customer_id: '2' }] }),
    );
    assert.ok(list.table !== undefined);
    assert.deepEqual(
      list.tableState(list.table).links.map(({ column }) => column),
      ['increment_id', 'customer_id'],
    );
    assert.equal(list.linkIn(list.table, 0, 'customer_id')?.words, 'Open customer 2');
    assert.equal(list.linkIn(list.table, 5, 'customer_id'), undefined);
  });

  test('shows that a list was stopped, and the rows that arrived', () => {
    const { state } = new ResponseModel(outcomeOf({ value: [{ a: 1 }, { a: 2 }], stopped: true, exchange: exchangeOf('x'.repeat(1234)) }));
    assert.ok(state.result?.shape === 'table' && state.result.total === 2 && !state.failed);
    assert.match(state.notices[0]?.text ?? '', /stopped after 1.?234 bytes\. The 2 complete rows are shown\. The store may have more\./);
  });

  test('remembers the call over a reload, but never a call with a secret', () => {
    const memory = (args: Record<string, SoapValue>): unknown =>
      JSON.parse(new ResponseModel(outcomeOf({ call: { method: 'customer.create', args } })).state.memory);
    assert.deepEqual(memory({ customerData: { email: 'a@example.com' } }), {
      title: 'customer.list',
      store: 'shop',
      call: { method: 'customer.create', args: { customerData: { email: 'a@example.com' } } },
    });
    assert.deepEqual(memory({ customerData: { password_hash: 'abcdef' } }), { title: 'customer.list', store: 'shop' });
  });
});
