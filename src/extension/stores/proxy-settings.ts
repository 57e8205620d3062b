import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { normalizeStoreUrl } from '../../store/settings/config';
import { ownProxy, proxyFor, type ProxySettings } from '../../store/wire/proxy';

const text = z.catch(z.string(), '');
const settings = z.object({
  proxySupport: z.catch(z.string(), 'override'),
  proxy: text,
  noProxy: z.catch(z.array(z.string()), []),
  // VS Code returns null where nothing is set.
  proxyAuthorization: text,
  proxyStrictSSL: z.catch(z.boolean(), true),
});

/** The proxy for calls to a store, according to VS Code's settings and the environment. See {@link proxyFor}. */
export function proxyOf(address: string): ReturnType<typeof proxyFor> {
  const [url] = normalizeStoreUrl(address);
  return url === undefined ? undefined : proxyFor(new URL(url), current());
}

/** The proxy that our own connections to an address use. See {@link ownProxy}. */
export function proxyPort(url: URL): ReturnType<typeof ownProxy> {
  return ownProxy(url, current());
}

function current(): ProxySettings {
  const http = vscode.workspace.getConfiguration('http');
  const { proxySupport, proxy, noProxy, proxyAuthorization, proxyStrictSSL } = settings.parse({
    proxySupport: http.get('proxySupport'),
    proxy: http.get('proxy'),
    noProxy: http.get('noProxy'),
    proxyAuthorization: http.get('proxyAuthorization'),
    proxyStrictSSL: http.get('proxyStrictSSL'),
  });
  return { support: proxySupport, proxy, noProxy, authorization: proxyAuthorization, strictSSL: proxyStrictSSL, env: process.env };
}
