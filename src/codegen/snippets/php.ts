import { code, indent, join, stop, type Code } from '../code';
import { phpString } from '../literals/php';
import { phpCall } from '../php/call';
import { phpClient, phpEndSession, phpPlace, phpRun, phpUnwrap, phpWithSession } from '../php/pieces';
import { ChangeExpression, Expression } from '../template';
import { exampleCall, exampleFilters, exampleOf, examplePlace, filterConditions, resultName } from './examples';
import { faultMeanings, type SnippetWriter } from './snippet';

/** Snippets for PHP 8.2 and later with its own SoapClient. */
export const phpSnippets: SnippetWriter = {
  login: (dialect) => code`${phpPlace(examplePlace(dialect))}

${phpClient(dialect)}
$session = null;

${phpWithSession(dialect)}
`,

  script: (dialect) => code`<?php

declare(strict_types=1);

${phpPlace(examplePlace(dialect))}

${phpRun(dialect, '$customers', assign('customers', exampleOf('customer.list', dialect, new ChangeExpression(3, '[]'))))}`,

  method: (method, dialect) => code`${assign(resultName(method), exampleCall(method, dialect, new ChangeExpression(1, '[]')))}
`,

  filter: (dialect) => code`${assign('customers', exampleOf('customer.list', dialect, exampleFilters(dialect, filterConditions(dialect))))}
`,

  pages: (dialect) => code`// No paging in the API: windows of customer_id, from and to included. IDs may have wide gaps, so empty windows grow.
$from = 1;
$size = ${stop(1, '1000')};
do {
    $to = min($from + $size - 1, 4294967295);
    ${indent(assign('customers', exampleOf('customer.list', dialect, exampleFilters(dialect, window))), '    ')}
    foreach ($customers as $customer) {
        ${stop(2, `echo ${dialect === 'v1' ? "$customer['email']" : '$customer->email'}, "\\n";`)}
    }
    $size = $customers === [] ? $size * 2 : ${stop(1, '1000')};
    $from = $to + 1;
} while ($from <= 4294967295);
`,

  faults: (dialect) => code`try {
    ${indent(assign('customer', exampleOf('customer.info', dialect, null)), '    ')}
} catch (SoapFault $fault) {
    fwrite(STDERR, match ($fault->faultcode) {
        ${join(
          faultMeanings().map(({ code: fault, doc }) => code`'${fault}' => ${phpString(doc)}`),
          ',\n        ',
        )},
        default => 'Not the API itself, but the shop, its PHP or the way there.',
    } . " ({$fault->faultcode}: {$fault->faultstring})\n");
}
`,

  endSession: (dialect) => code`${phpEndSession(dialect)}
`,

  multiCall: () => code`$answers = $withSession(fn (string $session): mixed => $client->multiCall($session, [
    ['customer.info', [${stop(1, '1')}]],
    ['customer.info', [${stop(2, '2')}]],
]));
foreach ($answers as $answer) {
    echo ($answer['isFault'] ?? false) ? "Fault {$answer['faultCode']}: {$answer['faultMessage']}" : ${stop(3, "$answer['email']")}, "\n";
}
`,
};

const window = [
  { attribute: 'customer_id', operator: 'from', value: new Expression('$from') },
  { attribute: 'customer_id', operator: 'to', value: new Expression('$to') },
];

/** `$customers = …;` with the session around the call. */
function assign(variable: string, made: ReturnType<typeof exampleCall>): Code {
  return code`$${variable} = $withSession(fn (string $session): mixed => ${phpCall(made)})${phpUnwrap(made.dialect, made.list)};`;
}
