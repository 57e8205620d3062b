import type { SoapRecord, SoapValue } from '../../api/value';

/** The facts that a row of the tree shows about a customer. */
export interface CustomerSummary {
  /** As the store wrote it. Empty when it sent none. */
  readonly id: string;
  /** First, middle and last name, without missing parts. Empty when there is no name. */
  readonly name: string;
  readonly email: string;
  /** Whether the e-mail address is not confirmed yet (facts §4: a key over V1, `true` elsewhere). */
  readonly unconfirmed: boolean;
  /** Whether the VAT check must not move the customer to another group. Only V1 returns it. */
  readonly lockedToGroup: boolean;
  readonly websiteId: string;
}

/** Reads a row of `customer.list` from any dialect: numbers may be text, and missing values may be null. */
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
 * The lowest website ID among customers, which is the first website of the shop. `undefined` when there are no customers. Computed once for
 * a list of rows.
 */
export function firstWebsite(rows: readonly SoapRecord[]): string | undefined {
  if (!firstWebsites.has(rows)) {
    const ids = rows.map((row) => Number(summarize(row).websiteId)).filter((id) => id > 0);
    firstWebsites.set(rows, ids.length === 0 ? undefined : String(ids.reduce((lowest, id) => Math.min(lowest, id))));
  }
  return firstWebsites.get(rows);
}

/** A scalar as text. Empty for a missing value, null, or a value that is not a scalar. */
export function text(value: SoapValue | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
