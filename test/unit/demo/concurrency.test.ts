import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Random } from '../../support/random';
import { DemoClient, demoStore, soapDialects, fault, record } from './client';

/** How long the clients send requests, in milliseconds. */
const DURATION_MS = 5000;
const CLIENTS = 64;

test('64 clients that read and write at the same time lose nothing and get correct responses', { timeout: 120_000 }, async (t) => {
  const demo = await demoStore(t, { customers: 300 });
  const expected = new Map<number, string>();
  const deleted = new Set<number>();
  let calls = 0;
  const until = performance.now() + DURATION_MS;

  const live = async (number: number): Promise<void> => {
    const dialect = soapDialects[number % 3] ?? 'v2';
    const client = await DemoClient.of(t, demo, dialect);
    const random = new Random(number);
    // Each client changes only its own customers, so that the expected values are known. All clients read everything.
    const own: number[] = [];
    for (let round = 0; performance.now() < until; round++) {
      const name = `n${number}-${round}`;
      const mine = own.length === 0 ? undefined : random.pick(own);
      const chance = random.next();
      if (mine === undefined || chance < 0.25) {
        const id = Number(
          await client.result('customer.create', { customerData: { email: `${name}@example.com`, firstname: name, website_id: 1 } }),
        );
        assert.ok(!expected.has(id) && !deleted.has(id), `customer ${id} was given twice`);
        expected.set(id, name);
        own.push(id);
      } else if (chance < 0.5) {
        assert.equal(await client.result('customer.update', { customerId: mine, customerData: { firstname: name } }), true);
        expected.set(mine, name);
      } else if (chance < 0.6) {
        assert.equal(await client.result('customer.delete', { customerId: mine }), true);
        expected.delete(mine);
        deleted.add(mine);
        own.splice(own.indexOf(mine), 1);
        assert.equal(fault(await client.call('customer.info', { customerId: mine })), '102 Customer not exists.');
      } else if (chance < 0.9) {
        assert.equal(
          record(await client.result('customer.info', { customerId: mine, attributes: ['firstname'] }))['firstname'],
          expected.get(mine),
        );
      } else {
        const rows = await client.rows({ customer_id: { from: mine, to: mine + 20 } });
        assert.equal(Number(rows[0]?.['customer_id']), mine);
        assert.ok(
          rows.every((row, index) => index === 0 || Number(row['customer_id']) > Number(rows[index - 1]?.['customer_id'])),
          'rows in order, each once',
        );
      }
      calls++;
    }
  };

  const heapBefore = heapInUse();
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => live(number)));
  const grown = heapInUse() - heapBefore;

  const client = await DemoClient.of(t, demo, 'v1');
  const names = new Map((await client.rows()).map((row) => [Number(row['customer_id']), row['firstname']]));
  for (const [id, name] of expected) assert.equal(names.get(id), name, `customer ${id}`);
  for (const id of deleted) assert.ok(!names.has(id), `customer ${id} is back`);
  assert.equal(demo.customers(), 300 + expected.size);
  // Only the customers and the log remain in memory. Data for each call would be far more.
  assert.ok(grown < 30 * 2 ** 20 + expected.size * 4096, `the heap grew by ${(grown / 2 ** 20).toFixed(1)} MiB over ${calls} calls`);
  t.diagnostic(
    `${calls} calls, ${expected.size} customers kept, ${deleted.size} deleted, heap grown by ${(grown / 2 ** 20).toFixed(1)} MiB`,
  );
});

/** Bytes of the heap that are in use once garbage is gone. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
}
