import { fixedWindows, idSets, walkSet } from '../support/id-sets';
import { lowerIsBetter, type BenchRow } from './report';

const WANTED = 200;
/** The most customers that a store with a small memory limit can return at once over V1. */
const MOST = 3000;

/**
 * Requests, and rows that the store must read, for a walk through made-up sets of IDs, compared with windows of 200 IDs between the known
 * lowest and highest ID. These are counts, not times.
 */
export function benchWindows(): BenchRow[] {
  return Object.entries(idSets).flatMap(([name, set]) =>
    (['newest', 'oldest'] as const).flatMap((order) => {
      const fixed = fixedWindows(set, WANTED);
      const walk = walkSet(set, { order, wanted: WANTED });
      const frail = walkSet(set, { order, wanted: WANTED }, MOST);
      const what = `IDs ${name}, ${order} first`;
      const peer = 'fixed windows';
      return [
        lowerIsBetter({ area: 'windows', case: what, unit: 'requests', value: walk.requests, peer, peerValue: fixed.requests }),
        lowerIsBetter({ area: 'windows', case: what, unit: 'rows', value: walk.rows, peer, peerValue: fixed.rows }),
        { area: 'windows', case: `${what}: the first customers`, unit: 'requests', value: walk.first ?? 0 },
        lowerIsBetter({
          area: 'windows',
          case: `${what}, store dies over 3,000`,
          unit: 'requests',
          value: frail.requests,
          peer,
          peerValue: fixed.requests,
        }),
      ];
    }),
  );
}
