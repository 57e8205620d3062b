import * as z from 'zod/mini';
import { translated, t } from '../../l10n/texts';
import { customerEntity } from '../../api/entities';
import { isOperator, operators } from '../../api/filters';
import type { Field } from '../../api/types';
import { isList, isRecord, type MutableRecord, type SoapRecord, type SoapValue } from '../../api/value';
import type { Selection } from './row-walk';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const operand = z.union([scalar, z.array(scalar)]);
/** A value to be equal to, or operators with their operands. */
const attributeCondition = z.union([scalar, z.record(z.string(), operand)]);

/** A filter as written in the setting `mahoSoap.filters`. */
export const savedFilter = z.strictObject({
  /** Name of the filter, shown in the tree below the store. */
  name: z.string().check(z.trim(), z.minLength(1)),
  /** Name of the store that it is for. By default, it is for every store. */
  store: z.optional(z.string()),
  /** The filters for `customer.list`, in the form that callers use. All of them must match. */
  filters: z.optional(z.record(z.string(), attributeCondition)),
  /** Attributes without a value. The API cannot filter by that, so the rows are tested here (facts §5). */
  empty: z.optional(z.array(z.string())),
  /** Attributes with a value. */
  notEmpty: z.optional(z.array(z.string())),
});

/** See {@link savedFilter}. */
export type SavedFilter = z.infer<typeof savedFilter>;

/** The kind of a condition in the filter builder: an operator of the store, `empty`, or `notEmpty`. */
export type ConditionKind = string;

/** One condition as people describe it. In addition to the store's operators there are `empty` and `notEmpty`. */
export interface FilterCondition {
  readonly attribute: string;
  readonly operator: ConditionKind;
  /** One text, or several for operators that take several. Empty for operators that take none. */
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

/** Conditions as a filter. Of two with the same attribute and operator, the later one counts, since the store only takes one. */
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

/** A condition with "equals" alone has a short form. */
function plain(condition: Record<string, string | string[]>): string | Record<string, string | string[]> {
  const { eq, ...others } = condition;
  return typeof eq === 'string' && Object.keys(others).length === 0 ? eq : condition;
}

/**
 * The part of a filter for the store, and the part that is tested here. The store is asked for "is not empty", because its join leaves out
 * customers without a value. For the same reason it cannot be asked for "is empty" (facts §5, wire v1/33), so that is tested here. It is
 * read over V1 if V2 does not return the attribute.
 */
export function selectionOf(filter: SavedFilter): Selection {
  const filters: MutableRecord = { ...storeFilters(filter) };
  for (const attribute of filter.notEmpty ?? []) if (filters[attribute] === undefined) filters[attribute] = { notnull: '1' };
  const empty = filter.empty ?? [];
  if (empty.length === 0) return { filters };
  const overV1 = empty.some((attribute) => fieldOf(attribute)?.v1Only !== false);
  return { filters, matches: (row) => empty.every((attribute) => isEmpty(row[attribute])), ...(overV1 ? { dialect: 'v1' } : {}) };
}

/** The filters for the store, in the form that callers use. */
export function storeFilters(filter: Pick<SavedFilter, 'filters'>): SoapRecord {
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
  const does = isOperator(operator) ? translated(operators[operator].title) : operator;
  return isOperator(operator) && operators[operator].takes === 'none' ? `${title} ${does}` : `${title} ${does} ${shown}`;
}

/** A filter in words. */
export function filterWords(filter: Omit<SavedFilter, 'name'>): string {
  const conditions = conditionsOf(filter).map(conditionWords);
  return conditions.length === 0 ? t('Every customer') : conditions.join(' and ');
}

/** The title of an attribute, or its code if the catalogue does not know it. */
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
