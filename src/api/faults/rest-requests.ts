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
    what: later('The store refuses the content of {method}.'),
    why: later('A value is missing, has another type, or names something that does not exist. Numbers must be JSON numbers: "2" is not 2.'),
    next: later("Compare the request with the store's message."),
  },
  {
    id: 'rest-request-store',
    phases,
    methods,
    code: '403',
    text: /^Token is not authorized for the requested store/,
    what: later('This API user is limited to other store views, so the store refuses {method}.'),
    why: later('The request names no store view, so the default one applies, and the user is not allowed there.'),
    next: later('Name an allowed store view: "headers": { "X-Store-Code": "…" }.'),
  },
  {
    id: 'rest-request-own-data',
    phases,
    methods,
    code: '403',
    text: /^You can only access your own data/,
    what: later('REST refuses {method} to every API user.'),
    why: later('Only a customer who is logged in can send it.'),
    next: later('Use SOAP for addresses, if it is turned on in the shop. The response to GET /customers/{id} contains them, too.'),
  },
  {
    id: 'rest-request-right',
    phases,
    methods,
    code: '403',
    what: later('This API user may log in but has no permission for {method}.'),
    why: later("REST has its own permissions, and the user's role lacks the one for this. The role's SOAP permissions do not count."),
    next: later("In the shop's admin, open the user's role under {roles} and allow it, or use another API user."),
  },
  {
    id: 'rest-request-missing',
    phases,
    methods,
    code: '404',
    text: /^No route found/,
    what: later('The store has no {method}.'),
    why: later('Its REST API has no such path. It may belong to a later version or to an extension that this shop does not have.'),
    next: later('Use one that the store describes: complete the path in a request file, or run maho-soap methods.'),
  },
  {
    id: 'rest-request-not-found',
    phases,
    methods,
    code: '404',
    what: later('The store found nothing for {method}.'),
    why: later('What the path names does not exist, or this user has no access to it.'),
    next: later('Check the ID in the path.'),
  },
  {
    id: 'rest-request-verb',
    phases,
    methods,
    code: '405',
    what: later('The store does not allow {method}.'),
    why: later(
      'The path exists, but accepts other verbs. For example, customers cannot be deleted over REST, and PATCH is not supported anywhere.',
    ),
    next: later('The Allow header of the response lists the verbs that it accepts.'),
  },
  {
    id: 'rest-request-format',
    phases,
    methods,
    code: '406',
    what: later('The store cannot return {method} in this format.'),
    why: later('It returns application/json and application/ld+json.'),
    next: later('Remove the Accept header from the request, or use one of these.'),
  },
  {
    id: 'rest-request-conflict',
    phases,
    methods,
    code: '409',
    what: later('Something that {method} writes already exists.'),
    next: later('Change the value that must be unique, such as the e-mail address of a customer.'),
  },
  {
    id: 'rest-request-unprocessable',
    phases,
    methods,
    code: '422',
    what: later('The store refuses {method} with this content.'),
    why: later('A rule of the shop forbids it.'),
    next: later("See the store's message."),
  },
];
