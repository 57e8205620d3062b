import type { SoapRecord, SoapValue } from '../../api/value';

/** What a row of the tree says about a customer. */
export interface CustomerSummary {
  /** As the store wrote it; empty when it sent none. */
  readonly id: string;
  /** First, middle and last name as far as there are any; empty when there is none. */
  readonly name: string;
  readonly email: string;
  /** The e-mail address is not confirmed yet (facts §4: a key over V1, `true` elsewhere). */
  readonly unconfirmed: boolean;
  /** The VAT check may not move the customer to another group; only V1 says so. */
  readonly lockedToGroup: boolean;
  readonly websiteId: string;
}

/** Reads a row of `customer.list`, whatever dialect it came over: numbers may be text, absent may be null. */
export function summarize(row: SoapRecord): CustomerSummary {
  const name = [row['firstname'], row['middlename'], row['lastname']]
    .map(text)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
  const confirmation = text(row['confirmation']);
  return {
    id: text(row['customer_id']),
    name,
    email: text(row['email']),
    unconfirmed: confirmation !== '' && confirmation !== 'false' && confirmation !== '0',
    lockedToGroup: text(row['disable_auto_group_change']) === '1',
    websiteId: text(row['website_id']),
  };
}

const firstWebsites = new WeakMap<readonly SoapRecord[], string | undefined>();

/**
 * The website with the lowest ID among customers, the first one of the shop; `undefined` while no customer was seen. Counted once for a
 * list of rows.
 */
export function firstWebsite(rows: readonly SoapRecord[]): string | undefined {
  if (!firstWebsites.has(rows)) {
    const ids = rows.map((row) => Number(summarize(row).websiteId)).filter((id) => id > 0);
    firstWebsites.set(rows, ids.length === 0 ? undefined : String(ids.reduce((lowest, id) => Math.min(lowest, id))));
  }
  return firstWebsites.get(rows);
}

/** A scalar as text; empty for what is missing, null or no scalar. */
export function text(value: SoapValue | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
