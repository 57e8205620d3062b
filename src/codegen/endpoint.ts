import { t } from '../l10n/texts';
import type { SoapDialect } from '../api/dialect';
import { facets } from '../api/dialect-facets';
import { ToolkitError } from '../api/errors';

/**
 * The address that SOAP calls are posted to, from whatever address of the API a store is known by: without query or
 * fragment (posting to `?wsdl` returns the WSDL, facts §1), and with the path of the dialect. The script `api.php`, behind which some
 * stores answer, names the dialect in its query.
 * @throws {ToolkitError} of kind `input`: `url-invalid` for what is not an address of the web, which PHP and curl would take
 * for a file, an option or another protocol; `url-secret` for one that holds a user or a password
 */
export function endpointFor(url: string, dialect: SoapDialect): string {
  requireWebAddress(url);
  const bare = url.replace(/[?#].*$/s, '');
  if (/\/api\.php\/?$/i.test(bare)) return `${bare}?type=${facets[dialect].path.slice('/api/'.length)}`;
  return bare.replace(/\/api\/(?:v2_soap|soap)(?=\/|$)/, facets[dialect].path);
}

/**
 * Refuses what is not an address of the web, before it stands in a program.
 * @throws {ToolkitError} of kind `input`: `url-invalid`, or `url-secret` for one that holds a user or a password
 */
export function requireWebAddress(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:\/\/[^\s\p{C}]+$/iu.test(url)) {
    throw new ToolkitError('input', {
      code: 'url-invalid',
      what: t('"{url}" is not the URL of a store.', { url: url.slice(0, 200).replace(/\/\/[^/@]*@/, '//…@') }),
      next: t('Write it as {example}.', { example: 'https://shop.example.com' }),
    });
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new ToolkitError('input', {
      code: 'url-secret',
      what: t('The URL of the store holds a user or a password, which no generated program may hold.'),
      next: t('Remove it from the URL.'),
    });
  }
}

/** What is put behind an endpoint to get its WSDL. */
export function wsdlQuery(endpoint: string): '?wsdl' | '&wsdl' {
  return endpoint.includes('?') ? '&wsdl' : '?wsdl';
}
