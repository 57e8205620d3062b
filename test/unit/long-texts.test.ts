import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { printed } from '../../src/api/printable';
import { findTraps } from '../../src/api/traps';
import { placeholders } from '../../src/requests';
import { maskXml } from '../../src/store/masking/mask';

/** Patterns that keep each repetition on the stack end at about 6 million, with "Maximum call stack size exceeded". */
const CHARS = 9_000_000;

suite('A text of millions of characters does not exhaust the stack', () => {
  test('as a placeholder with single braces in it', () => {
    const [found] = placeholders(`{{${'{a'.repeat(CHARS / 2)}}}`);
    assert.equal(found?.length, CHARS + 4);
    assert.equal(placeholders(`{{${'{a'.repeat(CHARS / 2)}`)[0]?.reference.kind, 'malformed');
  });

  test('as blanks or colours before a command of a build log', () => {
    assert.match(printed(`${' '.repeat(CHARS)}::warning::x`).slice(-20), /\\x3a:warning::x$/);
    assert.match(printed(`${'\u001b[1m'.repeat(CHARS / 4)}::warning::x`).slice(-20), /\\x3a:warning::x$/);
  });

  test('as an e-mail', () => {
    const isRefused = (email: string): boolean =>
      findTraps({ method: 'customer.update', args: { customerId: 1, customerData: { email } } }).some(({ code }) => code === 'data-email');
    assert.equal(isRefused(`a@${'a.'.repeat(CHARS / 2)}nl`), false);
    assert.equal(isRefused(`a@${'a.'.repeat(CHARS / 2)}`), true);
  });

  test('as a tag with attributes', () => {
    const text = `<a${' b="c"'.repeat(CHARS / 6)}>x</a><password_hash>geheim</password_hash>`;
    assert.match(maskXml(text).slice(-60), /<password_hash>•+<\/password_hash>$/);
  });
});
