import assert from 'node:assert/strict';
import { ToolkitError } from '../../src/api/errors';
import type { SoapValue } from '../../src/api/value';
import {
  applyTextFix,
  evaluate,
  interpolate,
  lint,
  Linter,
  parseRequestFile,
  RequestFileReader,
  Resolver,
  variablesOf,
  type Range,
  type RequestFile,
} from '../../src/requests';
import type { Random } from '../support/random';
import { mutated } from './mutate';

/** A request file without its syntax trees, whose nodes refer to their parents. */
export function plainFile({ store, problems, variables, requests }: RequestFile): unknown {
  return {
    store,
    problems,
    variables: variables.map(({ name, value, range, node }) => ({ name, value, range, at: [node.offset, node.length] })),
    requests: requests.map(({ node, ...request }) => ({ ...request, at: [node.offset, node.length] })),
  };
}

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '""',
  ',',
  ':',
  '/',
  '//',
  '/*',
  '*/',
  '\\',
  '\\u',
  '\\u0000',
  '\n',
  '\r',
  '\t',
  ' ',
  '\ufeff',
  '\u0000',
  '\ud800',
  '😀',
  '1',
  '-',
  '1e999',
  '0.10',
  '12345678901234567890',
  'true',
  'null',
  '{{',
  '}}',
  '\\\\{{',
  '{{a}}',
  '{{b}}',
  '{{A.result}}',
  '{{A.result[0].email}}',
  '{{A.result["__proto__"]}}',
  '{{$env HOME}}',
  '{{$env constructor}}',
  '{{$uuid}}',
  '{{$randomEmail}}',
  '{{store.url}}',
  '{{store.key}}',
  '{{__proto__}}',
  '"__proto__": 1,',
  '"constructor": "{{a}}",',
  '"name": "A",',
  '"$regex": "^(a+)+$",',
  '"$regex": "(?<=a)b",',
  '"$partial": {},',
  '"$oneOf": [1],',
  '"expect": {"result": "{{A.result}}"},',
  '"method": "customer.list",',
  '"args": [],',
  '"filters": {"lastnme": {"gteg": 1}},',
  '"envelope": "<a>{{$session}}</a>",',
  '{ "name": "E", "method": "customer.list" },',
] as const;

const NAMES = [
  'a',
  'b',
  'email',
  'customer_id',
  'filters',
  'customerData',
  '__proto__',
  'constructor',
  'toString',
  '',
  'A b',
  '$regex',
  '$partial',
  '$any',
  '$size',
  'complex_filter',
  'é',
];
const WORDS = [
  'customer.list',
  'customer.info',
  'customer.update',
  'multiCall',
  'customerCustomerList',
  'customer.lst',
  '{{a}}',
  '{{b}} and {{a}}',
  '{{A.result[0].customer_id}}',
  '{{$uuid}}',
  '\\{{a}}',
  '',
  'x',
  '^(a|b)*c$',
  '[',
  'v1',
  'wsi',
  '2026-11-28',
  '{{',
];

/** A value that a file may contain. */
function value(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 4 ? 4 : 8);
  if (kind < 2) return random.pick(WORDS);
  if (kind === 2) return random.pick([0, 1, -1, 1.5, 1e21]);
  if (kind === 3) return random.pick([true, false, null]);
  if (kind === 4) return Array.from({ length: random.below(4) }, () => value(random, depth + 1));
  return Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.pick(NAMES), value(random, depth + 1)]));
}

function request(random: Random): unknown {
  return {
    name: random.pick(['A', 'B', 'C', '', 'A b']),
    ...(random.next() < 0.8 ? { method: random.pick(WORDS) } : { envelope: '<a>{{$session}}{{a}}</a>' }),
    ...(random.next() < 0.8 ? { args: random.next() < 0.5 ? { filters: value(random), customerId: value(random) } : value(random) } : {}),
    ...(random.next() < 0.6 ? { expect: random.next() < 0.8 ? { result: value(random) } : value(random) } : {}),
    ...(random.next() < 0.2 ? { dialect: random.pick(WORDS) } : {}),
  };
}

/** The text of a request file that is well-formed JSON with comments. */
function requestFile(random: Random): string {
  const file = {
    ...(random.next() < 0.7
      ? { variables: random.next() < 0.8 ? { a: value(random), b: random.pick(WORDS), email: random.pick(WORDS) } : value(random) }
      : {}),
    ...(random.next() < 0.5 ? { store: random.pick(WORDS) } : {}),
    requests: random.next() < 0.9 ? Array.from({ length: random.below(5) }, () => request(random)) : value(random),
  };
  return (
    `${random.next() < 0.2 ? '// Comment\n' : ''}${JSON.stringify(file, undefined, random.pick([0, 2, '\t']))}` +
    `${random.next() < 0.5 ? '\n' : ''}`
  );
}

function within({ offset, length }: Range, text: string): boolean {
  return offset >= 0 && length >= 0 && offset + length <= text.length;
}

/** Runs an action that may throw a typed error. @throws {Error} for every other error */
function allowed<T>(action: () => T, about: () => string): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof ToolkitError && ['input', 'policy'].includes(error.kind) && error.code !== 'unexpected') return undefined;
    throw new Error(`no typed error: ${about()}`, { cause: error });
  }
}

/**
 * Reads and checks a request file while it is edited, fills its placeholders, and checks values against its expectations.
 * @throws {Error} if incremental parsing differs from a full parse, a place is outside the text, or an error is not typed
 */
export function checkEditedFile(random: Random): void {
  const start = requestFile(random);
  const [reader, linter] = [new RequestFileReader(), new Linter()];
  const context = { dialect: random.pick(['v1', 'v2', 'wsi'] as const), trusted: random.next() < 0.5 };
  let text = start;
  for (let edit = random.below(6); edit >= 0; edit--) {
    const about = (): string => JSON.stringify(text);
    const file = reader.read(text);
    const anew = parseRequestFile(text);
    assert.deepEqual(plainFile(file), plainFile(anew), about());
    const problems = linter.lint(file, context);
    assert.deepEqual(problems, lint(anew, context), about());
    for (const { range, fixes } of problems) {
      assert.ok(within(range, text), `${JSON.stringify(range)} is outside: ${about()}`);
      for (const fix of fixes) {
        assert.ok(
          fix.edits.every((one) => within(one.range, text)),
          `${JSON.stringify(fix)}: ${about()}`,
        );
        parseRequestFile(applyTextFix(text, fix));
      }
    }
    use(file, random, about);
    text = mutated(random.next() < 0.3 ? start : text, random, PIECES);
  }
}

/** Everything that a run does with a file except sending. */
function use(file: RequestFile, random: Random, about: () => string): void {
  const store = { name: 'Shop', url: 'https://shop.example/', user: 'api', dialect: 'v2' };
  const resolver = new Resolver({ file: variablesOf(file), store, env: { HOME: '/home' }, trusted: random.next() < 0.7 });
  for (const { args, envelope, expect, name, valid } of file.requests) {
    const filled: SoapValue | undefined = args === undefined ? undefined : allowed(() => resolver.resolve(args), about);
    if (envelope !== undefined) interpolate(envelope, ({ source }) => source);
    if (!valid) continue;
    const result = expect?.result;
    const wanted = result === undefined ? undefined : allowed(() => resolver.resolve(result), about);
    if (expect !== undefined) {
      for (const actual of [filled, wanted, null, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!', [{ email: 'a@b' }]])
        evaluate({ ...expect, result: wanted }, { value: actual, ms: 1 });
    }
    if (filled !== undefined) resolver.remember(name, filled);
  }
}
