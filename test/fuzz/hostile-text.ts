import type { Random } from '../support/random';

/** What text tries to end: strings, comments, templates, here-documents, tags, lines; and what languages treat specially. */
const openers = [
  "'", '"', '`', '\\', "\\'", "';", '";', "')", '")', "');", "'];", "']);", '*/', '*/ ', '?>', '?>\n', '<?php ', '<?=', '\n', '\r', '\r\n', '\n\n', '\u2028', '\u2029', '\u0085', '\u000b', '\0', '\u001b',
  '${', '{$', '$(', '}}', '{{', '})', ']', ']]>', '-->', '\nXML\n', '\nXML_\n', '\nXML\n}\n', "'\nXML\n", '\n;', '|', '&&', ';', '&', '>', '<', '#', '//', '%s', '%n', '$1', '$0', '${1:', '}', ':?}', ' -o ', '@', '--', '=', '!', '~', '*',
  '\\n', '\\u0027', '\\x27', '\\047', '\u202e', '\ufeff', '\u200d', '\ud83d\ude00', '&apos;', '&#39;', '&lt;', '\t',
] as const;

const closers = ['', "'", '"', '`', '/*', '//', '#', '<?php', '}', ')', ');', "('", "+'", ".'", '\n', "\ncat <<'XML'\n", '${', ' "'] as const;

/**
 * Text that tries to be run wherever it stands: by a shell, PHP, JavaScript or the page of an editor.
 * @param canary absolute path of a file that appears when one of them runs it
 */
export function hostileText(random: Random, canary: string): string {
  const commands = [
    `touch ${canary}`, `$(touch ${canary})`, `\`touch ${canary}\``, `\${x:=$(touch ${canary})}`, `touch('${canary}')`, `touch("${canary}");`, `{$_[touch('${canary}')]}`, `\${touch('${canary}')}`, `system("touch ${canary}");`,
    `process.getBuiltinModule('fs').writeFileSync('${canary}','')`, `\${process.getBuiltinModule("fs").writeFileSync("${canary}","")}`, `-o${canary}`, `file://${canary}`, `@${canary}`, `CANARY`, `echo CANARY`, `console.log('CANARY')`,
  ];
  const parts: string[] = [];
  for (let count = 1 + random.below(3); count > 0; count--) {
    for (let open = random.below(3); open > 0; open--) parts.push(random.pick(openers));
    if (random.next() < 0.85) parts.push(random.pick(commands));
    parts.push(random.pick(closers));
  }
  return parts.join('');
}

/** Names that a language or a generated program has already, or that read as something else. */
export const awkwardNames = [
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'var', 'this', 'self', 'class', 'function', 'eval', 'await', 'delete', 'null', 'true', 'sessionId', 'session', 'client', 'key', 'url', 'user', 'result', 'answer',
  'status', 'item', 'args', 'name', 'value', '__construct', '__setLocation', '__doRequest', '__soapCall', 'plain', 'encode', 'login', 'endSession', 'xsi', 'xml', '_', 'a-b', 'a.b', 'a_b', '$xml', '$attributes', '$value', '1', '01', '',
] as const;
