import { valueTypes } from '../expect/schema';
import type { Schema } from './types';

const bound = { type: ['number', 'string', 'null'] };
/** Limits of the whole numbers that JavaScript represents exactly. */
const safe = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

const expected = { $ref: '#/definitions/expected' };

const matchers: Readonly<Record<string, Schema>> = {
  $type: {
    markdownDescription:
      'Type of the value. `int` and `number` also match texts that contain such a number, because V1 sends numbers as text.',
    anyOf: [{ enum: valueTypes }, { type: 'array', items: { enum: valueTypes } }],
  },
  $regex: {
    type: 'string',
    format: 'regex',
    markdownDescription: 'A part of the text matches this regular expression. `^` and `$` match its beginning and end.',
  },
  $flags: {
    type: 'string',
    pattern: '^(?:i|s|is|si)?$',
    patternErrorMessage: 'Expected i, s or both.',
    markdownDescription: 'For `$regex`: `i` ignores the case, `s` lets a dot match line breaks too.',
  },
  $range: {
    type: 'array',
    items: [bound, bound],
    minItems: 2,
    maxItems: 2,
    markdownDescription: 'Minimum and maximum, both included. `null` means no limit. Numbers, or texts such as dates.',
  },
  $length: {
    markdownDescription: 'Length of a list, a text or a map, or a list of its minimum and maximum.',
    anyOf: [
      { type: 'integer', ...safe, minimum: 0 },
      { type: 'array', items: { type: ['integer', 'null'], ...safe }, minItems: 2, maxItems: 2 },
    ],
  },
  $oneOf: { type: 'array', items: expected, markdownDescription: 'One of these values.' },
  $partial: {
    ...expected,
    markdownDescription: 'A map with at least these keys, or a list that begins with these items. Maps inside are partial too.',
  },
  $contains: { ...expected, markdownDescription: 'A list in which at least one item matches this. Maps can have more keys.' },
  $each: { ...expected, markdownDescription: 'A list in which every item matches this. Maps can have more keys.' },
  $not: { ...expected, markdownDescription: 'Any value except this.' },
  $absent: { type: 'boolean', markdownDescription: '`true`: the key must be missing.' },
  $absentOr: { ...expected, markdownDescription: 'The key is missing, or its value matches this.' },
};

/** The schema of a time to wait. */
export function timeSchema(markdownDescription: string): Schema {
  return {
    type: ['string', 'number'],
    pattern: '^\\d{1,5}(\\.\\d+)?\\s*(ms|s)$',
    patternErrorMessage: 'Expected a time such as "500ms" or "2s".',
    exclusiveMinimum: 0,
    maximum: 86_400_000,
    markdownDescription,
  };
}

const outcome: Readonly<Record<string, Schema>> = {
  result: {
    ...expected,
    markdownDescription:
      'The exact result. Any part of it can be a matcher such as `{ "$partial": { … } }`, `{ "$length": 3 }` or `{ "$regex": "…" }`.',
  },
  fault: {
    markdownDescription: 'The fault: its code, its code and message, or `true` for any fault.',
    anyOf: [
      { type: ['integer', 'string'] },
      { const: true },
      { type: 'object', additionalProperties: false, properties: { code: { type: ['integer', 'string'] }, message: expected } },
    ],
  },
  error: { type: 'string', markdownDescription: 'The code of an error that is not a fault, such as `read-only` or `filter-comma`.' },
};

const oneOutcome = [
  ['result', 'fault'],
  ['result', 'error'],
  ['fault', 'error'],
].map((required) => ({ not: { required } }));

/** Schema definitions of expectations. */
export const expectationDefinitions: Readonly<Record<string, Schema>> = {
  expectation: {
    type: 'object',
    additionalProperties: false,
    markdownDescription: 'What the response must be. Without it, every result passes.',
    properties: {
      ...outcome,
      under: {
        type: ['string', 'number'],
        pattern: '^\\d+(\\.\\d+)?\\s*(ms|s)$',
        patternErrorMessage: 'Expected a time such as "500ms" or "2s".',
        exclusiveMinimum: 0,
        markdownDescription: 'Limit for the time of the exchange: `"500ms"`, `"2s"`, or milliseconds.',
      },
    },
    allOf: oneOutcome,
  },
  awaited: {
    type: 'object',
    additionalProperties: false,
    required: ['for'],
    anyOf: Object.keys(outcome).map((key) => ({ required: [key] })),
    markdownDescription:
      'Repeats the request until the response is as described, for example while an index is updated: `{ "result": { "$length": 1 }, "every": "2s", "for": "30s" }`. Only for requests that read.',
    properties: {
      ...outcome,
      every: timeSchema('Time between two attempts. The default is `"1s"`.'),
      for: timeSchema('Time for all attempts. After it, the request fails.'),
    },
    allOf: oneOutcome,
  },
  expected: {
    properties: matchers,
    // A map with any key that begins with $ is a matcher, so that a misspelled matcher is not taken for data.
    if: { type: 'object', not: { propertyNames: { not: { pattern: '^\\$' } } } },
    then: {
      additionalProperties: false,
      properties: Object.fromEntries(Object.keys(matchers).map((key) => [key, {}])),
      dependencies: { $flags: ['$regex'] },
    },
    else: { additionalProperties: expected, items: expected },
  },
};
