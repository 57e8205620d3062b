import { MAX_REST_PAGE_ROWS } from '../../api/rest-api';
import { code, indent, render, type as typed, type Code } from '../code';
import { tsCode, tsString } from '../literals/typescript';
import { partsWithoutSecrets, wordsOf } from '../secrets';
import type { Template } from '../template';
import { keyVariable } from '../key';
import { tsVariable } from '../typescript/pieces';
import type { ResolvedRestCall } from './call';

/**
 * A TypeScript program for a request over REST v2 with `fetch` (an ES module for Node.js): it gets a token, sends the request, prints the
 * result as JSON and logs out. Exit code 1 after an error.
 */
export function tsRestProgram(call: ResolvedRestCall): string {
  const hidden = partsWithoutSecrets<{ readonly value: Template }>([{ value: call.body ?? null }], ({ name }) => name);
  const secrets = hidden.taken
    .map(({ attribute, name, variable }) => `\n${tsVariable(name, variable, `the ${wordsOf(attribute)}`)}`)
    .join('');
  return render(code`// ${call.title}
// Needs Node.js 20 or later, and "type": "module" in package.json.
import { randomUUID } from 'node:crypto';

const api = ${tsString(call.api)};
const user = ${tsString(call.user)};
${tsVariable('apiKey', keyVariable, 'the API key')}${secrets}

let token${typed(': string | undefined')};

try {
  ${indent(resultOf(call, hidden.value[0]?.value ?? null), '  ')}
  console.log(JSON.stringify(result, null, 2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  try {
    if (token !== undefined) await exchange('POST', '/auth/logout', {}, token);
  } catch {
    // The token ends by itself after an hour. A failure to end it must not hide what happened before.
  }
}

${helpers(call)}
`);
}

function resultOf({ http, target, body, paged, conditions, part }: ResolvedRestCall, hidden: Template): Code {
  if (paged) {
    if (conditions.length === 0) return code`const result = await all(${tsString(target)});`;
    const list = conditions.map(({ attribute, operator, value }): Template => [attribute, operator ?? 'eq', value]);
    return code`// REST cannot look for this, so every customer is read.
const conditions${typed(': Condition[]')} = ${tsCode(list)};
const rows = await all(${tsString(target)});
const result = rows.filter((row) => conditions.every((condition) => fits(row, condition)));`;
  }
  const sent = code`await send('${http}', ${tsString(target)}${body === undefined ? [] : code`, ${tsCode(hidden)}`})`;
  if (part === undefined) return code`const result = ${sent};`;
  return code`const { ${part}: result } = (${sent})${typed(` as { ${part}: unknown }`)};`;
}

function helpers({ paged, conditions }: ResolvedRestCall): Code {
  return [...base, ...(paged ? ['\n\n', ...all] : []), ...(conditions.length > 0 ? ['\n\n', ...fits] : [])];
}

const base: Code = code`/** Sends a request with a token. An expired token is renewed once. */
async function send(method${typed(': string')}, path${typed(': string')}, body${typed('?: unknown')})${typed(': Promise<unknown>')} {
  // With the same key a write whose answer was lost is not done twice. Each write needs a key of its own.
  const key = randomUUID();
  for (let attempt = 1; ; attempt++) {
    token ??= await login();
    try {
      const { status, answer } = await exchange(method, path, body, token, key);
      if (status === 401 && attempt === 1) token = undefined;
      else return resultOf(status, answer);
    } catch (error) {
      // fetch throws a TypeError when no answer came.
      if (!(error instanceof TypeError) || attempt > 1) throw error;
    }
  }
}

/** Asks for a token. A store gives ten in a minute, so one is kept for all requests. */
async function login()${typed(': Promise<string>')} {
  const { status, answer } = await exchange('POST', '/auth/token', { grant_type: 'api_user', username: user, api_key: apiKey });
  const { token: given } = (resultOf(status, answer) ?? {})${typed(' as { token?: string }')};
  if (given === undefined) throw new Error('The answer holds no token.');
  return given;
}

async function exchange(method${typed(': string')}, path${typed(': string')}, body${typed('?: unknown')}, bearer${typed('?: string')}, key${typed('?: string')}) {
  const response = await fetch(\`\${api}\${path}\`, {
    method,
    // An address that leads elsewhere must not get the key or the token.
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      ...(bearer === undefined ? {} : { authorization: \`Bearer \${bearer}\` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(body === undefined || key === undefined ? {} : { 'x-idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: await response.text() };
}

/** What an answer holds. An error has a code in words and a message. */
function resultOf(status${typed(': number')}, answer${typed(': string')})${typed(': unknown')} {
  if (status === 204) return null;
  let value${typed(': unknown')};
  try {
    value = JSON.parse(answer);
  } catch {
    throw new Error(\`HTTP \${status}: the answer is not JSON.\`);
  }
  if (status >= 200 && status < 300) return value;
  const { error = '', message = '' } = (value ?? {})${typed(' as { error?: string; message?: string }')};
  throw new Error(\`HTTP \${status} \${error}: \${message}\`);
}`;

const all: Code = code`${typed(`type Row = Record<string, unknown>;

`)}/** All rows of a list. A page has ${String(MAX_REST_PAGE_ROWS)} at most, whatever is asked for, and nothing says how many there are in all. */
async function all(path${typed(': string')})${typed(': Promise<Row[]>')} {
  const rows = new Map${typed('<unknown, Row>')}();
  for (let page = 1; ; page++) {
    const before = rows.size;
    const found = (await send('GET', \`\${path}\${path.includes('?') ? '&' : '?'}itemsPerPage=${String(MAX_REST_PAGE_ROWS)}&page=\${page}\`))${typed(' as Row[]')};
    // The newest come first: one that is created meanwhile moves the others to later places, so that some come twice.
    for (const row of found) rows.set(row['id'], row);
    if (found.length < ${String(MAX_REST_PAGE_ROWS)} || rows.size === before) return [...rows.values()];
  }
}`;

const fits: Code = code`${typed(`type Condition = [attribute: string, operator: string, value: unknown];

`)}/**
 * Whether a row fits, as the SOAP API compares: neither capital letters, accents nor blanks at the end count, and a row without a value
 * does not fit.
 */
function fits(row${typed(': Row')}, [attribute, operator, value]${typed(': Condition')})${typed(': boolean')} {
  const plain = (from${typed(': unknown')}) => String(typeof from === 'boolean' ? Number(from) : (from ?? ''));
  const text = (from${typed(': unknown')}) => plain(from).normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().trimEnd();
  const cell = row[attribute];
  // An address stands for its ID.
  const given = typeof cell === 'object' && cell !== null && 'id' in cell ? cell.id : cell;
  const has = text(given);
  if (operator === 'null') return has === '';
  if (has === '') return false;
  const wanted = (Array.isArray(value) ? value : [value]).map(text);
  const [first = ''] = wanted;
  const order = typeof given === 'number' ? given - Number(first) : has < first ? -1 : has > first ? 1 : 0;
  const alike = () => new RegExp(\`^\${first.replace(/[.*+?^\${}()|[\]\\]/g, '\\$&').replaceAll('%', '[^]*').replaceAll('_', '[^]')}$\`).test(has);
  switch (operator) {
    case 'neq':
      return order !== 0;
    case 'in':
      return wanted.includes(has);
    case 'nin':
      return !wanted.includes(has);
    case 'gt':
      return order > 0;
    case 'lt':
      return order < 0;
    case 'gteq':
    case 'from':
      return order >= 0;
    case 'lteq':
    case 'to':
      return order <= 0;
    case 'like':
      return alike();
    case 'nlike':
      return !alike();
    default:
      return order === 0;
  }
}`;
