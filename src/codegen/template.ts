import type { SoapValue } from '../api/value';

/** An expression of the target language in place of a value, such as reading the environment. */
export class Expression {
  constructor(readonly text: string) {}
}

/** Placeholder for the session. Each language replaces it with an expression. */
export const SESSION = new Expression('session');

/** A value that is a tab stop in a snippet. */
export class Change {
  constructor(
    readonly stop: number,
    readonly value: string | number | boolean,
  ) {}
}

/** An expression that is a tab stop in a snippet. */
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

/** A value to write as a literal. It can contain expressions and tab stops. Every {@link SoapValue} is a template. */
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

/** Wraps the lists inside a value: `{ item: [...] }` for V2 over `soap`, `{ complexObjectArray: [...] }` for WS-I. */
export function wrapLists(value: Template, item: string): Template {
  if (isTemplateList(value)) return { [item]: value.map((inner) => wrapLists(inner, item)) };
  if (isTemplateRecord(value)) return mapRecord(value, (inner) => wrapLists(inner, item));
  return value;
}

/** Maps the values of a record. Keys such as `__proto__` stay ordinary keys. */
export function mapRecord(record: TemplateRecord, change: (value: Template, key: string) => Template): TemplateRecord {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
