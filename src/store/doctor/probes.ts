import { lookup } from 'node:dns/promises';
import { connect as tcpConnect, isIP } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { explainFailure } from '../../api/faults/faults';
import type { ErrorWords } from '../../api/errors';
import { within } from '../calls/limit';
import { networkFailure } from '../wire/network-failure';
import { cancelled, trustOptions } from '../wire/transport';

/** Options of a probe. */
export interface ProbeOptions {
  readonly ca?: string | undefined;
  /** Time limit in milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** The facts that a TLS handshake showed. */
export interface TlsFacts {
  readonly protocol: string;
  readonly subject: string | undefined;
  readonly issuer: string | undefined;
  readonly validTo: Date | undefined;
  /** The reason why the certificate is not trusted; `undefined` when it is. */
  readonly untrusted: ErrorWords | undefined;
}

/**
 * All addresses of a host. If the host is already an address, that address.
 * @throws {TransportError} when the lookup fails, takes too long or is cancelled
 */
export async function addressesOf(url: URL, options: ProbeOptions): Promise<readonly string[]> {
  const host = bare(url.hostname);
  if (isIP(host) !== 0) return [host];
  return await limited(url, options, async () => (await lookup(host, { all: true })).map(({ address }) => address));
}

/**
 * Opens a TCP connection and closes it again.
 * @throws {TransportError} when no server listens, or it takes too long or is cancelled
 */
export async function reach(url: URL, options: ProbeOptions): Promise<void> {
  await limited(url, options, async (stop) => {
    await new Promise<void>((resolve, reject) => {
      const socket = tcpConnect({ host: bare(url.hostname), port: portOf(url), autoSelectFamily: true });
      stop.addEventListener('abort', () => socket.destroy(), { once: true });
      socket.once('connect', () => {
        socket.destroy();
        resolve();
      });
      socket.once('error', reject);
    });
  });
}

/**
 * Makes a TLS handshake without requiring trust, so that the certificate can be read.
 * @throws {TransportError} when the other side does not use TLS, takes too long, or when it is cancelled
 */
export async function shakeHands(url: URL, options: ProbeOptions): Promise<TlsFacts> {
  return await limited(url, options, async (stop) => {
    return await new Promise<TlsFacts>((resolve, reject) => {
      const host = bare(url.hostname);
      const socket = tlsConnect({
        host,
        port: portOf(url),
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...trustOptions(options.ca),
        rejectUnauthorized: false,
      });
      stop.addEventListener('abort', () => socket.destroy(), { once: true });
      socket.once('error', reject);
      socket.once('secureConnect', () => {
        const certificate = socket.getPeerCertificate();
        const error = socket.authorized ? undefined : socket.authorizationError;
        resolve({
          protocol: socket.getProtocol() ?? 'TLS',
          subject: text(certificate.subject?.CN),
          issuer: text(certificate.issuer?.CN ?? certificate.issuer?.O),
          validTo: certificate.valid_to === undefined ? undefined : new Date(certificate.valid_to),
          untrusted:
            error === undefined
              ? undefined
              : explainFailure('certificate', { host, reason: `${typeof error === 'string' ? error : error.message}.` }),
        });
        socket.destroy();
      });
    });
  });
}

/** Port of a URL. If it names none, the default port of its scheme. */
export function portOf(url: URL): number {
  return url.port !== '' ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
}

/** Node expects IPv6 addresses without the brackets of URLs. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function text(name: string | string[] | undefined): string | undefined {
  return Array.isArray(name) ? name.join(', ') : name;
}

/** Runs a probe within its time limit. Its errors are those of a call. */
async function limited<T>(url: URL, { timeout, signal }: ProbeOptions, probe: (stop: AbortSignal) => Promise<T>): Promise<T> {
  if (signal?.aborted === true) throw cancelled(false);
  const limit = within(timeout, signal);
  const stopped = new Promise<never>((_, reject) => {
    limit.signal.addEventListener(
      'abort',
      () =>
        reject(
          limit.timedOut
            ? // oxlint-disable-next-line house/spoken-texts -- What is read is made of the code.
              networkFailure(Object.assign(new Error('Timed out'), { code: 'ETIMEDOUT' }), url, { sent: false }, 0, timeout)
            : cancelled(false),
        ),
      { once: true },
    );
  });
  try {
    return await Promise.race([probe(limit.signal), stopped]);
  } catch (error) {
    throw error instanceof Error && 'words' in error ? error : networkFailure(error, url, { sent: false }, 0, timeout);
  } finally {
    limit.end();
  }
}
