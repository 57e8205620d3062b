import { later, t } from '../l10n/texts';
import { ToolkitError } from './errors';
import type { WireType } from './types';
import { isList, isRecord, setKey, type SoapRecord, type SoapValue } from './value';

/** Description of an operator, and the form of its value. */
export interface OperatorInfo {
  readonly title: string;
  readonly doc: string;
  /** `list`: several values; `none`: the value is ignored. */
  readonly takes: 'value' | 'list' | 'none';
}

/** Every operator that real stores support (facts §5). */
export const operators = {
  eq: { title: later('is'), doc: later('Equals. Case, accents and trailing spaces do not count.'), takes: 'value' },
  neq: { title: later('is not'), doc: later('Differs. Does not find customers without a value.'), takes: 'value' },
  like: { title: later('matches'), doc: later('Pattern: % matches any text, _ matches one character.'), takes: 'value' },
  nlike: { title: later('does not match'), doc: later('Negated pattern. Does not find customers without a value.'), takes: 'value' },
  in: { title: later('is one of'), doc: later('Any of several values.'), takes: 'list' },
  nin: { title: later('is not one of'), doc: later('None of several values. Does not find customers without a value.'), takes: 'list' },
  null: {
    title: later('is empty'),
    doc: later('Works only on columns such as increment_id. On other attributes it finds no customers.'),
    takes: 'none',
  },
  notnull: { title: later('is not empty'), doc: later('Has a value.'), takes: 'none' },
  gt: { title: later('is greater than'), doc: later('Greater.'), takes: 'value' },
  lt: { title: later('is less than'), doc: later('Less.'), takes: 'value' },
  gteq: {
    title: later('is at least'),
    doc: later('Greater or equal. Does not make a range together with lteq: use from and to.'),
    takes: 'value',
  },
  lteq: {
    title: later('is at most'),
    doc: later('Less or equal. Does not make a range together with gteq: use from and to.'),
    takes: 'value',
  },
  moreq: { title: later('is (moreq)'), doc: later('Works like plain equality in recorded stores. Use gteq for at least.'), takes: 'value' },
  finset: { title: later('contains'), doc: later('The comma-separated value contains this entry.'), takes: 'value' },
  regexp: { title: later('matches the expression'), doc: later('Regular expression of the database.'), takes: 'value' },
  from: { title: later('from'), doc: later('Lower end of a range, included. Makes a range together with to.'), takes: 'value' },
  to: { title: later('to'), doc: later('Upper end of a range, included. Makes a range together with from.'), takes: 'value' },
} as const satisfies Record<string, OperatorInfo>;

/** Code of an operator as sent; see {@link operators}. */
export type Operator = keyof typeof operators;

/** Whether stores support an operator. They treat any other as `eq`, without a fault. */
export function isOperator(text: string): text is Operator {
  return Object.hasOwn(operators, text);
}

/**
 * Filters in the form that callers write, which is also V1's form. `{ lastname: 'Doe' }` is equality, `{ group_id: { in: [1, 3] } }` one
 * operator, `{ customer_id: { from: 1, to: 9 } }` a range, `{ email: [{ like: 'a%' }, { like: 'b%' }] }` alternatives (V1 only). Conditions
 * on different attributes must all be true.
 */
export type Filters = SoapRecord;

/** Whether a type is that of filters, by its name in WSDLs. Each dialect has its own form of filters. */
export function isFiltersType(type: WireType): boolean {
  return type.kind === 'entity' && type.name === 'filters';
}

/** One condition of a filter. No operator means equality. */
export interface Condition {
  readonly attribute: string;
  readonly operator: string | undefined;
  readonly value: SoapValue;
}

/** Whether filters have V2's structure, `{ filter: [...], complex_filter: [...] }`. */
export function isV2Filters(value: SoapValue | undefined): value is SoapRecord {
  return (
    isRecord(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([key, inner]) => (key === 'filter' || key === 'complex_filter') && (isList(inner) || inner === null))
  );
}

/**
 * Converts filters to V1's form.
 * @throws {ToolkitError} of kind `input`, `filter-malformed`, when they are not a map, or are invalid in V2's structure
 */
export function toV1Filters(value: SoapValue | undefined): SoapValue {
  if (value === undefined || value === null || (isList(value) && value.length === 0)) return [];
  if (!isRecord(value)) throw malformed(t('Filters are a map of attributes.'));
  if (!isV2Filters(value)) return value;
  const filters: Record<string, SoapValue> = {};
  // On the same attribute, the simple filter wins over the complex one, and of an operator the first condition wins (facts §5).
  for (const { attribute, operator, value: operand } of v2Conditions(value)) {
    // Only own properties, since an attribute may be called `constructor`.
    const before = Object.hasOwn(filters, attribute) ? filters[attribute] : undefined;
    if (operator === undefined) setKey(filters, attribute, operand);
    else if (before === undefined) setKey(filters, attribute, { [operator]: splitList(operator, operand) });
    else if (isRecord(before) && !Object.hasOwn(before, operator))
      setKey(filters, attribute, { ...before, [operator]: splitList(operator, operand) });
  }
  return filters;
}

/**
 * Converts filters to the structure of V2 and WS-I.
 * @throws {ToolkitError} of kind `input` for alternatives on one attribute, which only V1 can express, for list values with a comma, and
 * for a value that is not a filter
 */
export function toV2Filters(value: SoapValue | undefined): SoapRecord | undefined {
  if (value === undefined || value === null) return undefined;
  if (isList(value) && value.length === 0) return undefined;
  if (!isRecord(value)) throw malformed(t('Filters are a map of attributes.'));
  if (isV2Filters(value)) return value;
  const simple: SoapValue[] = [];
  const complex: SoapValue[] = [];
  for (const { attribute, operator, value: operand } of conditionsOf(value)) {
    if (operator === undefined) simple.push({ key: attribute, value: operandText(attribute, operand) });
    else complex.push({ key: attribute, value: { key: operator, value: operandText(attribute, operand) } });
  }
  return { ...(simple.length > 0 ? { filter: simple } : {}), ...(complex.length > 0 ? { complex_filter: complex } : {}) };
}

/**
 * The conditions of filters in the callers' form, in order.
 * @throws {ToolkitError} of kind `input` for alternatives, because all conditions of the list must be true
 */
export function conditionsOf(filters: Filters): readonly Condition[] {
  return Object.entries(filters).flatMap(([attribute, condition]): readonly Condition[] => {
    if (isList(condition)) {
      throw new ToolkitError('input', {
        code: 'filter-alternatives',
        what: t('The filter on {attribute} lists alternatives.', { attribute }),
        why: t('Only V1 can send alternatives on one attribute. V2 and WS-I cannot.'),
        next: t('Use the operator "in" for equal values, send one request per alternative, or use V1.'),
      });
    }
    if (!isRecord(condition)) return [{ attribute, operator: undefined, value: condition }];
    return Object.entries(condition).map(([operator, value]) => ({ attribute, operator, value }));
  });
}

function v2Conditions(value: SoapRecord): readonly Condition[] {
  const entries = (key: string): readonly SoapValue[] => {
    const list = value[key];
    return isList(list) ? list : [];
  };
  const pair = (entry: SoapValue): { readonly key: string; readonly value: SoapValue } => {
    if (!isRecord(entry) || typeof entry['key'] !== 'string' || entry['value'] === undefined)
      throw malformed(t('Each filter needs a key and a value.'));
    return { key: entry['key'], value: entry['value'] };
  };
  const simple = entries('filter').map(pair);
  const taken = new Set(simple.map(({ key }) => key));
  return [
    ...simple.map(({ key, value: operand }) => ({ attribute: key, operator: undefined, value: operand })),
    ...entries('complex_filter')
      .map(pair)
      .filter(({ key }) => !taken.has(key))
      .map(({ key, value: condition }) => {
        const { key: operator, value: operand } = pair(condition);
        return { attribute: key, operator, value: operand };
      }),
  ];
}

function splitList(operator: string, value: SoapValue): SoapValue {
  return isOperator(operator) && operators[operator].takes === 'list' && typeof value === 'string'
    ? value.split(',').map((part) => part.trim())
    : value;
}

function operandText(attribute: string, value: SoapValue): SoapValue {
  if (isList(value)) {
    const parts = value.map((part) => scalarText(attribute, part));
    const comma = parts.find((part) => part.includes(','));
    if (comma !== undefined) {
      throw new ToolkitError('input', {
        code: 'filter-comma',
        what: t('The filter on {attribute} lists the value "{comma}", which contains a comma.', { attribute, comma }),
        why: t('V2 and WS-I send a list as one text, and the store splits it at each comma.'),
        next: t('Send one request for this value, or use V1, which sends real lists.'),
      });
    }
    return parts.join(',');
  }
  // A nil value drops the condition and returns the whole store (facts §5). It is passed on here, because a trap reports it.
  return value === null ? null : scalarText(attribute, value);
}

function scalarText(attribute: string, value: SoapValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  throw malformed(t('The filter on {attribute} has a value that is neither text nor number.', { attribute }));
}

function malformed(what: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'filter-malformed',
    what,
    next: t('Write filters as {simple} or {complex}.', {
      simple: '{ "attribute": "value" }',
      complex: '{ "attribute": { "operator": "value" } }',
    }),
  });
}
