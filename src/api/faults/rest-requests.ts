import { later } from '../../l10n/texts';
import type { FaultEntry } from './entry';

/** Handwritten REST requests, see `api/rest-request.ts`. The code of their faults is the HTTP status. */
const methods = /^(?:GET|POST|PUT|PATCH|DELETE) \//;

const phases = ['call'] as const;

/** Answers of the REST API to handwritten requests (wire maho-26.7 rest/023, rest/098, rest/107, rest/124, rest/187). */
export const restRequestFaults: readonly FaultEntry[] = [
  {
    id: 'rest-request-data',
    phases,
    methods,
    code: '400',
    what: later('The store refuses what {method} says.'),
    why: later('A value is missing, of another type, or names something that does not exist. Numbers must be numbers: "2" is not 2 here.'),
    next: later('Compare the request with what the store said.'),
  },
  {
    id: 'rest-request-store',
    phases,
    methods,
    code: '403',
    text: /^Token is not authorized for the requested store/,
    what: later('This API user is bound to other store views, so the store refuses {method}.'),
    why: later('Without a store view in the request the usual one counts, which is not among those that the user is bound to.'),
    next: later('Name one of them: "headers": { "X-Store-Code": "…" }.'),
  },
  {
    id: 'rest-request-own-data',
    phases,
    methods,
    code: '403',
    text: /^You can only access your own data/,
    what: later('REST refuses {method} to every API user.'),
    why: later('It is for customers with a login of their own.'),
    next: later('Use SOAP for addresses, where the shop has it on. They stand in the answer to GET /customers/{id}, too.'),
  },
  {
    id: 'rest-request-right',
    phases,
    methods,
    code: '403',
    what: later('This API user may log in but may not {method}.'),
    why: later('REST has permissions of its own, and the user’s role lacks the one for it. What the role allows over SOAP does not count.'),
    next: later('In the shop’s admin, open the user’s role under {roles} and allow it, or use another API user.'),
  },
  {
    id: 'rest-request-missing',
    phases,
    methods,
    code: '404',
    text: /^No route found/,
    what: later('The store has no {method}.'),
    why: later(
      'No path of its REST API looks like that. It may belong to a later version or to an extension that this shop does not have.',
    ),
    next: later('Choose one that the store describes: complete the path in a request file, or run maho-soap methods.'),
  },
  {
    id: 'rest-request-not-found',
    phases,
    methods,
    code: '404',
    what: later('The store found nothing for {method}.'),
    why: later('What the path names does not exist, or not for this user.'),
    next: later('Check the ID in the path.'),
  },
  {
    id: 'rest-request-verb',
    phases,
    methods,
    code: '405',
    what: later('The store does not do {method}.'),
    why: later('The path exists and takes other verbs. Customers, for one, cannot be deleted over REST, and PATCH is not taken anywhere.'),
    next: later('The answer names the verbs that it takes in its header Allow.'),
  },
  {
    id: 'rest-request-format',
    phases,
    methods,
    code: '406',
    what: later('The store has no such format for {method}.'),
    why: later('It answers application/json and application/ld+json.'),
    next: later('Take the header Accept out of the request, or name one of these.'),
  },
  {
    id: 'rest-request-conflict',
    phases,
    methods,
    code: '409',
    what: later('Something of what {method} writes is there already.'),
    next: later('Change what must be there only once, such as the e-mail address of a customer.'),
  },
  {
    id: 'rest-request-unprocessable',
    phases,
    methods,
    code: '422',
    what: later('The store does not do {method} with this.'),
    why: later('A rule of the shop is against it.'),
    next: later('See what the store said.'),
  },
];
