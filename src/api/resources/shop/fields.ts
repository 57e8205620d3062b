import { string, type Field, type WireType } from '../../types';

/**
 * Fields of text by their names, with spaces between. These types are the demo store's: what people read of them comes from the WSDL
 * of a store, which has names alone.
 * @param required whether the WSDL wants each of them there
 */
export function textFields(names: string, required = false): readonly Field[] {
  return fieldsOf(Object.fromEntries(names.split(/\s+/).flatMap((name) => (name === '' ? [] : [[name, string]]))), required);
}

/** Fields by name and type, in this order. */
export function fieldsOf(types: Readonly<Record<string, WireType>>, required = false): readonly Field[] {
  return Object.entries(types).map(([name, type]) => ({ name, type, title: name, doc: '', required }));
}
