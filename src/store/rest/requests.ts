import { hasBody, type RestVerb } from '../../api/rest-request';
import type { SoapRecord, SoapValue } from '../../api/value';
import { isRecord } from '../../api/value';
import type { Ask, ExchangeResult, RequestForm } from '../calls/protocol';
import type { RestContent } from './answer-reader';
import type { RestPlace } from './places';

/** The format of JSON to ask for: plain objects, or lists with the total number of members. */
type Accept = 'application/json' | 'application/ld+json';

const NOTHING = new Uint8Array();

/** An answer to a request that needed a token. */
export interface RestExchangeResult extends ExchangeResult<RestPlace> {
  readonly content: RestContent;
}

/** Sends a request with the token. This is the only place that writes the token. @throws the errors of {@link Ask} */
async function send(
  ask: Ask<RestPlace>,
  make: (place: RestPlace) => Omit<RequestForm, 'headers'> & { readonly headers: HttpHeaders },
): Promise<RestExchangeResult> {
  const result = await ask((place, token) => {
    // Without a token, a POST would be the shop's public registration.
    if (token === '') throw new Error('A request to REST has no token.');
    const { headers, ...form } = make(place);
    return { ...form, headers: { ...headers, Authorization: `Bearer ${token}` } };
  });
  return { ...result, content: contentOf(result.value) };
}

type HttpHeaders = Readonly<Record<string, string>>;

/** Reads an address. @param how.etag the version that is known already */
export async function get(
  ask: Ask<RestPlace>,
  path: string | ((place: RestPlace) => string),
  { accept = 'application/json', etag }: { readonly accept?: Accept; readonly etag?: (() => string | undefined) | undefined } = {},
): Promise<RestExchangeResult> {
  return await send(ask, (place) => {
    const url = `${place.url}${typeof path === 'string' ? path : path(place)}`;
    const version = etag?.() ?? '';
    return { http: 'GET', url, headers: { Accept: accept, ...(version === '' ? {} : { 'If-None-Match': version }) }, body: NOTHING };
  });
}

/** Writes to an address. @param key lets the store distinguish a repeated request from a new one */
export async function write(
  ask: Ask<RestPlace>,
  http: 'POST' | 'PUT',
  path: string,
  body: SoapRecord,
  key: string,
): Promise<RestExchangeResult> {
  return await send(ask, (place) => ({
    http,
    url: `${place.url}${path}`,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-Idempotency-Key': key },
    body: new TextEncoder().encode(JSON.stringify(body)),
  }));
}

/** A request that was written by hand. */
export interface RawRequest {
  readonly verb: RestVerb;
  /** Path below the address of the API, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; `undefined` for none. */
  readonly body: SoapValue | undefined;
}

/** Sends a request that was written by hand. Its own headers override ours, except for the token and the format of its body. */
export async function sendRaw(ask: Ask<RestPlace>, { verb, path, headers, body }: RawRequest): Promise<RestExchangeResult> {
  const own = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const content = hasBody({ verb, path }) && body !== undefined;
  return await send(ask, (place) => ({
    http: verb,
    url: `${place.url}${path}`,
    headers: {
      ...(own.has('accept') ? {} : { Accept: 'application/json' }),
      ...headers,
      ...(content ? { 'Content-Type': 'application/json' } : {}),
    },
    body: content ? new TextEncoder().encode(JSON.stringify(body)) : NOTHING,
  }));
}

/** A request that needs no token: it gets one, or ends one. */
export function tokenForm(place: RestPlace, path: string, body: SoapRecord, token?: string): RequestForm {
  return {
    http: 'POST',
    url: `${place.url}/auth/${path}`,
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

/** The content that the reader found in an answer. */
export function contentOf(value: SoapValue): RestContent {
  if (!isRecord(value) || value['body'] === undefined) throw new Error('An answer of REST has a body.');
  const { body, etag, unchanged, replayed } = value;
  return { body, etag: typeof etag === 'string' ? etag : '', unchanged: unchanged === true, replayed: replayed === true };
}
