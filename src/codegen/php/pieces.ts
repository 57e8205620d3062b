import { dialectLabels, type SoapDialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { wsdlQuery } from '../endpoint';
import { keyVariable } from '../key';
import { code, indent, type Code, type Piece } from '../code';
import { wrapLists, type Template } from '../template';

/** An expression that reads an environment variable, for single literals. */
export const phpEnvironment = (variable: string): string => `getenv('${variable}')`;

/** A statement that assigns an environment variable to a variable. */
export function phpVariable(name: string, variable: string, what: string): string {
  return `$${name} = getenv('${variable}') ?: throw new RuntimeException('Set ${variable} to ${what}.');`;
}

/** The store's address and the API user: literals for a program, tab stops for a snippet. */
export interface StoreAndUser {
  readonly url: Code;
  readonly user: Code;
}

/**
 * Statements that set `$url`, `$user` and `$key`.
 * @param variables further lines, each with a leading line end
 */
export function phpStoreAndUser({ url, user }: StoreAndUser, variables = ''): Code {
  return code`$url = ${url};
$user = ${user};
${phpVariable('key', keyVariable, 'the API key')}${variables}`;
}

/**
 * A statement that makes `$client`. It throws a fault with the code `WSDL` when the store cannot be reached.
 * @param query appended to the address to get the WSDL
 */
export function phpClient(dialect: SoapDialect, query: ReturnType<typeof wsdlQuery> = '?wsdl'): string {
  // Without this, a list of WS-I with one customer arrives as the customer itself.
  const features = facets[dialect].style === 'document' ? ", 'features' => SOAP_SINGLE_ELEMENT_ARRAYS" : '';
  return `$client = new SoapClient($url . '${query}', ['location' => $url${features}]);`;
}

/** The expression that logs in. */
export function phpLogin(dialect: SoapDialect): string {
  return facets[dialect].style === 'document'
    ? "$client->login(['username' => $user, 'apiKey' => $key])->result"
    : '$client->login($user, $key)';
}

/** Ends the session. Errors are ignored, because they would hide the fault or the result of the call. */
export function phpEndSession(dialect: SoapDialect): string {
  return `try {
    ${facets[dialect].style === 'document' ? "$client->endSession(['sessionId' => $session]);" : '$client->endSession($session);'}
} catch (Throwable) {
    // The session expires by itself. A failure to end it must not hide an earlier error.
}`;
}

/** A function `$withSession` that logs in when needed. */
export function phpWithSession(dialect: SoapDialect): Code {
  return code`// Logs in if there is no session yet, and once more if the session has expired (fault 5).
$withSession = function (callable $call) use ($client, $user, $key, &$session): mixed {
    $session ??= ${phpLogin(dialect)};
    try {
        return $call($session);
    } catch (SoapFault $fault) {
        if ($fault->faultcode !== '5') {
            throw $fault;
        }
        $session = ${phpLogin(dialect)};
        return $call($session);
    }
};`;
}

/**
 * Connects, runs code and prints a result as JSON. A fault, including one of the connection, is printed to standard error with exit code 1.
 * The session is always ended.
 * @param query see {@link phpClient}
 */
export function phpRun(dialect: SoapDialect, result: string, body: Code, query?: ReturnType<typeof wsdlQuery>): Code {
  return code`$session = null;
$status = 0;
try {
    ${phpClient(dialect, query)}

    ${indent(phpWithSession(dialect), '    ')}

    ${indent(body, '    ')}
    echo json_encode(${result}, JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
} catch (SoapFault $fault) {
    fwrite(STDERR, "Fault {$fault->faultcode}: {$fault->faultstring}\n");
    $status = 1;
} finally {
    if ($session !== null) {
        ${indent([phpEndSession(dialect)], '        ')}
    }
}
exit($status);
`;
}

/** Lists in the form that the dialect needs in PHP: WS-I wraps them. */
export function phpShape(dialect: SoapDialect, value: Template): Template {
  const { itemElement } = facets[dialect];
  return itemElement === undefined ? value : wrapLists(value, itemElement);
}

/** Code that unwraps the result of WS-I. */
export function phpUnwrap(dialect: SoapDialect, list: boolean | undefined): Piece {
  if (facets[dialect].style === 'rpc') return '';
  if (list === true) return '->result->complexObjectArray ?? []';
  return '->result';
}

/** The label of a dialect in comments. */
export const label = (dialect: SoapDialect): string => `SOAP ${dialectLabels[dialect]}`;
