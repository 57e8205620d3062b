import { later } from '../../l10n/texts';
import type { Trap } from './types';

/** Traps in the filters of lists, observed with `customer.list` (facts §5). */
export const filterTraps = {
  malformed: {
    code: 'filter-malformed',
    severity: 'error',
    title: later('Filters in the wrong form'),
    why: later('Filters are { "attribute": "value" } or { "attribute": { "operator": "value" } }, or the structure of V2.'),
    source: 'facts §5',
  },
  element: {
    code: 'filter-element',
    severity: 'error',
    title: later('A misspelled filter element'),
    why: later(
      'V2 and WS-I support only filter and complex_filter. Any other element is ignored without a fault, and the whole store is returned.',
    ),
    source: 'facts §5',
  },
  attribute: {
    code: 'filter-attribute',
    severity: 'warning',
    title: later('A filter on an unknown attribute'),
    why: later('The store returns fault 101, "Invalid attribute name". Codes are in lower case.'),
    source: 'wire v1/48, v1/58',
  },
  paging: {
    code: 'filter-paging',
    severity: 'error',
    title: later('A filter that tries to page'),
    why: later(
      'The API has no limit, page or order. The store reads them as attributes and returns fault 101. Read pages by customer_id with from and to.',
    ),
    source: 'wire v1/58, facts §6',
  },
  operator: {
    code: 'filter-operator',
    severity: 'error',
    title: later('An unknown operator'),
    why: later('The store does not refuse it, but compares for equality.'),
    source: 'wire v1/50',
  },
  is: {
    code: 'filter-operator-is',
    severity: 'error',
    title: later('The operator "is" with an empty value'),
    why: later('The store builds broken SQL from it and returns its HTML error page with status 503.'),
    source: 'facts §2',
  },
  twice: {
    code: 'filter-key-twice',
    severity: 'error',
    title: later('The same attribute twice'),
    why: later(
      'Only one condition per attribute counts: of two simple ones the last, of a simple and a complex one the ' +
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
        'from and to work together. They also win over any other operator.',
    ),
    source: 'wire v1/39, v1/40, v1/36',
  },
  sameColumn: {
    code: 'filter-same-column',
    severity: 'error',
    title: later('customer_id and entity_id together'),
    why: later('Both name the same column. The condition on customer_id wins in either order. The other is dropped without a fault.'),
    source: 'wire v1/41, v1/42',
  },
  nil: {
    code: 'filter-value-nil',
    severity: 'error',
    title: later('A filter without a value'),
    why: later(
      'Over V2 and WS-I, a simple filter without a value causes a PHP error in the store. With an operator, the ' +
        'store compares with an empty text and finds no customers or all of them, depending on the operator.',
    ),
    source: 'facts §5',
  },
  noCondition: {
    code: 'filter-empty',
    severity: 'error',
    title: later('An attribute without a condition'),
    why: later(
      'Over V2 and WS-I it is dropped, and without other conditions the whole store is returned. V1 builds broken ' +
        'SQL from it (HTML error page, status 503).',
    ),
    source: 'facts §5',
  },
  nullEav: {
    code: 'filter-null-attribute',
    severity: 'error',
    title: later('"is empty" on an attribute outside the customer table'),
    why: later(
      'The store joins the attribute in a way that leaves out all customers without a value, so the result is ' +
        'always empty. Read the customers and check the values in the response.',
    ),
    source: 'wire v1/33',
  },
  negative: {
    code: 'filter-negative',
    severity: 'information',
    title: later('A negative condition on an attribute outside the customer table'),
    why: later('The store joins the attribute in a way that leaves out all customers without a value, although they differ too.'),
    source: 'wire v1/25, v1/32',
  },
  comma: {
    code: 'filter-comma',
    severity: 'error',
    title: later('A listed value with a comma'),
    why: later('V2 and WS-I send a list as one text, and the store splits it at each comma. A comma cannot be escaped.'),
    source: 'facts §5',
  },
  inText: {
    code: 'filter-in-text',
    severity: 'warning',
    title: later('Listed values as one text'),
    why: later('V1 needs a real list. It compares a text such as "1,3" as one value, which usually finds the first number.'),
    source: 'facts §5',
  },
  alternatives: {
    code: 'filter-alternatives',
    severity: 'error',
    title: later('Alternatives on one attribute'),
    why: later('Only V1 can send "this or that" on one attribute. V2 and WS-I cannot.'),
    source: 'facts §5',
  },
  id: {
    code: 'filter-id-number',
    severity: 'warning',
    title: later('A customer ID that is not a number'),
    why: later('The store compares it with numbers, finds no customers and does not return a fault.'),
    source: 'wire v1/59',
  },
  likePlain: {
    code: 'filter-like-plain',
    severity: 'hint',
    title: later('A pattern without a wildcard'),
    why: later('% matches any text and _ matches one character. Without them, "like" compares the whole value.'),
    source: 'facts §5',
  },
  likeUnderscore: {
    code: 'filter-like-underscore',
    severity: 'hint',
    title: later('An underscore in a pattern'),
    why: later('In patterns, _ matches any one character, so the filter may find more than intended.'),
    source: 'facts §5',
  },
  hash: {
    code: 'filter-password-hash',
    severity: 'information',
    title: later('A filter on a secret'),
    why: later(
      'Hashes are compared as plain text, including the salt. Hashing the password again gives another text and finds no customers.',
    ),
    source: 'facts §5, wire v1/56',
  },
} as const satisfies Record<string, Trap>;
