import { isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import type { CallOptions, StoreClient } from '../calls/client';
import { idOf } from '../customers/id-range';
import { customer } from '../../api/resources/customer';
import { rowWindows } from '../customers/windows';

/** Options for reading the customers of an export. */
export interface SourceOptions {
  readonly dialect?: CallOptions['dialect'];
  readonly signal?: AbortSignal | undefined;
  /** A test for conditions that the API cannot filter by. It is applied here. */
  readonly matches?: ((row: SoapRecord) => boolean) | undefined;
}

type Caller = Pick<StoreClient, 'call'> & Partial<Pick<StoreClient, 'dialect'>>;

/**
 * Number of customers wanted in a window. It is large enough that the cost of a request does not matter, and small enough for the memory
 * (facts §6).
 */
const WINDOW_ROWS = 500;

/**
 * All customers that pass the filters, oldest first. A window is requested only when the caller has taken the one before.
 * @throws {ToolkitError} as {@link StoreClient.call} does; customers delivered before stay valid
 */
export async function* customersMatching(
  client: Caller,
  filters: SoapRecord | undefined,
  { dialect, signal, matches }: SourceOptions = {},
): AsyncGenerator<readonly SoapRecord[], void> {
  for await (const { rows } of rowWindows(client, customer, { dialect, signal, filters, order: 'oldest', rows: WINDOW_ROWS })) {
    const wanted = matches === undefined ? rows : rows.filter(matches);
    if (wanted.length > 0) yield wanted;
  }
}

/** Number of IDs in one request. */
const CHUNK_IDS = 200;

/**
 * The customers with these IDs, in the order of the IDs, 200 a request. Customers that were deleted meanwhile are left out.
 * @throws {ToolkitError} as {@link StoreClient.call} does; customers delivered before stay valid
 */
export async function* customersWithIds(
  client: Caller,
  ids: readonly string[],
  { dialect, signal }: SourceOptions = {},
): AsyncGenerator<readonly SoapRecord[], void> {
  for (let start = 0; start < ids.length; start += CHUNK_IDS) {
    const chunk = ids.slice(start, start + CHUNK_IDS);
    const found = new Map<number | undefined, SoapRecord>();
    const onRow = (row: SoapValue): void => {
      if (isRecord(row)) found.set(idOf(row['customer_id']), row);
    };
    await client.call('customer.list', { filters: { customer_id: { in: chunk } } }, { dialect, signal, onRow });
    const rows = chunk.map((id) => found.get(idOf(id))).filter((row) => row !== undefined);
    if (rows.length > 0) yield rows;
  }
}
