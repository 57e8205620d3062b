import { later } from '../l10n/texts';
import type { Note } from './claims';

const names: Note = {
  kind: 'different',
  text: later('Names are written in camelCase: group_id is groupId. Names in the old form are ignored in what is sent, without an error.'),
  rest: [86, 126, 177],
};

const absent: Note = {
  kind: 'different',
  text: later('What has no value is not in the answer: it is neither null nor empty.'),
  rest: [88],
};

const accept: Note = {
  kind: 'treacherous',
  text: later('Without the header Accept: application/json the answer is another format, application/ld+json.'),
  rest: [29, 30, 97],
};

const secrets: Note = {
  kind: 'lost',
  text: later('There is no password_hash, no rp_token, no key of a confirmation and no increment_id.'),
  rest: [27, 86],
  soap: { v1: [60] },
};

/** Notes on a list of customers. */
export const listNotes: readonly Note[] = [
  {
    kind: 'lost',
    text: later('Of all filters the e-mail is left, exact and over all websites. Any other parameter is ignored, and all customers come.'),
    rest: [67, 69, 73, 74, 75, 76, 78],
  },
  secrets,
  {
    kind: 'treacherous',
    text: later('At most 30 customers come, whatever is asked for: itemsPerPage=100 brings 30, and the answer looks like the last page.'),
    rest: [39, 40, 41, 42, 43, 47],
  },
  { kind: 'treacherous', text: later('A page beyond the last one says that there are 0 customers in all.'), rest: [38] },
  {
    kind: 'treacherous',
    text: later('“search” finds what begins with a text of five characters or more; with a shorter one it finds nobody, without an error.'),
    rest: [51, 52, 55, 58, 65],
  },
  {
    kind: 'different',
    text: later(
      'The newest customer comes first, in no other order. One that registers meanwhile moves the others to later places: keep customers by their IDs.',
    ),
    rest: [27, 77],
  },
  { kind: 'different', text: later('As application/json a list is a bare array: nothing says how many there are.'), rest: [37] },
  {
    kind: 'different',
    text: later('The choice of attributes is gone: each customer comes whole, but without its addresses.'),
    rest: [27, 79],
  },
  names,
  absent,
  accept,
  { kind: 'new', text: later('Each customer says whether it is subscribed and confirmed, and its default billing address.'), rest: [27] },
];

/** Notes on reading one customer. */
export const readNotes: readonly Note[] = [
  secrets,
  {
    kind: 'treacherous',
    text: later('createdAt is the store’s local time here and UTC in a list, both without an offset. It is the same over SOAP.'),
    rest: [27, 86],
    soap: { v1: [12, 60] },
  },
  { kind: 'treacherous', text: later('The ID is read up to its first letter: 1abc is customer 1.'), rest: [101] },
  names,
  absent,
  accept,
  { kind: 'different', text: later('Numbers are numbers, is_active is true or false, dob has no time.'), rest: [86] },
  { kind: 'different', text: later('A customer that is missing is 404 not_found; over SOAP it is fault 102.'), rest: [98] },
  { kind: 'new', text: later('The addresses come with the customer, and an ETag answers whether it has changed (304).'), rest: [86, 104] },
];

/** Notes on creating a customer. */
export const accountNotes: readonly Note[] = [
  {
    kind: 'treacherous',
    text: later(
      'Without a token the request is the public registration: it makes a customer who is not confirmed, and five of them an hour.',
    ),
    rest: [140, 145, 146, 147, 148],
  },
  {
    kind: 'treacherous',
    text: later('Names may be missing, website 0 is taken, an emoji is stored as ????, and longer texts are cut at 255 characters.'),
    rest: [117, 120, 127, 128],
  },
  { kind: 'different', text: later('The shop sends the welcome e-mail; SOAP does not.'), facts: ['15.3'] },
  {
    kind: 'different',
    text: later('A password of seven characters or more is needed; the e-mail, the group, the website and the birthday are checked.'),
    rest: [113, 114, 115, 116, 118, 119, 121, 122],
  },
  { kind: 'different', text: later('An e-mail that is taken is 409 conflict; over SOAP it is fault 100.'), rest: [107] },
  { kind: 'different', text: later('The answer is the customer; its header Location is wrong.'), rest: [105], facts: ['15.3'] },
  { kind: 'different', text: later('Numbers must be numbers: groupId "2" is 400.'), rest: [124] },
  names,
  {
    kind: 'new',
    text: later('With X-Idempotency-Key the first answer comes again for 24 hours, also for another body: a new key for each customer.'),
    rest: [137, 138, 139],
  },
];

/** Notes on changing a customer. */
export const writeNotes: readonly Note[] = [
  {
    kind: 'treacherous',
    text: later('What cannot be written is ignored without an error: storeId, createdAt, password and unknown names.'),
    rest: [168, 172, 175, 177],
  },
  {
    kind: 'treacherous',
    text: later('"" clears a first or last name without a check, and leaves the e-mail as it was.'),
    rest: [160, 162],
  },
  { kind: 'different', text: 'PUT came with Maho 26.7.3; earlier versions cannot change a customer over REST.', facts: ['15.1'] },
  {
    kind: 'different',
    text: later('null leaves an attribute as it is, as over SOAP, but for the e-mail: null is 400 there.'),
    rest: [154, 156],
  },
  { kind: 'different', text: later('An ID in the body is 500, another websiteId 400.'), rest: [166, 173] },
  {
    kind: 'different',
    text: later('The answer is the customer instead of true. Read back what matters: texts that were cut come whole.'),
    rest: [128, 149],
  },
  { kind: 'different', text: later('Numbers must be numbers, and birthdays YYYY-MM-DD.'), rest: [124, 179], facts: ['15.4'] },
  names,
  { kind: 'new', text: later('With X-Idempotency-Key a write whose answer was lost can be sent again.'), facts: ['15.5'] },
];
