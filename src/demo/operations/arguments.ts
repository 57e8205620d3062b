import { isNaturalMap, UntypedObject, type NaturalValue } from '../../soap/decoding/request';
import { leadingNumber, text } from '../data/conditions';

/**
 * Number of an ID as the database reads it beside a number column: `1abc` is 1, `abc` is 0 (facts §8).
 * @throws {StoreFault} for an untyped element, as {@link text} does
 */
export function numericId(id: NaturalValue | undefined): number {
  return id === undefined ? 0 : leadingNumber(text(id));
}

/** Attribute values as sent, by attribute. Anything but a map has none. */
export function dataOf(input: NaturalValue | undefined): ReadonlyMap<string, NaturalValue> {
  if (isNaturalMap(input)) return input;
  if (input instanceof UntypedObject) return input.fields;
  return new Map();
}
