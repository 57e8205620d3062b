import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose, Diagnoser, findCalls } from '../../../src/codegen';

const wrong = (operator: string): string =>
  `$client->customerCustomerList($session, ['complex_filter' => [['key' => 'group_id', 'value' => ['key' => ` +
  `'${operator}', 'value' => '1']]]]);`;

/** The versions of a document while it is edited. */
const versions = [
  `<?php\n$client = new SoapClient($url);\n${wrong('inn')}\n${wrong('likee')}\n`,
  `<?php\n// a line more\n$client = new SoapClient($url);\n${wrong('inn')}\n${wrong('likee')}\n`,
  `<?php\n$client = new SoapClient($url);\n${wrong('in')}\n${wrong('likee')}\n${wrong('likee')}\n`,
  `<?php\n$client = new SoapClient($url);\n$filters = ['filter' => [['key' => 'foo', 'value' => ` +
    `'1']]];\n$client->customerCustomerList($session, $filters);\n${wrong('likee')}\n`,
  `<?php\n$client = new SoapClient($url);\n$filters = ['filter' => [['key' => 'email', 'value' => ` +
    `'1']]];\n$client->customerCustomerList($session, $filters);\n${wrong('likee')}\n`,
  '<?php\n',
  `<?php\n$client = new SoapClient($url);\n${wrong('likee')}\n`,
];

test('an edited file gets the same diagnostics as a newly read one, even if its calls have moved', () => {
  const diagnoser = new Diagnoser();
  const counts = versions.map((text) => {
    const found = diagnoser.diagnose(text, findCalls(text, 'php'));
    const plain = (all: ReturnType<typeof diagnose>): unknown =>
      all.map(({ span, fixes, ...rest }) => ({
        ...rest,
        at: [span.start, span.end],
        fixes: fixes.map(({ edits, title }) => [title, edits.map((edit) => [edit.span.start, edit.span.end, edit.text])]),
      }));
    assert.deepEqual(plain(found), plain(diagnose(text, 'php')));
    return found.length;
  });
  assert.deepEqual(counts, [2, 2, 2, 2, 1, 0, 1]);
});
