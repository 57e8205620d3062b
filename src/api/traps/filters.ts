import { isOperator, operators } from '../filters';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../value';
import { secretAttributes } from '../secrets';
import { columnAttributes, filterAttributes } from './attributes';
import { readFilters, type FilterEntry } from './filter-entries';
import { listed, shown, typedDialects, type Report } from './report';
import { similar } from './similar';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps of `customer.list` filters (facts §5). */
export const filterTraps = {
  malformed: {
    code: 'filter-malformed',
    severity: 'error',
    title: 'Filters are not written as filters',
    why: 'Filters are { "attribute": "value" } or { "attribute": { "operator": "value" } }, or the structure of V2.',
    source: 'facts §5',
  },
  element: {
    code: 'filter-element',
    severity: 'error',
    title: 'A misspelled filter element',
    why: 'V2 and WS-I know filter and complex_filter only. Any other element is ignored without a fault, and the whole store comes back.',
    source: 'facts §5',
  },
  attribute: {
    code: 'filter-attribute',
    severity: 'warning',
    title: 'A filter on an attribute that customers do not have',
    why: 'The store answers fault 101, "Invalid attribute name". Codes are in lower case.',
    source: 'wire v1/48, v1/58',
  },
  paging: {
    code: 'filter-paging',
    severity: 'error',
    title: 'A filter that tries to page',
    why: 'The API has no limit, page or order: the store takes them for attributes and answers fault 101. Page by customer_id from and to.',
    source: 'wire v1/58, facts §6',
  },
  operator: {
    code: 'filter-operator',
    severity: 'error',
    title: 'An operator that stores do not know',
    why: 'The store does not refuse it: it compares for equality instead, without a word.',
    source: 'wire v1/50',
  },
  is: {
    code: 'filter-operator-is',
    severity: 'error',
    title: 'The operator "is" with an empty value',
    why: 'The store builds broken SQL from it and answers with its HTML error page, status 503.',
    source: 'facts §2',
  },
  twice: {
    code: 'filter-key-twice',
    severity: 'error',
    title: 'The same attribute twice',
    why: 'Only one condition per attribute survives: of two simple ones the last, of a simple and a complex one the simple, of two complex ones with the same operator the first. The others are dropped without a fault.',
    source: 'wire v2/47, facts §5',
  },
  twoOperators: {
    code: 'filter-two-operators',
    severity: 'error',
    title: 'Two operators on one attribute',
    why: 'gteq and lteq do not make a range: the first operator wins and the others are dropped without a fault. Only from and to work together; they also beat any other operator.',
    source: 'wire v1/39, v1/40, v1/36',
  },
  sameColumn: {
    code: 'filter-same-column',
    severity: 'error',
    title: 'customer_id and entity_id together',
    why: 'Both name the same column. The condition on customer_id wins in either order; the other is dropped without a fault.',
    source: 'wire v1/41, v1/42',
  },
  nil: {
    code: 'filter-value-nil',
    severity: 'error',
    title: 'A filter without a value',
    why: 'Over V2 and WS-I a simple filter without a value makes the store fail with a PHP error. With an operator, nothing is compared with an empty text, which finds nobody or everybody, depending on the operator.',
    source: 'facts §5',
  },
  noCondition: {
    code: 'filter-empty',
    severity: 'error',
    title: 'An attribute without a condition',
    why: 'Over V2 and WS-I it is dropped, and without other conditions the whole store comes back. V1 builds broken SQL from it: HTML error page, status 503.',
    source: 'facts §5',
  },
  nullEav: {
    code: 'filter-null-attribute',
    severity: 'error',
    title: '"is empty" on an attribute outside the customer table',
    why: 'The store joins the attribute in a way that leaves out everybody without a value, so the answer is always empty. Read the customers and look for the missing value in the answer.',
    source: 'wire v1/33',
  },
  negative: {
    code: 'filter-negative',
    severity: 'information',
    title: 'A negative condition on an attribute outside the customer table',
    why: 'The store joins the attribute in a way that leaves out everybody without a value, although they differ too.',
    source: 'wire v1/25, v1/32',
  },
  comma: {
    code: 'filter-comma',
    severity: 'error',
    title: 'A listed value with a comma',
    why: 'V2 and WS-I send a list as one text, and the store splits it at every comma. There is no way to escape one.',
    source: 'facts §5',
  },
  inText: {
    code: 'filter-in-text',
    severity: 'warning',
    title: 'Listed values as one text',
    why: 'V1 takes a real list. A text such as "1,3" is compared as one value there, which mostly finds the first number.',
    source: 'facts §5',
  },
  alternatives: {
    code: 'filter-alternatives',
    severity: 'error',
    title: 'Alternatives on one attribute',
    why: 'Only V1 can send "this or that" on one attribute; V2 and WS-I have no way to say it.',
    source: 'facts §5',
  },
  id: {
    code: 'filter-id-number',
    severity: 'warning',
    title: 'A customer ID that is no number',
    why: 'The store compares it with numbers and finds nobody; there is no fault.',
    source: 'wire v1/59',
  },
  likePlain: {
    code: 'filter-like-plain',
    severity: 'hint',
    title: 'A pattern without a wildcard',
    why: '% stands for any text and _ for one character. Without them "like" compares the whole value.',
    source: 'facts §5',
  },
  likeUnderscore: {
    code: 'filter-like-underscore',
    severity: 'hint',
    title: 'An underscore in a pattern',
    why: 'In patterns _ stands for any one character, so more may be found than meant.',
    source: 'facts §5',
  },
  hash: {
    code: 'filter-password-hash',
    severity: 'information',
    title: 'A filter on a secret',
    why: 'Hashes are compared as plain text, salt included: hashing the password again gives another text and finds nobody.',
    source: 'spec, customer.list, note; wire v1/56',
  },
} as const satisfies Record<string, Trap>;

const paging = /^(limit|page|page_?size|offset|start|order|order_?by|sort|sort_?by|dir|direction|count|cur_?page|per_?page)$/i;

/** Names of other tools and languages for what the store calls otherwise. */
const operatorNames: Readonly<Record<string, string>> = {
  '=': 'eq',
  '==': 'eq',
  equals: 'eq',
  '!=': 'neq',
  '<>': 'neq',
  ne: 'neq',
  '>': 'gt',
  '>=': 'gteq',
  gte: 'gteq',
  ge: 'gteq',
  '<': 'lt',
  '<=': 'lteq',
  lte: 'lteq',
  le: 'lteq',
  not_in: 'nin',
  notin: 'nin',
  not_like: 'nlike',
  notlike: 'nlike',
  is_null: 'null',
  isnull: 'null',
  not_null: 'notnull',
  find_in_set: 'finset',
  regex: 'regexp',
};

/** Looks at the filters of a list. */
export function checkFilters(report: Report, filters: SoapValue | undefined, base: ArgPath): void {
  if (report.opaque(filters)) return;
  const read = readFilters(filters, base);
  for (const { path, key, meant } of read.strays) {
    report.add(filterTraps.element, path, `"${key}" is no filter element, so the conditions in it are ignored.`, {
      at: 'key',
      fixes: meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: [{ kind: 'rename', path, to: meant }], certain: true }],
    });
  }
  for (const { path, what } of read.malformed) report.add(filterTraps.malformed, path, what);
  for (const { path, attribute } of read.empty) report.add(filterTraps.noCondition, path, `The filter on ${attribute} says nothing.`);
  for (const entry of read.entries) {
    checkAttribute(report, entry);
    checkOperator(report, entry);
    checkValue(report, entry);
  }
  checkTogether(report, read.entries);
}

function checkAttribute(report: Report, { attribute, attributePath, attributeAt }: FilterEntry): void {
  if (report.opaque(attribute)) return;
  if (filterAttributes.has(attribute) || report.knowledge.attributes?.includes(attribute) === true) {
    if (secretAttributes.has(attribute)) report.add(filterTraps.hash, attributePath, `The filter on ${attribute} compares text with text.`, { at: attributeAt });
    return;
  }
  if (paging.test(attribute)) {
    report.add(filterTraps.paging, attributePath, `"${attribute}" is no attribute, and the API has no paging.`, { at: attributeAt });
    return;
  }
  const meant = similar(attribute, filterAttributes);
  const certain = meant?.toLowerCase() === attribute.toLowerCase();
  const foreign = attribute === 'is_active' || /^(billing|shipping|address)_/.test(attribute);
  const fixes: ArgFix[] =
    meant === undefined || foreign
      ? []
      : [{ title: `Change to ${meant}`, edits: [attributeAt === 'key' ? { kind: 'rename', path: attributePath, to: meant } : { kind: 'set', path: attributePath, value: meant }], certain }];
  const question = fixes.length > 0 ? ` Did you mean "${meant ?? ''}"?` : '';
  const why = attribute === 'is_active' ? 'Stores do not let is_active be filtered by: fault 101.' : foreign ? 'Addresses cannot be filtered by: the store answers fault 101.' : filterTraps.attribute.why;
  report.add(filterTraps.attribute, attributePath, `Customers have no attribute "${attribute}" as far as is known.${question}`, {
    at: attributeAt,
    severity: certain || foreign || report.knowledge.attributes !== undefined ? 'error' : 'warning',
    why,
    fixes,
  });
}

function checkOperator(report: Report, entry: FilterEntry): void {
  const { operator, operatorPath, operatorAt } = entry;
  if (operator === undefined || isOperator(operator) || report.opaque(operator)) return;
  if (operator === 'is') {
    report.add(filterTraps.is, operatorPath, 'Stores fail on the operator "is".', { at: operatorAt });
    return;
  }
  const name = operator.toLowerCase();
  const meant = Object.hasOwn(operatorNames, name) ? operatorNames[name] : similar(operator, Object.keys(operators));
  const fixes: ArgFix[] =
    meant === undefined
      ? []
      : [
          {
            title: `Change to ${meant}`,
            edits: [operatorAt === 'key' ? { kind: 'rename', path: operatorPath, to: meant } : { kind: 'set', path: operatorPath, value: meant }],
            certain: Object.hasOwn(operatorNames, name) || meant === name,
          },
        ];
  report.add(filterTraps.operator, operatorPath, `"${operator}" is no operator: the store will compare for equality.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`, { at: operatorAt, fixes });
}

function checkValue(report: Report, entry: FilterEntry): void {
  const { attribute, operator, value, valuePath } = entry;
  if (entry.alternatives) {
    checkAlternatives(report, entry);
    return;
  }
  if (report.opaque(value)) return;
  const takes = operator !== undefined && isOperator(operator) ? operators[operator].takes : 'value';
  if (value === null || value === undefined) {
    if (operator === 'is') return;
    const fixes: ArgFix[] = takes === 'none' ? [{ title: 'Set the value to 1', edits: [{ kind: 'set', path: valuePath, value: '1' }], certain: true }] : [];
    report.add(filterTraps.nil, valuePath, `The filter on ${attribute} has no value.`, { fixes });
  }
  if (operator === 'null' && !columnAttributes.has(attribute)) {
    report.add(filterTraps.nullEav, entry.operatorPath, `"null" on ${attribute} never finds anybody.`, { at: entry.operatorAt });
  }
  if ((operator === 'neq' || operator === 'nlike' || operator === 'nin') && !columnAttributes.has(attribute)) {
    report.add(filterTraps.negative, entry.operatorPath, `Customers without ${attribute} will be missing from the answer.`, { at: entry.operatorAt });
  }
  if (takes === 'list') checkListValue(report, entry);
  if (operator === 'finset' && typeof value === 'string' && value.includes(',')) {
    report.add(filterTraps.comma, valuePath, `The store splits ${shown(value)} at the comma.`, { dialects: typedDialects });
  }
  if (takes === 'value' && (isList(value) || isRecord(value))) {
    report.add(filterTraps.malformed, valuePath, `The filter on ${attribute} compares with something that is neither text nor number.`);
  }
  if (operator === 'like' || operator === 'nlike') checkPattern(report, entry);
  if ((attribute === 'customer_id' || attribute === 'entity_id') && takes !== 'none' && !['like', 'nlike', 'regexp'].includes(operator ?? '')) {
    for (const id of isList(value) ? value : typeof value === 'string' && takes === 'list' ? value.split(',') : [value]) {
      if (typeof id === 'string' && !report.opaque(id) && !/^\s*\d+\s*$/.test(id)) report.add(filterTraps.id, valuePath, `${shown(id)} is no customer ID, so nobody is found.`);
    }
  }
}

function checkListValue(report: Report, entry: FilterEntry): void {
  const { value, valuePath } = entry;
  if (isList(value)) {
    value.forEach((item, index) => {
      if (typeof item === 'string' && item.includes(',') && !report.opaque(item)) {
        report.add(filterTraps.comma, [...valuePath, index], `The store splits ${shown(item)} at the comma.`, { dialects: typedDialects });
      }
    });
    if (value.length === 0) report.add(filterTraps.nil, valuePath, `"${entry.operator ?? ''}" lists no value.`);
  } else if (typeof value === 'string' && value.includes(',') && entry.form === 'map') {
    const items = value.split(',').map((part) => part.trim());
    report.add(filterTraps.inText, valuePath, `V1 compares ${shown(value)} as one value.`, {
      dialects: ['v1'],
      fixes: [{ title: 'Write it as a list', edits: [{ kind: 'set', path: valuePath, value: items.map((item) => (/^\d{1,15}$/.test(item) ? Number(item) : item)) }], certain: true }],
    });
  } else if (isRecord(value)) {
    report.add(filterTraps.malformed, valuePath, 'Listed values are texts or numbers.');
  }
}

function checkPattern(report: Report, { value, valuePath }: FilterEntry): void {
  if (typeof value !== 'string') return;
  if (!/[%_]/.test(value)) {
    const fixes: ArgFix[] = [{ title: `Search for %${value}%`, edits: [{ kind: 'set', path: valuePath, value: `%${value}%` }], certain: false }];
    report.add(filterTraps.likePlain, valuePath, `${shown(value)} has no wildcard: the whole value is compared.`, { fixes });
  } else if (value.includes('_')) {
    report.add(filterTraps.likeUnderscore, valuePath, 'The underscore stands for any one character here.');
  }
}

/** V1's "one of these conditions", written as a list. */
function checkAlternatives(report: Report, { attribute, value, valuePath }: FilterEntry): void {
  if (!isList(value)) return;
  const plain = value.map(equalsOperand);
  const listable = plain.every((item): item is string | number => item !== undefined && !(typeof item === 'string' && item.includes(',')));
  report.add(filterTraps.alternatives, valuePath, `V2 and WS-I cannot send alternatives on ${attribute}.`, {
    dialects: typedDialects,
    fixes: listable && value.length > 0 ? [{ title: 'Use the operator in', edits: [{ kind: 'set', path: valuePath, value: { in: plain } }], certain: true }] : [],
  });
  value.forEach((item, index) => {
    if (!isRecord(item)) return;
    for (const [operator, operand] of Object.entries(item)) {
      const path = [...valuePath, index, operator];
      const entry: FilterEntry = { form: 'map', attribute, attributePath: valuePath, attributeAt: 'key', operator, operatorPath: path, operatorAt: 'key', value: operand, valuePath: path, alternatives: false };
      checkOperator(report, entry);
      checkValue(report, entry);
    }
  });
}

function equalsOperand(item: SoapValue): string | number | undefined {
  if (typeof item === 'string' || typeof item === 'number') return item;
  if (!isRecord(item)) return undefined;
  const [only, ...more] = Object.entries(item);
  return only !== undefined && more.length === 0 && only[0] === 'eq' && (typeof only[1] === 'string' || typeof only[1] === 'number') ? only[1] : undefined;
}

/** Conditions that get in each other's way. */
function checkTogether(report: Report, entries: readonly FilterEntry[]): void {
  const attributes = new Set(entries.map((entry) => entry.attribute));
  const other = entries.find((entry) => entry.attribute === 'entity_id');
  if (attributes.has('customer_id') && other !== undefined) {
    report.add(filterTraps.sameColumn, other.attributePath, 'The condition on entity_id is dropped: customer_id names the same column.', { at: other.attributeAt });
  }
  for (const attribute of attributes) {
    const own = entries.filter((entry) => entry.attribute === attribute && !entry.alternatives);
    checkSameAttribute(report, attribute, own);
  }
}

function checkSameAttribute(report: Report, attribute: string, own: readonly FilterEntry[]): void {
  if (own.length < 2) return;
  const simple = own.filter((entry) => entry.operator === undefined);
  const complex = own.filter((entry) => entry.operator !== undefined);
  for (const entry of simple.slice(0, -1)) report.add(filterTraps.twice, entry.attributePath, `This filter on ${attribute} is dropped: a later one replaces it.`, { at: entry.attributeAt });
  if (simple.length > 0) {
    for (const entry of complex) report.add(filterTraps.twice, entry.attributePath, `This filter on ${attribute} is dropped: the simple filter on it wins.`, { at: entry.attributeAt });
    return;
  }
  const seen = new Set<string>();
  for (const entry of complex) {
    const operator = entry.operator ?? '';
    if (seen.has(operator)) report.add(filterTraps.twice, entry.attributePath, `This filter on ${attribute} is dropped: an earlier one with ${operator} wins.`, { at: entry.attributeAt });
    seen.add(operator);
  }
  if (seen.size < 2) return;
  const range = seen.has('from') || seen.has('to');
  const winners: readonly string[] = range ? ['from', 'to'] : [...seen].slice(0, 1);
  const losers = complex.filter((entry) => !winners.includes(entry.operator ?? ''));
  const [first] = losers;
  if (first === undefined) return;
  report.add(filterTraps.twoOperators, first.operatorPath, `Only ${listed(winners.filter((name) => seen.has(name)))} counts on ${attribute}; ${listed(losers.map((entry) => entry.operator ?? ''))} is dropped.`, {
    at: first.operatorAt,
    fixes: range ? [] : rangeFix(complex),
  });
}

/** gteq and lteq, in either order, as from and to: the range that was meant. */
function rangeFix(entries: readonly FilterEntry[]): ArgFix[] {
  const lower = entries.find((entry) => entry.operator === 'gteq');
  const upper = entries.find((entry) => entry.operator === 'lteq');
  if (entries.length !== 2 || lower === undefined || upper === undefined) return [];
  const change = (entry: FilterEntry, to: string): ArgFix['edits'][number] =>
    entry.operatorAt === 'key' ? { kind: 'rename', path: entry.operatorPath, to } : { kind: 'set', path: entry.operatorPath, value: to };
  return [{ title: 'Use from and to', edits: [change(lower, 'from'), change(upper, 'to')], certain: true }];
}

/** Whether filters narrow the list at all, as far as can be told. */
export function narrows(filters: SoapValue | undefined): boolean {
  if (filters === undefined || filters === null) return false;
  if (isList(filters)) return filters.length > 0;
  if (typeof filters !== 'object') return true;
  return Object.values(filters satisfies SoapRecord).some((value) => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0));
}
