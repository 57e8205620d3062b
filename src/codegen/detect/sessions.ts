import { knownResources } from '../../api/resources';
import { CodeFile, mayHold } from './calls';
import type { CodeLanguage, Span } from './node';
import { readCode } from './read-code';
import { Kind, type Code } from './tokens';

/** Where a program begins or ends a session of this API. */
export interface SessionCall {
  readonly method: 'login' | 'startSession' | 'endSession';
  /** Where the name stands. */
  readonly methodSpan: Span;
}

const sessionNames: ReadonlyMap<string, SessionCall['method']> = new Map(
  (['login', 'startSession', 'endSession'] as const).flatMap((name) => [[name, name] as const, [`${name}Async`, name] as const]),
);

/** Longest of {@link sessionNames}, in UTF-16 units. */
const LONGEST_NAME_CHARS = 20;

/** What makes a client of SOAP. */
const makers: ReadonlySet<string> = new Set(['SoapClient', 'createClient', 'createClientAsync']);

/** What the address of such a client holds where it speaks to this API, and not to another. */
const ownAddress = /\/api\/(?:v2_)?soap|urn:Magento/i;

/** Most tokens between `=` and the name of what makes the client, as in `= await soap.createClientAsync`. */
const MOST_BETWEEN = 6;

/**
 * Logins and ends of sessions in a file, in order. Such a name may be of anything, so only those count that are called on what also makes
 * calls of this API, or was made as a client of SOAP with an address of it.
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
    const method = end - start > LONGEST_NAME_CHARS ? undefined : sessionNames.get(code.text.slice(start, end));
    if (method === undefined) continue;
    // `$client->login(…)`, or `$client->__soapCall('login', …)`.
    const name = kind === Kind.word ? token : token - 2;
    if (!code.is(name + 1, '(') || (kind === Kind.text && code.of(name) !== '__soapCall')) continue;
    const receiver = receiverOf(code, name);
    if (receiver !== undefined && clients.has(receiver)) found.push({ method, methodSpan: { start, end } });
  }
  return found;
}

/** The last name of what a method is called on: `$client` of `$client->login`, `client` of `this.client.login`. */
function receiverOf(code: Code, name: number): string | undefined {
  if (!['->', '?->', '.', '?.'].some((sign) => code.is(name - 1, sign))) return undefined;
  return nameAt(code, name - 2);
}

function nameAt(code: Code, token: number): string | undefined {
  const kind = code.kind(token);
  return kind === Kind.word || kind === Kind.variable ? code.of(token) : undefined;
}

/** What clients of this API are kept in. */
function* makersIn(code: Code): Generator<string> {
  for (let token = 0; token < code.count; token++) {
    if (code.kind(token) !== Kind.word || !makers.has(code.of(token))) continue;
    const open = code.is(token + 1, '(') ? token + 1 : undefined;
    if (open === undefined || !ownAddress.test(code.text.slice(code.start(open), code.end(code.partner(open))))) continue;
    for (let back = token - 1; back > 0 && back >= token - MOST_BETWEEN; back--) {
      if (!code.is(back, '=')) continue;
      const kept = nameAt(code, back - 1);
      if (kept !== undefined) yield kept;
      break;
    }
  }
}
