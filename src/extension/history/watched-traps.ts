import { findTraps, type Finding } from '../../api/traps';
import { isList, isRecord } from '../../api/value';
import type { HistoryEntry } from '../../requests';

/** They do not change, and a view asks for them whenever an entry is added. */
const known = new WeakMap<HistoryEntry, readonly Finding[]>();

/** The traps into which a call of a program fell; those that somebody sent by hand were told before. */
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
