import { isNaturalMap, UntypedObject, type NaturalValue } from '../../soap/decoding/request';
import { leadingNumber, text } from '../data/conditions';

/**
 * An ID as the database reads it in a comparison with a number column: `1abc` is 1, `abc` is 0 (facts §8).
 * @throws {StoreFault} for an untyped element, as {@link text} does
 */
export function numericId(id: NaturalValue | undefined): number {
  return id === undefined ? 0 : leadingNumber(text(id));
}

/** The attribute values that were sent, by attribute. The result is empty if `input` is not a map. */
export function dataOf(input: NaturalValue | undefined): ReadonlyMap<string, NaturalValue> {
  if (isNaturalMap(input)) return input;
  if (input instanceof UntypedObject) return input.fields;
  return new Map();
}
