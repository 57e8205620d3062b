import { FaultError } from '../../api/errors';
import { isList, isRecord } from '../../api/value';
import type { Connection } from '../stores/store';
import { text } from './customer-summary';

/** Names of customer groups by their ID. */
export type Groups = ReadonlyMap<number, string>;

const known = new WeakMap<Connection, Promise<Groups>>();
const read = new WeakMap<Connection, Groups>();

/**
 * The customer groups of a store, read once for each connection. Empty if the API user may not read them, so that only their names are
 * missing.
 * @throws {ToolkitError} when the store does not answer. The next caller asks again
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

/** The groups, if they were already read. Nothing is sent. */
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
