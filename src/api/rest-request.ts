import { t } from '../l10n/texts';
import type { Dialect } from './dialect';
import type { Condition } from './filters';
import type { SoapRecord } from './value';

/** What requests to REST are written in, whatever else their store speaks. */
export const REQUEST_DIALECT = 'rest' as const satisfies Dialect;

/** What a request to REST does, as HTTP calls it. */
export const restVerbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One of {@link restVerbs}. */
export type RestVerb = (typeof restVerbs)[number];

/** A request to REST by its name, such as `GET /products/{id}`. */
export interface RestRequest {
  readonly verb: RestVerb;
  /** Path below the address of the API, with a slash before it. `{name}` stands for a value of `args.path`. */
  readonly path: string;
}

/** A request that does what a call of SOAP did, as it is shown and as programs are written for it. */
export interface RestRequestParts {
  /** Behind `/api/rest/v2`, percent-encoded; a value that is not known stands in braces. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: SoapRecord | undefined;
  /** Whether the answer is one page of a list of which all is wanted. */
  readonly paged: boolean;
  /** What rows of a list must hold, by the names of REST: whoever asks looks for it in the rows that come. */
  readonly conditions: readonly Condition[];
  /** The part of the answer that is wanted, where it is not all of it. */
  readonly part: 'addresses' | undefined;
}

/** Parts of a request to REST, each an argument. */
export const restParts = ['path', 'query', 'headers', 'body'] as const;

const NAME = /^(GET|POST|PUT|PATCH|DELETE) (\/.*)$/s;

/** Longest name of a request that is looked at, in characters. */
const MAX_NAME_CHARS = 2000;

/** The request to REST that a name of a method means; `undefined` for methods of SOAP. */
export function restRequest(name: string): RestRequest | undefined {
  const match = name.length > MAX_NAME_CHARS ? null : NAME.exec(name);
  const verb = restVerbs.find((each) => each === match?.[1]);
  return match === null || verb === undefined ? undefined : { verb, path: match[2] ?? '' };
}

/** Whether a name of a method is a request to REST. */
export function isRestRequest(name: string): boolean {
  return restRequest(name) !== undefined;
}

/** The dialect that a call goes over: a request to REST over REST, any other over the one given. */
export function dialectOfCall(method: string | undefined, dialect: Dialect | undefined): Dialect | undefined {
  return method !== undefined && isRestRequest(method) ? REQUEST_DIALECT : dialect;
}

/** Whether a request changes nothing in the store: HTTP says so of GET alone, of those that are sent. */
export function isReading({ verb }: RestRequest): boolean {
  return verb === 'GET';
}

/** Whether a request carries a body. */
export function hasBody({ verb }: RestRequest): boolean {
  return !isReading({ verb, path: '' });
}

/** What a request without an address of its own is sent to; written out it would stand twice. */
const BASE = '/api/rest/v2';

/**
 * Why a path cannot be sent, as a sentence; `undefined` where it can. What passes stays below the address of the API: it names no host,
 * goes up nowhere, and cannot be read in another way by a server in between.
 */
export function restPathProblem(path: string): string | undefined {
  if (/[?#]/.test(path)) return t('A path has no "?" and no "#": write what stands behind it into args.query.');
  if (path.toLowerCase() === BASE || path.toLowerCase().startsWith(`${BASE}/`))
    return t('Leave {base} out: paths begin below it.', { base: BASE });
  const segments = path.split('/').slice(1);
  if (segments.some((segment) => segment === '')) return t('A path has no empty part: no "//", and no "/" at its end.');
  if (segments.some((segment) => isStep(segment))) return t('A path does not go up or stay: it has no ".." and no "." as a part.');
  if (/%(?:2f|5c|00)/i.test(path)) return t('A path has no "/" or "\\" in a part, not even percent-encoded.');
  const odd = segments.find((segment) => !/^(?:[\w.~!$&'()*+,;=:@-]|%[\da-fA-F]{2}|\{\w+\})*$/.test(segment));
  if (odd !== undefined)
    return t('A path has letters, digits and -._~!$&\'()*+,;=:@ in it, and others percent-encoded; "{odd}" has others.', {
      odd: odd.slice(0, 40),
    });
  return undefined;
}

/** A part that a server takes for a step in the tree of folders, also where it is percent-encoded once or twice. */
function isStep(segment: string): boolean {
  return /^(?:\.|%(?:25)*2e){1,2}$/i.test(segment);
}

/** Names that stand in braces in a path, each once. */
export function pathParameters(path: string): readonly string[] {
  return [...new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))];
}

/** A value for one part of a path, encoded; `undefined` for what cannot be one. */
export function pathSegment(value: string): string | undefined {
  // Half of a surrogate pair is not a letter and cannot be encoded.
  const encoded = /\p{Surrogate}/u.test(value) ? '' : encodeURIComponent(value);
  return encoded === '' || isStep(encoded) || /%(?:2f|5c|00)/i.test(encoded) ? undefined : encoded;
}

/** Headers that are ours to send, that speak of the connection, or by which servers take a request for another one. */
const refusedHeaders =
  /^(?:authorization|proxy-.*|cookie2?|host|connection|keep-alive|content-length|content-type|content-encoding|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*|x-rewrite-.*|.*method.*)$/i;

/** Why a header cannot be sent with a request, as a sentence; `undefined` where it can. */
export function restHeaderProblem(name: string, value: string): string | undefined {
  if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name)) return t('"{name}" is not the name of a header.', { name: name.slice(0, 40) });
  if (refusedHeaders.test(name))
    return t('The header {name} is not for a request to set: it says who asks, how, or for what else.', { name });
  if (!/^[\x20-\x7e]*$/.test(value)) return t('The value of the header {name} has letters beyond ASCII or a line break in it.', { name });
  return undefined;
}
