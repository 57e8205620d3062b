import { valueTypes } from '../expect/schema';
import type { Schema } from './types';

const bound = { type: ['number', 'string', 'null'] };
/** Limits of the whole numbers that JavaScript represents exactly. */
const safe = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

const expected = { $ref: '#/definitions/expected' };

const matchers: Readonly<Record<string, Schema>> = {
  $type: {
    markdownDescription: 'Type of the value. `int` and `number` are also texts that read so, since V1 sends numbers as text.',
    anyOf: [{ enum: valueTypes }, { type: 'array', items: { enum: valueTypes } }],
  },
  $regex: {
    type: 'string',
    format: 'regex',
    markdownDescription: 'The text matches this expression somewhere; `^` and `$` tie it to the ends.',
  },
  $flags: {
    type: 'string',
    pattern: '^(?:i|s|is|si)?$',
    patternErrorMessage: 'Expected i, s or both.',
    markdownDescription: 'For `$regex`: `i` for any case, `s` for a point that matches line breaks too.',
  },
  $range: {
    type: 'array',
    items: [bound, bound],
    minItems: 2,
    maxItems: 2,
    markdownDescription: 'The least and the most, both included; `null` for an open end. Numbers, or texts such as dates.',
  },
  $length: {
    markdownDescription: 'Length of a list, a text or a map, or the least and the most of it.',
    anyOf: [
      { type: 'integer', ...safe, minimum: 0 },
      { type: 'array', items: { type: ['integer', 'null'], ...safe }, minItems: 2, maxItems: 2 },
    ],
  },
  $oneOf: { type: 'array', items: expected, markdownDescription: 'One of these values.' },
  $partial: {
    ...expected,
    markdownDescription: 'A map with at least these keys, or a list with at least these items at its front. Maps inside are partial too.',
  },
  $contains: { ...expected, markdownDescription: 'A list in which at least one item is so; maps may have more keys.' },
  $each: { ...expected, markdownDescription: 'A list in which every item is so; maps may have more keys.' },
  $not: { ...expected, markdownDescription: 'Anything but this.' },
  $absent: { type: 'boolean', markdownDescription: '`true`: the key must be missing.' },
  $absentOr: { ...expected, markdownDescription: 'The key is missing, or its value is so.' },
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
      'The result, exactly; or a matcher such as `{ "$partial": { … } }`, `{ "$length": 3 }`, `{ "$regex": "…" }` anywhere in it.',
  },
  fault: {
    markdownDescription: 'The fault: its code, code and text, or `true` for any.',
    anyOf: [
      { type: ['integer', 'string'] },
      { const: true },
      { type: 'object', additionalProperties: false, properties: { code: { type: ['integer', 'string'] }, message: expected } },
    ],
  },
  error: { type: 'string', markdownDescription: 'Code of an error that is not a fault, such as `read-only` or `filter-comma`.' },
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
    markdownDescription: 'What the answer must be. Without it, any result will do.',
    properties: {
      ...outcome,
      under: {
        type: ['string', 'number'],
        pattern: '^\\d+(\\.\\d+)?\\s*(ms|s)$',
        patternErrorMessage: 'Expected a time such as "500ms" or "2s".',
        exclusiveMinimum: 0,
        markdownDescription: 'The exchange takes less time than this: `"500ms"`, `"2s"`, or milliseconds.',
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
      'Repeats the request until this comes, as with queues and indexes: `{ "result": { "$length": 1 }, "every": "2s", "for": "30s" }`. Only for requests that read.',
    properties: {
      ...outcome,
      every: timeSchema('Time between two tries; `"1s"` without it.'),
      for: timeSchema('Time for all tries. When it is over, the request has failed.'),
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
