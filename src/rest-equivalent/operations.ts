import { later } from '../l10n/texts';
import { accountNotes, listNotes, readNotes, writeNotes } from './notes';
import type { Note } from './claims';

/**
 * Whether a call can be made over REST. `moves`: one request for one call, in which only names change. `difference`: the program has to
 * do something else as well. `stays`: no request does the same.
 */
export type Verdict = 'moves' | 'difference' | 'stays';

/** Labels for verdicts, in the order in which reports list them. */
export const verdictLabels: Readonly<Record<Verdict, string>> = {
  moves: later('can move'),
  difference: later('can move, with a difference'),
  stays: later('cannot move'),
};

/** First version of Maho in which a request works. */
export type Since = '26.7.0' | '26.7.3';

/** A request over REST as in the table. Braces are placeholders for a value of the call. */
export interface RequestForm {
  readonly http: 'GET' | 'POST' | 'PUT';
  /** Path after `/api/rest/v2`. */
  readonly path: string;
  /** Permission that the role needs, as the shop's admin names it. SOAP's own rights do not include any. */
  readonly permission: string | undefined;
  readonly since: Since;
}

/** The translation of one operation of the SOAP API to REST. */
export interface Equivalent {
  /** Path such as `customer.list`, or an operation of the protocol such as `login`. */
  readonly method: string;
  /** The verdict for a call with only the required arguments. Other arguments can make it worse. */
  readonly verdict: Verdict;
  /** One sentence that says what to do. */
  readonly summary: string;
  /** `undefined` if no request does the same. */
  readonly request: RequestForm | undefined;
  readonly notes: readonly Note[];
}

/** Every operation of the customer family, and those of the protocol itself. */
export const equivalents: readonly Equivalent[] = [
  {
    method: 'customer.list',
    verdict: 'difference',
    summary: later('Read the customers in pages of 30. The program applies all filters except the e-mail address.'),
    request: { http: 'GET', path: '/customers', permission: 'customers/read', since: '26.7.0' },
    notes: listNotes,
  },
  {
    method: 'customer.info',
    verdict: 'moves',
    summary: later('Read the customer by its ID. Its addresses are included.'),
    request: { http: 'GET', path: '/customers/{customerId}', permission: 'customers/read', since: '26.7.0' },
    notes: readNotes,
  },
  {
    method: 'customer.create',
    verdict: 'difference',
    summary: later(
      'Create the customer with a password. The shop sends the welcome e-mail, and the response is the customer instead of its ID.',
    ),
    request: { http: 'POST', path: '/customers', permission: 'customers/create', since: '26.7.0' },
    notes: accountNotes,
  },
  {
    method: 'customer.update',
    verdict: 'moves',
    summary: later('Send the attributes to change. The others are not changed.'),
    request: { http: 'PUT', path: '/customers/{customerId}', permission: 'customers/write', since: '26.7.3' },
    notes: writeNotes,
  },
  {
    method: 'customer.delete',
    verdict: 'stays',
    summary: later("Keep SOAP for it, delete the customer in the shop's admin, or turn the customer off with isActive."),
    request: undefined,
    notes: [
      { kind: 'lost', text: later('A customer cannot be deleted: DELETE returns 405.'), rest: [186, 187, 188] },
      { kind: 'different', text: later('A customer with isActive false stays in the shop.'), rest: [171] },
    ],
  },
  {
    method: 'customer_group.list',
    verdict: 'moves',
    summary: later('Read the groups.'),
    request: { http: 'GET', path: '/customer-groups', permission: 'customer-groups/read', since: '26.7.0' },
    notes: [
      {
        kind: 'different',
        text: later('The role needs the permission customer-groups/read. A permission to read customers does not include groups.'),
        rest: [227],
      },
      {
        kind: 'treacherous',
        text: later('Group 0 (not logged in) is in the list, but reading it by its ID returns 404.'),
        rest: [197, 200],
      },
      {
        kind: 'new',
        text: later('Groups are returned with the name of their tax class, and can be created, changed and deleted.'),
        rest: [197, 202, 203, 204],
      },
    ],
  },
  {
    method: 'customer_address.list',
    verdict: 'difference',
    summary: later('Read the customer by its ID and use the addresses in it.'),
    request: { http: 'GET', path: '/customers/{customerId}', permission: 'customers/read', since: '26.7.0' },
    notes: [
      {
        kind: 'different',
        text: later('The addresses of a customer have their own path, which is refused to every API user (403), whatever its role allows.'),
        rest: [189, 196],
      },
      { kind: 'different', text: later('The street is a list of lines, and the defaults are true or false.'), rest: [86, 223] },
      { kind: 'different', text: later('A missing customer is 404 not_found. Over SOAP it is fault 101.'), rest: [98] },
    ],
  },
  {
    method: 'customer_address.info',
    verdict: 'stays',
    summary: later("Keep SOAP for it. Or, if the customer's ID is known, read the customer and use the address with this ID."),
    request: undefined,
    notes: [
      {
        kind: 'lost',
        text: later('An address cannot be read by its own ID (403 for every API user). Nothing says which customer it belongs to.'),
        rest: [191],
      },
    ],
  },
  addressWrite('create', later('Creating an address is refused to every API user (403), even with all permissions.'), [190]),
  addressWrite('update', later('Changing an address is refused to every API user (403), even with all permissions.'), [192]),
  addressWrite('delete', later('Deleting an address is refused to every API user (403), even with all permissions.'), [193]),
  {
    method: 'login',
    verdict: 'difference',
    summary: later('Request a token with the same user and API key, keep it for an hour, and send it with each request.'),
    request: { http: 'POST', path: '/auth/token', permission: undefined, since: '26.7.0' },
    notes: [
      {
        kind: 'different',
        text: later(
          'The shop issues ten tokens per minute to all programs behind one IP address together. Then it returns 429, and no header says how long to wait.',
        ),
        rest: [16, 17],
        facts: ['15.2'],
      },
      {
        kind: 'different',
        text: later('SOAP permissions do not count: a role without REST permissions gets a token, and 403 for each request.'),
        rest: [11, 23, 24, 25, 26],
      },
      {
        kind: 'different',
        text: later('A wrong API key and an unknown user both return 401. Over SOAP, both are fault 2.'),
        rest: [6, 7],
        facts: ['3.4'],
      },
      { kind: 'treacherous', text: later('"bearer" in small letters is not accepted, and neither is HTTP Basic.'), rest: [21, 22] },
      { kind: 'treacherous', text: later('The body must be JSON: a form is 415.'), rest: [13] },
      { kind: 'treacherous', text: later('/auth/refresh cannot renew a token. Log in again.'), rest: [233] },
    ],
  },
  {
    method: 'endSession',
    verdict: 'moves',
    summary: later('Log out. The token is refused from then on.'),
    request: { http: 'POST', path: '/auth/logout', permission: undefined, since: '26.7.0' },
    notes: [
      {
        kind: 'treacherous',
        text: later('Without a token, the response also says that the logout was successful.'),
        rest: [235, 236, 238],
      },
    ],
  },
  {
    method: 'startSession',
    verdict: 'stays',
    summary: later('Leave it out: there are no sessions without a user.'),
    request: undefined,
    notes: [{ kind: 'different', text: later('Each request must contain the token. Without it, the response is 401.'), rest: [18] }],
  },
  {
    method: 'resources',
    verdict: 'difference',
    summary: later('Read the OpenAPI document of the shop, and the permissions in the response to the login.'),
    request: undefined,
    notes: [
      {
        kind: 'different',
        text: later(
          'The methods of the API are at /api/docs.json, outside of /api/rest/v2, without a login. The permissions of the user come with the token.',
        ),
        rest: [4, 250],
      },
    ],
  },
  faultsOf('globalFaults'),
  faultsOf('resourceFaults'),
  {
    method: 'call',
    verdict: 'stays',
    summary: later('Each method has its own path: see the method that is called.'),
    request: undefined,
    notes: [{ kind: 'different', text: later('No URL accepts the name of a method.'), rest: [252] }],
  },
  {
    method: 'multiCall',
    verdict: 'difference',
    summary: later('Send one request for each call of the batch, and check each response.'),
    request: undefined,
    notes: [
      { kind: 'lost', text: later('There are no batches: a hundred calls are a hundred requests.'), facts: ['15.6'] },
      { kind: 'new', text: later('A write with its own key can be sent again if its response was lost.'), rest: [137, 138] },
    ],
  },
];

/** The translation of a method, by its path; `undefined` for methods outside the customer family. */
export function equivalentOf(method: string): Equivalent | undefined {
  return equivalents.find((equivalent) => equivalent.method === method);
}

function addressWrite(verb: 'create' | 'update' | 'delete', refused: string, rest: readonly number[]): Equivalent {
  return {
    method: `customer_address.${verb}`,
    verdict: 'stays',
    summary: later("Keep SOAP for it, or let the customer do it: only the customer's own token may write its addresses."),
    request: undefined,
    notes: [
      { kind: 'lost', text: refused, rest },
      { kind: 'new', text: later('It works with a token of the customer.'), rest: [211, 219, 221] },
    ],
  };
}

function faultsOf(method: 'globalFaults' | 'resourceFaults'): Equivalent {
  return {
    method,
    verdict: 'stays',
    summary: later('Leave it out: errors are HTTP statuses with a code in words, and no request lists them.'),
    request: undefined,
    notes: [
      {
        kind: 'different',
        text: 'Fault 102 is 404 not_found, 100 is 400 bad_request or 409 conflict, 5 is 401, 2 is 401 or 403.',
        rest: [98, 107, 121, 18, 23],
      },
    ],
  };
}
