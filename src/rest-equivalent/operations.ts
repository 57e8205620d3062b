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
  moves: later('moves'),
  difference: later('moves with a difference'),
  stays: later('stays'),
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
    summary: later('Read page after page of 30 customers; filters other than the e-mail are applied by the program.'),
    request: { http: 'GET', path: '/customers', permission: 'customers/read', since: '26.7.0' },
    notes: listNotes,
  },
  {
    method: 'customer.info',
    verdict: 'moves',
    summary: later('Read the customer by its ID; its addresses come along.'),
    request: { http: 'GET', path: '/customers/{customerId}', permission: 'customers/read', since: '26.7.0' },
    notes: readNotes,
  },
  {
    method: 'customer.create',
    verdict: 'difference',
    summary: later(
      'Create the customer with a password; the shop sends the welcome e-mail, and the answer is the customer instead of its ID.',
    ),
    request: { http: 'POST', path: '/customers', permission: 'customers/create', since: '26.7.0' },
    notes: accountNotes,
  },
  {
    method: 'customer.update',
    verdict: 'moves',
    summary: later('Send the attributes to change; the others stay as they are.'),
    request: { http: 'PUT', path: '/customers/{customerId}', permission: 'customers/write', since: '26.7.3' },
    notes: writeNotes,
  },
  {
    method: 'customer.delete',
    verdict: 'stays',
    summary: later('Keep SOAP for it, delete in the shop’s admin, or switch the customer off with isActive.'),
    request: undefined,
    notes: [
      { kind: 'lost', text: later('A customer cannot be deleted: DELETE answers 405.'), rest: [186, 187, 188] },
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
        text: later('The role needs the permission customer-groups/read: one that reads customers does not read groups.'),
        rest: [227],
      },
      {
        kind: 'treacherous',
        text: later('Group 0 (not logged in) is in the list, and 404 when it is asked for by its ID.'),
        rest: [197, 200],
      },
      {
        kind: 'new',
        text: later('Groups come with their tax class by name, and can be created, changed and deleted.'),
        rest: [197, 202, 203, 204],
      },
    ],
  },
  {
    method: 'customer_address.list',
    verdict: 'difference',
    summary: later('Read the customer by its ID and take the addresses inside of it.'),
    request: { http: 'GET', path: '/customers/{customerId}', permission: 'customers/read', since: '26.7.0' },
    notes: [
      {
        kind: 'different',
        text: later(
          'The addresses of a customer have a path of their own, which is refused to every API user: 403, whatever its role may do.',
        ),
        rest: [189, 196],
      },
      { kind: 'different', text: later('The street is a list of lines, and the defaults are true or false.'), rest: [86, 223] },
      { kind: 'different', text: later('A customer that is missing is 404 not_found; over SOAP it is fault 101.'), rest: [98] },
    ],
  },
  {
    method: 'customer_address.info',
    verdict: 'stays',
    summary: later('Keep SOAP for it, or, where the customer’s ID is known, read the customer and take the address with this ID.'),
    request: undefined,
    notes: [
      {
        kind: 'lost',
        text: later('An address cannot be read by its own ID: 403 for every API user. Nothing tells which customer it belongs to.'),
        rest: [191],
      },
    ],
  },
  addressWrite('create', later('A new address is refused to every API user, also to one that may do everything: 403.'), [190]),
  addressWrite('update', later('A change of an address is refused to every API user, also to one that may do everything: 403.'), [192]),
  addressWrite('delete', later('Deleting an address is refused to every API user, also to one that may do everything: 403.'), [193]),
  {
    method: 'login',
    verdict: 'difference',
    summary: later('Ask for a token with the same user and key, keep it for an hour, and send it with each request.'),
    request: { http: 'POST', path: '/auth/token', permission: undefined, since: '26.7.0' },
    notes: [
      {
        kind: 'different',
        text: later(
          'Ten tokens a minute are given, to all programs behind one address together; then it is 429, and no header says how long to wait.',
        ),
        rest: [16, 17],
        facts: ['15.2'],
      },
      {
        kind: 'different',
        text: later('SOAP’s rights give nothing: a role without REST permissions gets a token, and 403 for whatever it asks.'),
        rest: [11, 23, 24, 25, 26],
      },
      {
        kind: 'different',
        text: later('A wrong key and an unknown user are the same 401; over SOAP both are fault 2.'),
        rest: [6, 7],
        facts: ['3.4'],
      },
      { kind: 'treacherous', text: later('“bearer” in small letters is not taken, and neither is HTTP Basic.'), rest: [21, 22] },
      { kind: 'treacherous', text: later('The body must be JSON: a form is 415.'), rest: [13] },
      { kind: 'treacherous', text: later('A token cannot be renewed by /auth/refresh: log in again.'), rest: [233] },
    ],
  },
  {
    method: 'endSession',
    verdict: 'moves',
    summary: later('Log out; the token is refused from then on.'),
    request: { http: 'POST', path: '/auth/logout', permission: undefined, since: '26.7.0' },
    notes: [{ kind: 'treacherous', text: later('Without a token it says that the logout was successful, too.'), rest: [235, 236, 238] }],
  },
  {
    method: 'startSession',
    verdict: 'stays',
    summary: later('Leave it out: there are no sessions without a user.'),
    request: undefined,
    notes: [{ kind: 'different', text: later('Each request carries the token; one without is 401.'), rest: [18] }],
  },
  {
    method: 'resources',
    verdict: 'difference',
    summary: later('Read the OpenAPI document of the shop, and the permissions in the answer to the login.'),
    request: undefined,
    notes: [
      {
        kind: 'different',
        text: later(
          'What the API offers is at /api/docs.json, outside of /api/rest/v2, for everybody who asks; what the user may do comes with the token.',
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
    summary: later('Each method has a path of its own: look at the method that is called.'),
    request: undefined,
    notes: [{ kind: 'different', text: later('There is no address that takes the name of a method.'), rest: [252] }],
  },
  {
    method: 'multiCall',
    verdict: 'difference',
    summary: later('Send one request for each call of the batch, and look at each answer.'),
    request: undefined,
    notes: [
      { kind: 'lost', text: later('There are no batches: a hundred calls are a hundred requests.'), facts: ['15.6'] },
      { kind: 'new', text: later('A write with a key of its own can be sent again when its answer was lost.'), rest: [137, 138] },
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
    summary: later('Keep SOAP for it, or let the customer do it: only the token of the customer itself may write its addresses.'),
    request: undefined,
    notes: [
      { kind: 'lost', text: refused, rest },
      { kind: 'new', text: later('With a token of the customer it works.'), rest: [211, 219, 221] },
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
