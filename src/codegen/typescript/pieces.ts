import type { SoapDialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { wsdlQuery } from '../endpoint';
import { keyVariable } from '../key';
import { code, indent, join, type, type Code } from '../code';
import type { StoreAndUser } from '../php/pieces';

/** An expression that reads an environment variable, for single literals. */
export const tsEnvironment = (variable: string): string => `process.env['${variable}']`;

/** A statement that assigns an environment variable to a constant. */
export function tsVariable(name: string, variable: string, what: string): string {
  return `const ${name} = process.env['${variable}'] ?? '';\nif (!${name}) throw new Error('Set ${variable} to ${what}.');`;
}

/** The import of the soap package. */
export const tsImport = `import { createClientAsync } from 'soap';`;

/**
 * Statements that set `url`, `user`, `apiKey` and `client`.
 * @param variables further lines, each with a leading line end
 * @param query appended to the address to get the WSDL
 */
export function tsClient(
  dialect: SoapDialect,
  { url, user }: StoreAndUser,
  variables = '',
  query: ReturnType<typeof wsdlQuery> = '?wsdl',
): Code {
  // The package keeps white space around text, and null, only with these options. WS-I leaves null out anyway.
  const nil = facets[dialect].style === 'document' ? '' : '\n  handleNilAsNull: true,';
  return code`const url = ${url};
const user = ${user};
${tsVariable('apiKey', keyVariable, 'the API key')}${variables}

const client = await createClientAsync(\`\${url}${query}\`, {
  endpoint: url,
  attributesKey: '$attributes', // customer.info has an argument of the name "attributes"${nil}
  preserveWhitespace: true,
});`;
}

/** Code that prints a result as JSON. A fault is printed to standard error with exit code 1. The session is always ended. */
export function tsRun(result: string, body: Code): Code {
  return code`let session${type(': string | undefined')};

try {
  ${indent(body, '  ')}
  console.log(JSON.stringify(${result}, null, 2));
} catch (error) {
  const fault = faultOf(error);
  console.error(fault ? \`Fault \${fault.faultcode}: \${fault.faultstring}\` : error instanceof Error ? error.message : 'The answer was not SOAP.');
  process.exitCode = 1;
} finally {
  ${indent([tsEndSession], '  ')}
}`;
}

/** Ends the session. Errors are ignored, because they would hide the error or the result of the call. */
export const tsEndSession = `try {
  if (session) await client.endSessionAsync({ sessionId: session });
} catch {
  // The session expires by itself. A failure to end it must not hide an earlier error.
}`;

/** The functions that programs and snippets use. */
export function tsHelpers(dialect: SoapDialect): Code {
  return join(
    [
      tsLogin(dialect),
      tsWithSession,
      ...(facets[dialect].typedAnswers ? [tsPlain] : []),
      ...(facets[dialect].positional ? [tsEncode] : []),
      tsFaultOf,
    ],
    '\n\n',
  );
}

/** The function `login()`. */
function tsLogin(dialect: SoapDialect): Code {
  const session = facets[dialect].style === 'document' ? 'answer.result' : 'String(plain(answer.loginReturn))';
  return code`async function login()${type(': Promise<string>')} {
  const [answer] = await client.loginAsync({ username: user, apiKey });
  return ${session};
}`;
}

/** The function `withSession()`, which logs in when needed. */
const tsWithSession: Code = code`/** Logs in if there is no session yet, and once more if the session has expired (fault 5). */
async function withSession${type('<T>')}(call${type(': (sessionId: string) => Promise<T>')})${type(': Promise<T>')} {
  session ??= await login();
  try {
    return await call(session);
  } catch (error) {
    if (faultOf(error)?.faultcode !== '5') throw error;
    session = await login();
    return call(session);
  }
}`;

/** The function `faultOf()`. */
const tsFaultOf: Code = code`/** The SOAP fault inside an error of the soap package; undefined when it is another kind of error. */
function faultOf(error${type(': unknown')})${type(': { faultcode: string; faultstring: string } | undefined')} {
  return ${type('(')}error${type(' as { root?: { Envelope?: { Body?: { Fault?: { faultcode: string; faultstring: string } } } } } | null)')}?.root?.Envelope?.Body?.Fault;
}`;

/** The function `plain()`: the soap package returns answers of V1 and V2 as trees of attributes and values. */
const tsPlain: Code = code`/** Plain values from what the soap package makes of an encoded answer. */
function plain(node${type(': unknown')})${type(': unknown')} {
  if (typeof node !== 'object' || node === null) return node;
  const { $attributes = {}, $value = '', ...inner } = node${type(' as { $attributes?: Record<string, string>; $value?: unknown; item?: unknown; [name: string]: unknown }')};
  const attribute = (name${type(': string')}) => Object.entries($attributes).find(([key]) => key.endsWith(\`:\${name}\`))?.[1];
  // A list with one item is returned as this item.
  const items = ('item' in inner ? [inner.item].flat() : [])${type(' as { key?: unknown; value?: unknown }[]')};
  if (attribute('arrayType') !== undefined) return items.map(plain);
  switch (attribute('type')?.split(':')[1]) {
    case 'Map':
      return Object.fromEntries(items.map(({ key, value }) => [String(plain(key)), plain(value)]));
    case 'string':
      return $value;
    case 'int':
    case 'double':
    case 'float':
      return Number($value);
    case 'boolean':
      return String($value) === 'true';
    default:
      return Object.fromEntries(Object.entries(inner).map(([key, value]) => [key, plain(value)]));
  }
}`;

/** The function `encode()`: arguments of V1 need types, which the soap package cannot write. */
const tsEncode: Code = code`/** XML of V1 arguments, which must carry their types: the soap package cannot write those. */
function encode(name${type(': string')}, value${type(': unknown')})${type(': string')} {
  const element = (kind${type(': string')}, inner${type(': string')}) =>
    \`<\${name} xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:map="http://xml.apache.org/xml-soap" xsi:type="\${kind}">\${inner}</\${name}>\`;
  if (value === null || value === undefined) return \`<\${name} xsi:nil="true"/>\`;
  if (Array.isArray(value)) return element(\`enc:Array" enc:arrayType="xsd:anyType[\${value.length}]\`, value.map((item) => encode('item', item)).join(''));
  if (typeof value === 'object') {
    return element('map:Map', Object.entries(value).map(([key, item]) => \`<item>\${encode('key', key)}\${encode('value', item)}</item>\`).join(''));
  }
  if (typeof value === 'number') return element(Number.isInteger(value) ? 'xsd:int' : 'xsd:double', String(value));
  if (typeof value === 'boolean') return element('xsd:boolean', String(value));
  return element('xsd:string', String(value).replace(/[&<>\r]/g, (character) => \`&#\${character.charCodeAt(0)};\`));
}`;
