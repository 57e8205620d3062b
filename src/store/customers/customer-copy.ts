import { fullerThan } from '../../api/dialect-facets';
import * as z from 'zod/mini';
import { ToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import { readAddresses } from './addresses';
import { readCustomer, type Caller } from './customer-save';
import { maskRecord } from '../masking/mask';

const record = z.record(z.string(), z.json());

/** A customer with its addresses, as kept before it is deleted. Secrets are masked. */
export const customerCopy = z.object({
  version: z.literal(1),
  /** Time of the copy, ISO 8601. */
  at: z.string(),
  /** Name of the store from which it came, and the ID that the extension uses for the store. */
  store: z.string(),
  storeId: z.string(),
  customer: record,
  addresses: z.array(record),
  /** ID under which the customer was created again, if that stopped before it had its addresses. */
  restoredAs: z.optional(z.string()),
});

/** See {@link customerCopy}. */
export type CustomerCopy = z.infer<typeof customerCopy>;

/**
 * Reads everything about a customer that can be kept. It uses V1 if the store answers it, since V1 shows more (facts §4).
 * @throws {ToolkitError} when the customer or its addresses cannot be read; the customer must then not be deleted
 */
export async function copyCustomer(
  client: Caller,
  customerId: string,
  signal?: AbortSignal,
): Promise<Pick<CustomerCopy, 'customer' | 'addresses'>> {
  const customer = await fullCustomer(client, customerId, signal);
  const addresses = await readAddresses(client, customerId, signal);
  return {
    customer: json(maskRecord(customer)),
    addresses: addresses.map((address) => json(maskRecord(address))),
  };
}

/**
 * A customer over the dialect that shows most: V1 if the store answers it, otherwise the store's own.
 * @throws {ToolkitError} when it cannot be read; a fault 102 when no customer has the ID
 */
export async function fullCustomer(client: Caller, customerId: string, signal: AbortSignal | undefined): Promise<SoapRecord> {
  const fuller = fullerThan(client.dialect);
  if (fuller === undefined) return await readCustomer(client, customerId, { signal });
  try {
    return await readCustomer(client, customerId, { signal, reading: fuller });
  } catch (error) {
    // V1 may be switched off or at another address. A customer that does not exist is missing in every dialect.
    if (!(error instanceof ToolkitError) || error.code === '102' || signal?.aborted === true) throw error;
    return await readCustomer(client, customerId, { signal });
  }
}

/** Every value of SOAP is a value of JSON. The schema of the file checks it and gives it the file's type. */
function json(values: SoapRecord): z.infer<typeof record> {
  return record.parse(values);
}
