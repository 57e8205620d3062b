import * as vscode from 'vscode';
import { isFiltersType, operators, toV2Filters, type Operator } from '../../api/filters';
import { isSecretName } from '../../api/secrets';
import { isSoapValue, type Field, type WireType } from '../../api/types';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { typeWords } from '../../forms/method-form';
import { askInput } from '../messages';
import { oneLine } from '../text';

/** Stands for a value that is taken away. */
export const UNSET = Symbol('not given');

/** What was made of a value; `undefined` when the question was left. */
export type Edited = SoapValue | typeof UNSET | undefined;

/** What is said around a value that is asked for. */
export interface ValueQuestion {
  readonly title: string;
  /** Attributes that filters can be about, as far as they are known. */
  readonly attributes: readonly Field[];
}

/** Characters of a value in a list of values. */
const MAX_SHOWN = 80;

/** A value in one line; filters as their conditions. */
export function valueWords(value: SoapValue): string {
  const conditions = conditionsIn(value).map(
    ({ attribute, operator, value: operand }) => `${attribute} ${operators[operator].title} ${operand}`,
  );
  if (conditions.length > 0) return cut(oneLine(conditions.join(' and ')));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' ? '(empty)' : cut(oneLine(text));
}

function cut(line: string): string {
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
}

/** Asks for a value by its type: text, number, yes or no, date, the items of a list, the fields of an entity, or filters. */
export async function editValue(type: WireType, value: SoapValue | undefined, question: ValueQuestion): Promise<Edited> {
  if (isFiltersType(type)) return await editFilters(value, question);
  switch (type.kind) {
    case 'boolean':
      return await editYesOrNo(question);
    case 'list':
      return await editItems(type.of, isList(value) ? value : [], question);
    case 'entity':
      return await editFields(type.fields, isRecord(value) ? value : {}, question);
    case 'any':
      return await editJson(value, question);
    default:
      return await editText(type, value, question);
  }
}

async function editYesOrNo({ title }: ValueQuestion): Promise<Edited> {
  const chosen = await choose(title, 'Value', ['Yes', 'No', NOT_GIVEN]);
  return chosen === undefined ? undefined : chosen === NOT_GIVEN ? UNSET : chosen === 'Yes';
}

const NOT_GIVEN = 'Not given';

async function editText(type: WireType, value: SoapValue | undefined, { title }: ValueQuestion): Promise<Edited> {
  const text = await askInput({
    title: oneLine(title),
    prompt: isDate(title) ? 'A date, such as 2026-11-28 09:30:00. Empty for none.' : `A ${typeWords(type)}. Empty for none.`,
    value: value === undefined || typeof value === 'object' ? '' : String(value),
    password: isSecretName(title.split(/[ .:]+/).at(-1) ?? ''),
    ignoreFocusOut: true,
    validateInput: (typed) => textProblem(type, typed),
  });
  if (text === undefined) return undefined;
  if (text === '') return UNSET;
  return type.kind === 'int' && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

function isDate(title: string): boolean {
  return /(?:_at|_date|^dob|\bdate)$/i.test(title);
}

function textProblem({ kind }: WireType, text: string): string | undefined {
  if (text === '') return undefined;
  if (kind === 'int' && !/^-?\d+$/.test(text)) return `"${text}" is not a whole number.`;
  if (kind === 'double' && !/^-?\d+(\.\d+)?$/.test(text)) return `"${text}" is not a number.`;
  return undefined;
}

async function editJson(value: SoapValue | undefined, { title }: ValueQuestion): Promise<Edited> {
  const text = await askInput({
    title: oneLine(title),
    prompt: 'No WSDL describes this value: write it as JSON, or as plain text. Empty for none.',
    value: value === undefined ? '' : JSON.stringify(value),
    ignoreFocusOut: true,
  });
  if (text === undefined) return undefined;
  if (text === '') return UNSET;
  try {
    const parsed: unknown = JSON.parse(text);
    return isSoapValue(parsed) ? parsed : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

const DONE = '$(check) Done';
const ADD = '$(add) Add';
const REMOVE = '$(trash) Not given';

async function editItems(of: WireType, before: readonly SoapValue[], question: ValueQuestion): Promise<Edited> {
  const items = [...before];
  for (;;) {
    const entries = items.map((item, index) => ({ label: `${index + 1}`, description: valueWords(item) }));
    const chosen = await choose(question.title, 'Add an item, change one, or go on', [DONE, ADD, ...entries, REMOVE]);
    if (chosen === undefined) return undefined;
    if (chosen === DONE) return items;
    if (chosen === REMOVE) return UNSET;
    const place = chosen === ADD ? items.length : Number(chosen) - 1;
    const edited = await editValue(of, items[place], { ...question, title: `${question.title}.${place + 1}` });
    if (edited === UNSET) items.splice(place, 1);
    else if (edited !== undefined) items[place] = edited;
  }
}

async function editFields(fields: readonly Field[], before: SoapRecord, question: ValueQuestion): Promise<Edited> {
  const values = new Map(Object.entries(before));
  for (;;) {
    const entries = fields.map(({ name, type }) => {
      const value = values.get(name);
      return { label: oneLine(name), description: value === undefined ? typeWords(type) : valueWords(value) };
    });
    const chosen = await choose(question.title, 'Choose a field to change, or go on', [DONE, ...entries, REMOVE]);
    if (chosen === undefined) return undefined;
    if (chosen === DONE) return Object.fromEntries(values);
    if (chosen === REMOVE) return UNSET;
    const field = fields.find(({ name }) => oneLine(name) === chosen);
    if (field === undefined) continue;
    const edited = await editValue(field.type, values.get(field.name), { ...question, title: `${question.title}.${field.name}` });
    if (edited === UNSET) values.delete(field.name);
    else if (edited !== undefined) values.set(field.name, edited);
  }
}

/** Filters in the form of V2, one condition below the other; all of them must hold. */
async function editFilters(before: SoapValue | undefined, question: ValueQuestion): Promise<Edited> {
  const conditions = conditionsIn(before);
  for (;;) {
    const entries = conditions.map(({ attribute, operator, value }, index) => ({
      label: `${index + 1}`,
      description: `${attribute} ${operators[operator].title} ${value}`,
    }));
    const chosen =
      conditions.length === 0
        ? ADD
        : await choose(question.title, 'Add a condition, change one, or go on', [DONE, ADD, ...entries, REMOVE]);
    if (chosen === undefined) return undefined;
    if (chosen === DONE) return filtersOf(conditions);
    if (chosen === REMOVE) return UNSET;
    const place = chosen === ADD ? conditions.length : Number(chosen) - 1;
    const condition = await askForCondition(question);
    if (condition !== undefined) conditions[place] = condition;
    else if (conditions.length === 0) return undefined;
  }
}

interface Condition {
  readonly attribute: string;
  readonly operator: Operator;
  readonly value: string;
}

async function askForCondition({ title, attributes }: ValueQuestion): Promise<Condition | undefined> {
  const scalars = attributes.filter(({ type }) => type.kind !== 'list' && type.kind !== 'entity').map(({ name }) => name);
  const other = 'Another attribute';
  const picked = scalars.length === 0 ? other : await choose(title, 'Attribute', [...scalars, other]);
  const attribute =
    picked === other ? await askInput({ title: oneLine(title), prompt: 'Name of the attribute', ignoreFocusOut: true }) : picked;
  if (attribute === undefined || attribute === '') return undefined;
  const names = operatorNames();
  const operator = await choose(
    `${title}: ${attribute}`,
    'Operator',
    names.map((name) => ({ label: name, description: operators[name].title, detail: operators[name].doc })),
  );
  const found = names.find((name) => name === operator);
  if (found === undefined) return undefined;
  if (operators[found].takes === 'none') return { attribute, operator: found, value: '1' };
  const value = await askInput({
    title: oneLine(`${title}: ${attribute} ${operators[found].title}`),
    prompt: operators[found].takes === 'list' ? 'Values, with commas between' : operators[found].doc,
    ignoreFocusOut: true,
  });
  return value === undefined ? undefined : { attribute, operator: found, value };
}

function operatorNames(): readonly Operator[] {
  const all: Readonly<Record<Operator, unknown>> = operators;
  return Object.keys(all).filter((name): name is Operator => Object.hasOwn(operators, name) && name !== 'moreq');
}

function filtersOf(conditions: readonly Condition[]): SoapRecord {
  return { complex_filter: conditions.map(({ attribute, operator, value }) => ({ key: attribute, value: { key: operator, value } })) };
}

/** Conditions of filters that this form wrote. */
function conditionsIn(filters: SoapValue | undefined): Condition[] {
  const complex = isRecord(filters) && Object.hasOwn(filters, 'complex_filter') ? (toV2Filters(filters)?.['complex_filter'] ?? []) : [];
  return (isList(complex) ? complex : []).flatMap((entry) => {
    const inner = isRecord(entry) ? entry['value'] : undefined;
    if (!isRecord(entry) || !isRecord(inner)) return [];
    const operator = operatorNames().find((name) => name === inner['key']);
    return operator === undefined ? [] : [{ attribute: plain(entry['key']), operator, value: plain(inner['value']) }];
  });
}

/** A value as one types it. */
function plain(value: SoapValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

/** @returns the label of what was chosen */
async function choose(
  title: string,
  placeHolder: string,
  entries: readonly (string | vscode.QuickPickItem)[],
): Promise<string | undefined> {
  const items = entries.map((entry) => (typeof entry === 'string' ? { label: entry } : entry));
  const chosen = await vscode.window.showQuickPick(items, {
    title: oneLine(title),
    placeHolder,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return chosen?.label;
}
