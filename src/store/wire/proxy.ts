import { BlockList, isIP } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';
import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import type { ProxyWay } from '../http/request';
import { isLoopback } from './loopback';

/** The settings of the editor and the environment for proxies. */
export interface ProxySettings {
  /** VS Code's `http.proxySupport`. */
  readonly support: string;
  /** VS Code's `http.proxy`; an empty text when there is none. */
  readonly proxy: string;
  /** VS Code's `http.noProxy`: hosts that are reached without a proxy. */
  readonly noProxy: readonly string[];
  /** VS Code's `http.proxyAuthorization`; an empty text when there is none. */
  readonly authorization?: string;
  /** VS Code's `http.proxyStrictSSL`: whether the certificate of a proxy is verified. */
  readonly strictSSL?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether calls to an address go through a proxy in VS Code, which adds proxies to Node's http and https.
 * @returns `used` when one is set, `possible` when the system may have one, which extensions cannot find out, `undefined` when there is
 *   none
 */
export function proxyFor(url: URL, settings: ProxySettings): 'used' | 'possible' | undefined {
  const { support, noProxy, env } = settings;
  if (support === 'on') return ownProxy(url, settings) === undefined ? undefined : 'used';
  if (support !== 'override' && support !== 'fallback') return undefined;
  if (goesAround(url, noProxy.length > 0 ? noProxy : entries(env))) return undefined;
  return setProxy(url, settings) === undefined ? 'possible' : 'used';
}

/**
 * The proxy for our own connections in VS Code. With `http.proxySupport` "on" the editor does not change them. With "override" and
 * "fallback" it adds its own proxy to them, so that there must be none here.
 * @throws {ToolkitError} of kind `input`, `proxy-invalid`
 */
export function ownProxy(url: URL, settings: ProxySettings): ProxyWay | undefined {
  const { support, noProxy, env, authorization = '', strictSSL = true } = settings;
  if (support !== 'on' || goesAround(url, noProxy.length > 0 ? noProxy : entries(env))) return undefined;
  const set = setProxy(url, settings);
  if (set === undefined) return undefined;
  return {
    url: proxyUrl(set.text, set.name, url),
    ...(authorization === '' ? {} : { authorization: authorizationOf(authorization) }),
    ...(strictSSL ? {} : { anyCertificate: true }),
  };
}

/** @throws {ToolkitError} of kind `input`, `proxy-invalid` for a text that cannot be sent as a header */
function authorizationOf(text: string): string {
  if (/^[\t\x20-\x7e]*$/.test(text)) return text;
  // The text is not quoted, since it contains a password.
  throw new ToolkitError('input', {
    code: 'proxy-invalid',
    what: t('The value of http.proxyAuthorization cannot be sent to the proxy.'),
    why: t('A header can contain only ASCII characters without line breaks.'),
    next: t('Write it as "Basic" and user:password in base64, or leave the setting empty.'),
  });
}

function setProxy(url: URL, { proxy, env }: ProxySettings): { readonly name: string; readonly text: string } | undefined {
  if (proxy !== '') return { name: 'http.proxy', text: proxy };
  const names = url.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] : ['HTTP_PROXY', 'http_proxy'];
  const name = names.find((candidate) => (env[candidate] ?? '') !== '');
  return name === undefined ? undefined : { name, text: env[name] ?? '' };
}

/** The environment's proxy settings for an address. */
export interface EnvironmentProxy {
  /** The proxy for calls to the address. */
  readonly proxy?: URL;
  /** The variable with a proxy that is not used, since the address is on this computer. */
  readonly unused?: string;
}

/**
 * The proxy that HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY give for an address, in upper or lower case. Addresses of this computer
 * never use one, unless NO_PROXY contains `<-loopback>`, as in browsers.
 * @throws {ToolkitError} of kind `input`, `proxy-invalid`
 */
export function environmentProxy(url: URL): EnvironmentProxy {
  if (getProxyForUrl(url.href) === '') return {};
  const scheme = url.protocol.slice(0, -1);
  const names = [`${scheme}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  const name = names.find((candidate) => (process.env[candidate] ?? '') !== '') ?? 'HTTP_PROXY';
  const around = entries(process.env);
  if (around.some((entry) => covers(entry.trim().toLowerCase(), hostOf(url), url.port))) return {};
  if (goesAround(url, around)) return { unused: name };
  // Read the variable itself: the library gives a proxy without a scheme the scheme of the store's address, unlike any other program.
  return { proxy: proxyUrl(process.env[name] ?? '', name, url) };
}

function proxyUrl(value: string, name: string, { protocol }: URL): URL {
  const text = value.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '') return url;
  // The text is not quoted, since it may contain a password.
  throw new ToolkitError('input', {
    code: 'proxy-invalid',
    what: t('The proxy in {name} cannot be used.', { name }),
    why: url === undefined ? t('It is not a URL.') : t('Proxies of the type {protocol}// are not supported.', { protocol: url.protocol }),
    next: t('Write it as http://proxy.example.com:3128, or unset {name} to connect to {protocol}// URLs without a proxy.', {
      name,
      protocol,
    }),
  });
}

/** Whether an address is reached without a proxy: it is on this computer, or the settings exclude it. */
function goesAround(url: URL, around: readonly string[]): boolean {
  const known = around.map((entry) => entry.trim().toLowerCase());
  if (isLoopback(hostOf(url)) && !known.includes('<-loopback>')) return true;
  return known.some((entry) => covers(entry, hostOf(url), url.port));
}

function entries(env: ProxySettings['env']): readonly string[] {
  return (env['NO_PROXY'] || env['no_proxy'] || '').split(/[,\s]+/);
}

function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
}

/**
 * Whether an entry covers a host. Entries are `*`, a host, a domain with all its hosts or an address, with a port or without, or a range
 * of addresses such as 10.0.0.0/8.
 */
function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (isIP(entry) === 6) return inRange(entry, 128, host);
  const [, start = '', bits = ''] = /^\[?([\d.a-f:]+)\]?\/(\d{1,3})$/.exec(entry) ?? [];
  if (start !== '') return inRange(start, Number(bits), host);
  const [, address = '', its = ''] = /^\[(.*)\](?::(\d+))?$/.exec(entry) ?? [];
  if (address !== '') return (its === '' || its === port) && inRange(address, 128, host);
  const [, name = '', only = ''] = /^\*?\.?(.*?)\.?(?::(\d+))?$/.exec(entry) ?? [];
  return name !== '' && (only === '' || only === port) && (host === name || host.endsWith(`.${name}`));
}

/** Whether a host is an address in a range. */
function inRange(start: string, bits: number, host: string): boolean {
  const [kind, own] = [isIP(start), isIP(host)];
  if (kind === 0 || kind !== own || bits > (kind === 4 ? 32 : 128)) return false;
  const family = kind === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(start, bits, family);
  return range.check(host, family);
}
