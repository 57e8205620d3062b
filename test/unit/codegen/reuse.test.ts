// Tokens that are reused from the previous version of an edited file equal those of a full scan.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAfter } from '../../../src/codegen/detect/read-code';
import type { Code } from '../../../src/codegen/detect/tokens';
import { Random } from '../../support/random';

const pieces: Readonly<Record<'php' | 'typescript', readonly string[]>> = {
  php: [
    '<?php\n',
    '?>',
    '<b>x\n',
    '<?= ',
    "'a'",
    '"b',
    "'",
    '`',
    '/* c\n',
    '*/',
    '// d\n',
    '# e\n',
    '<<<EOT\n',
    '\nEOT;\n',
    '$x',
    '->call(',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ';\n',
    ',',
    '\n',
    '\n',
    '\n  word',
    ' = ',
    '/',
    '\\',
    '12.5',
    '...',
    'for (',
    '?->',
    '<?',
    'é',
  ],
  typescript: [
    "'a'",
    '"b',
    "'",
    '`',
    '${',
    '`t${a}`',
    '/* c\n',
    '*/',
    '// d\n',
    'x',
    '.call(',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ';\n',
    ',',
    '\n',
    '\n',
    '\n  word',
    ' = ',
    '/',
    '/[a/]b/g',
    '\\',
    '12.5',
    '...',
    'for (',
    'return ',
    '<T>',
    'é',
    '/*',
    '=>',
  ],
};

const start: Readonly<Record<'php' | 'typescript', string>> = {
  php:
    `<?php\nclass A {\n  function f($a) {\n    $r = $this->call($s, 'customer.list', [\n      'x' => [1, 2],\n      ` +
    `"y\nz" => <<<EOT\n t\nEOT,\n    ]);\n    // c\n    return $r;\n  }\n}\n$b = f();\nfor ($i = 0; $i < 3; $i++) ` +
    `{\n  g("$i");\n}\n`,
  typescript:
    'const a = {\n  b: `x${c}y`,\n  d: [1, /r[/]e/g],\n};\nfunction f(x: T) {\n  return x / 2 / y;\n}\nawait ' +
    'client.callAsync({\n  sessionId,\n  resourcePath: "customer.list",\n});\nfor (let i = 0; i < 3; i++) {\n  ' +
    'g(`${i}`);\n}\n',
};

function tokensOf(code: Code): readonly unknown[] {
  return Array.from({ length: code.count }, (_, token) => [
    code.kind(token),
    code.start(token),
    code.end(token),
    code.outer(token),
    code.partner(token),
    code.block(token),
  ]);
}

for (const language of ['php', 'typescript'] as const) {
  test(`random edits of ${language}: reused tokens equal those of a full scan`, () => {
    const random = new Random(language === 'php' ? 7 : 8);
    for (let file = 0; file < 60; file++) {
      let text =
        file % 3 === 0
          ? start[language]
          : file % 3 === 1
            ? start[language].repeat(3)
            : Array.from({ length: 40 }, () => random.pick(pieces[language])).join('');
      let base: Code | undefined;
      for (let edit = 0; edit < 40; edit++) {
        const at = random.below(text.length + 1);
        const gone = random.below(3) === 0 ? random.below(12) : 0;
        const added = Array.from({ length: random.below(3) }, () => random.pick(pieces[language])).join('');
        text = text.slice(0, at) + added + text.slice(at + gone);
        const cursor = random.below(2) === 0 ? at + added.length : undefined;
        const whole = readAfter(undefined, text, language, cursor);
        base = readAfter(base, text, language, cursor);
        assert.deepEqual(tokensOf(base), tokensOf(whole), JSON.stringify({ file, edit, text, cursor }));
      }
    }
  });
}

test('after an edit in the middle of a long file, hardly any token is scanned again', () => {
  for (const language of ['php', 'typescript'] as const) {
    const tag = language === 'php' ? '<?php\n' : '';
    const long = `${tag}${start[language].replace('<?php\n', '').repeat(200)}`;
    const at = long.indexOf('customer.list', long.length / 2);
    const base = readAfter(undefined, long, language);
    const text = `${long.slice(0, at)}x${long.slice(at)}`;
    const code = readAfter(base, text, language, at + 1);
    assert.equal(code.count, base.count);
    // Reused tokens are copied. The arrays of both versions differ only in the offsets after the edit.
    const moved = Array.from({ length: code.count }, (_, token) => code.start(token) - base.start(token));
    assert.deepEqual([...new Set(moved)], [0, 1]);
    assert.deepEqual(tokensOf(code), tokensOf(readAfter(undefined, text, language, at + 1)));
  }
});
