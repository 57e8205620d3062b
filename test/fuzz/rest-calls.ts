import assert from 'node:assert/strict';
import { ToolkitError } from '../../src/api/errors';
import { knownResources } from '../../src/api/resources';
import type { SoapRecord, SoapValue } from '../../src/api/value';
import { generateRestCode, restCodeTargets } from '../../src/codegen/rest';
import { callsIn, htmlMigrationReport, markdownReport, ReportBuilder, reportData } from '../../src/migration';
import { translate, verdictLabels, withExamples, type SoapCall } from '../../src/rest-equivalent';
import type { Random } from '../support/random';
import type { FuzzedCode } from './code';

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

/** A call of a known method with arguments of any kind. */
export function randomCall(random: Random): SoapCall {
  const { id: method, args: expected } = random.pick(knownResources.methods);
  const args = random.next() < 0.05 ? undefined : record(random, [...expected.map(({ name }) => name), 'more'], 0);
  return { method, args, isUnknown: (given) => given === '{{x}}' };
}

/**
 * Checks any arguments of a call: the call is assessed, and there is either a program for it or a typed error.
 * @returns how many programs there are for it
 */
export function checkRestCall(call: SoapCall): number {
  const found = translate(call);
  assert.ok(found !== undefined && Object.hasOwn(verdictLabels, found.verdict));
  assert.equal(found.verdict === 'stays' && found.request !== undefined, false);
  const request = translate(withExamples(call).call)?.request;
  if (request === undefined) return 0;
  assert.doesNotMatch(request.path.replace('{customerId}', ''), /[{}?#\s]/);
  return restCodeTargets.filter((target) => {
    try {
      return generateRestCode({ ...request, url: 'https://shop.example.com', user: 'u', title: 'T.' }, target) !== '';
    } catch (error) {
      if (!(error instanceof ToolkitError) || error.kind !== 'input') throw error;
      return false;
    }
  }).length;
}

/** Checks any code: there is a report about it in each format, and each call is within the text. */
export function checkMigration({ language, text }: FuzzedCode): void {
  const calls = callsIn(text, language);
  const lines = text.split('\n');
  for (const { line, column } of calls) assert.ok(column - 1 <= (lines[line - 1]?.length ?? -1), `${line}:${column}`);
  const builder = new ReportBuilder();
  builder.add('a.php', calls);
  const report = builder.report();
  assert.ok(JSON.stringify(reportData(report)).length > 0);
  assert.match(markdownReport(report), /^# From SOAP to REST v2\n/);
  assert.match(htmlMigrationReport(report), /<\/html>\n$/);
}
