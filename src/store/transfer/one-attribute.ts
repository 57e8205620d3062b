import { harmlessCell } from './cells';
import { importTargets, type ImportMapping } from './mapping';
import type { Field } from '../../api/types';
import { csvText } from './writers';

/** Attributes that make no sense for several customers at once, since each customer has its own value. */
const OF_ONE = ['customer_id', 'email', 'password'];

/** Attributes that can be given to several customers at once. */
export const sharedAttributes: readonly Field[] = importTargets.filter(({ name, role }) => !OF_ONE.includes(name) && role !== 'secret');

/** A file that gives several customers the same value, and the meaning of its columns. It is imported like any other. */
export interface OneAttribute {
  readonly text: string;
  readonly mapping: ImportMapping;
}

/**
 * Gives several customers the same value of one attribute, as a file for an import. The change can then be reviewed, is sent in batches,
 * and can be undone like any import.
 * @param value an empty text clears the attribute
 */
export function oneAttribute(ids: readonly string[], attribute: string, value: string): OneAttribute {
  return {
    text: csvText([['customer_id', attribute], ...ids.map((id) => [id, harmlessCell(value)])]),
    mapping: { columns: ['customer_id', attribute], key: 'customer_id', emptyCells: 'clear' },
  };
}
