import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { ToolkitError } from '../../api/errors';
import { similar } from '../../api/traps';
import { decodeText } from '../../api/text-input';
import { addressSchema, at, customerSchema, indexOf, type AddressRow, type Schema, type Values } from '../data/attributes';
import type { Change } from '../data/shop';
import type { SeedRecord } from '../options';
import { standInAddress } from './synthetic';

const scalar = z.nullish(z.union([z.string(), z.number(), z.boolean()]));
const addressRecord = z.record(z.string(), scalar);
const customerRecord = z.catchall(z.object({ addresses: z.optional(z.array(addressRecord)) }), scalar);
const seedList = z.array(customerRecord);

type Scalars = Readonly<Record<string, unknown>>;

/**
 * Customers of a seed, as attribute maps with V1's values. Customers without an ID get the next one. A default address that is not in the
 * seed is generated.
 * @param seed path of a JSON file, or its content
 * @throws {ToolkitError} of kind `input` when the file does not exist or is not a seed
 */
export async function seedCustomers(seed: string | readonly SeedRecord[]): Promise<readonly Change[]> {
  const parsed = seedList.safeParse(typeof seed === 'string' ? await readSeed(seed) : seed);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(
      `The seed is not a list of customers: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
      'Use a JSON list of maps from attribute codes to values, such as the result of customer.list over V1.',
    );
  }
  const changes: Change[] = [];
  const known = new Set<number>();
  const ids = new Set<number>();
  let nextId = 1;
  for (const { addresses = [], ...record } of parsed.data) {
    const values = valuesOf(record, customerSchema);
    const id = values[at.id] === null ? nextId : Number(values[at.id]);
    if (!Number.isInteger(id) || id < 1)
      throw invalid(`The seed has a customer with the ID "${String(values[at.id]).slice(0, 40)}".`, 'Use a whole number from 1.');
    if (ids.has(id)) throw invalid(`The seed has two customers with the ID "${id}".`, 'Give each customer a unique ID, or no ID.');
    ids.add(id);
    nextId = Math.max(nextId, id + 1);
    values[at.id] = String(id);
    changes.push({ type: 'customer', row: { id, values } });
    for (const address of addresses) {
      const row = addressRow(address, id);
      if (known.has(row.id)) throw invalid(`The seed has two addresses with the ID "${row.id}".`, 'Give each address a unique ID.');
      known.add(row.id);
      changes.push({ type: 'address', row });
    }
  }
  return [...changes, ...standIns(changes, known)];
}

/** Addresses for defaults that the seed does not contain. */
function standIns(changes: readonly Change[], known: Set<number>): readonly Change[] {
  return changes.flatMap((change): readonly Change[] => {
    if (change.type !== 'customer') return [];
    const { row } = change;
    const wanted = new Set([row.values[at.billing], row.values[at.shipping]].map(Number).filter((id) => id > 0 && !known.has(id)));
    return [...wanted].map((id): Change => {
      known.add(id);
      return { type: 'address', row: standInAddress(id, row) };
    });
  });
}

async function readSeed(file: string): Promise<unknown> {
  try {
    return JSON.parse(decodeText(await readFile(file), file));
  } catch (error) {
    if (error instanceof ToolkitError) throw error;
    throw new ToolkitError(
      'input',
      {
        code: 'seed-unreadable',
        what: `The seed file ${file} cannot be read.`,
        why: error instanceof Error ? error.message : String(error),
        next: 'Use a JSON file.',
      },
      { cause: error },
    );
  }
}

function addressRow(record: Scalars, customerId: number): AddressRow {
  const values = valuesOf(record, addressSchema);
  const id = Number(values[indexOf(addressSchema, 'customer_address_id')] ?? Number.NaN);
  if (!Number.isInteger(id) || id < 1)
    throw invalid(`An address of customer ${customerId} in the seed has no customer_address_id.`, 'Give each address an ID.');
  return { id, customerId, values };
}

function valuesOf(record: Scalars, schema: Schema): Values {
  checkNames(record, schema);
  return schema.attributes.map(({ code }) => {
    const value = Object.hasOwn(record, code) ? record[code] : null;
    if (value === null || value === undefined || value === '') return null;
    return typeof value === 'boolean' ? (value ? '1' : '0') : typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  });
}

/** Unknown attributes of a real shop are ignored, but a misspelled attribute is an error. */
function checkNames(record: Scalars, schema: Schema): void {
  const codes = schema.attributes.map(({ code }) => code);
  const missing = codes.filter((code) => !Object.hasOwn(record, code));
  for (const name of Object.keys(record)) {
    const meant = codes.includes(name) ? undefined : similar(name, missing);
    if (meant !== undefined) throw invalid(`The seed has the unknown attribute "${name.slice(0, 40)}".`, `Did you mean "${meant}"?`);
  }
}

function invalid(what: string, next: string): ToolkitError {
  return new ToolkitError('input', { code: 'seed-invalid', what, next });
}
