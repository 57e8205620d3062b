import type { Dialect } from '../api/dialect';

/**
 * The address that SOAP calls are posted to, from whatever address of the API a store is known by: without query or
 * fragment (posting to `?wsdl` returns the WSDL, facts §1), and with the path of the dialect.
 */
export function endpointFor(url: string, dialect: Dialect): string {
  const bare = url.replace(/[?#].*$/s, '');
  return bare.replace(/\/api\/(?:v2_soap|soap)(?=\/|$)/, dialect === 'v1' ? '/api/soap' : '/api/v2_soap');
}
