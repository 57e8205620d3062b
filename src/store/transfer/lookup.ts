import { facets } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { later, translated } from '../../l10n/texts';
import type { StoreClient } from '../calls/client';
import { idOf } from '../customers/id-range';
import { foldedText, textOfValue } from './cells';
import type { NamedIds } from './cell-meaning';
import type { Destination } from './rows';

type Caller = Pick<StoreClient, 'call' | 'describe'>;

/** Customers of the store to which rows of a file may refer. */
export class KnownCustomers {
  readonly #byId = new Map<number, SoapRecord>();
  readonly #byEmail = new Map<string, SoapRecord[]>();

  constructor(rows: Iterable<SoapRecord>) {
    for (const row of rows) {
      const id = idOf(row['customer_id']);
      if (id === undefined || this.#byId.has(id)) continue;
      this.#byId.set(id, row);
      const email = foldedText(textOfValue(row['email']));
      this.#byEmail.set(email, [...(this.#byEmail.get(email) ?? []), row]);
    }
  }

  /** The customer with this ID, if it was among those read. */
  withId(id: number): SoapRecord | undefined {
    return this.#byId.get(id);
  }

  /** Customers with this e-mail address, on one website or on all. */
  withEmail(email: string, website: string | undefined): readonly SoapRecord[] {
    const all = this.#byEmail.get(foldedText(email)) ?? [];
    return website === undefined ? all : all.filter((row) => textOfValue(row['website_id']) === website);
  }
}

/**
 * Reads the customers that have one of these IDs or e-mail addresses, in one request for each kind. Outside V1, an address with a comma
 * needs its own request (facts §5).
 * @throws {ToolkitError} as {@link StoreClient.call} does
 */
export async function readKnownCustomers(
  client: Caller,
  ids: readonly number[],
  emails: readonly string[],
  reads: Destination['reads'],
  signal?: AbortSignal,
): Promise<KnownCustomers> {
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
  // V2 and WS-I send lists as one text, which the store splits at commas.
  const listed = emails.filter((email) => facets[reads].filters === 'map' || !email.includes(','));
  if (listed.length > 0) await ask({ email: { in: listed } });
  for (const email of emails.filter((other) => !listed.includes(other))) await ask({ email: { eq: email } });
  return new KnownCustomers(rows);
}

/** How an import communicates with a store. */
export interface ImportWay extends Destination {
  /** Whether many writes are sent at a time: only V1 can do that (facts §8). */
  readonly batched: boolean;
  /** The IDs that an attribute can have according to the store, by attribute. */
  readonly choices: ReadonlyMap<string, readonly NamedNumber[]>;
}

/** An ID with its name in the store. */
export interface NamedNumber {
  readonly value: string;
  readonly name: string;
}

/**
 * Decides how to import into a store: over V1 if the store answers it, since V1 returns more and accepts many calls at once. Otherwise
 * over the store's own dialect.
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
    // Group 0 is for visitors who are not logged in.
    ['group_id', choicesOf(groups ?? [], 'customer_group_id', 'customer_group_code').filter(({ value }) => value !== '0')],
    ['store_id', choicesOf(stores, 'store_id', 'name')],
    ['gender', genderChoices.map(({ value, name }) => ({ value, name: translated(name) }))],
  ]);
  const knowledge = { groups: groups?.flatMap((group) => idOf(group['customer_group_id']) ?? []) };
  return v1
    ? { writes: 'v1', reads: 'v1', batched: true, knowledge, words, choices }
    : { writes: dialect, reads: dialect, batched: false, knowledge, words, choices };
}

/** The genders of a new installation of Magento 1 and its successors. */
const genderChoices: readonly NamedNumber[] = [
  { value: '1', name: later('Male') },
  { value: '2', name: later('Female') },
];

function choicesOf(rows: readonly SoapRecord[], id: string, name: string): readonly NamedNumber[] {
  return rows.map((row) => ({ value: textOfValue(row[id]), name: textOfValue(row[name]) })).filter(({ value }) => /^\d{1,9}$/.test(value));
}

/** IDs by the names of rows. */
function namesOf(rows: readonly SoapRecord[], id: string, names: readonly string[]): ReadonlyMap<string, NamedIds> {
  const found = new Map<string, NamedIds>();
  for (const row of rows) {
    const number = textOfValue(row[id]);
    const own = new Map(names.map((attribute) => textOfValue(row[attribute])).map((name) => [foldedText(name), name]));
    for (const [folded, name] of own) {
      const known = found.get(folded) ?? { name, ids: [] };
      if (folded !== '' && number !== '') found.set(folded, { ...known, ids: [...known.ids, number] });
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

/** Groups of the store; `undefined` if the API user may not list them. */
async function groupsOf(client: Caller, signal: AbortSignal | undefined): Promise<readonly SoapRecord[] | undefined> {
  return await listed(client, 'customer_group.list', signal);
}

/** Store views, if the store and the rights of the API user allow it. Only V1 has one name for this method in every store. */
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
