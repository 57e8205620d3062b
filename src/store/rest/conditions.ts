import { RE2JS, RE2JSException } from 're2js';
import { fold } from '../../api/collation';
import { ToolkitError } from '../../api/errors';
import { toV1Filters } from '../../api/filters';
import { likeMatcher } from '../../api/like';
import { isList, isRecord, type SoapList, type SoapRecord, type SoapValue } from '../../api/value';
import { customerMatches } from '../../api/rest-attributes';
import { isListedOverRest } from '../../api/rest-limits';
import { t } from '../../l10n/texts';

/** Whether a customer passes the filters. */
export type Test = (row: SoapRecord) => boolean;

/** The type as which a value is compared. */
type Kind = 'number' | 'text';

const kinds = new Map<string, Kind>(
  customerMatches.map(({ soap, writing }) => [soap, writing === 'int' || writing === 'flag' || writing === 'id' ? 'number' : 'text']),
);

/**
 * Filters as a test of rows. Each operator means the same as in the stores of this family (facts §5). REST has no such filters, so
 * customers are read and tested here.
 * @param filters in the callers' form, or as V2's structure
 * @throws {ToolkitError} of kind `input` for attributes that lists of REST do not have, and for broken conditions
 */
export function testOf(filters: SoapValue | undefined): Test {
  const map = toV1Filters(filters);
  if (!isRecord(map)) return () => true;
  const tests = Object.entries(map).map(([attribute, condition]): Test => {
    const name = attribute === 'entity_id' ? 'customer_id' : attribute;
    const kind = kinds.get(name);
    if (kind === undefined || !isListedOverRest(name)) {
      throw new ToolkitError('input', {
        code: 'rest-unsaid',
        what: t('Customers cannot be filtered by {attribute} over REST.', { attribute }),
        why: t('REST has no filters, so the toolkit checks the customers, and REST lists do not contain this attribute.'),
        next: t('Filter by another attribute, or use SOAP if it is turned on in the shop.'),
      });
    }
    const passes = conditionOf(condition, kind, attribute);
    return (row) => passes(textOf(row[name]));
  });
  return (row) => tests.every((test) => test(row));
}

type Condition = (value: string | undefined) => boolean;

/** The items of a list are alternatives. In a map, `from` and `to` make a range. Otherwise its first operator counts. */
function conditionOf(condition: SoapValue, kind: Kind, attribute: string): Condition {
  if (isList(condition)) {
    if (condition.length === 0) throw broken(attribute, t('It has an empty list.'));
    const any = condition.map((one) => conditionOf(one, kind, attribute));
    return (value) => any.some((passes) => passes(value));
  }
  if (!isRecord(condition)) return comparison('eq', condition, kind, attribute);
  const { from, to } = condition;
  if ((from ?? null) !== null || (to ?? null) !== null) {
    const ends = [
      ...((from ?? null) === null ? [] : [comparison('from', from ?? null, kind, attribute)]),
      ...((to ?? null) === null ? [] : [comparison('to', to ?? null, kind, attribute)]),
    ];
    return (value) => ends.every((passes) => passes(value));
  }
  const [first] = Object.entries(condition);
  if (first === undefined) throw broken(attribute, t('It has no condition.'));
  return comparison(first[0], first[1], kind, attribute);
}

/** A missing value passes no comparison. */
function comparison(operator: string, operand: SoapValue, kind: Kind, attribute: string): Condition {
  const present =
    (test: (value: string) => boolean): Condition =>
    (value) =>
      value !== undefined && test(value);
  const ordered = (accept: (order: number) => boolean): Condition => {
    const compare = comparator(single(operand, attribute), kind);
    return present((value) => accept(compare(value)));
  };
  switch (operator) {
    case 'eq':
    case 'moreq':
    case 'seq':
      return ordered((order) => order === 0);
    case 'neq':
    case 'sneq':
      return ordered((order) => order !== 0);
    case 'gt':
      return ordered((order) => order > 0);
    case 'lt':
      return ordered((order) => order < 0);
    case 'gteq':
    case 'from':
      return ordered((order) => order >= 0);
    case 'lteq':
    case 'to':
      return ordered((order) => order <= 0);
    case 'in':
    case 'nin': {
      const compares = several(operand, attribute).map((one) => comparator(one, kind));
      const wanted = operator === 'in';
      return present((value) => compares.some((compare) => compare(value) === 0) === wanted);
    }
    case 'like':
      return present(likeMatcher(single(operand, attribute)));
    case 'nlike': {
      const matches = likeMatcher(single(operand, attribute));
      return present((value) => !matches(value));
    }
    case 'finset': {
      const wanted = fold(single(operand, attribute));
      return present((value) => fold(value).split(',').includes(wanted));
    }
    case 'regexp':
      return present(expression(single(operand, attribute), attribute));
    case 'null':
    case 'is':
      // Stores join values from other tables, so that no row is without a value there (facts §5).
      return () => false;
    case 'notnull':
      return (value) => value !== undefined;
    default:
      throw broken(attribute, t('"{operator}" is not an operator.', { operator: operator.slice(0, 40) }));
  }
}

function comparator(operand: string, kind: Kind): (value: string) => number {
  if (kind === 'number') {
    const parsed = Number.parseFloat(operand);
    const number = Number.isFinite(parsed) ? parsed : 0;
    return (value) => Number(value) - number;
  }
  const folded = fold(operand);
  return (value) => {
    const own = fold(value);
    return own < folded ? -1 : own > folded ? 1 : 0;
  };
}

/** Uses an engine that takes linear time, whatever the expression is. */
function expression(pattern: string, attribute: string): (value: string) => boolean {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE | RE2JS.DOTALL);
    return (value) => compiled.matcher(value).find();
  } catch (error) {
    if (error instanceof RE2JSException) throw broken(attribute, t('Its expression cannot be read.'));
    throw error;
  }
}

function single(operand: SoapValue, attribute: string): string {
  const values = several(operand, attribute);
  const [only] = values;
  if (only === undefined || values.length > 1) throw broken(attribute, t('Its operator needs one value.'));
  return only;
}

function several(operand: SoapValue, attribute: string): readonly string[] {
  const list: SoapList = isList(operand) ? operand : [operand];
  return list.map((value) => {
    if (typeof value === 'object' && value !== null) throw broken(attribute, t('It has a value that is neither text nor number.'));
    return textOf(value) ?? '';
  });
}

function textOf(value: SoapValue | undefined): string | undefined {
  if (value === undefined || value === null || typeof value === 'object') return undefined;
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
}

function broken(attribute: string, why: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'filter-malformed',
    what: t('The filter on {attribute} cannot be used.', { attribute: attribute.slice(0, 80) }),
    why,
    next: t('Write filters as {value} or {operator}.', {
      value: '{ "attribute": "value" }',
      operator: '{ "attribute": { "operator": "value" } }',
    }),
  });
}
