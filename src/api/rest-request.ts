import { REST_BASE_PATH } from './rest-api';
import { t } from '../l10n/texts';
import type { Dialect } from './dialect';
import type { Condition } from './filters';
import type { SoapRecord } from './value';

/** The dialect of REST requests, with any dialect of their store. */
export const REQUEST_DIALECT = 'rest' as const satisfies Dialect;

/** The HTTP methods of REST requests. */
export const restVerbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One of {@link restVerbs}. */
export type RestVerb = (typeof restVerbs)[number];

/** A REST request, read from its name, such as `GET /products/{id}`. */
export interface RestRequest {
  readonly verb: RestVerb;
  /** Path below the address of the API, with a leading slash. `{name}` is replaced with a value of `args.path`. */
  readonly path: string;
}

/** The REST equivalent of a SOAP call, for display and for generated programs. */
export interface RestRequestParts {
  /** After `/api/rest/v2`, percent-encoded. An unknown value is in braces. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: SoapRecord | undefined;
  /** Whether the answer is one page of a list of which all pages are needed. */
  readonly paged: boolean;
  /** Conditions on the rows of a list, with REST names. REST cannot check them, so the caller filters the rows. */
  readonly conditions: readonly Condition[];
  /** The part of the answer that is needed, if not all of it. */
  readonly part: 'addresses' | undefined;
}

/** Parts of a REST request. Each is an argument. */
export const restParts = ['path', 'query', 'headers', 'body'] as const;

const NAME = /^(GET|POST|PUT|PATCH|DELETE) (\/.*)$/s;

/** Longest name of a request that is parsed, in characters. */
const MAX_NAME_CHARS = 2000;

/** Parses the name of a method as a REST request; `undefined` for methods of SOAP. */
export function restRequest(name: string): RestRequest | undefined {
  const match = name.length > MAX_NAME_CHARS ? null : NAME.exec(name);
  const verb = restVerbs.find((each) => each === match?.[1]);
  return match === null || verb === undefined ? undefined : { verb, path: match[2] ?? '' };
}

/** Whether the name of a method is a REST request. */
export function isRestRequest(name: string): boolean {
  return restRequest(name) !== undefined;
}

/** The dialect of a call: REST for a REST request, otherwise the given one. */
export function dialectOfCall(method: string | undefined, dialect: Dialect | undefined): Dialect | undefined {
  return method !== undefined && isRestRequest(method) ? REQUEST_DIALECT : dialect;
}

/** Whether a request changes nothing in the store. HTTP guarantees that of GET only, among the supported verbs. */
export function isReading({ verb }: RestRequest): boolean {
  return verb === 'GET';
}

/** Whether a request has a body. */
export function hasBody({ verb }: RestRequest): boolean {
  return !isReading({ verb, path: '' });
}

/**
 * Why a path is refused, as a sentence; `undefined` if it is valid. A valid path stays below the address of the API, without repeating
 * it: it cannot name a host or go up, and servers on the way cannot read it differently.
 */
export function restPathProblem(path: string): string | undefined {
  if (/[?#]/.test(path)) return t('A path cannot contain "?" or "#". Write the query into args.query.');
  if (path.toLowerCase() === REST_BASE_PATH || path.toLowerCase().startsWith(`${REST_BASE_PATH}/`))
    return t('Remove {base}. Paths begin below it.', { base: REST_BASE_PATH });
  const segments = path.split('/').slice(1);
  if (segments.some((segment) => segment === '')) return t('A path cannot contain an empty part: no "//", and no "/" at its end.');
  if (segments.some((segment) => isStep(segment))) return t('A path cannot contain ".." or "." as a part.');
  if (/%(?:2f|5c|00)/i.test(path)) return t('A part of a path cannot contain "/" or "\\", not even percent-encoded.');
  const odd = segments.find((segment) => !/^(?:[\w.~!$&'()*+,;=:@-]|%[\da-fA-F]{2}|\{\w+\})*$/.test(segment));
  if (odd !== undefined)
    return t('A path can contain letters, digits and -._~!$&\'()*+,;=:@, and other characters percent-encoded. "{odd}" contains others.', {
      odd: odd.slice(0, 40),
    });
  return undefined;
}

/** Whether a server may take a part of a path for `.` or `..`, even percent-encoded once or twice. */
function isStep(segment: string): boolean {
  return /^(?:\.|%(?:25)*2e){1,2}$/i.test(segment);
}

/** Names in braces in a path, without duplicates. */
export function pathParameters(path: string): readonly string[] {
  return [...new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))];
}

/** A value encoded for one part of a path; `undefined` for an invalid value. */
export function pathSegment(value: string): string | undefined {
  // Half of a surrogate pair cannot be encoded.
  const encoded = /\p{Surrogate}/u.test(value) ? '' : encodeURIComponent(value);
  return encoded === '' || isStep(encoded) || /%(?:2f|5c|00)/i.test(encoded) ? undefined : encoded;
}

/** Headers that the toolkit sets itself, that are about the connection, or that make servers treat the request as a different one. */
const refusedHeaders =
  /^(?:authorization|proxy-.*|cookie2?|host|connection|keep-alive|content-length|content-type|content-encoding|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*|x-rewrite-.*|.*method.*)$/i;

/** Why a header is refused, as a sentence; `undefined` if it is allowed. */
export function restHeaderProblem(name: string, value: string): string | undefined {
  if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name)) return t('"{name}" is not a valid header name.', { name: name.slice(0, 40) });
  if (refusedHeaders.test(name))
    return t('A request cannot set the header {name}, since it would change the sender, the method or the target of the request.', {
      name,
    });
  if (!/^[\x20-\x7e]*$/.test(value))
    return t('The value of the header {name} contains a line break or characters outside ASCII.', { name });
  return undefined;
}
