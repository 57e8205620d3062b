import type { IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import { ToolkitError } from '../api/errors';

/**
 * Names by which a machine reaches itself. A name that only begins like one is different: `localhost.evil.com` belongs to somebody else.
 */
const LOOPBACK = /^(?:localhost|127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[::1\])$/;

/** A host with an optional port, as in a `Host` header. */
const HOST = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?)(?::\d{1,5})?$/;

/**
 * Protects a demo store from web pages. A page can send requests to this machine, and its own host name may resolve to this machine (DNS
 * rebinding). Only requests for a name of this store that do not come from another site's page are served.
 */
export class Guard {
  readonly #names: ReadonlySet<string>;

  /**
   * @param host address that the store listens on
   * @param allowed further names of the store, without ports
   * @throws {ToolkitError} of kind `input` for a name that is not a host
   */
  constructor(host: string, allowed: readonly string[]) {
    this.#names = new Set([...ownNames(host), ...allowed.map(hostName)]);
  }

  /** Why a request is not served, in words for people; `undefined` when it is served. */
  refusal(request: IncomingMessage): string | undefined {
    for (const host of hostsOf(request)) {
      if (!this.#isOurs(host)) {
        const asked = HOST.test(host.toLowerCase()) ? `the host name "${host.slice(0, 80)}"` : 'the host name in the request';
        return `This demo store does not accept ${asked}. Use localhost, or start the store with --allow-host and the host name.`;
      }
    }
    for (const origin of valuesOf(request, 'origin')) {
      const host = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase())?.[1];
      if (host === undefined || !this.#isOurs(host)) return 'This demo store does not answer web pages of other sites.';
    }
    const foreign = valuesOf(request, 'sec-fetch-site').some((site) => !['same-origin', 'same-site', 'none'].includes(site.toLowerCase()));
    return foreign ? 'This demo store does not answer web pages of other sites.' : undefined;
  }

  #isOurs(host: string): boolean {
    const name = HOST.exec(host.toLowerCase())?.[1];
    return name !== undefined && (LOOPBACK.test(name) || this.#names.has(name));
  }
}

/** Whether an address can be reached only from this machine. */
export function isLocalOnly(host: string): boolean {
  return LOOPBACK.test(host.toLowerCase()) || host === '::1';
}

/** Every host that a request names: in each Host header, and in the target if that is an absolute URL. */
function hostsOf(request: IncomingMessage): readonly string[] {
  const target = request.url ?? '/';
  const whole = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1];
  return [...valuesOf(request, 'host'), ...(whole === undefined ? [] : [whole])];
}

/** All values of a header. Node keeps only the first of some repeated headers. */
function valuesOf({ rawHeaders }: IncomingMessage, name: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}

function ownNames(host: string): readonly string[] {
  if (host !== '0.0.0.0' && host !== '::') return [inBrackets(host.toLowerCase())];
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => inBrackets(address.toLowerCase())),
  );
}

function inBrackets(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
}

function hostName(wanted: string): string {
  const name = inBrackets(wanted.trim().toLowerCase());
  if (HOST.exec(name)?.[1] === name) return name;
  throw new ToolkitError('input', {
    code: 'allow-host',
    what: `"${wanted.slice(0, 80)}" is not a host name.`,
    next: 'Enter it without http:// and without a port, such as demo.example.com.',
  });
}
