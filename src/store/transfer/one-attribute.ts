import { harmlessCell } from './cells';
import { importTargets, type ImportMapping } from './mapping';
import type { Field } from '../../api/types';
import { csvText } from './writers';

/** Attributes that make no sense for several customers at once: who they are, and what is theirs alone. */
const OF_ONE = ['customer_id', 'email', 'password'];

/** Attributes that can be given to several customers at once. */
export const sharedAttributes: readonly Field[] = importTargets.filter(({ name, role }) => !OF_ONE.includes(name) && role !== 'secret');

/** A file that gives several customers the same value, to be imported as any other; and what its columns mean. */
export interface OneAttribute {
  readonly text: string;
  readonly mapping: ImportMapping;
}

/**
 * Gives several customers the same value of one attribute, as a file for an import: so it is reviewed, sent in batches and taken back as
 * one.
 * @param value the empty text clears the attribute
 */
export function oneAttribute(ids: readonly string[], attribute: string, value: string): OneAttribute {
  return {
    text: csvText([['customer_id', attribute], ...ids.map((id) => [id, harmlessCell(value)])]),
    mapping: { columns: ['customer_id', attribute], key: 'customer_id', emptyCells: 'clear' },
  };
}
