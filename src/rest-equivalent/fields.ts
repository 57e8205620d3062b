import { addressMatches, customerMatches, groupMatches, soapOnly, type Match, type Writing } from '../api/rest-attributes';
import { later, translated, t } from '../l10n/texts';
import type { Sources } from './claims';

/** One attribute in both APIs, with a text for users. */
export interface Field {
  /** Name over SOAP; `undefined` for an attribute that only REST has. */
  readonly soap: string | undefined;
  /** Name over REST; `undefined` for an attribute that only SOAP has. */
  readonly rest: string | undefined;
  /** Other differences; an empty text if there are none. */
  readonly note: string;
}

/** The kinds of entities with attributes. */
export type FieldEntity = 'customer' | 'address' | 'group';

const written: Readonly<Record<Match['written'], string>> = {
  always: '',
  create: later('only in a create'),
  never: later('read only'),
};

const writings: Readonly<Record<Writing, string>> = {
  text: '',
  int: '',
  flag: later('true or false instead of 1 or 0'),
  day: later('YYYY-MM-DD, without a time'),
  lines: later('a list of lines instead of one text'),
  id: later('the whole address instead of its ID'),
};

/** Further remarks on single attributes of a customer. */
const remarks: Readonly<Record<string, string>> = {
  created_at: later("UTC in a list, the store's local time for one customer, without an offset, as over SOAP"),
  updated_at: 'UTC',
  default_shipping: later('for one customer only'),
  password: later('only in a create, at least seven characters, never returned'),
};

const restOnly: Readonly<Record<FieldEntity, readonly (readonly [name: string, note: string])[]>> = {
  customer: [
    ['fullName', later('read only')],
    ['isConfirmed', later('read only')],
    ['isSubscribed', later('read only')],
    ['addresses', later('read only, for one customer only')],
  ],
  address: [
    ['customerId', later('read only')],
    ['fax', later('removed from SOAP')],
  ],
  group: [['taxClassName', later('read only')]],
};

const matches: Readonly<Record<FieldEntity, readonly Match[]>> = {
  customer: customerMatches,
  address: addressMatches,
  group: groupMatches,
};

const password: Match = { soap: 'password', rest: 'password', writing: 'text', written: 'create' };

/** The sources for the lists of {@link fieldsOf}. */
export const fieldSources: Readonly<Record<FieldEntity, Sources>> = {
  customer: { rest: [27, 86, 105, 108, 166, 168, 172, 175], soap: { v1: [12, 60] } },
  address: { rest: [86, 211, 223] },
  group: { rest: [197, 202, 203] },
};

/** Every attribute of a kind, in the order of SOAP, then the attributes that only one of the two APIs has. */
export function fieldsOf(entity: FieldEntity): readonly Field[] {
  const both = [...matches[entity], ...(entity === 'customer' ? [password] : [])].map((match) => ({
    soap: match.soap,
    rest: match.rest,
    note: noteOf(match, entity),
  }));
  const gone = entity === 'customer' ? soapOnly.map((soap) => ({ soap, rest: undefined, note: t('not in REST') })) : [];
  return [...both, ...gone, ...restOnly[entity].map(([rest, note]) => ({ soap: undefined, rest, note: translated(note) }))];
}

/** The attribute of a customer with this name over SOAP, including `password`. */
export function customerMatch(soap: string): Match | undefined {
  return soap === password.soap ? password : customerMatches.find((match) => match.soap === soap);
}

/** Whether an attribute is known to be missing in REST. */
export function isSoapOnly(attribute: string): boolean {
  return soapOnly.includes(attribute);
}

function noteOf(match: Match, entity: FieldEntity): string {
  const remark = entity === 'customer' ? remarks[match.soap] : undefined;
  // An API user cannot write addresses at all. The notes on the calls say that.
  const writing = entity === 'address' || match.soap === password.soap ? '' : written[match.written];
  return [remark ?? writings[match.writing], writing]
    .filter((part) => part !== '')
    .map((part) => translated(part))
    .join('; ');
}
