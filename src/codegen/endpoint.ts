import { t } from '../l10n/texts';
import type { SoapDialect } from '../api/dialect';
import { facets } from '../api/dialect-facets';
import { ToolkitError } from '../api/errors';

/**
 * The address for SOAP calls, made from any known address of the API. It has no query or fragment (posting to `?wsdl` returns the WSDL,
 * facts §1) and the path of the dialect. With the script `api.php`, which some stores use, the query names the dialect.
 * @throws {ToolkitError} of kind `input`: `url-invalid` for an address that is not http or https, which PHP and curl could take for a file,
 * an option or another protocol; `url-secret` for one with a user or a password
 */
export function endpointFor(url: string, dialect: SoapDialect): string {
  requireWebAddress(url);
  const bare = url.replace(/[?#].*$/s, '');
  if (/\/api\.php\/?$/i.test(bare)) return `${bare}?type=${facets[dialect].path.slice('/api/'.length)}`;
  return bare.replace(/\/api\/(?:v2_soap|soap)(?=\/|$)/, facets[dialect].path);
}

/**
 * Refuses an address that a program must not contain.
 * @throws {ToolkitError} of kind `input`: `url-invalid` for an address that is not http or https, or `url-secret` for one with a user or a
 * password
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
      what: t('The URL of the store contains a user or a password, which a generated program may not contain.'),
      next: t('Remove it from the URL.'),
    });
  }
}

/** The query to append to an endpoint to get its WSDL. */
export function wsdlQuery(endpoint: string): '?wsdl' | '&wsdl' {
  return endpoint.includes('?') ? '&wsdl' : '?wsdl';
}
