import { isList, isRecord, setKey, type MutableRecord, type SoapValue } from '../../api/value';
import { plural } from '../../l10n/texts';

/** How many values an excerpt has at most, and how many characters each of its texts has. */
export interface ExcerptLimits {
  readonly values: number;
  readonly chars: number;
}

const DEFAULT_LIMITS: ExcerptLimits = { values: 1000, chars: 10_000 };

/**
 * The beginning of a value, to show where an expectation failed. A person who expected a fault and got 50,000 rows reads a few of them, and
 * the others need not stay in memory. A text says at its place how much was left out.
 */
export function excerpt(value: SoapValue, { values, chars }: ExcerptLimits = DEFAULT_LIMITS): SoapValue {
  let left = values;
  const take = (part: SoapValue): SoapValue => {
    left--;
    if (typeof part === 'string')
      return part.length <= chars
        ? part
        : `${part.slice(0, chars)}… ${plural(part.length - chars, '{count} more character', '{count} more characters')}`;
    if (isList(part)) {
      const items: SoapValue[] = [];
      for (const item of part) {
        if (left <= 0) return [...items, `… ${plural(part.length - items.length, '{count} more item', '{count} more items')}`];
        items.push(take(item));
      }
      return items;
    }
    if (!isRecord(part)) return part;
    const record: MutableRecord = {};
    const entries = Object.entries(part);
    for (const [index, [key, item]] of entries.entries()) {
      if (left <= 0) {
        setKey(record, '…', plural(entries.length - index, '{count} more key', '{count} more keys'));
        return record;
      }
      setKey(record, key, take(item));
    }
    return record;
  };
  return take(value);
}
