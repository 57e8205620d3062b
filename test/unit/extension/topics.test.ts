// The help for an error or a problem: there is a page for each kind of code, and none for unknown codes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFailure } from '../../../src/api/faults/faults';
import { traps } from '../../../src/api/traps';
import { helpAddress, topicOf, topicOfCode } from '../../../src/extension/topics';
import { requestCodes } from '../../../src/requests/codes';

test('each kind of error links to its page', () => {
  assert.deepEqual(topicOf(explainFailure('connection-refused')), ['faults', 'connection-refused']);
  for (const { code } of traps) assert.deepEqual(topicOfCode(code), ['traps', code]);
  for (const code of requestCodes) assert.deepEqual(topicOfCode(code), ['requests', code]);
  assert.deepEqual(topicOfCode('read-only'), ['stores', 'writing-to-production']);
  assert.deepEqual(topicOfCode('csv-title'), ['customers', 'import']);
});

test('an error without a page has no link', () => {
  for (const code of ['unexpected', '102', '', 'constructor', '__proto__', 'toString']) assert.equal(topicOfCode(code), undefined);
  assert.equal(helpAddress({ code: 'unexpected' }), undefined);
});

test('a link passes its page and its heading as two arguments to the only command that our pages may run', () => {
  const address = helpAddress({ code: 'read-only' }) ?? '';
  assert.match(address, /^command:mahoSoap\.help\.open\?/);
  assert.deepEqual(JSON.parse(decodeURIComponent(address.split('?')[1] ?? '')), ['stores', 'writing-to-production']);
});
