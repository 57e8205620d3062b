import type { SoapRecord } from '../../api/value';
import { text } from './customer-summary';

/** The facts that a row of the tree shows about an address. */
export interface AddressSummary {
  /** First line of the street, or other text if there is none. */
  readonly street: string;
  /** Postcode, city and country. */
  readonly place: string;
  readonly billing: boolean;
  readonly shipping: boolean;
}

/** Reads an address from any dialect: flags are booleans, numbers or text. The street is one text with line feeds (facts §4). */
export function summarizeAddress(row: SoapRecord): AddressSummary {
  const part = (attribute: string): string => text(row[attribute]).trim();
  const street = part('street')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(', ');
  const place = [[part('postcode'), part('city')].filter((word) => word !== '').join(' '), part('country_id')]
    .filter((word) => word !== '')
    .join(', ');
  return { street, place, billing: isSet(part('is_default_billing')), shipping: isSet(part('is_default_shipping')) };
}

function isSet(flag: string): boolean {
  return flag === 'true' || flag === '1';
}
