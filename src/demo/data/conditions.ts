import { isNaturalList, isNaturalMap, UntypedObject, type NaturalValue } from '../../soap/decoding/request';
import type { Generation } from '../../api/generations';
import { phpError, ShopError } from '../fault';
import { type Attribute } from './attributes';
import { fold } from '../../api/collation';
import { comparableDate } from './dates';
import { likeMatcher } from '../../api/like';
import { regexp } from './regexp';

/** A condition on one attribute: whether a value passes it. `null` is no value. */
export type Condition = (value: string | null) => boolean;

/**
 * Every operator that the store knows (facts §5). An unknown operator is read as a list of alternatives, so `moreq`, which other shops
 * have, is equality here (wire v1/30).
 */
const OPERATORS = [
  'eq',
  'neq',
  'like',
  'nlike',
  'in',
  'nin',
  'is',
  'notnull',
  'null',
  'gt',
  'lt',
  'gteq',
  'lteq',
  'finset',
  'regexp',
  'from',
  'to',
  'seq',
  'sneq',
] as const;

type Operator = (typeof OPERATORS)[number];

/**
 * Reads a condition as the store does: A scalar is equality. In a map with known operators the first one is used, except that `from` and
 * `to` form a range and take precedence. Anything else is a list of alternatives.
 * @throws {ShopError} where the store would build broken SQL
 */
export function condition(attribute: Attribute, operand: NaturalValue, generation: Generation): Condition {
  // The values of other tables are joined, so customers without a value are never found, not even by `null` (facts §5).
  const test = anyCondition(attribute, operand, generation);
  return attribute.own ? test : (value) => value !== null && test(value);
}

function anyCondition(attribute: Attribute, operand: NaturalValue, generation: Generation): Condition {
  const entries = asEntries(operand);
  if (entries === undefined) return comparison(attribute, 'eq', operand, generation);
  const byKey = new Map(entries);
  const from = byKey.get('from') ?? null;
  const to = byKey.get('to') ?? null;
  if (from !== null || to !== null) {
    const tests = [
      ...(from === null ? [] : [comparison(attribute, 'from', from, generation)]),
      ...(to === null ? [] : [comparison(attribute, 'to', to, generation)]),
    ];
    return (value) => tests.every((test) => test(value));
  }
  const first = entries.find(([key]) => isOperator(key));
  if (first !== undefined && isOperator(first[0])) return comparison(attribute, first[0], first[1], generation);
  // The SQL of an empty list of alternatives is "()", a syntax error.
  if (entries.length === 0) throw new ShopError('an empty condition');
  const alternatives = entries.map(([, inner]) => anyCondition(attribute, inner, generation));
  return (value) => alternatives.some((alternative) => alternative(value));
}

function isOperator(key: string): key is Operator {
  return OPERATORS.some((operator) => operator === key);
}

/** Entries of a PHP array; `undefined` for scalars. */
function asEntries(operand: NaturalValue): readonly (readonly [string, NaturalValue])[] | undefined {
  if (isNaturalMap(operand)) return [...operand];
  if (isNaturalList(operand)) return operand.map((value, index) => [String(index), value] as const);
  return undefined;
}

/** Operators that ignore their operand or test for NULL themselves. */
const TESTS_FOR_NULL: readonly Operator[] = ['null', 'notnull', 'is', 'seq', 'sneq'];

/** In SQL, a comparison with NULL results in NULL, which is not true. */
function present(test: (value: string) => boolean): Condition {
  return (value) => value !== null && test(value);
}

function comparison(attribute: Attribute, operator: Operator, operand: NaturalValue, generation: Generation): Condition {
  // The store's database layer turns an empty list into NULL, and no comparison with NULL is true.
  if (asEntries(operand)?.length === 0 && !TESTS_FOR_NULL.includes(operator)) return () => false;
  switch (operator) {
    case 'null':
      return (value) => value === null;
    case 'notnull':
      return (value) => value !== null;
    case 'seq':
      return text(operand) === '' ? (value) => value === null : comparison(attribute, 'eq', operand, generation);
    case 'sneq':
      return text(operand) === '' ? (value) => value !== null : comparison(attribute, 'neq', operand, generation);
    case 'is':
      if (operand === null && generation.isNil === 'null') return (value) => value === null;
      // Only NULL and truth values may follow IS. A quoted text is a syntax error (facts §2).
      throw new ShopError('IS with a text');
    case 'in': {
      const among = anyOf(attribute, operand);
      return present(among);
    }
    case 'nin': {
      const among = anyOf(attribute, operand);
      return present((value) => !among(value));
    }
    case 'like':
      return present(likeMatcher(single(operand)));
    case 'nlike': {
      const matches = likeMatcher(single(operand));
      return present((value) => !matches(value));
    }
    case 'finset': {
      const wanted = fold(single(operand));
      return present((value) => !wanted.includes(',') && fold(value).split(',').includes(wanted));
    }
    case 'regexp':
      return present(regexp(single(operand)));
    case 'eq':
      return present(equals(attribute, single(operand)));
    case 'neq': {
      const equal = equals(attribute, single(operand));
      return present((value) => !equal(value));
    }
    case 'gt':
      return ordered(attribute, operand, (order) => order > 0);
    case 'lt':
      return ordered(attribute, operand, (order) => order < 0);
    case 'gteq':
    case 'from':
      return ordered(attribute, operand, (order) => order >= 0);
    case 'lteq':
    case 'to':
      return ordered(attribute, operand, (order) => order <= 0);
  }
}

function ordered(attribute: Attribute, operand: NaturalValue, accept: (order: number) => boolean): Condition {
  const compare = comparator(attribute, single(operand));
  return present((value) => accept(compare(value)));
}

function equals(attribute: Attribute, operand: string): (value: string) => boolean {
  const compare = comparator(attribute, operand);
  return (value) => compare(value) === 0;
}

/** Compares a column with an operand: numbers as numbers, dates as dates, text by its collation. */
function comparator(attribute: Attribute, operand: string): (value: string) => number {
  switch (attribute.column) {
    case 'int': {
      const number = leadingNumber(operand);
      return (value) => Number(value) - number;
    }
    case 'datetime': {
      const date = comparableDate(operand);
      return (value) => order(value, date);
    }
    case 'text': {
      const folded = fold(operand);
      return (value) => (value === operand ? 0 : order(fold(value), folded));
    }
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The number at the beginning of a text, 0 without one: how the database reads a text that it compares with a number. */
export function leadingNumber(text: string): number {
  const number = Number.parseFloat(text);
  return Number.isFinite(number) ? number : 0;
}

function anyOf(attribute: Attribute, operand: NaturalValue): (value: string) => boolean {
  const entries = asEntries(operand);
  const operands = entries === undefined ? [text(operand)] : entries.map(([, inner]) => text(inner));
  if (attribute.column === 'int') {
    const numbers = new Set(operands.map(leadingNumber));
    return (value) => numbers.has(Number(value));
  }
  if (attribute.column === 'datetime') {
    const dates = new Set(operands.map(comparableDate));
    return (value) => dates.has(value);
  }
  const folded = new Set(operands.map(fold));
  return (value) => folded.has(fold(value));
}

/** The operand of an operator that takes one value. Several values would be broken SQL. */
function single(operand: NaturalValue): string {
  const entries = asEntries(operand);
  if (entries === undefined) return text(operand);
  const [only, more] = entries;
  if (only === undefined || more !== undefined) throw new ShopError('several values for one');
  return text(only[1]);
}

/**
 * Text of an operand as PHP casts it; nil is an empty text.
 * @throws {StoreFault} for an untyped element, which PHP decodes as an object (facts §1)
 */
export function text(operand: NaturalValue): string {
  if (operand === null || operand === false) return '';
  if (operand === true) return '1';
  if (operand instanceof UntypedObject) throw phpError('Object of class stdClass could not be converted to string');
  if (typeof operand === 'object') return 'Array';
  return String(operand);
}
