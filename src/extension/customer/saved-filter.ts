import * as z from 'zod/mini';
import { said, t } from '../../l10n/texts';
import { customerEntity } from '../../api/entities';
import { isOperator, operators } from '../../api/filters';
import type { Field } from '../../api/types';
import { isList, isRecord, type MutableRecord, type SoapRecord, type SoapValue } from '../../api/value';
import type { Selection } from './row-walk';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const operand = z.union([scalar, z.array(scalar)]);
/** A value to equal, or operators with what they compare with. */
const attributeCondition = z.union([scalar, z.record(z.string(), operand)]);

/** A filter as it stands in the setting `mahoSoap.filters`. */
export const savedFilter = z.strictObject({
  /** Shown in the tree, under the store. */
  name: z.string().check(z.trim(), z.minLength(1)),
  /** Name of the store it is for; every store otherwise. */
  store: z.optional(z.string()),
  /** What `customer.list` is asked for, in the callers' form. All of it must hold. */
  filters: z.optional(z.record(z.string(), attributeCondition)),
  /** Attributes without a value. The API cannot look for these, so they are looked for in the answers (facts §5). */
  empty: z.optional(z.array(z.string())),
  /** Attributes with a value. */
  notEmpty: z.optional(z.array(z.string())),
});

/** See {@link savedFilter}. */
export type SavedFilter = z.infer<typeof savedFilter>;

/** What a condition of the builder does: an operator of the store, or what stands for several. */
export type ConditionKind = string;

/** One condition as people make it. Besides the store's operators there are `empty` and `notEmpty`. */
export interface FilterCondition {
  readonly attribute: string;
  readonly operator: ConditionKind;
  /** A text, or texts for operators that take several; nothing for those that take none. */
  readonly value: string | readonly string[];
}

/** The conditions of a filter, in order. */
export function conditionsOf(filter: Omit<SavedFilter, 'name'>): readonly FilterCondition[] {
  return [
    ...Object.entries(filter.filters ?? {}).flatMap(([attribute, condition]): readonly FilterCondition[] => {
      if (typeof condition !== 'object') return [{ attribute, operator: 'eq', value: String(condition) }];
      return Object.entries(condition).map(([operator, value]) => ({
        attribute,
        operator,
        value: Array.isArray(value) ? value.map(String) : String(value),
      }));
    }),
    ...(filter.empty ?? []).map((attribute) => ({ attribute, operator: 'empty', value: '' })),
    ...(filter.notEmpty ?? []).map((attribute) => ({ attribute, operator: 'notEmpty', value: '' })),
  ];
}

/** Conditions as a filter. Of two with the same attribute and operator the later one counts, since the store takes only one. */
export function filterOf(conditions: readonly FilterCondition[]): Pick<SavedFilter, 'filters' | 'empty' | 'notEmpty'> {
  const filters: Record<string, Record<string, string | string[]>> = {};
  const empty = new Set<string>();
  const notEmpty = new Set<string>();
  for (const { attribute, operator, value } of conditions) {
    if (operator === 'empty') empty.add(attribute);
    else if (operator === 'notEmpty') notEmpty.add(attribute);
    else filters[attribute] = { ...filters[attribute], [operator]: typeof value === 'string' ? value : [...value] };
  }
  return {
    ...(Object.keys(filters).length === 0
      ? {}
      : { filters: Object.fromEntries(Object.entries(filters).map(([attribute, condition]) => [attribute, plain(condition)])) }),
    ...(empty.size === 0 ? {} : { empty: [...empty] }),
    ...(notEmpty.size === 0 ? {} : { notEmpty: [...notEmpty] }),
  };
}

/** "Equals" alone is written short. */
function plain(condition: Record<string, string | string[]>): string | Record<string, string | string[]> {
  const { eq, ...others } = condition;
  return typeof eq === 'string' && Object.keys(others).length === 0 ? eq : condition;
}

/**
 * What a list has to ask for, and to look for itself. "Is not empty" is asked of the store: its join leaves out customers without a
 * value. "Is empty" cannot be, for the same reason (facts §5, wire v1/33), so it is tested on this side; and over V1 where V2 does not
 * return the attribute.
 */
export function selectionOf(filter: SavedFilter): Selection {
  const filters: MutableRecord = { ...asked(filter) };
  for (const attribute of filter.notEmpty ?? []) if (filters[attribute] === undefined) filters[attribute] = { notnull: '1' };
  const empty = filter.empty ?? [];
  if (empty.length === 0) return { filters };
  const overV1 = empty.some((attribute) => fieldOf(attribute)?.v1Only !== false);
  return { filters, matches: (row) => empty.every((attribute) => isEmpty(row[attribute])), ...(overV1 ? { dialect: 'v1' } : {}) };
}

/** The part of a filter that the store is asked for, in the callers' form. */
export function asked(filter: Pick<SavedFilter, 'filters'>): SoapRecord {
  return filter.filters ?? {};
}

function isEmpty(value: SoapValue | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (isList(value) && value.length === 0) ||
    (isRecord(value) && Object.keys(value).length === 0)
  );
}

/** A condition in words: "Last name matches Do%". */
export function conditionWords({ attribute, operator, value }: FilterCondition): string {
  const title = attributeTitle(attribute);
  if (operator === 'empty') return t('{attribute} is empty', { attribute: title });
  if (operator === 'notEmpty') return t('{attribute} is not empty', { attribute: title });
  const shown = typeof value === 'string' ? value : value.join(', ');
  const does = isOperator(operator) ? said(operators[operator].title) : operator;
  return isOperator(operator) && operators[operator].takes === 'none' ? `${title} ${does}` : `${title} ${does} ${shown}`;
}

/** All of a filter in words. */
export function filterWords(filter: Omit<SavedFilter, 'name'>): string {
  const conditions = conditionsOf(filter).map(conditionWords);
  return conditions.length === 0 ? t('Every customer') : conditions.join(' and ');
}

/** What people call an attribute; its code where the catalogue does not know it. */
export function attributeTitle(attribute: string): string {
  return fieldOf(attribute)?.title ?? attribute;
}

interface KnownField extends Field {
  readonly v1Only: boolean;
}

function fieldOf(attribute: string): KnownField | undefined {
  const field = customerEntity.fields.find(({ name }) => name === attribute);
  return field === undefined ? undefined : { ...field, v1Only: field.v1Only === true };
}
