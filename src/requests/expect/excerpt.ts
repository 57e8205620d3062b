import { isList, isRecord, setKey, type MutableRecord, type SoapValue } from '../../api/value';

/** Values that an excerpt has at most, and characters of each text in it. */
export interface ExcerptLimits {
  readonly values: number;
  readonly chars: number;
}

const DEFAULT_LIMITS: ExcerptLimits = { values: 1000, chars: 10_000 };

/**
 * The beginning of a value, for showing where an expectation failed: a person who expected a fault and got 50,000 rows reads
 * a few of them, and the others need not stay in memory. What is left out is counted in a text at its place.
 */
export function excerpt(value: SoapValue, { values, chars }: ExcerptLimits = DEFAULT_LIMITS): SoapValue {
  let left = values;
  const take = (part: SoapValue): SoapValue => {
    left--;
    if (typeof part === 'string')
      return part.length <= chars ? part : `${part.slice(0, chars)}… ${more(part.length - chars, 'characters')}`;
    if (isList(part)) {
      const items: SoapValue[] = [];
      for (const item of part) {
        if (left <= 0) return [...items, `… ${more(part.length - items.length, 'items')}`];
        items.push(take(item));
      }
      return items;
    }
    if (!isRecord(part)) return part;
    const record: MutableRecord = {};
    const entries = Object.entries(part);
    for (const [index, [key, item]] of entries.entries()) {
      if (left <= 0) {
        setKey(record, '…', more(entries.length - index, 'keys'));
        return record;
      }
      setKey(record, key, take(item));
    }
    return record;
  };
  return take(value);
}

function more(count: number, what: string): string {
  return `${count.toLocaleString('en')} more ${what}`;
}
