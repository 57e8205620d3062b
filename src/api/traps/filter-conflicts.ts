import { t } from '../../l10n/texts';
import type { Resource } from '../resources';
import type { FilterEntry } from './filter-entries';
import { filterTraps } from './filter-traps';
import { listed, type Report } from './report';
import type { ArgFix } from './types';

/** Reports conditions that conflict with each other. */
export function checkTogether(report: Report, entries: readonly FilterEntry[], { idField, filtered }: Resource): void {
  const attributes = new Set(entries.map((entry) => entry.attribute));
  const aliases = filtered?.aliases ?? {};
  const other = entries.find(({ attribute }) => Object.hasOwn(aliases, attribute) && aliases[attribute] === idField);
  if (attributes.has(idField) && other !== undefined) {
    report.add(
      filterTraps.sameColumn,
      other.attributePath,
      t('The condition on {attribute} is dropped: {idField} names the same column.', { attribute: other.attribute, idField }),
      { at: other.attributeAt },
    );
  }
  const conditions = new Map<string, FilterEntry[]>();
  for (const entry of entries) {
    if (entry.alternatives) continue;
    const own = conditions.get(entry.attribute);
    if (own === undefined) conditions.set(entry.attribute, [entry]);
    else own.push(entry);
  }
  for (const [attribute, own] of conditions) checkSameAttribute(report, attribute, own);
}

function checkSameAttribute(report: Report, attribute: string, own: readonly FilterEntry[]): void {
  if (own.length < 2) return;
  const simple = own.filter((entry) => entry.operator === undefined);
  const complex = own.filter((entry) => entry.operator !== undefined);
  for (const entry of simple.slice(0, -1))
    report.add(
      filterTraps.twice,
      entry.attributePath,
      t('This filter on {attribute} is dropped: a later one replaces it.', { attribute }),
      {
        at: entry.attributeAt,
      },
    );
  if (simple.length > 0) {
    for (const entry of complex)
      report.add(
        filterTraps.twice,
        entry.attributePath,
        t('This filter on {attribute} is dropped: the simple filter on it wins.', { attribute }),
        {
          at: entry.attributeAt,
        },
      );
    return;
  }
  const seen = new Set<string>();
  for (const entry of complex) {
    const operator = entry.operator ?? '';
    if (seen.has(operator))
      report.add(
        filterTraps.twice,
        entry.attributePath,
        t('This filter on {attribute} is dropped: an earlier one with {operator} wins.', { attribute, operator }),
        {
          at: entry.attributeAt,
        },
      );
    seen.add(operator);
  }
  if (seen.size < 2) return;
  const range = seen.has('from') || seen.has('to');
  const winners: readonly string[] = range ? ['from', 'to'] : [...seen].slice(0, 1);
  const losers = complex.filter((entry) => !winners.includes(entry.operator ?? ''));
  const [first] = losers;
  if (first === undefined) return;
  report.add(
    filterTraps.twoOperators,
    first.operatorPath,
    t('Only {winners} counts on {attribute}; {losers} is dropped.', {
      winners: listed(winners.filter((name) => seen.has(name))),
      attribute,
      losers: listed(losers.map((entry) => entry.operator ?? '')),
    }),
    {
      at: first.operatorAt,
      fixes: range ? [] : rangeFix(complex),
    },
  );
}

/** Replaces gteq and lteq, in either order, with from and to: the range that was meant. */
function rangeFix(entries: readonly FilterEntry[]): ArgFix[] {
  const lower = entries.find((entry) => entry.operator === 'gteq');
  const upper = entries.find((entry) => entry.operator === 'lteq');
  if (entries.length !== 2 || lower === undefined || upper === undefined) return [];
  const change = (entry: FilterEntry, to: string): ArgFix['edits'][number] =>
    entry.operatorAt === 'key' ? { kind: 'rename', path: entry.operatorPath, to } : { kind: 'set', path: entry.operatorPath, value: to };
  return [{ title: t('Use from and to'), edits: [change(lower, 'from'), change(upper, 'to')], certain: true }];
}
