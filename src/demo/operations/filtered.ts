import type { SoapDialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { Generation } from '../../api/generations';
import type { Resource } from '../../api/resources';
import type { NaturalValue } from '../../soap/decoding/request';
import type { Attribute } from '../data/attributes';
import { condition, type Condition } from '../data/conditions';
import { fromV1, fromV2, STORE_ID, type FilterMap } from '../data/filters';
import { globalFault, phpError, resourceFault, StoreFault } from '../fault';

/** A condition of a filter, with the attribute that it tests. */
export interface AttributeTest {
  readonly attribute: Attribute;
  readonly test: Condition;
}

/** Filters of a list in a dialect, as conditions by attribute. The ID has the name {@link STORE_ID}. */
export function filterMap(filters: NaturalValue | undefined, dialect: SoapDialect, { idField }: Resource): FilterMap {
  return facets[dialect].filters === 'map' ? fromV1(filters, idField) : fromV2(filters, idField);
}

/**
 * The tests that rows must pass.
 * @param find returns the attribute with a name by which lists can be filtered
 * @throws {StoreFault} the resource's fault about filters, for an attribute that it does not have
 */
export function attributeTests(
  map: FilterMap,
  resource: Resource,
  generation: Generation,
  find: (name: string) => Attribute | undefined,
): readonly AttributeTest[] {
  return [...map].map(([name, operand]) => {
    // A list instead of a map has positions as names, which makes the store's own code fail (facts §5).
    const nothing = generation.id === 'maho@26.7' ? 'false' : 'bool';
    if (/^\d+$/.test(name)) throw phpError(`Call to a member function getAttributeCode() on ${nothing}`);
    const attribute = find(name === STORE_ID ? resource.idField : name);
    if (attribute === undefined || name === resource.idField) {
      // A resource without a fault about filters responds with the unknown error.
      if (!resource.faults.some(({ meaning }) => meaning === 'filters')) throw globalFault(0);
      throw new StoreFault(resourceFault(resource, 'filters').code, `Invalid attribute name: ${name}`);
    }
    return { attribute, test: condition(attribute, operand, generation) };
  });
}
