import { ToolkitError } from '../../api/errors';
import { isLoopback } from '../wire/loopback';
import { normalizeStoreUrl, type StoreConfig } from './config';

/**
 * The shop of an address, for comparisons: the same text for all spellings of the address. Case, scheme, default ports, a dot after
 * the host, slashes, the front page and all forms of the API's address make no difference, nor do the names of this computer.
 * The result is not an address to which anything can be sent.
 * @returns `undefined` when the text is not the URL of a store
 *
 * @example
 * shopOf('https://Shop.example.com:443/index.php/api/soap?wsdl=1') // shop.example.com
 * shopOf('shop.example.com/de/') // shop.example.com/de
 */
export function shopOf(address: string): string | undefined {
  const url = callUrl(address);
  if (url === undefined) return undefined;
  const host = url.hostname.replace(/\.$/, '');
  const port = url.port === '80' || url.port === '443' ? '' : url.port;
  const path = decoded(url.pathname)
    .toLowerCase()
    .replace(/\/{2,}/g, '/')
    .replace(/\/api(?:\.php)?(?:\/.*)?$/, '')
    .replace(/(?:\/index\.php)?\/?$/, '');
  return `${isLoopback(host) ? 'localhost' : host}${port === '' ? '' : `:${port}`}${path}`;
}

/** The parts of an entry that restrict what is allowed at an address. */
export type Guards = Pick<StoreConfig, 'url' | 'readOnly' | 'environment' | 'caFile'>;

/**
 * A store with the strictest restrictions of all entries for its shop: read-only if one of the entries says so, production if one
 * of them does.
 * @param others entries for any stores, with variables replaced
 */
export function strictest(config: StoreConfig, others: readonly Guards[]): StoreConfig {
  const same = ofSameShop(config.url, others);
  const readOnly = config.readOnly === true || same.some((other) => other.readOnly === true);
  const production = config.environment === 'production' || same.some((other) => other.environment === 'production');
  return { ...config, ...(readOnly ? { readOnly } : {}), ...(production ? { environment: 'production' } : {}) };
}

/** The entries for the shop of an address. */
export function ofSameShop<T extends Pick<StoreConfig, 'url'>>(address: string, entries: readonly T[]): readonly T[] {
  const shop = shopOf(address);
  return shop === undefined ? [] : entries.filter(({ url }) => shopOf(url) === shop);
}

/** The URL to which calls to a store would go. `undefined` if it is not the URL of a store, or if it contains a user or a password. */
export function callUrl(address: string): URL | undefined {
  try {
    const [first] = normalizeStoreUrl(address);
    return first === undefined ? undefined : new URL(first);
  } catch (error) {
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}

/** Decodes percent codes of ASCII characters: for every web server `/%61pi/` is `/api/`. */
function decoded(path: string): string {
  return path.replace(/%[2-7][0-9a-f]/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
}
