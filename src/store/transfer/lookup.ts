import { facets } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { later, said } from '../../l10n/texts';
import type { StoreClient } from '../calls/client';
import { idOf } from '../customers/id-range';
import { comparable, textOfValue } from './cells';
import type { Destination } from './rows';

type Caller = Pick<StoreClient, 'call' | 'describe'>;

/** Customers of the store that rows of a file may mean. */
export class Known {
  readonly #byId = new Map<number, SoapRecord>();
  readonly #byEmail = new Map<string, SoapRecord[]>();

  constructor(rows: Iterable<SoapRecord>) {
    for (const row of rows) {
      const id = idOf(row['customer_id']);
      if (id === undefined || this.#byId.has(id)) continue;
      this.#byId.set(id, row);
      const email = comparable(textOfValue(row['email']));
      this.#byEmail.set(email, [...(this.#byEmail.get(email) ?? []), row]);
    }
  }

  /** The customer with this ID, when it was among those read. */
  withId(id: number): SoapRecord | undefined {
    return this.#byId.get(id);
  }

  /** Customers with this e-mail, on one website or on all. */
  withEmail(email: string, website: string | undefined): readonly SoapRecord[] {
    const all = this.#byEmail.get(comparable(email)) ?? [];
    return website === undefined ? all : all.filter((row) => textOfValue(row['website_id']) === website);
  }
}

/**
 * Reads the customers that have one of these IDs or e-mails, in one request for each kind; only an e-mail with a comma needs one
 * of its own outside V1 (facts §5).
 * @throws {ToolkitError} as {@link StoreClient.call} does
 */
export async function lookUp(
  client: Caller,
  ids: readonly number[],
  emails: readonly string[],
  reads: Destination['reads'],
  signal?: AbortSignal,
): Promise<Known> {
  const rows: SoapRecord[] = [];
  const ask = async (filters: SoapRecord): Promise<void> => {
    await client.call(
      'customer.list',
      { filters },
      {
        dialect: reads,
        signal,
        onRow: (row: SoapValue) => {
          if (isRecord(row)) rows.push(row);
        },
      },
    );
  };
  if (ids.length > 0) await ask({ customer_id: { in: ids.map(String) } });
  // V2 and WS-I send lists as one text that the store splits at commas.
  const listed = emails.filter((email) => facets[reads].filters === 'map' || !email.includes(','));
  if (listed.length > 0) await ask({ email: { in: listed } });
  for (const email of emails.filter((other) => !listed.includes(other))) await ask({ email: { eq: email } });
  return new Known(rows);
}

/** How an import talks to a store. */
export interface ImportWay extends Destination {
  /** Whether writes travel many at a time: only V1 can do that (facts §8). */
  readonly batched: boolean;
  /** What the store told of the numbers that an attribute can have, by attribute. */
  readonly choices: ReadonlyMap<string, readonly NamedNumber[]>;
}

/** A number with the name that the store has for it. */
export interface NamedNumber {
  readonly value: string;
  readonly name: string;
}

/**
 * Finds out how to import into a store: over V1 where it answers, which returns more and takes many calls at once; otherwise as
 * the store speaks.
 * @throws {ToolkitError} when the store does not answer over its own dialect either
 */
export async function importWay(client: Caller, signal?: AbortSignal): Promise<ImportWay> {
  const { dialect } = await client.describe(signal);
  const v1 = facets[dialect].allAttributes || (facets[dialect].fuller !== undefined && (await speaksV1(client, signal)));
  const groups = await groupsOf(client, signal);
  const stores = v1 ? await storesOf(client, signal) : [];
  const words = {
    groups: namesOf(groups ?? [], 'customer_group_id', ['customer_group_code']),
    stores: namesOf(stores, 'store_id', ['name', 'code']),
  };
  const choices = new Map([
    // Group 0 is that of visitors who are not logged in.
    ['group_id', choicesOf(groups ?? [], 'customer_group_id', 'customer_group_code').filter(({ value }) => value !== '0')],
    ['store_id', choicesOf(stores, 'store_id', 'name')],
    ['gender', genders.map(({ value, name }) => ({ value, name: said(name) }))],
  ]);
  const knowledge = { groups: groups?.flatMap((group) => idOf(group['customer_group_id']) ?? []) };
  return v1
    ? { writes: 'v1', reads: 'v1', batched: true, knowledge, words, choices }
    : { writes: dialect, reads: dialect, batched: false, knowledge, words, choices };
}

/** As Magento 1 and its successors are installed. */
const genders: readonly NamedNumber[] = [
  { value: '1', name: later('Male') },
  { value: '2', name: later('Female') },
];

function choicesOf(rows: readonly SoapRecord[], id: string, name: string): readonly NamedNumber[] {
  return rows.map((row) => ({ value: textOfValue(row[id]), name: textOfValue(row[name]) })).filter(({ value }) => /^\d{1,9}$/.test(value));
}

/** Numbers by the names that rows have. */
function namesOf(rows: readonly SoapRecord[], id: string, names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const row of rows) {
    const number = textOfValue(row[id]);
    for (const name of new Set(names.map((attribute) => comparable(textOfValue(row[attribute]))))) {
      if (name !== '' && number !== '') found.set(name, [...(found.get(name) ?? []), number]);
    }
  }
  return found;
}

async function speaksV1(client: Caller, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await client.call('customer.list', { filters: { customer_id: { from: 1, to: 1 } } }, { dialect: 'v1', signal });
    return true;
  } catch (error) {
    // When V1 fails for whatever reason, use the store's own dialect. If that fails too, the next call reports it.
    if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
    return false;
  }
}

/** Groups of the store; `undefined` where the API user may not see them. */
async function groupsOf(client: Caller, signal: AbortSignal | undefined): Promise<readonly SoapRecord[] | undefined> {
  return await listed(client, 'customer_group.list', signal);
}

/**
 * Store views, where the store and the rights of the API user allow it. Only V1 calls methods beyond the catalogue by one name in every
 * store.
 */
async function storesOf(client: Caller, signal: AbortSignal | undefined): Promise<readonly SoapRecord[]> {
  return (await listed(client, 'core_store.list', signal, 'v1')) ?? [];
}

async function listed(
  client: Caller,
  method: string,
  signal: AbortSignal | undefined,
  dialect?: 'v1',
): Promise<readonly SoapRecord[] | undefined> {
  try {
    const { value } = await client.call(method, dialect === undefined ? {} : [], { signal, dialect });
    return isList(value) ? value.filter(isRecord) : undefined;
  } catch (error) {
    if (!(error instanceof ToolkitError) || signal?.aborted === true || error.kind === 'transport') throw error;
    return undefined;
  }
}
