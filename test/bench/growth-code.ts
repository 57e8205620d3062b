import { completionsAt, diagnose, findCalls, hoverAt, requestOf, type CodeLanguage } from '../../src/codegen';
import type { GrowthCase } from './growth-case';

const php = '<?php $client = new SoapClient($url); ';
const ts = "import { createClientAsync } from 'soap';\n";

/** Everything that the editor does with a file of code, with the cursor in the middle and at the end. */
function helping(text: string, language: CodeLanguage): () => unknown {
  return () => {
    for (const offset of [text.length >> 1, text.length]) {
      completionsAt(text, offset, language);
      hoverAt(text, offset, language);
    }
    return [findCalls(text, language).map(requestOf), diagnose(text, language)];
  };
}

/** Nested calls, each in the arguments of the one before. */
const nested = (size: number, open: string, close: string): string => open.repeat(size) + close.repeat(size);

/** Code that could make reading it slow. */
export const codeCases: readonly GrowthCase[] = [
  {
    name: 'nested calls of PHP',
    size: 1000,
    make: (size) => helping(`${php}${nested(size, '$client->customerCustomerInfo($session, ', ')')};`, 'php'),
  },
  {
    name: 'nested calls of PHP that are never closed',
    size: 1000,
    make: (size) => helping(`${php}${nested(size, '$client->customerCustomerInfo($session, [', '')}`, 'php'),
  },
  {
    name: 'nested calls of TypeScript',
    size: 1000,
    make: (size) => helping(`${ts}${nested(size, 'client.customerCustomerInfoAsync({ sessionId, customerId: ', ' })')};`, 'typescript'),
  },
  {
    name: 'calls with one variable, of PHP',
    size: 1000,
    make: (size) =>
      helping(
        `${php}$f = ['filter' => [['key' => 'email', 'value' => 'a']]];\n${'$client->customerCustomerList($session, $f);\n'.repeat(size)}`,
        'php',
      ),
  },
  {
    name: 'calls with many variables, of TypeScript',
    size: 1000,
    make: (size) =>
      helping(
        ts +
          Array.from(
            { length: size },
            (_, index) => `const a${index} = ${index};\nclient.customerCustomerInfoAsync({ sessionId, customerId: a${index} });`,
          ).join('\n'),
        'typescript',
      ),
  },
  {
    name: 'an array that is filled step by step',
    size: 4000,
    make: (size) =>
      helping(
        `${php}$f = [];${"$f['filter'][] = ['key' => 'email', 'value' => 'a'];\n".repeat(size)}$client->customerCustomerL` +
          'ist($session, $f);',
        'php',
      ),
  },
  {
    name: 'blocks in blocks',
    size: 8000,
    make: (size) => helping(`${php}${nested(size, 'if ($a) { $client->customerCustomerInfo($session, $a);', '}')}`, 'php'),
  },
  { name: 'nested templates', size: 40_000, make: (size) => helping(`${ts}customerAddress;${nested(size, '`${', '}`')}`, 'typescript') },
  {
    name: 'slashes that could begin regular expressions',
    size: 100_000,
    make: (size) => helping(`${ts}customerAddress;${'=/[a'.repeat(size)}`, 'typescript'),
  },
  {
    name: 'brackets that do not match',
    size: 60_000,
    make: (size) => helping(`${ts}customerAddress;${'([{)'.repeat(size)}`, 'typescript'),
  },
  {
    name: 'comments and closing tags on one line',
    size: 60_000,
    make: (size) => helping(`${php}customerAddress;${'#?><?'.repeat(size)}`, 'php'),
  },
  {
    name: 'here-documents and quotes that never end',
    size: 60_000,
    make: (size) => helping(`${php}customerAddress;${'<<<A\n\'"'.repeat(size)}`, 'php'),
  },
];
