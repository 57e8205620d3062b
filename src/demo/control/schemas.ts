import * as z from 'zod/mini';
import { ToolkitError } from '../../api/errors';
import { checkedFaults } from '../mishaps';
import type { FaultRule } from '../options';

/** The largest number of calls that a rule can have. */
const MAX_CALLS = 1_000_000;

/** Longest step of a clock and longest session, in seconds: 100 years. */
const MAX_SECONDS = 3_155_760_000;

/** Maximum length of a name or text in an order, in characters. */
const MAX_NAME_CHARS = 200;

const name = z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARS));

/** The input of each order to a store, and an example that errors show. */
export const orders = {
  seed: {
    schema: z.union([
      z.strictObject({ records: z.array(z.record(z.string(), z.unknown())) }),
      z.strictObject({ customers: z.int().check(z.minimum(0), z.maximum(1_000_000)), seed: z.optional(z.int()) }),
    ]),
    example: '{"customers": 10} or {"records": [{"email": "ada@example.com"}]}',
  },
  snapshot: { schema: z.strictObject({ name: z._default(name, 'default') }), example: '{"name": "before"}' },
  fault: {
    schema: z
      .strictObject({
        method: z.optional(name),
        calls: z.optional(z.int().check(z.minimum(1), z.maximum(MAX_CALLS))),
        faults: z.optional(z.record(z.string(), z.unknown())),
        answer: z.optional(z.strictObject({ code: name, message: z.string().check(z.maxLength(10_000)) })),
      })
      .check(z.refine(({ faults: some, answer }) => some !== undefined || answer !== undefined, 'It needs faults or an answer.')),
    example: '{"method": "customer.list", "calls": 2, "faults": {"slow": 500}} or {"answer": {"code": "102", "message": "No."}}',
  },
  clock: {
    schema: z.union([
      z.strictObject({ now: z.union([z.date(), z.string()]) }),
      z.strictObject({ advance: z.number().check(z.minimum(-MAX_SECONDS), z.maximum(MAX_SECONDS)) }),
      z.strictObject({ real: z.literal(true) }),
    ]),
    example: '{"now": "2026-11-23T08:00:00Z"}, {"advance": 3600} or {"real": true}',
  },
  session: {
    schema: z.strictObject({ timeout: z.number().check(z.minimum(0), z.maximum(MAX_SECONDS)) }),
    example: '{"timeout": 60}, in seconds',
  },
  users: {
    schema: z.strictObject({
      users: z
        .array(
          z.strictObject({
            user: name,
            key: name,
            rights: z.union([z.literal('all'), z.array(name).check(z.maxLength(1_000))]),
            stores: z.optional(z.array(name)),
          }),
        )
        .check(z.maxLength(1_000)),
    }),
    example: '{"users": [{"user": "reader", "key": "reader12345", "rights": ["customer/info"]}]}',
  },
  nothing: { schema: z.strictObject({}), example: '{}' },
} as const;

/**
 * Validates the input of an order.
 * @param order name of the order for people
 * @throws {ToolkitError} of kind `input`
 */
export function checked<T extends z.core.$ZodType>(
  { schema, example }: { readonly schema: T; readonly example: string },
  given: unknown,
  order: string,
): z.output<T> {
  const parsed = z.safeParse(schema, given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.map(String).join('.').slice(0, 100)}: `;
  throw new ToolkitError('input', {
    code: 'control-input',
    what: `The demo store cannot carry out "${order}" with this input.`,
    why: `${place}${reason(issue)}`,
    next: `Send input such as ${example}.`,
  });
}

/**
 * Validates a rule for faults, except its method.
 * @throws {ToolkitError} of kind `input`
 */
export function checkedRule(given: unknown): FaultRule {
  const { faults, ...rest } = checked(orders.fault, given, 'faults');
  return faults === undefined ? rest : { ...rest, faults: checkedFaults(faults) };
}

function reason(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'unrecognized_keys':
      return `"${(issue.keys[0] ?? '').slice(0, 60)}" is not a known key.`;
    case 'invalid_type':
      return `Expected ${issue.expected === 'int' ? 'a whole number' : `a value of the type ${issue.expected}`}.`;
    case 'too_small':
      return `The minimum is ${issue.minimum}.`;
    case 'too_big':
      return `The maximum is ${issue.maximum}.`;
    case 'custom':
      return issue.message;
    default:
      return 'It does not have the right form.';
  }
}
