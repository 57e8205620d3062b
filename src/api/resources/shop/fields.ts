import { string, type Field, type WireType } from '../../types';

/**
 * Text fields by their names, separated by spaces. Only the demo store uses these types; help for people comes from the WSDL of a store,
 * which has names only.
 * @param required whether the WSDL requires each of them
 */
export function textFields(names: string, required = false): readonly Field[] {
  return fieldsOf(Object.fromEntries(names.split(/\s+/).flatMap((name) => (name === '' ? [] : [[name, string]]))), required);
}

/** Fields by name and type, in this order. */
export function fieldsOf(types: Readonly<Record<string, WireType>>, required = false): readonly Field[] {
  return Object.entries(types).map(([name, type]) => ({ name, type, title: name, doc: '', required }));
}
