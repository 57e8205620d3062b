import { findTraps, type Finding } from '../../api/traps';
import { isList, isRecord } from '../../api/value';
import type { HistoryEntry } from '../../requests';

/** The traps of entries that were already computed. They do not change, and a view asks for them whenever an entry is added. */
const known = new WeakMap<HistoryEntry, readonly Finding[]>();

/** The traps in a call of a watched program. Calls that were sent by hand were checked before they were sent. */
export function trapsOf(entry: HistoryEntry): readonly Finding[] {
  if (entry.watched !== true) return [];
  const before = known.get(entry);
  if (before !== undefined) return before;
  const { method, args, dialect } = entry;
  const traps = findTraps({ method, args: isRecord(args) || isList(args) ? args : undefined, dialect }).filter(
    ({ severity }) => severity === 'error' || severity === 'warning',
  );
  known.set(entry, traps);
  return traps;
}
