import { isFiltersType } from '../api/filters';
import { any, type EntityType, type Field, type WireType } from '../api/types';

/** How deep a form goes into entities and lists. Those of real stores have up to six levels. */
const MAX_LEVELS = 8;

/** How many fields the form of one argument has at most. The longest form of a real store has 53. */
const MAX_FIELDS = 1_000;

/**
 * A type as a form can show it: a finite tree. A type that contains itself, is too deep or has too many fields is entered as JSON, and so
 * is a type without a description.
 */
export function formType(type: WireType): WireType {
  return new Unfolding().of(type, []);
}

class Unfolding {
  #left = MAX_FIELDS;

  of(type: WireType, outer: readonly string[]): WireType {
    if (type.kind !== 'list' && type.kind !== 'entity') return type;
    // Filters have their own control, which needs only the name of the type.
    if (isFiltersType(type)) return { kind: 'entity', name: type.name, fields: [] };
    if (outer.length >= MAX_LEVELS || outer.includes(type.name)) return any;
    const within = [...outer, type.name];
    return type.kind === 'list' ? { ...type, of: this.of(type.of, within) } : this.#entity(type, within);
  }

  #entity(type: EntityType, within: readonly string[]): WireType {
    if (type.fields.length > this.#left) return any;
    this.#left -= type.fields.length;
    const fields = type.fields.map((field): Field => ({ ...field, type: this.of(field.type, within) }));
    return { ...type, fields };
  }
}
