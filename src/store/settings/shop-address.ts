import { isIP } from 'node:net';
import { ToolkitError } from '../../api/errors';
import { normalizeStoreUrl, type StoreConfig } from './config';

/**
 * The shop that an address belongs to, for comparing: the same text for every way to write it. Case, scheme, default ports, a dot after
 * the host, slashes, the front page and all forms of the API's address make no difference, nor do the names of this machine.
 * It is not an address to send anything to.
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

/** Whether a host is this machine: its names and addresses, in the form in which `URL` writes them. */
export function isLoopback(host: string): boolean {
  const bare = host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare === '0.0.0.0' || bare === '::') return true;
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === '::1' || /^::ffff:7f[0-9a-f]{2}:/.test(bare);
}

/** What an entry allows at an address. */
export type Guards = Pick<StoreConfig, 'url' | 'readOnly' | 'environment' | 'caFile'>;

/**
 * A store with the strictest of what is said about its shop: read-only when one of the entries says so, production when one
 * of them does.
 * @param others entries for any stores, variables replaced
 */
export function strictest(config: StoreConfig, others: readonly Guards[]): StoreConfig {
  const same = ofSameShop(config.url, others);
  const readOnly = config.readOnly === true || same.some((other) => other.readOnly === true);
  const production = config.environment === 'production' || same.some((other) => other.environment === 'production');
  return { ...config, ...(readOnly ? { readOnly } : {}), ...(production ? { environment: 'production' } : {}) };
}

/** The entries for the shop that an address belongs to. */
export function ofSameShop<T extends Pick<StoreConfig, 'url'>>(address: string, entries: readonly T[]): readonly T[] {
  const shop = shopOf(address);
  return shop === undefined ? [] : entries.filter(({ url }) => shopOf(url) === shop);
}

/**
 * The URL that calls to a store would go to. `undefined` for what is not the URL of a store, and for one that holds a user or a password.
 */
export function callUrl(address: string): URL | undefined {
  try {
    const [first] = normalizeStoreUrl(address);
    return first === undefined ? undefined : new URL(first);
  } catch (error) {
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}

/** Without percent signs where they stand for letters: `/%61pi/` is `/api/` to every web server. */
function decoded(path: string): string {
  return path.replace(/%[2-7][0-9a-f]/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
}
