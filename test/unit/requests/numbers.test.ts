import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { compareDecimals } from '../../../src/api/decimal';
import { soapDialects } from '../../../src/api/dialect';
import { isRecord, type SoapValue } from '../../../src/api/value';
import { parseEnvironment, parseJson, parseRequestFile, runFile } from '../../../src/requests';
import { match } from '../../../src/requests/expect/match';
import { StoreClient } from '../../../src/store';
import { Random } from '../../support/random';
import { tinyStore } from '../../support/tiny-store';
import { cli, folder } from './support';

/** Numbers that JavaScript would write differently, and some that it would not. */
const literals = [
  '12345678901234567890',
  '-12345678901234567890',
  '1.10',
  '1.0',
  '1e5',
  '1E+5',
  '-0',
  '-0.0',
  '0.1e-7',
  '0.30000000000000004',
  '0.300000000000000044',
  '1e400',
  '9007199254740993',
  '100.00',
  '1',
  '-1',
  '0',
  '1.5',
  '0.1',
];

/** The text at a key, at any depth. */
function at(value: SoapValue, key: string): SoapValue | undefined {
  if (Array.isArray(value)) return value.map((item) => at(item as SoapValue, key)).find((found) => found !== undefined);
  if (!isRecord(value)) return undefined;
  return Object.hasOwn(value, key)
    ? value[key]
    : Object.values(value)
        .map((item) => at(item, key))
        .find((found) => found !== undefined);
}

suite('numbers', () => {
  for (const dialect of soapDialects) {
    test(`reach the store over ${dialect} unchanged from a request file, from variables, from an environment and within texts`, async (t) => {
      const bodies: string[] = [];
      const store = await tinyStore(t, dialect, ({ method }) => (method === 'login' ? undefined : { value: true }));
      const client = new StoreClient(
        { name: 'Tiny', url: store.url, user: 'api', dialect },
        { key: () => Promise.resolve('k'), onExchange: (exchange) => void bodies.push(exchange.request.body) },
      );
      t.after(() => client.close());
      for (const literal of literals) {
        const data = (value: string): string =>
          `{ "name": ${JSON.stringify(value)}, "method": "customer.update", "args": { "customerId": 1, "customerData": { ` +
          `"taxvat": ${value} } } }`;
        const text =
          `{ "variables": { "n": ${literal} }, "requests": [ ` + `${[literal, '"{{n}}"', '"n{{n}}"', '"{{e}}"'].map(data).join(', ')} ] }`;
        bodies.length = 0;
        await runFile(
          { path: 'a', file: parseRequestFile(text), client },
          { trusted: true, environment: parseEnvironment(`{ "e": ${literal} }`, 'e') },
        );
        const sent = bodies.flatMap((body) =>
          [...body.matchAll(/(?:<key[^>]*>taxvat<\/key><value|<(?:\w+:)?taxvat)[^>]*>([^<]*)</g)].map(([, value]) => value),
        );
        assert.deepEqual(sent, [literal, literal, `n${literal}`, literal], literal);
      }
    });
  }

  test('reach the store unchanged from the command line', async (t) => {
    const seen: (SoapValue | undefined)[] = [];
    const store = await tinyStore(t, 'v1', ({ args }) => {
      seen.push(at(args, 'taxvat'));
      return { value: true };
    });
    for (const literal of literals) {
      seen.length = 0;
      const { code, err } = await cli([
        'call',
        'customer.update',
        `{"customerId":1,"customerData":{"taxvat":${literal}}}`,
        '--url',
        store.url,
        '--user',
        'api',
        '--dialect',
        'v1',
      ]);
      assert.equal(code, 0, err);
      assert.equal(typeof seen[0] === 'number' ? String(seen[0]) : seen[0], literal);
    }
  });

  test('with a type are also sent as written, if they are of that type', async (t) => {
    const store = await tinyStore(t, 'v2', () => ({ value: true }));
    const target = ['--url', store.url, '--user', 'api', '--dialect', 'v2'];
    const call = async (data: string): Promise<number> =>
      (await cli(['call', 'customer.update', `{"customerId":1,"customerData":{"group_id":${data}}}`, ...target])).code;
    assert.deepEqual([await call('1e1'), await call('2.0'), await call('12345678901234567890'), await call('1.5')], [0, 0, 0, 2]);
  });

  test('in expectations are compared by value, in every notation', () => {
    const expected = (literal: string): SoapValue => {
      const result = parseRequestFile(`{ "requests": [ { "name": "a", "method": "customer.info", "expect": { "result": ${literal} } } ] }`)
        .requests[0]?.expect?.result;
      assert.ok(result !== undefined);
      return result;
    };
    const fits = (literal: string, actual: SoapValue): boolean => match(expected(literal), actual, 'result').length === 0;
    for (const [literal, actual] of [
      ['12345678901234567890', '12345678901234567890'],
      ['1.10', '1.10'],
      ['1.10', 1.1],
      ['1.1', '1.1000'],
      ['1e5', 100_000],
      ['1e5', '100000'],
      ['-0', '0'],
      ['1.0', 1],
      ['{ "$range": [12345678901234567890, null] }', '12345678901234567891'],
      ['{ "$length": 2.0 }', 'ab'],
      ['{ "$oneOf": [1e2] }', '100'],
    ] as const)
      assert.ok(fits(literal, actual), `${literal} fits ${String(actual)}`);
    for (const [literal, actual] of [
      ['12345678901234567890', '12345678901234567891'],
      ['12345678901234567890', 12345678901234567000],
      ['12345678901234567000', '12345678901234567890'],
      ['1.1', '1.10x'],
      ['1', '01'],
      ['1', ''],
      ['"1.10"', '1.1'],
      ['{ "$range": [12345678901234567890, null] }', '12345678901234567889'],
      ['{ "$oneOf": [1e2] }', '1e3'],
    ] as const)
      assert.ok(!fits(literal, actual), `${literal} does not fit ${String(actual)}`);
  });

  test('compare as whole numbers of any length do, for random decimals', () => {
    const random = new Random(11);
    const digits = (): string => String(random.below(3) === 0 ? random.below(10) : random.below(1_000_000)).repeat(1 + random.below(4));
    for (let round = 0; round < 5000; round++) {
      const [a, b] = [BigInt(digits()), BigInt(digits())].map((value) => (random.below(2) === 0 ? value : -value));
      // The same values, written with zeros and exponents.
      const written = (value: bigint): string => {
        const zeros = random.below(4);
        return value === 0n || random.below(2) === 0 ? `${value}.${'0'.repeat(zeros + 1)}` : `${value}${'0'.repeat(zeros)}e-${zeros}`;
      };
      assert.equal(compareDecimals(written(a ?? 0n), written(b ?? 0n)), (a ?? 0n) < (b ?? 0n) ? -1 : (a ?? 0n) > (b ?? 0n) ? 1 : 0);
    }
    assert.equal(compareDecimals('1e99999999999', '2'), 1);
    assert.equal(compareDecimals('0x10', '16'), undefined);
    assert.equal(compareDecimals('', '0'), undefined);
  });

  test('in JSON that is nested too deep are refused with a proper error', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    assert.throws(() => parseJson(deep), SyntaxError);
    assert.throws(() => parseEnvironment(`{"a":${deep}}`, 'e'), { kind: 'input', code: 'environment-invalid' });
  });

  test('an environment file that sets a variable twice is refused with the place', () => {
    assert.throws(() => parseEnvironment('{\n "a": 1,\n "a": 2\n}', 'e.env.json'), {
      code: 'environment-invalid',
      message: /sets "a" twice\. Line 2, column 2/,
    });
  });

  test('a report shows the digits that were sent', async (t) => {
    const store = await tinyStore(t, 'v1', () => ({ value: { taxvat: '1' } }));
    const path = await folder(t, {
      'a.maho.json': '{"requests":[{"name":"A","method":"customer.info","args":[1],"expect":{"result":{"taxvat":12345678901234567890}}}]}',
    });
    const { code, out } = await cli(['run', path, '--url', store.url, '--user', 'api', '--dialect', 'v1']);
    assert.equal(code, 1);
    assert.match(out, /12345678901234567890/);
  });
});
