import { crc32 } from 'node:zlib';
import { addressSchema, customerSchema, type Schema, type Values } from '../data/attributes';
import type { Group } from '../data/groups';
import type { Change } from '../data/shop';

/**
 * The data file has one change per line: a checksum of eight hexadecimal digits, a space, and the change as JSON with attribute codes as
 * names. People can read it, and a newer version can read the file of an older one.
 */
export const HEADER = line({ format: 'maho-soap demo store', version: 1 });

/** Writes a change as a line. */
export function encode(change: Change): string {
  switch (change.type) {
    case 'customer':
      return line({ customer: change.row.id, values: named(change.row.values, customerSchema) });
    case 'address':
      return line({ address: change.row.id, of: change.row.customerId, values: named(change.row.values, addressSchema) });
    case 'customer-gone':
      return line({ customerGone: change.id });
    case 'address-gone':
      return line({ addressGone: change.id });
    case 'groups':
      return line({
        groups: change.groups.map(({ id, code, taxClassId }) => ({ id, code, taxClass: taxClassId })),
        nextGroup: change.nextId,
      });
    case 'sequence':
      return line({ nextCustomer: change.customer, nextAddress: change.address });
  }
}

/**
 * Reads a line without its line feed. `damaged`: the checksum does not match, because the line was not written completely. `unknown`: the
 * line is complete, but this version does not know its content.
 */
export function decode(text: string): Change | 'header' | 'damaged' | 'unknown' {
  const json = text.slice(9);
  if (text[8] !== ' ' || text.slice(0, 8) !== checksum(json)) return 'damaged';
  const entry = parsed(json);
  if (!isMap(entry)) return 'unknown';
  if ('format' in entry) return entry['version'] === 1 ? 'header' : 'unknown';
  const { customer, address, of, values, customerGone, addressGone, nextCustomer, nextAddress } = entry;
  if (isId(customer) && isMap(values)) return { type: 'customer', row: { id: customer, values: placed(values, customerSchema) } };
  if (isId(address) && isId(of) && isMap(values))
    return { type: 'address', row: { id: address, customerId: of, values: placed(values, addressSchema) } };
  if (isId(customerGone)) return { type: 'customer-gone', id: customerGone };
  if (isId(addressGone)) return { type: 'address-gone', id: addressGone };
  const groups = groupsIn(entry['groups']);
  if (groups !== undefined && isId(entry['nextGroup'])) return { type: 'groups', groups, nextId: entry['nextGroup'] };
  if (isId(nextCustomer) && isId(nextAddress)) return { type: 'sequence', customer: nextCustomer, address: nextAddress };
  return 'unknown';
}

function groupsIn(list: unknown): readonly Group[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const groups = list.flatMap((entry: unknown): readonly Group[] => {
    if (!isMap(entry)) return [];
    const { id, code, taxClass } = entry;
    return isId(id) && typeof code === 'string' && isId(taxClass) ? [{ id, code, taxClassId: taxClass }] : [];
  });
  return groups.length === list.length ? groups : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function line(entry: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(entry);
  return `${checksum(json)} ${json}\n`;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function named(values: Values, schema: Schema): Record<string, string> {
  const result: Record<string, string> = {};
  for (const { code, index } of schema.attributes) {
    const value = values[index];
    if (value !== null && value !== undefined) result[code] = value;
  }
  return result;
}

function placed(values: Readonly<Record<string, unknown>>, schema: Schema): Values {
  return schema.attributes.map(({ code }) => {
    const value = values[code];
    return typeof value === 'string' ? value : null;
  });
}
