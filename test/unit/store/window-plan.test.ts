import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_ID } from '../../../src/store/customers/id-range';
import { idSets, walkSet, type CountedWalk } from '../../support/id-sets';

const orders = ['newest', 'oldest'] as const;
const WANTED = 200;

/** Asked of a store of the same size without gaps: a window for each 200 customers, and what finds its ends. */
const denseRequests = (customers: number): number => Math.ceil(customers / WANTED) + 3;

function inOrder(set: readonly number[], order: 'newest' | 'oldest'): readonly number[] {
  return order === 'newest' ? [...set].reverse() : set;
}

function neverTwice(walk: CountedWalk): void {
  const asked = walk.ranges.map(({ from, to }) => `${from}-${to}`);
  assert.equal(new Set(asked).size, asked.length, 'a range was asked for twice');
}

for (const [name, set] of Object.entries(idSets)) {
  for (const order of orders) {
    test(`IDs ${name}, ${order} first, cost hardly more than the same number without gaps`, () => {
      const walk = walkSet(set, { order, wanted: WANTED });
      assert.deepEqual(walk.given, inOrder(set, order));
      assert.ok(walk.requests <= 1.5 * denseRequests(set.length), `${walk.requests} requests`);
      assert.ok(walk.rows <= 2 * set.length, `${walk.rows} rows`);
      assert.ok((walk.first ?? Infinity) <= 5, `the first customers with request ${walk.first}`);
      neverTwice(walk);
    });

    test(`IDs ${name}, ${order} first, are all read from a store that dies over 3,000 customers`, () => {
      const walk = walkSet(set, { order, wanted: WANTED }, 3000);
      assert.deepEqual(walk.given, inOrder(set, order));
      assert.ok(walk.requests <= 1.5 * denseRequests(set.length), `${walk.requests} requests`);
      assert.ok(walk.rows <= 2 * set.length, `${walk.rows} rows`);
    });
  }
}

test('whatever the IDs, everybody is given once and in order, and no range is asked for twice', () => {
  const cluster = fc.tuple(fc.integer({ min: 1, max: MAX_ID - 5000 }), fc.integer({ min: 1, max: 1500 }), fc.constantFrom(1, 1, 2, 7));
  fc.assert(
    fc.property(
      fc.array(cluster, { maxLength: 6 }),
      fc.constantFrom(...orders),
      fc.constantFrom(20, 100, 500),
      (clusters, order, wanted) => {
        const all = new Set(clusters.flatMap(([start, count, step]) => Array.from({ length: count }, (_, index) => start + index * step)));
        const set = [...all].filter((id) => id <= MAX_ID).sort((a, b) => a - b);
        const walk = walkSet(set, { order, wanted });
        assert.deepEqual(walk.given, inOrder(set, order));
        assert.ok(walk.complete);
        neverTwice(walk);
      },
    ),
    { numRuns: 150, seed: 20 },
  );
});

test('whatever a store can answer at once, the walk comes to its end, with everybody or with its fault', () => {
  const cluster = fc.tuple(fc.integer({ min: 1, max: 20_000_000 }), fc.integer({ min: 1, max: 600 }));
  fc.assert(
    fc.property(
      fc.array(cluster, { maxLength: 4 }),
      fc.constantFrom(...orders),
      fc.integer({ min: 0, max: 400 }),
      (clusters, order, most) => {
        const set = [...new Set(clusters.flatMap(([start, count]) => Array.from({ length: count }, (_, index) => start + index)))].sort(
          (a, b) => a - b,
        );
        const walk = walkSet(set, { order, wanted: 200 }, most);
        const wanted = inOrder(set, order);
        assert.deepEqual(walk.given, walk.complete ? wanted : wanted.slice(0, walk.given.length));
      },
    ),
    { numRuns: 100, seed: 21 },
  );
});

test('small islands that fill a coarse sample cost a few requests each, not one for each 888 IDs between them', () => {
  for (const gap of [20_000, 150_000]) {
    const set = Array.from({ length: 100 }, (_, island) => Array.from({ length: 100 }, (__, index) => island * gap + index + 1)).flat();
    for (const order of orders) {
      const walk = walkSet(set, { order, wanted: WANTED });
      assert.deepEqual(walk.given, inOrder(set, order));
      assert.ok(walk.requests <= 500, `${walk.requests} requests, ${gap} apart, ${order} first`);
      assert.ok(walk.rows <= 2 * set.length, `${walk.rows} rows`);
    }
  }
});

test('a store that can answer for a few at once is not asked for each ID of the gaps between them', () => {
  for (const gap of [1000, 1_000_000, 16_803_968, 1_000_000_000]) {
    for (const most of [1, 2, 3, 8, 50]) {
      for (const order of orders) {
        const set = [8, 9, 10, ...Array.from({ length: 9 }, (_, index) => gap + index)];
        const walk = walkSet(set, { order, wanted: WANTED }, most);
        const wanted = inOrder(set, order);
        assert.deepEqual(walk.given, walk.complete ? wanted : wanted.slice(0, walk.given.length));
        assert.ok(walk.requests <= 1000, `${walk.requests} requests, ${gap} apart, at most ${most}, ${order} first`);
      }
    }
  }
});
