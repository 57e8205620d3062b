import { createHash } from 'node:crypto';
import type { Format, RestError, RestResult, Thing, ThingList } from './answer';
import { pageView } from './page-view';
import { phpJson, type Json } from './php-json';
import { ADDRESS_TYPE_KEY } from './shapes';

/** An HTTP response. */
export interface Written {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const COMMON = { 'X-Content-Type-Options': 'nosniff', 'X-XSS-Protection': '1; mode=block' } as const;

/** A refusal as a response: always `application/json`, whatever was requested. */
export function writtenError({ status, error, message, repeatsStatus, headers }: RestError): Written {
  const body = phpJson({ error, message, ...(repeatsStatus ? { code: status } : {}) }, 'both');
  return {
    status,
    contentType: 'application/json',
    body,
    headers: { 'Cache-Control': 'no-cache, private', ...COMMON, ...headers },
  };
}

/** The path and query of a request, for the links of a list. */
export interface AskedFor {
  readonly method: string;
  readonly query: URLSearchParams;
  /** Host and port, for the link to the documentation. */
  readonly host: string;
}

/** A result as a response. */
export function written({ status, content, headers = {}, allow }: RestResult, format: Format, asked: AskedFor): Written {
  const isRead = asked.method === 'GET' || asked.method === 'HEAD';
  const common = {
    Vary: isRead ? 'Authorization,Accept,X-Store-Code' : 'Accept',
    'X-Frame-Options': 'deny',
    ...(allow === undefined ? {} : { Allow: `OPTIONS, HEAD, ${allow}` }),
    'Cache-Control': `no-cache, private, max-age=${content !== undefined && format === 'application/json' ? 0 : 604_800}`,
    Link: `<http://${asked.host}/api/docs.jsonld>; rel="http://www.w3.org/ns/hydra/core#apiDocumentation"`,
    ...COMMON,
    ...headers,
  };
  if (content === undefined) return { status, contentType: '', body: '', headers: common };
  const isLd = format === 'application/ld+json';
  const value = 'members' in content ? list(content, isLd, asked.query) : thing(content, isLd, true);
  const body = phpJson(value, isLd ? 'html' : 'ascii');
  const tag = isRead ? { ETag: `"${createHash('md5').update(body).digest('hex')}"` } : {};
  return { status, contentType: `${format}; charset=utf-8`, body, headers: { ...common, ...tag } };
}

function list(content: ThingList, isLd: boolean, query: URLSearchParams): Json {
  const members = content.members.map((member) => thing(member, isLd, false));
  if (!isLd) return members;
  const view = content.paging === undefined ? {} : { view: pageView(content.path, query, content.paging, content.total) };
  return {
    '@context': `/api/contexts/${content.type}`,
    '@id': content.path,
    [ADDRESS_TYPE_KEY]: 'Collection',
    totalItems: content.total,
    member: members,
    ...view,
  };
}

function thing({ type, fields }: Thing, isLd: boolean, isAlone: boolean): Json {
  const context = isLd && isAlone ? { '@context': `/api/contexts/${type}` } : {};
  const all: Record<string, Json | undefined> = { ...context, ...(isLd ? { [ADDRESS_TYPE_KEY]: type } : {}), ...fields, extensions: [] };
  return isLd ? all : withoutTypes(all);
}

/** Removes the type names of nested objects, which only JSON-LD has. */
function withoutTypes(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutTypes(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]: [string, Json | undefined]) =>
      key === ADDRESS_TYPE_KEY || item === undefined ? [] : [[key, withoutTypes(item)] as const],
    ),
  );
}
