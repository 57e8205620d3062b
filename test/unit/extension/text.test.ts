import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { markdownText, oneLine, withoutIcons } from '../../../src/extension/text';

describe('Text of a store, on its way to the screen,', () => {
  test('stays as it is when it is one honest line', () => {
    for (const name of ['Ben & Jerry <script>alert("x")</script>', '中文 王小明', 'مريم العلي', 'back\\slash/]]>end', 'Zero\u200dWidth', '$(trash)']) assert.equal(oneLine(name), name);
  });

  test('becomes one line, whatever breaks are in it', () => {
    assert.equal(oneLine('one\r\ntwo\tthree\u2028four\u0000five'), 'one two three four five');
  });

  test('cannot turn the direction of the line it stands in', () => {
    assert.equal(oneLine('invoice\u202egnp.exe'), 'invoice\ufffdgnp.exe');
  });

  test('is cut where it would fill the screen', () => {
    assert.equal(oneLine('x'.repeat(10_000)).length, 300);
  });

  test('is no markup in a tooltip: no link, no image, no entity, no table', () => {
    assert.equal(markdownText('[a](command:x) ![b](http://c) <b> &lt; | `d`'), '\\[a\\]\\(command\\:x\\) \\!\\[b\\]\\(http\\:\\/\\/c\\) \\<b\\> \\&lt\\; \\| \\`d\\`');
  });

  test('is no icon where VS Code would make one of it', () => {
    assert.equal(withoutIcons('$(trash) Doe'), '\\$(trash) Doe');
  });
});
