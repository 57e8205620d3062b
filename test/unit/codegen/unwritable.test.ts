import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../../src/codegen';

/** A value that no literal of the language can express: half a surrogate pair in PHP, an infinite number in both. */
const unwritable = { php: ['"\\u{D800}"', '1e999'], typescript: ['1e999'] } as const;

/** Lists without their wrapper, lists as values of filters, filters in the form of another dialect. */
const shapes = {
  php: [
    (value: string) => `$client->call($session, 'customer.list', [['complex_filter' => [['key' => 'email', 'value' => ${value}]]]]);`,
    (value: string) => `$client->customerCustomerList($session, ['complex_filter' => [['key' => 'email', 'value' => [${value}, 'a']]]]);`,
    (value: string) => `$client->customerCustomerList($session, ['email' => ['like' => ${value}]]);`,
    (value: string) => `$client->customerCustomerList($session, [['email' => ${value}, 'websit_id' => ${value}]]);`,
  ],
  typescript: [
    (value: string) => `client.customerCustomerList({ sessionId, filters: { email: { like: ${value} } } });`,
    (value: string) =>
      `client.customerCustomerList({ sessionId, filters: { complex_filter: [{ key: 'email', value: [${value}, 'a'] }] } });`,
  ],
} as const;

for (const language of ['php', 'typescript'] as const)
  test(`${language} with a value that cannot be written is diagnosed, without a fix that would have to write it`, () => {
    const head = language === 'php' ? '<?php\n$client = new SoapClient($url);\n' : "import * as soap from 'soap';\n";
    let offered = 0;
    for (const shape of shapes[language]) {
      for (const value of unwritable[language]) {
        const fixes = diagnose(head + shape(value), language).flatMap(({ fixes }) => fixes);
        for (const { edits } of fixes) for (const { text } of edits) assert.doesNotMatch(text, /Infinity|D800/i);
      }
      offered += diagnose(head + shape("'x'"), language).flatMap(({ fixes }) => fixes).length;
    }
    assert.ok(offered > 1, 'the same code with another value is offered fixes');
  });
