import { later } from '../../l10n/texts';
import { customerEntity } from '../../api/entities';
import { operators, type Operator } from '../../api/filters';
import type { Field } from '../../api/types';

/** An operator that the builder offers: those of the store, and two that the API does not have. */
export interface OfferedOperator {
  readonly operator: Operator | 'empty' | 'notEmpty';
  readonly title: string;
  readonly doc: string;
}

type Name = OfferedOperator['operator'];

const texts: readonly Name[] = ['eq', 'like', 'neq', 'nlike', 'in', 'nin', 'empty', 'notEmpty'];
const choices: readonly Name[] = ['eq', 'in', 'neq', 'nin', 'empty', 'notEmpty'];
const numbers: readonly Name[] = ['eq', 'in', 'from', 'to', 'gt', 'lt', 'neq', 'nin'];
const dates: readonly Name[] = ['from', 'to', 'like', 'empty', 'notEmpty'];
const flags: readonly Name[] = ['eq', 'neq'];

/** Misleading operators are not offered: `null` matches no customer on most attributes, and `moreq` is plain equality (facts §5). */
const everything: readonly Name[] = [
  ...(['eq', 'like', 'in', 'from', 'to', 'gt', 'lt', 'gteq', 'lteq', 'neq', 'nlike', 'nin', 'finset', 'regexp'] as const),
  'empty',
  'notEmpty',
];

/** The titles of operators for dates. */
const forDates: Readonly<Partial<Record<Name, Pick<OfferedOperator, 'title' | 'doc'>>>> = {
  from: { title: later('from'), doc: later('On this day or later. Makes a range together with "to".') },
  to: {
    title: later('to'),
    doc: later('On this day or earlier. Makes a range together with "from". A day without a time means its beginning.'),
  },
  like: { title: later('matches'), doc: later('Pattern: 2026-03-% matches all of March 2026.') },
};

const added: Readonly<Record<'empty' | 'notEmpty', Pick<OfferedOperator, 'title' | 'doc'>>> = {
  empty: {
    title: later('is empty'),
    doc: later('Has no value. The API cannot search for this, so the extension reads the customers and checks them.'),
  },
  notEmpty: { title: later('is not empty'), doc: later('Has a value.') },
};

/**
 * The operators that fit an attribute, the most common ones first, and the others that stores know.
 * @param attribute code of the attribute. One that the catalogue does not know may have any type
 */
export function operatorsFor(attribute: string): {
  readonly fitting: readonly OfferedOperator[];
  readonly others: readonly OfferedOperator[];
} {
  const field = customerEntity.fields.find(({ name }) => name === attribute);
  const fitting = field === undefined ? everything : namesFor(field);
  const isDate = field?.role === 'date' || field?.role === 'datetime';
  const described = (operator: Name): OfferedOperator => ({
    operator,
    ...(operator === 'empty' || operator === 'notEmpty' ? added[operator] : operators[operator]),
    ...(isDate ? forDates[operator] : {}),
  });
  return {
    fitting: fitting.map(described),
    others: everything.filter((operator) => !fitting.includes(operator)).map(described),
  };
}

function namesFor({ role, type }: Field): readonly Name[] {
  if (role === 'group' || role === 'website' || role === 'store' || role === 'gender') return choices;
  if (role === 'date' || role === 'datetime') return dates;
  if (role === 'id' || type.kind === 'int' || type.kind === 'double') return numbers;
  return type.kind === 'boolean' ? flags : texts;
}
