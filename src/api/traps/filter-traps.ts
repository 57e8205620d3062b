import { later } from '../../l10n/texts';
import type { Trap } from './types';

/** Traps in the filters of lists, observed with `customer.list` (facts §5). */
export const filterTraps = {
  malformed: {
    code: 'filter-malformed',
    severity: 'error',
    title: later('Filters are not written as filters'),
    why: later('Filters are { "attribute": "value" } or { "attribute": { "operator": "value" } }, or the structure of V2.'),
    source: 'facts §5',
  },
  element: {
    code: 'filter-element',
    severity: 'error',
    title: later('A misspelled filter element'),
    why: later(
      'V2 and WS-I know filter and complex_filter only. Any other element is ignored without a fault, and the whole store comes back.',
    ),
    source: 'facts §5',
  },
  attribute: {
    code: 'filter-attribute',
    severity: 'warning',
    title: later('A filter on an attribute that is not known'),
    why: later('The store answers fault 101, "Invalid attribute name". Codes are in lower case.'),
    source: 'wire v1/48, v1/58',
  },
  paging: {
    code: 'filter-paging',
    severity: 'error',
    title: later('A filter that tries to page'),
    why: later(
      'The API has no limit, page or order: the store takes them for attributes and answers fault 101. Page by customer_id from and to.',
    ),
    source: 'wire v1/58, facts §6',
  },
  operator: {
    code: 'filter-operator',
    severity: 'error',
    title: later('An operator that stores do not know'),
    why: later('The store does not refuse it: it compares for equality instead.'),
    source: 'wire v1/50',
  },
  is: {
    code: 'filter-operator-is',
    severity: 'error',
    title: later('The operator "is" with an empty value'),
    why: later('The store builds broken SQL from it and answers with its HTML error page, status 503.'),
    source: 'facts §2',
  },
  twice: {
    code: 'filter-key-twice',
    severity: 'error',
    title: later('The same attribute twice'),
    why: later(
      'Only one condition per attribute survives: of two simple ones the last, of a simple and a complex one the ' +
        'simple, of two complex ones with the same operator the first. The others are dropped without a fault.',
    ),
    source: 'wire v2/47, facts §5',
  },
  twoOperators: {
    code: 'filter-two-operators',
    severity: 'error',
    title: later('Two operators on one attribute'),
    why: later(
      'gteq and lteq do not make a range: the first operator wins and the others are dropped without a fault. Only ' +
        'from and to work together; they also beat any other operator.',
    ),
    source: 'wire v1/39, v1/40, v1/36',
  },
  sameColumn: {
    code: 'filter-same-column',
    severity: 'error',
    title: later('customer_id and entity_id together'),
    why: later('Both name the same column. The condition on customer_id wins in either order; the other is dropped without a fault.'),
    source: 'wire v1/41, v1/42',
  },
  nil: {
    code: 'filter-value-nil',
    severity: 'error',
    title: later('A filter without a value'),
    why: later(
      'Over V2 and WS-I a simple filter without a value makes the store fail with a PHP error. With an operator, ' +
        'nothing is compared with an empty text, which finds none or all customers, depending on the operator.',
    ),
    source: 'facts §5',
  },
  noCondition: {
    code: 'filter-empty',
    severity: 'error',
    title: later('An attribute without a condition'),
    why: later(
      'Over V2 and WS-I it is dropped, and without other conditions the whole store comes back. V1 builds broken SQL ' +
        'from it: HTML error page, status 503.',
    ),
    source: 'facts §5',
  },
  nullEav: {
    code: 'filter-null-attribute',
    severity: 'error',
    title: later('"is empty" on an attribute outside the customer table'),
    why: later(
      'The store joins the attribute in a way that leaves out everybody without a value, so the answer is always ' +
        'empty. Read the customers and look for the missing value in the answer.',
    ),
    source: 'wire v1/33',
  },
  negative: {
    code: 'filter-negative',
    severity: 'information',
    title: later('A negative condition on an attribute outside the customer table'),
    why: later('The store joins the attribute in a way that leaves out everybody without a value, although they differ too.'),
    source: 'wire v1/25, v1/32',
  },
  comma: {
    code: 'filter-comma',
    severity: 'error',
    title: later('A listed value with a comma'),
    why: later('V2 and WS-I send a list as one text, and the store splits it at every comma. There is no way to escape one.'),
    source: 'facts §5',
  },
  inText: {
    code: 'filter-in-text',
    severity: 'warning',
    title: later('Listed values as one text'),
    why: later('V1 takes a real list. A text such as "1,3" is compared as one value there, which mostly finds the first number.'),
    source: 'facts §5',
  },
  alternatives: {
    code: 'filter-alternatives',
    severity: 'error',
    title: later('Alternatives on one attribute'),
    why: later('Only V1 can send "this or that" on one attribute; V2 and WS-I have no way to say it.'),
    source: 'facts §5',
  },
  id: {
    code: 'filter-id-number',
    severity: 'warning',
    title: later('A customer ID that is not a number'),
    why: later('The store compares it with numbers, finds no customer and answers without a fault.'),
    source: 'wire v1/59',
  },
  likePlain: {
    code: 'filter-like-plain',
    severity: 'hint',
    title: later('A pattern without a wildcard'),
    why: later('% stands for any text and _ for one character. Without them "like" compares the whole value.'),
    source: 'facts §5',
  },
  likeUnderscore: {
    code: 'filter-like-underscore',
    severity: 'hint',
    title: later('An underscore in a pattern'),
    why: later('In patterns _ stands for any one character, so more may be found than meant.'),
    source: 'facts §5',
  },
  hash: {
    code: 'filter-password-hash',
    severity: 'information',
    title: later('A filter on a secret'),
    why: later('Hashes are compared as plain text, salt included: hashing the password again gives another text and finds no customer.'),
    source: 'facts §5, wire v1/56',
  },
} as const satisfies Record<string, Trap>;
