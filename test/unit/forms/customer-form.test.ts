import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerEntityToCreate } from '../../../src/api/entities';
import { formCodes, formHints } from '../../../src/forms/customer-form';

const long = 'x'.repeat(300);

test('hints of the form say titles of attributes, not their codes', () => {
  const values = Object.fromEntries(formCodes('new').map((code) => [code, code === 'password' ? 'short' : `${long} 😀 `]));
  const found = [formHints('new', values, 'v2', {}), formHints('edit', values, 'v2', {}), formHints('new', {}, 'v2', {})].flatMap(
    (hints) => [...hints.entries()],
  );
  assert.ok(found.length > 10, String(found.length));
  for (const { name, title = name } of customerEntityToCreate.fields) {
    // A code such as `gender` is a word like any other.
    if (title.toLowerCase() === name) continue;
    for (const [, hints] of found)
      for (const { message } of hints) assert.doesNotMatch(message, new RegExp(String.raw`(?<![\w-])${name}(?![\w-])`));
  }
});

test('an empty name is said by its title', () => {
  const hints = formHints('new', { email: 'a@example.com' }, 'v2', {});
  assert.deepEqual(
    ['firstname', 'lastname'].map((code) => hints.get(code)?.map(({ message }) => message)),
    [['First name is empty.'], ['Last name is empty.']],
  );
});
