import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { parseFaults, type DemoFaults } from '../../../src/demo';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { DemoClient, demoStore, soapDialects, fault, post } from './client';

test('faults are read as people write them', () => {
  assert.deepEqual(parseFaults('slow=2s, notice'), { slow: 2000, notice: true });
  assert.deepEqual(parseFaults('slow=150ms'), { slow: 150 });
  assert.deepEqual(parseFaults('slow=1.5,deny'), { slow: 1500, deny: true });
  assert.deepEqual(parseFaults('slow'), { slow: 2000 });
  assert.deepEqual(parseFaults(''), {});
  for (const text of ['nope', 'slow=abc', 'drop=1', '__proto__', 'slow=-1']) {
    assert.throws(
      () => parseFaults(text),
      (error) => error instanceof ToolkitError && error.code === 'fault-unknown',
      text,
    );
  }
});

test('each simulated fault has its effect in every dialect, and ends when it is removed', async (t) => {
  const demo = await demoStore(t);
  for (const dialect of soapDialects) {
    const client = await DemoClient.of(t, demo, dialect);
    const answer = async (faults: DemoFaults): ReturnType<typeof post> => {
      demo.setFaults(faults);
      return await post(client.url, client.encode('customer.info', { customerId: 1 }));
    };
    const plain = await answer({});
    await assert.rejects(answer({ drop: true }), /socket hang up|ECONNRESET/);
    await assert.rejects(answer({ truncate: true }), /aborted|ECONNRESET/);
    const noticed = await answer({ notice: true });
    assert.match(noticed.body.toString('utf8'), /^<br \/>\n<b>Notice<\/b>/);
    assert.ok(noticed.body.toString('utf8').endsWith(plain.body.toString('utf8')));
    assert.equal(decodeResponse(noticed.body).junk.at(0)?.where, 'before');
    assert.deepEqual([...(await answer({ bom: true })).body.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const page = await answer({ 'html-503': true });
    assert.equal(page.status, 503);
    assert.match(String(page.headers['content-type']), /^text\/html/);
    const denied = await answer({ deny: true });
    assert.equal(`${denied.status} ${fault(decodeResponse(denied.body))}`, '200 2 Access denied.');
    const memory = await answer({ 'memory-limit': true });
    assert.equal(memory.status, 500);
    assert.match(fault(decodeResponse(memory.body)), /^SOAP-ENV:Server Allowed memory size of \d+ bytes exhausted/);
    const moved = await answer({ redirect: true });
    assert.equal(moved.status, 302);
    assert.equal(moved.headers['location'], `/index.php${new URL(client.url).pathname}`);
    assert.equal(fault(decodeResponse((await answer({ 'expire-sessions': true })).body)), '5 Session expired. Try to relogin.');
    demo.setFaults({});
    await client.logIn();
    assert.deepEqual((await answer({})).body, plain.body);
  }
});

test('a slow response arrives late, and not before its time', async (t) => {
  const demo = await demoStore(t);
  const client = await DemoClient.of(t, demo, 'v2');
  demo.setFaults({ slow: 300 });
  const start = performance.now();
  assert.equal((await client.call('customer.info', { customerId: 1 })).kind, 'result');
  assert.ok(performance.now() - start >= 295);
});

test('a slow store stops waiting when the client disconnects, and then carries out the request', { timeout: 120_000 }, async (t) => {
  const demo = await demoStore(t);
  const client = await DemoClient.of(t, demo, 'v2');
  const before = demo.customers();
  // Longer than this test may take.
  demo.setFaults({ slow: 600_000 });
  const body = client.encode('customer.delete', { customerId: 1 });
  // Repeated in case a request did not arrive in time. The customer can be deleted only once.
  while (demo.customers() === before)
    await assert.rejects(fetch(client.url, { method: 'POST', body, signal: AbortSignal.timeout(500) }), { name: 'TimeoutError' });
  assert.equal(demo.customers(), before - 1);
});

test('a header causes a fault in one request only, and an unknown fault is reported', async (t) => {
  const demo = await demoStore(t);
  const client = await DemoClient.of(t, demo, 'v2');
  assert.equal(fault(await client.call('customer.info', { customerId: 1 }, { 'X-Demo-Fault': 'deny' })), '2 Access denied.');
  assert.equal((await client.call('customer.info', { customerId: 1 })).kind, 'result');
  const wrong = await post(client.url, client.encode('customer.info', { customerId: 1 }), { headers: { 'X-Demo-Fault': 'explode' } });
  assert.equal(wrong.status, 400);
  assert.match(wrong.body.toString('utf8'), /no fault "explode".*slow=2s/s);
});

test('a dropped write has been carried out, although the client cannot know', async (t) => {
  const demo = await demoStore(t);
  const client = await DemoClient.of(t, demo, 'v2');
  await assert.rejects(client.call('customer.delete', { customerId: 1 }, { 'X-Demo-Fault': 'drop' }));
  assert.equal(demo.customers(), 59);
});
