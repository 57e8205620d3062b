import { later, translated, t } from '../l10n/texts';
import type { Dialect } from './dialect';
import { facets } from './dialect-facets';
import { customerMatches, soapOnly } from './rest-attributes';

/** The purpose of a customer's data. */
export type Purpose = 'create' | 'update';

/** SOAP methods with an equivalent in REST, and the permission that each needs. */
export const restRights: Readonly<Record<string, string>> = {
  'customer.list': 'customers/read',
  'customer.info': 'customers/read',
  'customer.create': 'customers/create',
  'customer.update': 'customers/write',
  'customer_address.list': 'customers/read',
  'customer_group.list': 'customer-groups/read',
};

const ADDRESSES_NEED_CUSTOMER_LOGIN = later('REST accepts addresses only from a customer who is logged in, not from an API user.');

/** Why some of the others have no equivalent. */
const reasonsUnreachable: Readonly<Record<string, string>> = {
  'customer.delete': later('REST cannot delete customers: the store refuses it with HTTP 405.'),
  'customer_address.info': later('REST returns an address only together with its customer. Use customer_address.list.'),
  'customer_address.create': ADDRESSES_NEED_CUSTOMER_LOGIN,
  'customer_address.update': ADDRESSES_NEED_CUSTOMER_LOGIN,
  'customer_address.delete': ADDRESSES_NEED_CUSTOMER_LOGIN,
};

/** Why a method cannot be called over REST, as a sentence; `undefined` if it can. */
export function unreachableOverRest(method: string): string | undefined {
  if (Object.hasOwn(restRights, method)) return undefined;
  const reason = Object.hasOwn(reasonsUnreachable, method) ? reasonsUnreachable[method] : undefined;
  return reason !== undefined
    ? translated(reason)
    : t(
        'Over REST, the toolkit supports the methods of customers and customer groups. Send anything else as a request, such as GET /products.',
      );
}

const byName = new Map(customerMatches.map((match) => [match.soap, match]));

/** Why REST cannot write a customer attribute, as a sentence; `undefined` if it can. */
export function unwritableOverRest(name: string, purpose: Purpose): string | undefined {
  if (name === 'password')
    return purpose === 'create' ? undefined : t('REST accepts a password only when a customer is created, and ignores it in an update.');
  if (name === 'customer_id') return t('The store sets the ID.');
  if (soapOnly.includes(name)) return t('REST neither returns nor accepts it. SOAP does.');
  const match = byName.get(name);
  if (match === undefined) return t('REST does not know it, and ignores it without an error.');
  if (match.written === 'always' || (match.written === 'create' && purpose === 'create')) return undefined;
  return match.written === 'create'
    ? t('REST sets it only when a customer is created. SOAP can change it.')
    : t('REST returns it, but ignores it in requests.');
}

/**
 * Whether lists of REST have an attribute, so that customers can be searched by it. Customers in a list have their default billing address,
 * but not the one for shipping, which only a single customer has (wire maho-26.7 rest/057, 086).
 */
export function isListedOverRest(name: string): boolean {
  return name !== 'default_shipping' && byName.has(name);
}

/** The right or permission that a method needs in a dialect. @param soap the right in SOAP */
export function rightOver(dialect: Dialect | undefined, method: string, soap: string | undefined): string | undefined {
  return dialect !== undefined && facets[dialect].protocol === 'rest' ? restRights[method] : soap;
}
