import * as z from 'zod/mini';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { later, translated, t } from '../../l10n/texts';
import { isProblem, patternOf } from './pattern';
import { joinedByOr } from './joined';

/** Kinds of values for `$type`. `int` is also text that reads as a whole number, since V1 sends numbers as text (facts §4). */
export const valueTypes = ['string', 'int', 'number', 'boolean', 'list', 'map', 'null'] as const;

/** Any JSON value. The JSON reader makes no other values. */
const anyValue = z.custom<SoapValue>(() => true);

/** A regular expression that {@link patternOf} accepts. */
const expression = z.check<string>((payload) => {
  const made = patternOf(payload.value);
  if (isProblem(made))
    payload.issues.push({ code: 'custom', message: made.what, params: { beyond: made.beyond }, input: payload.value, continue: true });
});

const bound = z.union([z.number(), z.string(), z.null()]);

/** A length, or the least and the most; `null` leaves an end open. */
const length = z.union([z.int().check(z.nonnegative()), z.tuple([z.nullable(z.int()), z.nullable(z.int())])]);

/** A matcher: a map with these keys only. The value must fulfil all that are given. */
export const matcher = z
  .strictObject({
    $type: z.optional(z.union([z.enum(valueTypes), z.array(z.enum(valueTypes))])),
    /** The text matches this expression somewhere. */
    $regex: z.optional(z.string().check(expression)),
    /** Flags of the expression: `i` ignores case, `s` lets a point match line breaks too. */
    $flags: z.optional(
      z.string().check(z.regex(/^(?:i|s|is|si)?$/, later('{what} contains only i (ignore case) and s (a dot matches line breaks).'))),
    ),
    /** The least and the most, both included: numbers, or texts such as dates. */
    $range: z.optional(z.tuple([bound, bound])),
    /** Length of a list, a text or a map. */
    $length: z.optional(length),
    $oneOf: z.optional(z.array(anyValue)),
    /** The map has at least these keys, or the list begins with these items. Maps inside are partial too. */
    $partial: z.optional(anyValue),
    /** The list has at least one item that matches. */
    $contains: z.optional(anyValue),
    /** Every item of the list matches. */
    $each: z.optional(anyValue),
    $not: z.optional(anyValue),
    /** `true`: the key must be missing. `false`: it must be there, with any value. */
    $absent: z.optional(z.boolean()),
    /** The key is missing, or its value matches. */
    $absentOr: z.optional(anyValue),
  })
  .check(
    z.check((payload) => {
      if (payload.value.$flags !== undefined && payload.value.$regex === undefined)
        payload.issues.push({
          code: 'custom',
          message: later('{what} needs a $regex.'),
          path: ['$flags'],
          input: payload.value,
          continue: true,
        });
    }),
  );

/** See {@link matcher}. */
export type Matcher = z.infer<typeof matcher>;

/** Placeholder in texts of problems for the name of the faulty place. The caller knows the place and fills it in. */
export const WHAT_PLACEHOLDER = '{what}';

/** The most problems reported for one expectation. The library passes all of them as arguments of one call, which takes about 120,000. */
const MAX_PROBLEMS = 1000;

/** A value to compare with, in which maps with `$` keys are matchers. */
const expected = z
  .custom<SoapValue>(() => true)
  .check(
    z.check((payload) => {
      for (const { path, message, beyond } of matcherProblems(payload.value).slice(0, MAX_PROBLEMS))
        payload.issues.push({ code: 'custom', message, params: { beyond }, path: [...path], input: payload.value, continue: true });
    }),
  );

/** A time such as `"500ms"` or `"2s"`, or milliseconds. At most one day, which every timer can wait. */
export const time = z.union([
  z.number().check(z.positive(), z.lte(86_400_000)),
  z.string().check(z.regex(/^\d{1,5}(\.\d+)?\s*(ms|s)$/, later('{what} is a time such as "500ms" or "2s".'))),
]);

/** The possible outcomes of a request. An expectation names one of them. */
const outcome = {
  /** The fault code, or code and text; `true` for any fault. */
  fault: z.optional(
    z.union([
      z.literal(true),
      z.int(),
      z.string(),
      z.strictObject({ code: z.optional(z.union([z.int(), z.string()])), message: z.optional(expected) }),
    ]),
  ),
  /** Code of an error that is not a fault, such as `read-only` or `filter-comma`. */
  error: z.optional(z.string()),
  result: z.optional(expected),
};

/** Refuses two outcomes in one expectation. */
const oneOutcome = z.check<{ readonly fault?: unknown; readonly error?: unknown; readonly result?: unknown }>((payload) => {
  const given = (['fault', 'error', 'result'] as const).filter((key) => payload.value[key] !== undefined);
  const [, second] = given;
  if (second !== undefined)
    payload.issues.push({
      code: 'custom',
      message: t('{what} cannot be expected together with {other}.', { what: WHAT_PLACEHOLDER, other: given[0] ?? '' }),
      path: [second],
      input: payload.value,
      continue: true,
    });
});

/** The expectation about an answer. */
export const expectation = z
  .strictObject({
    ...outcome,
    /** The exchange takes less time than this. */
    under: z.optional(
      z.union([
        z.number().check(z.positive()),
        z.string().check(z.regex(/^\d+(\.\d+)?\s*(ms|s)$/, later('{what} is a time such as "500ms" or "2s".'))),
      ]),
    ),
  })
  .check(oneOutcome);

/** The outcome for which a request is repeated, such as the work of a queue or an index. */
export const awaited = z
  .strictObject({
    ...outcome,
    /** Time between two tries; 1 s by default. */
    every: z.optional(time),
    /** Time for all tries together. */
    for: time,
  })
  .check(
    oneOutcome,
    z.check((payload) => {
      const { fault, error, result } = payload.value;
      if (fault === undefined && error === undefined && result === undefined)
        payload.issues.push({
          code: 'custom',
          message: later('{what} needs a result, a fault or an error.'),
          path: [],
          input: payload.value,
          continue: true,
        });
    }),
  );

/** See {@link awaited}. */
export type Awaited = z.infer<typeof awaited>;

/** See {@link expectation}. */
export type Expectation = z.infer<typeof expectation>;

/** Converts a time such as `"500ms"` or `"2s"` to milliseconds. */
export function milliseconds(time: string | number): number {
  if (typeof time === 'number') return time;
  const amount = Number.parseFloat(time);
  return time.endsWith('ms') ? amount : amount * 1000;
}

/** Whether a value is a matcher: a map with a key that begins with `$`. */
export function isMatcher(value: SoapValue): boolean {
  return isRecord(value) && Object.keys(value).some((key) => key.startsWith('$'));
}

interface Problem extends SchemaProblem {
  readonly path: readonly (string | number)[];
}

/** The problems of all matchers inside a value. */
function matcherProblems(value: SoapValue, path: readonly (string | number)[] = []): readonly Problem[] {
  if (isList(value)) return value.flatMap((item, index) => matcherProblems(item, [...path, index]));
  if (!isRecord(value)) return [];
  const inner = Object.entries(value).flatMap(([key, item]) => matcherProblems(item, [...path, key]));
  if (!isMatcher(value)) return inner;
  const parsed = matcher.safeParse(value);
  if (parsed.success) return inner;
  return [
    ...inner,
    ...parsed.error.issues.map((issue) => ({
      path: [...path, ...issue.path.map(step)],
      ...schemaProblem(issue, issue.path.length === 0 || (isRecord(value) && Object.hasOwn(value, String(issue.path[0])))),
    })),
  ];
}

function step(part: PropertyKey): string | number {
  return typeof part === 'symbol' ? String(part) : part;
}

/** A problem that a schema reports. */
export interface SchemaProblem {
  /** A sentence in the language of the reader, with {@link WHAT_PLACEHOLDER} for the place. */
  readonly message: string;
  /** `true` when JSON Schema cannot express the rule, so that the editor must report it itself. */
  readonly beyond: boolean;
}

/** The problem of an issue, in words: `zod/mini` has no texts. @param there whether the file has a value at the place of the issue */
export function schemaProblem(issue: z.core.$ZodIssue, there: boolean): SchemaProblem {
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().find(({ code }) => code === 'custom' || code === 'invalid_format');
    return inner === undefined ? { message: unionText(issue.errors), beyond: false } : schemaProblem(inner, true);
  }
  const beyond = issue.code === 'custom' && issue.params?.['beyond'] === true;
  return { message: issueText(issue, there), beyond };
}

function issueText(issue: z.core.$ZodIssue, there: boolean): string {
  switch (issue.code) {
    case 'invalid_type':
      return there
        ? t('{what} must be {type}.', { what: WHAT_PLACEHOLDER, type: typeName(issue.expected) })
        : t('{what} is missing.', { what: WHAT_PLACEHOLDER });
    case 'unrecognized_keys':
      return t('{what} has no "{keys}".', { what: WHAT_PLACEHOLDER, keys: issue.keys.join('", "') });
    case 'invalid_value':
      return t('{what} must be one of {values}.', {
        what: WHAT_PLACEHOLDER,
        values: issue.values.map((value) => JSON.stringify(value)).join(', '),
      });
    case 'too_small':
      return issue.origin === 'string'
        ? t('{what} must not be empty.', { what: WHAT_PLACEHOLDER })
        : t('{what} is too small.', { what: WHAT_PLACEHOLDER });
    default:
      return issue.message === 'Invalid input' || issue.message === ''
        ? t('{what} does not have the right form.', { what: WHAT_PLACEHOLDER })
        : translated(issue.message);
  }
}

function unionText(errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  const types = [
    ...new Set(
      errors.flatMap((branch) =>
        branch
          .filter((issue) => issue.path.length === 0 && issue.code === 'invalid_type')
          .map((issue) => (issue.code === 'invalid_type' ? typeName(issue.expected) : '')),
      ),
    ),
  ];
  return types.length > 0
    ? t('{what} must be {type}.', { what: WHAT_PLACEHOLDER, type: joinedByOr(types) })
    : t('{what} does not have the right form.', { what: WHAT_PLACEHOLDER });
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: t('text'),
    int: t('a whole number'),
    number: t('a number'),
    boolean: t('true or false'),
    object: t('a map'),
    record: t('a map'),
    array: t('a list'),
    tuple: t('a list'),
    null: 'null',
  };
  return names[expected] ?? expected;
}
