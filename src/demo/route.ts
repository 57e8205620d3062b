import { soapDialects, type SoapDialect } from '../api/dialect';
import { facets, usualDialect, type SoapFacets } from '../api/dialect-facets';
import type { Generation } from '../api/generations';
import { REST_DOCUMENT_PATH } from '../api/rest-api';

/** The target of a request. Requests outside SOAP are answered as the shop would. */
export type Route =
  | { readonly kind: 'soap' | 'wsdl'; readonly dialect: SoapDialect }
  | { readonly kind: 'redirect'; readonly location: string }
  /** A page of the storefront, which says "not found" with a status that may be 200. */
  | { readonly kind: 'page'; readonly status: 200 | 404 }
  /** The REST API's response to an unknown address. */
  | { readonly kind: 'rest' }
  /** An address of an older or another REST API, which is switched off. */
  | { readonly kind: 'other-rest' }
  /** The REST API itself. */
  | { readonly kind: 'rest-v2' }
  /** 404 without a body. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'method' };

/** The parts of a request that decide its route. */
export interface RequestTarget {
  /** HTTP method. */
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The port of the request. WS-I has the address of V2 in a shop with another setting. */
  readonly side: SoapFacets['style'];
}

/** The route of a request in a store of this generation. */
export function route(asked: RequestTarget, generation: Generation): Route {
  return generation.id === 'maho@26.7' ? routeOf267(asked, generation) : routeBefore(asked);
}

/** The trailing slash, `/index` and the prefix `/index.php` make no difference (facts §1). */
function routeBefore({ url, side }: RequestTarget): Route {
  const [whole, query] = parted(url);
  const path = whole
    .replace(/^\/index\.php(?=\/|$)/, '')
    .replace(/\/+$/, '')
    .replace(/\/index$/, '');
  const dialect = path === '/api' ? 'v1' : dialectAt(path, side);
  return dialect === undefined ? { kind: 'page', status: 404 } : soapOrWsdl(dialect, query);
}

/** Maho 26.7 compares paths exactly (wire maho-26.7 troubles/107-126). */
function routeOf267({ method, url, side }: RequestTarget, generation: Generation): Route {
  const [whole, query] = parted(url);
  const path = whole.replace(/^\/index\.php(?=\/|$)/, '');
  if (path === '/api.php') return { kind: 'nothing' };
  if (generation.restPath !== undefined && (path === REST_DOCUMENT_PATH || `${path}/`.startsWith(`${generation.restPath}/`)))
    return { kind: 'rest-v2' };
  if (method !== 'GET' && method !== 'HEAD' && (method !== 'POST' || path === '/' || path === '')) return { kind: 'method' };
  const isReading = method !== 'POST';
  const dialect = dialectAt(path.replace(/\/$/, ''), side);
  const withSlash = (): Route => ({ kind: 'redirect', location: `${whole}/${query === undefined ? '' : `?${query}`}` });
  if (dialect !== undefined) return isReading && !path.endsWith('/') ? withSlash() : soapOrWsdl(dialect, query);
  if (/^\/api\/(?:v2_)?soap\//.test(path)) return isReading && !path.endsWith('/') ? withSlash() : { kind: 'page', status: 200 };
  if (/^\/api\/(?:xmlrpc|jsonrpc)\/?$/.test(path)) return { kind: 'nothing' };
  if (/^\/api\/rest(?:\/|$)/.test(path)) return { kind: 'other-rest' };
  if (path === '/api/' && isReading)
    return { kind: 'redirect', location: `${whole.slice(0, -1)}${query === undefined ? '' : `?${query}`}` };
  if (/^\/api(?:\/|$)/.test(path)) return { kind: 'rest' };
  return { kind: 'page', status: path === '/' || /^\/\w+\/api\//.test(path) ? 200 : 404 };
}

function dialectAt(path: string, side: SoapFacets['style']): SoapDialect | undefined {
  const spoken = soapDialects.filter((dialect) => facets[dialect].path === path);
  return spoken.find((dialect) => facets[dialect].style === side) ?? spoken[0];
}

/** Dialect of a port, for addresses that do not name one. */
export function dialectOf(side: SoapFacets['style']): SoapDialect {
  return dialectAt(facets[usualDialect].path, side) ?? usualDialect;
}

/** A request with a `wsdl` parameter gets the WSDL, even a POST (facts §1). */
function soapOrWsdl(dialect: SoapDialect, query: string | undefined): Route {
  return { kind: query !== undefined && new URLSearchParams(query).has('wsdl') ? 'wsdl' : 'soap', dialect };
}

function parted(url: string): readonly [path: string, query: string | undefined] {
  const question = url.indexOf('?');
  return question < 0 ? [url, undefined] : [url.slice(0, question), url.slice(question + 1)];
}

/**
 * The address in a WSDL: the address of the request (facts §1).
 * @param losesPort whether the store leaves out the port, as Maho 26.7 does
 */
export function soapAddress(url: string, host: string | undefined, fallbackHost: string, losesPort: boolean): string {
  const asked = host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host) ? host : fallbackHost;
  return `http://${losesPort ? asked.replace(/:\d+$/, '') : asked}${parted(url)[0]}`;
}
