import { t } from '../../l10n/texts';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import type { StoreClient } from '../../store/calls/client';
import { customer } from '../../api/resources/customer';
import { rowWindows } from '../../store/customers/windows';
import { summarize, text } from './customer-summary';

/** The attributes that customers can be grouped by. */
export type Grouping = 'customer-group' | 'website';

/** Customers that belong together, with a filter that the store understands. */
export interface CustomerGroup {
  /** Unique among all groups. */
  readonly key: string;
  readonly label: string;
  readonly filters: SoapRecord;
}

type Caller = Pick<StoreClient, 'call'>;

/**
 * The groups to show. Customer groups come from the store, with one request. Websites come from the customers, because no method lists
 * them: each request asks for a customer of a website that was not seen before.
 * @param seen customers that were already read, which saves requests
 */
export async function groupsOf(
  client: Caller,
  grouping: Grouping,
  seen: readonly SoapRecord[],
  signal: AbortSignal,
): Promise<readonly CustomerGroup[]> {
  return grouping === 'website' ? await websites(client, seen, signal) : await customerGroups(client, signal);
}

/**
 * Customers cannot be in group 0, which is for visitors who are not signed in. A customer may be in a group that does not exist (facts §8).
 */
async function customerGroups(client: Caller, signal: AbortSignal): Promise<readonly CustomerGroup[]> {
  const groups = (await readGroups(client, signal)).filter(({ id }) => id !== '0');
  const others: CustomerGroup = {
    key: 'group-others',
    label: t('Unknown group'),
    filters: groups.length === 0 ? {} : { group_id: { nin: groups.map(({ id }) => id) } },
  };
  return [
    ...groups.map(({ id, name }) => ({
      key: `group-${id}`,
      label: name === '' ? t('Group {id}', { id }) : name,
      filters: { group_id: id },
    })),
    others,
  ];
}

/** The customer groups of a store. */
export async function readGroups(client: Caller, signal: AbortSignal): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { value } = await client.call('customer_group.list', {}, { signal });
  const rows = isList(value) ? value.filter(isRecord) : [];
  return rows
    .map((row) => ({ id: text(row['customer_group_id']), name: text(row['customer_group_code']).trim() }))
    .filter(({ id }) => id !== '');
}

/** Most websites that are searched for, in case a store sends another one every time. */
const MAX_WEBSITES = 100;

async function websites(client: Caller, seen: readonly SoapRecord[], signal: AbortSignal): Promise<readonly CustomerGroup[]> {
  const ids = new Set<string>();
  const meet = (rows: readonly SoapRecord[]): void => {
    for (const row of rows) {
      const { websiteId } = summarize(row);
      if (websiteId !== '') ids.add(websiteId);
    }
  };
  meet(seen);
  for (let before = -1; before < ids.size && ids.size < MAX_WEBSITES;) {
    before = ids.size;
    const filters: SoapRecord = ids.size === 0 ? {} : { website_id: { nin: [...ids] } };
    for await (const { rows } of rowWindows(client, customer, { filters, order: 'oldest', signal })) {
      meet(rows);
      break;
    }
  }
  return [...ids]
    .sort((a, b) => Number(a) - Number(b))
    .map((id) => ({
      key: `website-${id}`,
      label: id === '0' ? t('Admin (website 0)') : t('Website {id}', { id }),
      filters: { website_id: id },
    }));
}
