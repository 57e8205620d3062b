import { ToolkitError } from '../api/errors';
import type { StoreConfig } from '../store/settings/config';
import { callUrl } from '../store/settings/shop-address';
import { isLoopback } from '../store/wire/loopback';
import type { Environment } from '../store/settings/variables';
import { usage } from './io';

/** Environment variable with hosts that may get keys, passwords and variables even if their address comes from a file. */
export const HOSTS_VARIABLE = 'MAHO_SOAP_HOSTS';

/** A host as a person wrote it, such as `shop.example.com`, `shop.example.com:8443` or `http://intranet.example`. */
interface NamedHost {
  /** In the form of `URL`: lower case and punycode. */
  readonly hostname: string;
  /** `undefined` allows any port. */
  readonly port: string | undefined;
  /** The user wrote http://. Others can read plain HTTP on the way, so only a person may allow it. */
  readonly plain: boolean;
}

/**
 * The hosts that a person named for this run. Anyone who can write to a branch can change the addresses in files of the workspace. An
 * address from such a file gets nothing unless its host is named here.
 */
export class NamedHosts {
  readonly #hosts: readonly NamedHost[];

  /**
   * @param options the values of `--allow-host`
   * @throws {ToolkitError} of kind `input`, `usage`, for a value that is not a host
   */
  constructor(options: readonly string[], env: Environment) {
    this.#hosts = [...options, ...(env[HOSTS_VARIABLE] ?? '').split(/[\s,]+/).filter((part) => part !== '')].map(hostOf);
  }

  /** Whether a person named the host of a URL. */
  has(url: URL): boolean {
    const secure = url.protocol === 'https:' || isLoopback(url.hostname);
    return this.#hosts.some(
      ({ hostname, port, plain }) => hostname === bare(url) && (port === undefined || port === portOf(url)) && (secure || plain),
    );
  }

  /**
   * Checks that a person named the host of a store from a settings file.
   * @param config the store, with its variables replaced
   * @param written its address as the file has it, for messages, because the value of a variable may be a secret
   * @param file path of the settings file
   * @throws {ToolkitError} of kind `policy`, `host-not-named`, or `input`, `url-invalid`, for an address that is not a URL
   */
  require({ name, url }: StoreConfig, written: string, file: string): void {
    const target = callUrl(url);
    if (target === undefined) {
      const shown = written.replace(/\/\/[^/@]*@/, '//…@').slice(0, 200);
      throw new ToolkitError('input', {
        code: 'url-invalid',
        what: `"${shown}" is not the URL of a store.`,
        why: `It is the URL of "${name}" in ${file}.`,
        next: 'Write it as https://shop.example.com.',
      });
    }
    if (!this.has(target)) throw notNamed(target, written, name, file);
  }
}

function notNamed(target: URL, written: string, name: string, file: string): ToolkitError {
  const variable = /\$\{env:([^${}]+)\}/.exec(written)?.[1];
  const whole = variable !== undefined && written.trim() === `\${env:${variable}}`;
  const plain = target.protocol === 'http:' && !isLoopback(target.hostname);
  const host = `${plain ? 'http://' : ''}${target.host}`;
  // The host comes from a file that others can change, so text that a shell would interpret is not offered for copying.
  const copyable =
    variable === undefined
      ? /^[\w./:[\]-]+$/.test(host)
        ? host
        : undefined
      : whole && /^[A-Za-z_]\w*$/.test(variable)
        ? `"$${variable}"`
        : undefined;
  const place = variable === undefined ? host : written;
  return new ToolkitError('policy', {
    code: 'host-not-named',
    what: `Nothing was sent to ${place}, the URL of "${name}", because this host is not allowed.`,
    why:
      `The URL is from ${file}, and a file alone must not decide which host gets MAHO_SOAP_KEY, the web password ` +
      `or other variables.${plain ? ' The connection is not encrypted, either.' : ''}`,
    next:
      copyable === undefined
        ? `If this is the right host, allow it with --allow-host or in ${HOSTS_VARIABLE}.`
        : `If this is the right host, add --allow-host ${copyable}, or set ${HOSTS_VARIABLE}=${copyable}.`,
  });
}

function hostOf(text: string): NamedHost {
  const scheme = /^(https?):\/\//i.exec(text)?.[1]?.toLowerCase();
  const url = callUrl(scheme === undefined ? `https://${text}` : text);
  const rest = text.replace(/^https?:\/\//i, '');
  const fits = scheme === undefined ? !/[/?#@]/.test(rest) : true;
  if (url === undefined || !fits || text.includes('*'))
    throw usage(
      `"${text.slice(0, 200)}" is not a host.`,
      'Write it as shop.example.com, shop.example.com:8443 or http://intranet.example.',
    );
  // `URL` drops the default port of a scheme, but a port that the user wrote must count.
  const written = /^(?:\[[^\]]*\]|[^:/?#]*):(\d+)(?:[/?#]|$)/.exec(rest)?.[1];
  return { hostname: bare(url), port: written === undefined ? undefined : String(Number(written)), plain: scheme === 'http' };
}

function bare(url: URL): string {
  return url.hostname.replace(/\.$/, '');
}

function portOf(url: URL): string {
  return url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
}
