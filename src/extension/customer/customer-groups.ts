import { FaultError } from '../../api/errors';
import { isList, isRecord } from '../../api/value';
import type { Connection } from '../stores/store';
import { text } from './customer-summary';

/** Names of customer groups by their ID. */
export type Groups = ReadonlyMap<number, string>;

const known = new WeakMap<Connection, Promise<Groups>>();
const read = new WeakMap<Connection, Groups>();

/**
 * The customer groups of a store, asked for once a connection. Empty where the API user may not see them: nothing depends on their names.
 * @throws {ToolkitError} when the store does not answer; the next caller asks again
 */
export async function customerGroups(connection: Connection): Promise<Groups> {
  const asked = known.get(connection) ?? ask(connection);
  known.set(connection, asked);
  try {
    const groups = await asked;
    read.set(connection, groups);
    return groups;
  } catch (error) {
    known.delete(connection);
    throw error;
  }
}

/** The groups as far as they were asked for already: nothing is sent for it. */
export function knownGroups(connection: Connection): Groups | undefined {
  return read.get(connection);
}

async function ask({ client }: Connection): Promise<Groups> {
  try {
    const { value } = await client.call('customer_group.list');
    const rows = isList(value) ? value.filter(isRecord) : [];
    return new Map(rows.map((row) => [Number(text(row['customer_group_id'])), text(row['customer_group_code'])]));
  } catch (error) {
    if (error instanceof FaultError && error.code === '2') return new Map();
    throw error;
  }
}
