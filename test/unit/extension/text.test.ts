import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { markdownText, messageText, oneLine, withoutIcons } from '../../../src/extension/text';

describe('Text of a store on the screen', () => {
  test('is unchanged if it is one harmless line', () => {
    for (const name of [
      'Ben & Jerry <script>alert("x")</script>',
      '中文 王小明',
      'مريم العلي',
      'back\\slash/]]>end',
      'Zero\u200dWidth',
      '$(trash)',
    ])
      assert.equal(oneLine(name), name);
  });

  test('becomes one line, regardless of its line breaks', () => {
    assert.equal(oneLine('one\r\ntwo\tthree\u2028four\u0000five'), 'one two three four five');
  });

  test('cannot change the writing direction of its line', () => {
    assert.equal(oneLine('invoice\u202egnp.exe'), 'invoice\ufffdgnp.exe');
  });

  test('is cut if it would fill the screen', () => {
    assert.equal(oneLine('x'.repeat(10_000)).length, 300);
  });

  test('is plain text in a tooltip, without links, images, entities or tables', () => {
    assert.equal(
      markdownText('[a](command:x) ![b](http://c) <b> &lt; | `d`'),
      '\\[a\\]\\(command\\:x\\) \\!\\[b\\]\\(http\\:\\/\\/c\\) \\<b\\> \\&lt\\; \\| \\`d\\`',
    );
  });

  test('does not become an icon', () => {
    assert.equal(withoutIcons('$(trash) Doe'), '\\$(trash) Doe');
  });

  describe('in a message', () => {
    /**
     * The pattern that VS Code replaces with a link in notifications, progress, prompts and validation messages (`parseLinkedText`, by its
     * behaviour).
     */
    const link = /\[[^\]]+\]\((?:https?:|command:|file:)/i;

    for (const hostile of [
      '[Undo](command:workbench.action.terminal.sendSequence?%7B%7D)',
      '[Show log](https://evil.example)',
      '[a](FILE:///etc/passwd "b")',
      '[a]\u0000(command:x)',
      '[a]\u202e(command:x)',
      '[[a]]((command:x))[b](command:y)',
      `${'x'.repeat(990)}[a](command:x)`,
    ]) {
      test(`${JSON.stringify(hostile.slice(-60))} does not become a link`, () => {
        const said = messageText(hostile);
        assert.doesNotMatch(said, link);
        assert.doesNotMatch(messageText(said), link);
      });
    }

    test('looks as it was written', () => {
      assert.equal(messageText('[Undo](command:x) costs $(5)').replaceAll('\u200b', ''), '[Undo](command:x) costs $(5)');
      assert.equal(messageText('Ben & Jerry (no name), #1 [sic]'), 'Ben & Jerry (no name), #1 [sic]');
    });

    test('does not become an icon, and gets no backslash, which notifications would show', () => {
      assert.equal(messageText('$(trash) Doe'), '$\u200b(trash) Doe');
    });

    test('may be longer than a line, but ends where VS Code would cut it', () => {
      assert.equal(messageText('x'.repeat(400)).length, 400);
      assert.equal(messageText('x'.repeat(10_000)).length, 1000);
    });
  });
});
