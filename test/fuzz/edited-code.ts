import assert from 'node:assert/strict';
import { catalogue, type Method } from '../../src/api/catalogue';
import { soapDialects } from '../../src/api/dialect';
import {
  completionsAt,
  Diagnoser,
  diagnose,
  findCalls,
  generateCode,
  hoverAt,
  requestOf,
  type CodeDiagnostic,
  type CodeLanguage,
  type Span,
} from '../../src/codegen';
import type { Random } from '../support/random';
import { mutated } from './mutate';

const PIECES = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '=>',
  ':',
  ',',
  ';',
  "'",
  '"',
  '`',
  '\\',
  '$',
  '${',
  '{$',
  '?>',
  '<?php ',
  '<?=',
  '/*',
  '*/',
  '//',
  '#',
  '#[',
  '\n',
  '<<<X\n',
  '\nX;\n',
  "<<<'X'\n",
  '->',
  '::',
  '?->',
  '.',
  '...',
  '?',
  '/',
  '/a[/]b/',
  '<a>',
  '</a>',
  'array(',
  'new SoapClient(',
  '$client->call(',
  "$client->call($s, 'customer.list', [",
  '$client->customerCustomerList(',
  'await client.callAsync({',
  'client.customerCustomerInfoAsync({ sessionId, ',
  'createClientAsync(',
  "'customer.list'",
  "'complex_filter'",
  "'key' => ",
  "'filter'",
  'filters: { complex_filter: { item: [',
  '$filters = ',
  'const filters = ',
  'filters',
  '\u0000',
  '\u2028',
  'é',
  '😀',
  '__proto__',
  '1e999',
  '0x',
  'null',
  'true',
] as const;

/** The code that the product writes for a call, in one of the dialects. */
function program(random: Random, language: CodeLanguage): string {
  const method: Method = random.pick(catalogue);
  const filters = random.pick([{ email: 'jane@example.com' }, { lastnme: { gteg: '1' } }, { group_id: { in: ['1', '2'] } }, {}]);
  const args = Object.fromEntries(
    method.args.map(({ name, type }) => [
      name,
      name === 'filters' ? filters : type.kind === 'entity' ? { firstname: 'Jane', customer_id: 5 } : 1,
    ]),
  );
  const dialect = random.pick(soapDialects);
  return generateCode(
    { url: 'https://shop.example/api/v2_soap/?wsdl', user: 'api', dialect, namespace: 'urn:Maho', method: method.id, args },
    language,
  );
}

/**
 * Checks code as the editor does: calls, problems and their fixes, completion and hover at some places.
 * @throws {Error} when something throws, or a place is outside the text
 */
export function checkEditedCode(random: Random): void {
  const language: CodeLanguage = random.pick(['php', 'typescript']);
  const start = program(random, language);
  let text = random.next() < 0.2 ? start + program(random, language) : start;
  const diagnoser = new Diagnoser();
  for (let edit = 1 + random.below(4); edit > 0; edit--) {
    for (let count = 1 + random.below(3); count > 0; count--) text = mutated(text, random, PIECES);
    look(text, language, diagnoser, random);
  }
}

const plainSpan = ({ start, end }: Span): Span => ({ start, end });

/** A problem with plain places instead of nodes of the syntax tree. */
function plain({ span, fixes, ...problem }: CodeDiagnostic): CodeDiagnostic {
  const plainFixes = fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, span: plainSpan(edit.span) })) }));
  return { ...problem, span: plainSpan(span), fixes: plainFixes };
}

function look(text: string, language: CodeLanguage, diagnoser: Diagnoser, random: Random): void {
  const inside = ({ start, end }: Span, what: string): void =>
    assert.ok(start >= 0 && start <= end && end <= text.length, `${what} ${start} to ${end} of ${language}: ${JSON.stringify(text)}`);
  try {
    const calls = findCalls(text, language);
    for (const call of calls) {
      inside(call, 'a call');
      requestOf(call);
    }
    const anew = diagnose(text, language);
    assert.deepEqual(
      diagnoser.diagnose(text, calls).map(plain),
      anew.map(plain).sort((a, b) => a.span.start - b.span.start),
    );
    for (const { span, fixes } of anew) {
      inside(span, 'a problem');
      for (const { edits } of fixes) for (const edit of edits) inside(edit.span, 'a fix');
    }
    for (let count = 0; count < 6; count++) {
      const at = random.below(text.length + 1);
      const [completions, hover] = [completionsAt(text, at, language), hoverAt(text, at, language)];
      if (completions !== undefined) inside(completions.span, 'a completion');
      if (hover !== undefined) inside(hover.span, 'a hover');
    }
  } catch (error) {
    throw new Error(`${language}: ${JSON.stringify(text)}`, { cause: error });
  }
}
