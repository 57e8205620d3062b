import { facets } from '../../api/dialect-facets';
import { namedParts, type ResolvedCall } from '../call';
import { code, render } from '../code';
import { wsdlQuery } from '../endpoint';
import { phpKeepEmpty } from '../empty';
import { phpString } from '../literals/php';
import { partsWithoutSecrets, wordsOf } from '../secrets';
import { phpCall } from './call';
import { phpStoreAndUser, phpRun, phpUnwrap, phpVariable } from './pieces';

/** A whole PHP program for a call: it logs in, calls, prints the result as JSON and ends its session. Exit code 1 after a fault. */
export function phpProgram(call: ResolvedCall): string {
  const { dialect } = call;
  const document = facets[dialect].style === 'document';
  // WS-I has one parameter with all arguments by name.
  const hidden = partsWithoutSecrets<ResolvedCall['parts'][number]>(document ? namedParts(call) : call.parts, ({ name }) => `$${name}`);
  const secrets = hidden.taken
    .map(({ attribute, name, variable }) => `\n${phpVariable(name, variable, `the ${wordsOf(attribute)}`)}`)
    .join('');
  const list = document && call.list === undefined ? '\n$result = $result->complexObjectArray ?? $result;' : '';
  const kept = call.empty.length === 0 ? [] : phpKeepEmpty(call.empty);
  return render(code`<?php

declare(strict_types=1);

// ${call.title}

${phpStoreAndUser({ url: [phpString(call.endpoint)], user: [phpString(call.user)] }, secrets)}

${phpRun(dialect, '$result', code`$result = $withSession(fn (string $session): mixed => ${phpCall({ ...call, parts: hidden.value })})${phpUnwrap(dialect, call.list)};${list}${kept}`, wsdlQuery(call.endpoint))}`);
}
