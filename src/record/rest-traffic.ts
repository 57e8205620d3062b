import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ToolkitError } from '../api/errors';
import { append } from '../api/lists';
import { isList, isRecord, setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../api/value';
import { t } from '../l10n/texts';
import { MASK, maskValue, secretsIn } from '../store/masking/mask';
import { contentOf } from '../store/rest/requests';
import { parseJson } from '../store/rest/json-text';
import { restProtocol } from '../store/rest/rest-protocol';
import { REST_BASE_PATH, REST_DOCUMENT_PATH } from '../api/rest-api';
import { charsetIn } from './soap-traffic';
import type { Traffic } from './traffic';

/** Paths below {@link REST_BASE_PATH} that change nothing in the shop. They return a token, or end one. */
const tokenPaths: Readonly<Record<string, string>> = { '/auth/token': 'login', '/auth/refresh': 'login', '/auth/logout': 'endSession' };

/** Fields in the body of a request for a token that are not secrets. */
const plainLoginFields: ReadonlySet<string> = new Set(['grant_type', 'username', 'email', 'client_id']);

/** Headers of a request that change the answer. */
const meaningfulHeaders = ['x-store-code', 'if-none-match'] as const;

/** Names of headers that make servers treat a request as one with another method. */
const OVERRIDES = /method/i;

/**
 * Calls over REST v2 of Maho. Their names are verb and path, such as `GET /customers/5`, as in request files. `query` and
 * `body` are their arguments.
 */
export const restTraffic: Traffic = {
  verbs: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  placeOf(url) {
    const path = pathOf(url);
    if (path === REST_DOCUMENT_PATH) return REST_DOCUMENT_PATH;
    return path === REST_BASE_PATH || path.startsWith(`${REST_BASE_PATH}/`) ? REST_BASE_PATH : undefined;
  },
  describes: () => false,
  callOf({ request, readable }) {
    const url = addressOf(request);
    const method = methodOf(request, url);
    const session = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const query = queryOf(url);
    const body = bodyOf(readable, opensSession(method));
    const headers = Object.fromEntries(meaningfulHeaders.flatMap((name) => headerIn(request, name)));
    const parts: SoapRecord = {
      ...(Object.keys(query).length === 0 ? {} : { query }),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    };
    const hidden = opensSession(method) && isRecord(body) ? hiddenLogin(body) : undefined;
    return {
      method,
      args: maskValue(hidden === undefined ? parts : { ...parts, body: hidden }),
      session: method === 'login' ? undefined : session,
      secrets: [
        ...(session === undefined ? [] : [session]),
        ...secretsIn(parts),
        ...(opensSession(method) && isRecord(body) ? loginSecrets(body) : []),
      ],
      // Without a token, a create is the public registration. Lists in JSON-LD differ from lists in JSON.
      // oxlint-disable-next-line house/spoken-texts -- It tells calls apart and is not read.
      version: `${formatOf(request.headers.accept)}${session === undefined && method !== 'login' ? ', no token' : ''}`,
    };
  },
  methodsRun({ request }) {
    const url = addressOf(request);
    const method = methodOf(request, url);
    // The shop may read a path with dot segments or escapes as another path, and headers may change the verb.
    const isPlain = request.url?.replace(/[?#].*$/s, '') === url.pathname && !/%|\/\//.test(url.pathname);
    const overridden = Object.keys(request.headers).some((name) => OVERRIDES.test(name)) || url.searchParams.has('_method');
    const reads = request.method === 'GET' || (isPlain && (opensSession(method) || method === 'endSession'));
    return { reads: reads && !overridden, methods: ['envelope'], unclear: undefined };
  },
  dialectOf: () => 'rest',
  readAnswer({ bytes, head }, { method }, mask) {
    const reader = restProtocol.reader({});
    const charset = charsetIn(head);
    const answer = { charset, junk: [], secrets: [] };
    if (head === undefined)
      return { ...answer, outcome: { kind: 'error', code: 'no-answer', what: t('No response was received.') }, value: undefined };
    reader.onHead(head);
    reader.onData(bytes);
    try {
      const read = reader.finish('', { method: method === 'login' ? 'login' : method, hide: mask });
      if (read.kind === 'fault') {
        const { code, message } = read.fault;
        return { ...answer, junk: read.junk, outcome: { kind: 'fault', fault: { code, message: mask(message) } }, value: undefined };
      }
      const { body } = contentOf(read.value);
      return {
        ...answer,
        junk: read.junk,
        outcome: { kind: 'result', rows: read.rows },
        value: body,
        secrets: opensSession(method) ? secretsIn(body) : [],
      };
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      return { ...answer, outcome: { kind: 'error', code: error.code, what: mask(error.words.what) }, value: undefined };
    }
  },
  answer(response, kind, message) {
    const [status, error] = (
      { refused: [403, 'forbidden'], session: [401, 'authentication_error'], unknown: [501, 'not_recorded'] } as const
    )[kind];
    // oxlint-disable-next-line house/spoken-texts -- The store's own words.
    const text = kind === 'session' ? 'Invalid or expired token' : message;
    response.writeHead(status, { 'Content-Type': 'application/json', ...(kind === 'session' ? { 'WWW-Authenticate': 'Bearer' } : {}) });
    response.end(JSON.stringify({ error, message: text, ...(kind === 'session' ? {} : { code: status }) }));
  },
  newSession() {
    // In the form of the shop's tokens, since programs read the expiry time from them.
    const now = Math.floor(Date.now() / 1000);
    const parts = [
      { typ: 'JWT', alg: 'HS256' },
      { sub: 'replay', iat: now, exp: now + 3600, jti: randomBytes(8).toString('hex') },
    ];
    return [...parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')), randomBytes(32).toString('base64url')].join(
      '.',
    );
  },
};

function addressOf({ url = '/' }: IncomingMessage): URL {
  return new URL(url, 'http://127.0.0.1');
}

function pathOf({ pathname }: URL): string {
  return pathname.replace(/^\/index\.php(?=\/)/, '').replace(/(?<=.)\/$/, '');
}

function methodOf({ method = 'GET' }: IncomingMessage, url: URL): string {
  const path = pathOf(url);
  if (path === REST_DOCUMENT_PATH) return 'openapi';
  const below = path.slice(REST_BASE_PATH.length);
  const token = method === 'POST' && Object.hasOwn(tokenPaths, below) ? tokenPaths[below] : undefined;
  return token ?? `${method} ${below === '' ? '/' : below}`;
}

function opensSession(method: string): boolean {
  return method === 'login';
}

/** The query as a map. A name that is repeated has a list. */
function queryOf(url: URL): SoapRecord {
  const query: MutableRecord = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    setKey(query, name, values.length > 1 ? values : (values[0] ?? ''));
  }
  return query;
}

/** The body as JSON, otherwise as text. In a login, a body that is not JSON may contain the key in any form, so it is hidden. */
function bodyOf(readable: Buffer, opens: boolean): SoapValue | undefined {
  if (readable.length === 0) return undefined;
  const text = readable.toString('utf8');
  const read = parseJson(text);
  if (read !== undefined && read.junk.length === 0) return read.value;
  return opens ? MASK : text;
}

/** Hides everything but the fields that are known to be harmless. */
function hiddenLogin(body: SoapRecord): SoapRecord {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, plainLoginFields.has(name) || value === null ? value : MASK]),
  );
}

function loginSecrets(body: SoapRecord): readonly string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(body)) if (!plainLoginFields.has(name)) append(found, textsIn(value));
  return found;
}

function textsIn(value: SoapValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isList(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}

function headerIn({ headers }: IncomingMessage, name: string): readonly (readonly [string, string])[] {
  const value = headers[name];
  return typeof value === 'string' ? [[name, value]] : [];
}

/** The format of the answer. Without an Accept header it is JSON-LD (wire maho-26.7 rest/029-030). */
function formatOf(accept: string | undefined): string {
  const wishes = (accept ?? '')
    .toLowerCase()
    .split(',')
    .map((wish) => wish.split(';')[0]?.trim() ?? '');
  return wishes.find((wish) => wish === 'application/json' || wish === 'application/ld+json') ?? 'application/ld+json';
}
