import { isNaturalList, isNaturalMap, type NaturalValue } from '../../soap/decoding/request';
import { leadingNumber, text } from './conditions';

/** A range of IDs, both ends included. */
export interface IdRange {
  readonly from: number;
  readonly to: number;
}

const ALL: IdRange = { from: 0, to: Number.MAX_SAFE_INTEGER };

/**
 * The range of IDs that a condition on the ID can match, so that a window of IDs does not need a search through all rows. It only narrows
 * the search: the condition itself is still tested. A condition that is not a range leaves all IDs.
 */
export function idRange(operand: NaturalValue | undefined): IdRange {
  if (operand === undefined || isNaturalList(operand)) return ALL;
  if (isNaturalMap(operand)) {
    const from = operand.get('from') ?? null;
    const to = operand.get('to') ?? null;
    if (from !== null || to !== null) return { from: isPlain(from) ? Math.ceil(number(from)) : 0, to: isPlain(to) ? number(to) : ALL.to };
    const [first] = operand;
    if (first === undefined || operand.size > 1 || !isPlain(first[1])) return ALL;
    const [operator, value] = first;
    if (operator === 'gteq' || operator === 'gt') return { from: Math.floor(number(value)), to: ALL.to };
    if (operator === 'lteq' || operator === 'lt') return { from: 0, to: number(value) };
    return operator === 'eq' ? { from: Math.floor(number(value)), to: number(value) } : ALL;
  }
  return isPlain(operand) ? { from: Math.floor(number(operand)), to: number(operand) } : ALL;
}

/**
 * The ranges that a condition on the ID can match, in ascending order: single IDs for a list of IDs, otherwise the result of {@link
 * idRange}.
 */
export function idRanges(operand: NaturalValue | undefined): readonly IdRange[] {
  const list = isNaturalMap(operand) && operand.size === 1 ? operand.get('in') : undefined;
  if (!isNaturalList(list) || !list.every((id) => isPlain(id) && /^\d{1,15}$/.test(text(id)))) return [idRange(operand)];
  return [...new Set(list.map((id) => Number(text(id))))].sort((a, b) => a - b).map((id) => ({ from: id, to: id }));
}

function isPlain(value: NaturalValue): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function number(value: NaturalValue): number {
  return leadingNumber(text(value));
}
