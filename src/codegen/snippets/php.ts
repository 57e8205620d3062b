import type { SoapDialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { FilterableResource, ResourceRegistry } from '../../api/resources';
import { code, indent, join, stop, type Code } from '../code';
import { phpString } from '../literals/php';
import { phpCall } from '../php/call';
import { phpClient, phpEndSession, phpStoreAndUser, phpRun, phpUnwrap, phpWithSession } from '../php/pieces';
import { ChangeExpression } from '../template';
import { callSnippets } from './call-snippets';
import { exampleCall, exampleFilters, exampleList, exampleOf, exampleStoreAndUser, exampleWindow } from './examples';
import { faultMeanings, type SnippetWriter } from './snippet';

/** Snippets for PHP 8.2 and later with SoapClient. */
export const phpSnippets = (registry: ResourceRegistry): SnippetWriter => ({
  login: (dialect) => code`${phpStoreAndUser(exampleStoreAndUser(dialect))}

${phpClient(dialect)}
$session = null;

${phpWithSession(dialect)}
`,

  script: (dialect, resource) => code`<?php

declare(strict_types=1);

${phpStoreAndUser(exampleStoreAndUser(dialect))}

${phpRun(dialect, `$${resource.words.many}`, assign(resource.words.many, exampleList(registry, resource, dialect, new ChangeExpression(3, '[]'))))}`,

  ...callSnippets(registry, assign, '[]'),

  pages: (
    dialect,
    resource,
  ) => code`// The API has no paging: reads ranges of ${resource.idField}, from and to included. Empty ranges grow, since IDs can have gaps.
$from = 1;
$size = ${stop(1, '1000')};
do {
    $to = min($from + $size - 1, 4294967295);
    ${indent(assign(resource.words.many, exampleList(registry, resource, dialect, exampleFilters(dialect, exampleWindow(resource, '$from', '$to')))), '    ')}
    foreach ($${resource.words.many} as $${resource.words.one}) {
        ${stop(2, `echo ${phpAttribute(dialect, resource)}, "\\n";`)}
    }
    $size = $${resource.words.many} === [] ? $size * 2 : ${stop(1, '1000')};
    $from = $to + 1;
} while ($from <= 4294967295);
`,

  faults: (dialect, resource) => code`try {
    ${indent(assign(resource.words.one, exampleOf(registry, `${resource.name}.info`, dialect, null)), '    ')}
} catch (SoapFault $fault) {
    fwrite(STDERR, match ($fault->faultcode) {
        ${join(
          faultMeanings(resource).map(({ code: fault, doc }) => code`'${fault}' => ${phpString(doc)}`),
          ',\n        ',
        )},
        default => 'Not the API itself, but the shop, its PHP or the way there.',
    } . " ({$fault->faultcode}: {$fault->faultstring})\n");
}
`,

  endSession: (dialect) => code`${phpEndSession(dialect)}
`,

  multiCall: ({ name, labelField }) => code`$answers = $withSession(fn (string $session): mixed => $client->multiCall($session, [
    ['${name}.info', [${stop(1, '1')}]],
    ['${name}.info', [${stop(2, '2')}]],
]));
foreach ($answers as $answer) {
    echo ($answer['isFault'] ?? false) ? "Fault {$answer['faultCode']}: {$answer['faultMessage']}" : ${stop(3, `$answer['${labelField}']`)}, "\n";
}
`,
});

/** An expression for the attribute of a row that identifies it for people. */
function phpAttribute(dialect: SoapDialect, { words, labelField }: FilterableResource): string {
  return facets[dialect].positional ? `$${words.one}['${labelField}']` : `$${words.one}->${labelField}`;
}

/** A statement such as `$customers = …;` with a call inside of `$withSession`. */
function assign(variable: string, made: ReturnType<typeof exampleCall>): Code {
  return code`$${variable} = $withSession(fn (string $session): mixed => ${phpCall(made)})${phpUnwrap(made.dialect, made.list)};`;
}
