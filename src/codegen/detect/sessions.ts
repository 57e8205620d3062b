import { knownResources } from '../../api/resources';
import { CodeFile, mayHold } from './calls';
import type { CodeLanguage, Span } from './node';
import { readCode } from './read-code';
import { Kind, type Code } from './tokens';

/** A call that begins or ends a session of this API. */
export interface SessionCall {
  readonly method: 'login' | 'startSession' | 'endSession';
  /** Place of the name. */
  readonly methodSpan: Span;
}

const sessionNames: ReadonlyMap<string, SessionCall['method']> = new Map(
  (['login', 'startSession', 'endSession'] as const).flatMap((name) => [[name, name] as const, [`${name}Async`, name] as const]),
);

/** Length limit of {@link sessionNames}, in UTF-16 units. */
const MAX_NAME_CHARS = 20;

/** Names that make a SOAP client. */
const makers: ReadonlySet<string> = new Set(['SoapClient', 'createClient', 'createClientAsync']);

/** Text in the address of a client of this API. */
const ownAddress = /\/api\/(?:v2_)?soap|urn:Magento/i;

/** The most tokens between `=` and the name that makes the client, as in `= await soap.createClientAsync`. */
const MAX_TOKENS_BETWEEN = 6;

/**
 * Logins and logouts in a file, in order. Other APIs use these names too, so a call counts only if its object also has calls of this API,
 * or was made as a SOAP client with an address of this API.
 */
export function findSessions(text: string, language: CodeLanguage): readonly SessionCall[] {
  if (!mayHold(text, knownResources)) return [];
  const file = new CodeFile(readCode(text, language), knownResources);
  const { code } = file;
  const clients = new Set(makersIn(code));
  for (const site of file.evidence.sites) {
    const receiver = site.member ? receiverOf(code, site.token) : undefined;
    if (receiver !== undefined && file.callsAt(site).length > 0) clients.add(receiver);
  }
  const found: SessionCall[] = [];
  for (let token = 0; token < code.count; token++) {
    const kind = code.kind(token);
    if (kind !== Kind.word && kind !== Kind.text) continue;
    const start = kind === Kind.word ? code.start(token) : code.start(token) + 1;
    const end = kind === Kind.word ? code.end(token) : code.end(token) - 1;
    const method = end - start > MAX_NAME_CHARS ? undefined : sessionNames.get(code.text.slice(start, end));
    if (method === undefined) continue;
    // `$client->login(…)`, or `$client->__soapCall('login', …)`.
    const name = kind === Kind.word ? token : token - 2;
    if (!code.is(name + 1, '(') || (kind === Kind.text && code.of(name) !== '__soapCall')) continue;
    const receiver = receiverOf(code, name);
    if (receiver !== undefined && clients.has(receiver)) found.push({ method, methodSpan: { start, end } });
  }
  return found;
}

/** The last name of the object of a method: `$client` in `$client->login`, `client` in `this.client.login`. */
function receiverOf(code: Code, name: number): string | undefined {
  if (!['->', '?->', '.', '?.'].some((sign) => code.is(name - 1, sign))) return undefined;
  return nameAt(code, name - 2);
}

function nameAt(code: Code, token: number): string | undefined {
  const kind = code.kind(token);
  return kind === Kind.word || kind === Kind.variable ? code.of(token) : undefined;
}

/** The names of the variables that hold clients of this API. */
function* makersIn(code: Code): Generator<string> {
  for (let token = 0; token < code.count; token++) {
    if (code.kind(token) !== Kind.word || !makers.has(code.of(token))) continue;
    const open = code.is(token + 1, '(') ? token + 1 : undefined;
    if (open === undefined || !ownAddress.test(code.text.slice(code.start(open), code.end(code.partner(open))))) continue;
    for (let back = token - 1; back > 0 && back >= token - MAX_TOKENS_BETWEEN; back--) {
      if (!code.is(back, '=')) continue;
      const kept = nameAt(code, back - 1);
      if (kept !== undefined) yield kept;
      break;
    }
  }
}
