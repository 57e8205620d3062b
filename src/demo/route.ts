import type { Dialect } from '../api/dialect';

/** Where a request goes. */
export type Route = { readonly kind: 'soap'; readonly dialect: Dialect } | { readonly kind: 'wsdl'; readonly dialect: Dialect } | { readonly kind: 'unknown' };

/**
 * Finds out what an address means. With and without the trailing slash, `/index/` and the `/index.php` prefix it is the
 * same; anything with a `wsdl` parameter is the WSDL, also a POST (facts §1).
 * @param side which of the two ports was asked: WS-I is V2's address with the shop's switch turned
 */
export function route(url: string, side: 'rpc' | 'wsi'): Route {
  const question = url.indexOf('?');
  const path = (question < 0 ? url : url.slice(0, question)).replace(/^\/index\.php(?=\/|$)/, '').replace(/\/+$/, '').replace(/\/index$/, '');
  const dialect = path === '/api' || path === '/api/soap' ? 'v1' : path === '/api/v2_soap' ? (side === 'wsi' ? 'wsi' : 'v2') : undefined;
  if (dialect === undefined) return { kind: 'unknown' };
  const isWsdl = question >= 0 && new URLSearchParams(url.slice(question + 1)).has('wsdl');
  return { kind: isWsdl ? 'wsdl' : 'soap', dialect };
}

/** The address a WSDL names: the one it was asked for with (facts §1). */
export function soapAddress(url: string, host: string | undefined, fallbackHost: string): string {
  const question = url.indexOf('?');
  const asked = host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host) ? host : fallbackHost;
  return `http://${asked}${question < 0 ? url : url.slice(0, question)}`;
}
