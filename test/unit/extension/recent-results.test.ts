import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CallOutcome } from '../../../src/extension/calls/outcome';
import { MAX_RESPONSE_BYTES, MAX_RESULTS, RecentResults } from '../../../src/extension/requests/recent-results';
import { Exchange } from '../../../src/store/wire/exchange';

describe('The latest results', () => {
  test('are kept up to a number', () => {
    const results = new RecentResults();
    for (let index = 0; index < MAX_RESULTS + 5; index++) results.keep(`r${index}`, outcomeOf(10));
    const kept = Array.from({ length: MAX_RESULTS + 5 }, (_, index) => results.get(`r${index}`) !== undefined);
    assert.deepEqual(kept, [...Array.from({ length: 5 }, () => false), ...Array.from({ length: MAX_RESULTS }, () => true)]);
  });

  test('are kept up to a size, the newest one regardless of its size', () => {
    const results = new RecentResults();
    results.keep('small', outcomeOf(1000));
    results.keep('half', outcomeOf(MAX_RESPONSE_BYTES / 2));
    results.keep('other half', outcomeOf(MAX_RESPONSE_BYTES / 2));
    assert.deepEqual(
      ['small', 'half', 'other half'].map((key) => results.get(key) !== undefined),
      [false, true, true],
    );
    const huge = outcomeOf(2 * MAX_RESPONSE_BYTES);
    results.keep('huge', huge);
    assert.deepEqual(
      ['half', 'other half', 'huge'].map((key) => results.get(key) !== undefined),
      [false, false, true],
    );
    assert.equal(results.ofExchange(huge.exchange?.id ?? ''), huge);
  });

  test('are one for each request: a new run replaces the previous one', () => {
    const results = new RecentResults();
    const [first, second] = [outcomeOf(MAX_RESPONSE_BYTES), outcomeOf(10)];
    results.keep('a', first);
    results.keep('a', second);
    results.keep('b', outcomeOf(10));
    assert.equal(results.get('a'), second);
    assert.equal(results.ofExchange(first.exchange?.id ?? ''), undefined);
  });
});

/** An outcome whose response had this many bytes. */
function outcomeOf(bytes: number): CallOutcome {
  const none = new Uint8Array();
  const exchange = new Exchange({
    store: 'Shop',
    dialect: 'v1',
    method: 'customer.list',
    args: {},
    startedAt: 0,
    request: { method: 'POST', url: 'http://shop.test/', headers: [], body: none },
    response: { status: 200, statusText: 'OK', httpVersion: '1.1', headers: [], body: none, bytes, wireBytes: bytes, charset: 'utf-8' },
    timings: { total: 1 },
    outcome: { kind: 'result', rows: 0 },
    junk: [],
    secrets: [],
  });
  const store = { id: 'shop', name: 'Shop' };
  return {
    title: 'A',
    call: { method: 'customer.list' },
    store: store as unknown as CallOutcome['store'],
    dialect: 'v1',
    value: undefined,
    error: undefined,
    exchange,
  };
}
