import { isIP } from 'node:net';

/** What the editor and the environment say about proxies. */
export interface ProxySettings {
  /** VS Code's `http.proxySupport`. */
  readonly support: string;
  /** VS Code's `http.proxy`; empty when there is none. */
  readonly proxy: string;
  /** VS Code's `http.noProxy`: hosts that are reached without one. */
  readonly noProxy: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether a proxy carries calls to an address in VS Code, which puts one under Node's http and https.
 * @returns `used` when one is set, `possible` when the system may have one, which nobody tells an extension; `undefined` when there is none
 */
export function proxyFor(url: URL, { support, proxy, noProxy, env }: ProxySettings): 'used' | 'possible' | undefined {
  // The transport brings agents of its own, which "on" leaves in place; only these two replace them.
  if (support !== 'override' && support !== 'fallback') return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))) return undefined;
  const around = noProxy.length > 0 ? noProxy : (env['NO_PROXY'] ?? env['no_proxy'] ?? '').split(',');
  if (around.some((entry) => covers(entry.trim().toLowerCase(), host, url.port))) return undefined;
  const names = url.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] : ['HTTP_PROXY', 'http_proxy'];
  return proxy !== '' || names.some((name) => (env[name] ?? '') !== '') ? 'used' : 'possible';
}

/** `*`, a host, or a domain with everything in it, with a port or without. */
function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = '', only = ''] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  return name !== '' && (only === '' || only === port) && (host === name || host.endsWith(`.${name}`));
}
