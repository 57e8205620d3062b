import { later } from '../l10n/texts';
import type { Note } from './claims';

const names: Note = {
  kind: 'different',
  text: later('Names are in camelCase: group_id is groupId. Requests with the old names are accepted, but these names are ignored.'),
  rest: [86, 126, 177],
};

const absent: Note = {
  kind: 'different',
  text: later('Attributes without a value are not in the response, neither as null nor as an empty text.'),
  rest: [88],
};

const accept: Note = {
  kind: 'treacherous',
  text: later('Without the header Accept: application/json, the response has another format, application/ld+json.'),
  rest: [29, 30, 97],
};

const secrets: Note = {
  kind: 'lost',
  text: later('There is no password_hash, no rp_token, no confirmation key and no increment_id.'),
  rest: [27, 86],
  soap: { v1: [60] },
};

/** Notes on a list of customers. */
export const listNotes: readonly Note[] = [
  {
    kind: 'lost',
    text: later(
      'The only filter left is the e-mail address, exact and across all websites. Other parameters are ignored, and all customers are returned.',
    ),
    rest: [67, 69, 73, 74, 75, 76, 78],
  },
  secrets,
  {
    kind: 'treacherous',
    text: later(
      'At most 30 customers are returned, whatever the request asks for: itemsPerPage=100 returns 30, and the response looks like the last page.',
    ),
    rest: [39, 40, 41, 42, 43, 47],
  },
  { kind: 'treacherous', text: later('A page beyond the last one says that there are 0 customers in total.'), rest: [38] },
  {
    kind: 'treacherous',
    text: later(
      '"search" finds values that begin with a text of five characters or more. With a shorter text it finds no customers, without an error.',
    ),
    rest: [51, 52, 55, 58, 65],
  },
  {
    kind: 'different',
    text: later(
      'The newest customer comes first. There is no other order. A customer who registers in the meantime moves the others to later places, so identify customers by their IDs.',
    ),
    rest: [27, 77],
  },
  { kind: 'different', text: later('As application/json, a list is a bare array: nothing says how many customers there are.'), rest: [37] },
  {
    kind: 'different',
    text: later('Attributes cannot be selected: each customer is returned whole, but without its addresses.'),
    rest: [27, 79],
  },
  names,
  absent,
  accept,
  {
    kind: 'new',
    text: later('Each customer says whether it is subscribed and confirmed, and has its default billing address.'),
    rest: [27],
  },
];

/** Notes on reading one customer. */
export const readNotes: readonly Note[] = [
  secrets,
  {
    kind: 'treacherous',
    text: later("createdAt is the store's local time here and UTC in a list, both without an offset. It is the same over SOAP."),
    rest: [27, 86],
    soap: { v1: [12, 60] },
  },
  { kind: 'treacherous', text: later('The ID is read up to its first letter: 1abc is customer 1.'), rest: [101] },
  names,
  absent,
  accept,
  { kind: 'different', text: later('Numbers are numbers, is_active is true or false, dob has no time.'), rest: [86] },
  { kind: 'different', text: later('A missing customer is 404 not_found. Over SOAP it is fault 102.'), rest: [98] },
  {
    kind: 'new',
    text: later('The addresses are returned with the customer, and an ETag shows whether it has changed (304).'),
    rest: [86, 104],
  },
];

/** Notes on creating a customer. */
export const accountNotes: readonly Note[] = [
  {
    kind: 'treacherous',
    text: later(
      'Without a token, the request is the public registration: it creates a customer who is not confirmed, at most five per hour.',
    ),
    rest: [140, 145, 146, 147, 148],
  },
  {
    kind: 'treacherous',
    text: later('Names may be missing, website 0 is accepted, an emoji is saved as ????, and longer texts are cut at 255 characters.'),
    rest: [117, 120, 127, 128],
  },
  { kind: 'different', text: later('The shop sends the welcome e-mail. SOAP does not.'), facts: ['15.3'] },
  {
    kind: 'different',
    text: later(
      'A password of at least seven characters is required. The e-mail address, the group, the website and the birthday are checked.',
    ),
    rest: [113, 114, 115, 116, 118, 119, 121, 122],
  },
  { kind: 'different', text: later('An e-mail address that is already used is 409 conflict. Over SOAP it is fault 100.'), rest: [107] },
  { kind: 'different', text: later('The response is the customer. Its header Location is wrong.'), rest: [105], facts: ['15.3'] },
  { kind: 'different', text: later('Numbers must be numbers: groupId "2" is 400.'), rest: [124] },
  names,
  {
    kind: 'new',
    text: later(
      'For 24 hours, requests with the same X-Idempotency-Key get the first response again, even for another body. Use a new key for each customer.',
    ),
    rest: [137, 138, 139],
  },
];

/** Notes on changing a customer. */
export const writeNotes: readonly Note[] = [
  {
    kind: 'treacherous',
    text: later('Names that cannot be written are ignored without an error: storeId, createdAt, password and unknown names.'),
    rest: [168, 172, 175, 177],
  },
  {
    kind: 'treacherous',
    text: later('"" clears a first or last name without a check, and leaves the e-mail address unchanged.'),
    rest: [160, 162],
  },
  { kind: 'different', text: 'PUT came with Maho 26.7.3; earlier versions cannot change a customer over REST.', facts: ['15.1'] },
  {
    kind: 'different',
    text: later('null leaves an attribute unchanged, as over SOAP, except for the e-mail address: null is 400 there.'),
    rest: [154, 156],
  },
  { kind: 'different', text: later('An ID in the body is 500, another websiteId is 400.'), rest: [166, 173] },
  {
    kind: 'different',
    text: later('The response is the customer instead of true. Read important values back: texts that were cut are returned whole.'),
    rest: [128, 149],
  },
  { kind: 'different', text: later('Numbers must be numbers, and birthdays YYYY-MM-DD.'), rest: [124, 179], facts: ['15.4'] },
  names,
  { kind: 'new', text: later('With X-Idempotency-Key, a write can be sent again if its response was lost.'), facts: ['15.5'] },
];
