// Whatever stands in the arguments of a call: it is judged, and there is a program for it or a typed error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { knownResources } from '../../../src/api/resources';
import type { SoapRecord, SoapValue } from '../../../src/api/value';
import { generateRestCode, restCodeTargets } from '../../../src/codegen/rest';
import { translate, verdictLabels, withExamples } from '../../../src/rest-equivalent';
import { Random } from '../../support/random';

const CALLS = 4000;

const odd: readonly SoapValue[] = [null, true, '', '0', -1, 1.5, '{{x}}', '..', '1980-13-45', 'a'.repeat(300), '\ud800', '\0', [], {}];
const names = [
  ...['__proto__', 'constructor', 'toString', 'filter', 'complex_filter', 'key', 'value', 'email', 'entity_id', 'customer_id', 'group_id'],
  ...['dob', 'is_active', 'password', 'password_hash', 'website_id', 'store_id', 'default_billing', 'updated_at', 'from', 'in', 'like'],
];

function value(random: Random, depth: number): SoapValue {
  if (depth > 3 || random.next() < 0.4) return random.pick(odd);
  if (random.next() < 0.3) return Array.from({ length: random.below(3) }, () => value(random, depth + 1));
  return record(random, names, depth + 1);
}

function record(random: Random, keys: readonly string[], depth: number): SoapRecord {
  return Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.pick(keys), value(random, depth)]));
}

test('random arguments of every method', () => {
  const random = new Random(20261128);
  let programs = 0;
  for (let index = 0; index < CALLS; index++) {
    const { id: method, args: expected } = random.pick(knownResources.methods);
    const args = random.next() < 0.05 ? undefined : record(random, [...expected.map(({ name }) => name), 'more'], 0);
    const call = { method, args, isUnknown: (given: SoapValue) => given === '{{x}}' };
    const about = JSON.stringify(call);
    const found = translate(call);
    assert.ok(found !== undefined && Object.hasOwn(verdictLabels, found.verdict), about);
    assert.equal(found.verdict === 'stays' && found.request !== undefined, false, about);
    const { call: filled } = withExamples(call);
    const request = translate(filled)?.request;
    if (request === undefined) continue;
    assert.doesNotMatch(request.path.replace('{customerId}', ''), /[{}?#\s]/, about);
    for (const target of restCodeTargets) {
      try {
        generateRestCode({ ...request, url: 'https://shop.example.com', user: 'u', title: 'T.' }, target);
        programs++;
      } catch (error) {
        if (!(error instanceof ToolkitError) || error.kind !== 'input') throw new Error(about, { cause: error });
      }
    }
  }
  assert.ok(programs > CALLS, `${programs} programs`);
});
