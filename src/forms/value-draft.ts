import { t } from '../l10n/texts';
import { ToolkitError } from '../api/errors';
import { conditionsOf, isFiltersType, isOperator, operators, toV1Filters, type Operator } from '../api/filters';
import { isSoapValue, type WireType } from '../api/types';
import { isList, isRecord, setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../api/value';

/** One condition of filters, as it is being typed. */
export interface ConditionDraft {
  readonly attribute: string;
  readonly operator: string;
  readonly value: string;
}

/** A value of a form as it is being typed: texts that may not be valid values yet. */
export type ValueDraft =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Whether an empty text is sent as such. Otherwise it is left out. */
      readonly empty?: boolean | undefined;
    }
  | { readonly kind: 'yes-no'; readonly value: '' | 'yes' | 'no' }
  | { readonly kind: 'list'; readonly items: readonly ValueDraft[] }
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, ValueDraft>> }
  | { readonly kind: 'filters'; readonly conditions: readonly ConditionDraft[] }
  /** Text of JSON, for a value without a known type or with a shape that the form cannot show. */
  | { readonly kind: 'json'; readonly text: string };

/** Something wrong in a draft. `path` says where: names and positions with dots between them. */
export interface DraftProblem {
  readonly path: string;
  readonly words: string;
}

/** The value of a draft; `undefined` for a value that is not given. */
export interface ReadDraft {
  readonly value: SoapValue | undefined;
  readonly problems: readonly DraftProblem[];
}

/** Operators that a condition can have, with their titles. `moreq` is left out: it acts as equality, which its name does not say. */
export const conditionOperators: readonly Operator[] = Object.keys(operators).filter(
  (name): name is Operator => isOperator(name) && name !== 'moreq',
);

/** The draft of a value. @param value `undefined` for one that is not given */
export function draftOf(type: WireType, value: SoapValue | undefined): ValueDraft {
  if (isFiltersType(type)) return filtersDraft(value);
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'object' ? json(value) : { kind: 'yes-no', value: value === undefined ? '' : isYes(value) ? 'yes' : 'no' };
    case 'list':
      if (value !== undefined && !isList(value)) return json(value);
      return { kind: 'list', items: (value ?? []).map((item) => draftOf(type.of, item)) };
    case 'entity': {
      if (value !== undefined && !isRecord(value)) return json(value);
      const held: SoapRecord = value ?? {};
      // The form would lose a key that the description does not have.
      if (Object.keys(held).some((name) => !type.fields.some((field) => field.name === name))) return json(value);
      const fields = type.fields.map((field): [string, ValueDraft] => [
        field.name,
        draftOf(field.type, Object.hasOwn(held, field.name) ? held[field.name] : undefined),
      ]);
      return { kind: 'fields', fields: Object.fromEntries(fields) };
    }
    case 'any':
      return json(value);
    default:
      if (typeof value === 'object') return json(value);
      return { kind: 'text', text: value === undefined ? '' : String(value), ...(value === '' ? { empty: true } : {}) };
  }
}

/** Reads JSON. @throws {SyntaxError} */
export type ParseJson = (text: string) => unknown;

/**
 * Reads a draft: its value, and what is wrong with it.
 * @param path position of the value in the form
 * @param parse reads JSON where a value is written as JSON. Pass a parser that keeps digits as written where exact digits must be sent.
 */
export function readDraft(type: WireType, draft: ValueDraft, path: string, parse: ParseJson = parseUsually): ReadDraft {
  switch (draft.kind) {
    case 'json':
      return readJson(draft.text, path, parse);
    case 'yes-no':
      return { value: draft.value === '' ? undefined : draft.value === 'yes', problems: [] };
    case 'text':
      if (draft.text === '') return { value: draft.empty === true && canBeEmpty(type) ? '' : undefined, problems: [] };
      return readText(type, draft.text, path);
    case 'filters':
      return readConditions(draft.conditions, path);
    case 'list': {
      const of: WireType = type.kind === 'list' ? type.of : { kind: 'any' };
      const read = draft.items.map((item, index) => readDraft(of, item, `${path}.${index}`, parse));
      const values = read.flatMap(({ value }) => (value === undefined ? [] : [value]));
      return { value: draft.items.length === 0 ? undefined : values, problems: read.flatMap(({ problems }) => problems) };
    }
    case 'fields': {
      const record: MutableRecord = {};
      const problems: DraftProblem[] = [];
      for (const field of type.kind === 'entity' ? type.fields : []) {
        const inner = Object.hasOwn(draft.fields, field.name) ? draft.fields[field.name] : undefined;
        if (inner === undefined) continue;
        const read = readDraft(field.type, inner, `${path}.${field.name}`, parse);
        problems.push(...read.problems);
        if (read.value !== undefined) setKey(record, field.name, read.value);
      }
      return { value: Object.keys(record).length === 0 ? undefined : record, problems };
    }
  }
}

/** Whether the empty text is a valid value of a type. For other types it means that nothing was entered. */
export function canBeEmpty({ kind }: WireType): boolean {
  return kind !== 'int' && kind !== 'double';
}

/** Whether a value is a date or a point in time, judging by its name. */
export function isDateName(name: string): boolean {
  return /(?:_at|_date|^dob|^date|_from_date|_to_date)$/i.test(name);
}

function isYes(value: SoapValue): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}

function json(value: SoapValue | undefined): ValueDraft {
  return { kind: 'json', text: value === undefined ? '' : JSON.stringify(value, undefined, 2) };
}

function filtersDraft(value: SoapValue | undefined): ValueDraft {
  if (value === undefined || value === null || (isList(value) && value.length === 0)) return { kind: 'filters', conditions: [] };
  try {
    const map = toV1Filters(value);
    if (!isRecord(map)) return isList(map) && map.length === 0 ? { kind: 'filters', conditions: [] } : json(value);
    const conditions = conditionsOf(map).map(({ attribute, operator = 'eq', value: operand }): ConditionDraft | undefined => {
      const text = isList(operand) ? operand.map(plain) : [plain(operand)];
      return !isOperator(operator) || text.includes(undefined) ? undefined : { attribute, operator, value: text.join(', ') };
    });
    const known = conditions.filter((condition) => condition !== undefined);
    return known.length === conditions.length ? { kind: 'filters', conditions: known } : json(value);
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    // Alternatives, and other values that the form cannot show, stay JSON.
    return json(value);
  }
}

/** A value as text for an input; `undefined` for a value that cannot be typed. */
function plain(value: SoapValue): string | undefined {
  return value === null || typeof value === 'object' ? undefined : String(value);
}

function readConditions(conditions: readonly ConditionDraft[], path: string): ReadDraft {
  const problems: DraftProblem[] = [];
  const met = new Set<string>();
  const entries = conditions.flatMap(({ attribute, operator, value }, index) => {
    const name = attribute.trim();
    if (name === '' && value.trim() === '') return [];
    if (name === '') problems.push({ path: `${path}.${index}`, words: t('Enter the attribute to compare.') });
    if (!isOperator(operator)) {
      problems.push({ path: `${path}.${index}`, words: t('Select an operator.') });
      return [];
    }
    // Stores use only the first of two conditions with the same attribute and operator (facts §5).
    const kind = JSON.stringify([name, operator]);
    if (met.has(kind))
      problems.push({
        path: `${path}.${index}`,
        words: t('{attribute} already has a condition with this operator. Only one of the two counts.', { attribute: name }),
      });
    met.add(kind);
    const operand = operators[operator].takes === 'none' ? '1' : value;
    if (operand === '' && operators[operator].takes === 'list')
      problems.push({ path: `${path}.${index}`, words: t('Enter the values, separated by commas.') });
    return [{ key: name, value: { key: operator, value: operand } }];
  });
  return { value: entries.length === 0 ? undefined : { complex_filter: entries }, problems };
}

function readText(type: WireType, text: string, path: string): ReadDraft {
  const number = text.trim();
  switch (type.kind) {
    case 'int':
      if (!/^[+-]?\d+$/.test(number))
        return { value: undefined, problems: [{ path, words: t('"{text}" is not a whole number.', { text }) }] };
      // An integer beyond the exact range of JavaScript numbers is sent as text.
      return { value: Number.isSafeInteger(Number(number)) ? Number(number) : number, problems: [] };
    case 'double':
      if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(number))
        return {
          value: undefined,
          problems: [{ path, words: t('"{text}" is not a number. Write it with a decimal point, such as 12.50.', { text }) }],
        };
      return { value: number, problems: [] };
    default:
      return { value: text, problems: [] };
  }
}

function parseUsually(text: string): unknown {
  return JSON.parse(text);
}

function readJson(text: string, path: string, parse: ParseJson): ReadDraft {
  if (text.trim() === '') return { value: undefined, problems: [] };
  try {
    const parsed = parse(text);
    if (isSoapValue(parsed)) return { value: parsed, problems: [] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // A plain word is a text. A text that begins like JSON was meant to be JSON.
    if (!/^\s*[[{"]/.test(text)) return { value: text, problems: [] };
    return { value: undefined, problems: [{ path, words: t('This is not JSON: {message}', { message: error.message }) }] };
  }
  return {
    value: undefined,
    problems: [{ path, words: t('This value cannot be sent. Values are texts, numbers, booleans, lists and maps.') }],
  };
}
