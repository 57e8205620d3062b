import assert from 'node:assert/strict';
import { completionsAt, diagnose, findCalls, hoverAt, mayHoldCalls, requestOf, type CodeLanguage } from '../../src/codegen';
import { isRecord, type SoapValue } from '../../src/api/value';
import type { Random } from '../support/random';

/** A file of code, and the offset of the cursor in it. */
export interface FuzzedCode {
  readonly language: CodeLanguage;
  readonly text: string;
  readonly offset: number;
}

const phpPieces = [
  '<?php ',
  '<? ',
  '<?= ',
  '?>',
  '$client',
  '->',
  '?->',
  '::',
  'customerCustomerInfo',
  'customerCustomerList',
  'customerAddressUpdate',
  'customerGroupLst',
  'call',
  'multiCall',
  '__soapCall',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ';',
  '=>',
  '=',
  '$session',
  '$f',
  "$f['filter'][]",
  '$p->customerId',
  'new stdClass',
  'new SoapClient($u)',
  'self::LIST',
  "const LIST = 'customer.list';",
  'class A ',
  'function f($f) ',
  'fn ($id) => ',
  'use ($f) ',
  'foreach ($a as $f) ',
  "'customer.list'",
  "'customer.lst'",
  '"$x"',
  '"\\x41"',
  '<<<A\nb\nA',
  "<<<'A'",
  '// c\n',
  '# c\n',
  '/* c */',
  '/*',
  '...$rest',
  '(object)',
  '(int) ',
  '12345678901234567890',
  '1.10',
  '017',
  '-0',
  'true',
  'null',
  "'",
  '"',
  '`',
  '\\',
  '\n',
  ' ',
  "'key' => 'email'",
  "'complex_filter' => ",
  "['sessionId' => $session, 'customerId' => 5]",
  '#[A]',
  'array(',
  '&$f',
  '$$f',
  '\u00e9',
  '\u0000',
  '\ud800',
] as const;

const tsPieces = [
  "import { createClientAsync } from 'soap';",
  'client',
  '.',
  '?.',
  '!',
  "['customerCustomerInfoAsync']",
  'customerCustomerInfoAsync',
  'customerCustomerListAsync',
  'customerGroupListAsync',
  'callAsync',
  'call',
  '<any>',
  '<A<B>>',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ';',
  ':',
  '=>',
  '=',
  'sessionId',
  '{ sessionId, customerId: 5 }',
  'const f = ',
  'let f = ',
  'f',
  'f.filter = ',
  '...rest',
  'as const',
  'function f(f) ',
  'class A ',
  "static readonly LIST = 'customer.list';",
  'A.LIST',
  "'customer.list'",
  '`a`',
  '`a${',
  '`',
  '/[/]/',
  '/',
  '// c\n',
  '/*',
  '*/',
  "'",
  '"',
  '\\',
  '\n',
  ' ',
  '12345678901234567890',
  '1.10',
  '0x1F',
  '10n',
  "resourcePath: 'customer.info'",
  "$xml: encode('args', [2])",
  'filters: { filter: { item: [{ key: ',
  "'emial'",
  "<p>don't</p>",
  'async ',
  'return ',
  '#x',
  '\u2028',
  '\u0000',
  '\ud800',
] as const;

/** Code from the parts of calls, variables and literals, in an order that is mostly wrong. */
export function fuzzedCode(random: Random): FuzzedCode {
  const language = random.pick(['php', 'typescript'] as const);
  const pieces: readonly string[] = language === 'php' ? phpPieces : tsPieces;
  const call =
    language === 'php' ? '$client->customerCustomerInfo($session, ' : 'client.customerCustomerInfoAsync({ sessionId, customerId: ';
  let text = language === 'php' && random.next() < 0.7 ? '<?php ' : '';
  const count = 1 + random.below(random.next() < 0.9 ? 40 : 400);
  const repeated = random.next() < 0.1 ? 1 + random.below(200) : 1;
  for (let index = 0; index < count; index++)
    text += random.next() < 0.1 ? call : random.pick(pieces).repeat(random.next() < 0.02 ? repeated : 1);
  return { language, text, offset: random.below(text.length + 1) };
}

/**
 * Runs everything that the editor runs on a file of code.
 * @returns how many calls were found
 * @throws {Error} if something throws, a place is outside of the text, or a request contains an unknown value
 */
export function checkCode({ language, text, offset }: FuzzedCode): number {
  const calls = findCalls(text, language);
  const within = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
    0 <= start && start <= end && end <= text.length;
  assert.ok(mayHoldCalls(text) || calls.length === 0);
  for (const call of calls) {
    assert.ok(within(call) && within(call.methodSpan) && (call.args === undefined || within(call.args)), `the place of ${call.method}`);
    const request = requestOf(call);
    if (request !== undefined) assert.ok(known(request.args), 'a request holds only what was read');
  }
  for (const { span, fixes } of diagnose(text, language)) {
    assert.ok(within(span), 'the place of a problem');
    for (const { edits } of fixes)
      assert.ok(
        edits.every((edit) => within(edit.span)),
        'the place of an edit',
      );
  }
  const completions = completionsAt(text, offset, language);
  assert.ok(completions === undefined || within(completions.span), 'the place of a completion');
  const hover = hoverAt(text, offset, language);
  assert.ok(hover === undefined || (within(hover.span) && hover.span.start <= offset && offset <= hover.span.end), 'the place of a hover');
  return calls.length;
}

function known(value: SoapValue): boolean {
  if (Array.isArray(value)) return value.every(known);
  return isRecord(value) ? Object.values(value).every(known) : typeof value !== 'string' || !value.includes('\u0000expression');
}
