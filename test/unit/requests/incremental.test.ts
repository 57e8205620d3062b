import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lint, Linter, parseRequestFile, RequestFileReader } from '../../../src/requests';
import { plainFile } from '../../fuzz/edited-files';
import { Random } from '../../support/random';

const start = `// Requests.
{
  "store": "Shop",
  "requests": [
    { "name": "A", "method": "customer.list", "args": { "filters": { "email": "{{email}}" } } }, // the first
    {
      "name": "B",
      "method": "customer.info", /* one of them: { */
      "args": { "customerId": "{{A.result[0].customer_id}}" },
      "expect": { "result": { "$partial": { "email": "a } [ b" } } }
    },
    { "name": "C", "method": "customer.update", "args": { "customerId": 1, "customerData": { "customer_id": 5, "password": "\\"x" } } }
  ],
  "variables": { "email": "jane@example.com", "other": "{{other}}" },
}
`;

const pieces = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '/',
  '//',
  '/*',
  '*/',
  '\\',
  '\n',
  ' ',
  'a',
  '1',
  '{{',
  '}}',
  '"name": "D", ',
  '{ "name": "E", "method": "customer.list" },',
  'email',
];

suite('A request file that is edited', () => {
  test('is read and checked with the same result as a new file, after any edit', () => {
    const random = new Random(20);
    for (let round = 0; round < 15; round++) {
      const reader = new RequestFileReader();
      const linter = new Linter();
      let text = start;
      for (let edit = 0; edit < 40; edit++) {
        const read = reader.read(text);
        const anew = parseRequestFile(text);
        assert.deepEqual(plainFile(read), plainFile(anew), text);
        assert.deepEqual(linter.lint(read, { dialect: 'v2' }), lint(anew, { dialect: 'v2' }), text);
        text = edited(random.next() < 0.5 ? start : text, random);
      }
    }
  });

  test('keeps its findings for unchanged requests', () => {
    const reader = new RequestFileReader();
    const before = reader.read(start);
    const after = reader.read(start.replace('"customerId": 1', '"customerId": 12'));
    assert.equal(after.requests[0]?.node, before.requests[0]?.node);
    assert.notEqual(after.requests[2]?.node, before.requests[2]?.node);
    assert.deepEqual(after.requests[2]?.args, { customerId: 12, customerData: { customer_id: 5, password: '"x' } });
  });
});

/** Inserts text at a random place, or deletes some characters. */
function edited(text: string, random: Random): string {
  const at = random.below(text.length);
  return random.next() < 0.4
    ? text.slice(0, at) + text.slice(at + 1 + random.below(3))
    : text.slice(0, at) + random.pick(pieces) + text.slice(at);
}
