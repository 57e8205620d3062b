import type { SoapValue } from '../api/value';

/** An expression of the target language in place of a value, such as a read of the environment. */
export class Expression {
  constructor(readonly text: string) {}
}

/** Stands where the session goes; each language writes it in its own way. */
export const SESSION = new Expression('session');

/** A value that a snippet lets people change. */
export class Change {
  constructor(
    readonly stop: number,
    readonly value: string | number | boolean,
  ) {}
}

/** An expression that a snippet lets people change. */
export class ChangeExpression {
  constructor(
    readonly stop: number,
    readonly text: string,
  ) {}
}

/** A list of templates. */
export type TemplateList = readonly Template[];

/** A map of templates. */
export interface TemplateRecord {
  readonly [key: string]: Template;
}

/** A value to be written as a literal, with expressions and tab stops where wanted. Every {@link SoapValue} is one. */
export type Template = SoapValue | Expression | Change | ChangeExpression | TemplateList | TemplateRecord;

/** Narrows a template to a list. */
export function isTemplateList(value: Template): value is TemplateList {
  return Array.isArray(value);
}

/** Narrows a template to a map. */
export function isTemplateRecord(value: Template): value is TemplateRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Expression) &&
    !(value instanceof Change) &&
    !(value instanceof ChangeExpression)
  );
}

/** Maps the lists inside a value: into `{ item: [...] }` for V2 over `soap`, `{ complexObjectArray: [...] }` for WS-I. */
export function wrapLists(value: Template, item: string): Template {
  if (isTemplateList(value)) return { [item]: value.map((inner) => wrapLists(inner, item)) };
  if (isTemplateRecord(value)) return mapRecord(value, (inner) => wrapLists(inner, item));
  return value;
}

/** A map with each value changed; keys such as `__proto__` stay ordinary data. */
export function mapRecord(record: TemplateRecord, change: (value: Template, key: string) => Template): TemplateRecord {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
