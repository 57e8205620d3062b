import { certificates, defaultMaxBytes, defaultTimeouts, type StoreConfig } from '../settings/config';
import { Transport } from '../wire/transport';
import type { ClientPorts } from './client-ports';
import { withoutUndefined } from './definite';

/**
 * The transport to a store, according to its settings and the host: time limits, certificates, proxy, the web server's password.
 * @param password of {@link StoreConfig.webUser}
 * @throws {ToolkitError} of kind `input` when the file with certificates cannot be used
 */
export async function openTransport(
  config: StoreConfig,
  { proxy }: Pick<ClientPorts, 'proxy'>,
  password: string | undefined,
): Promise<Transport> {
  return new Transport({
    timeouts: { ...defaultTimeouts, ...withoutUndefined(config.timeouts ?? {}) },
    maxBytes: config.maxBytes ?? defaultMaxBytes,
    ca: config.caFile === undefined ? undefined : await certificates(config.caFile),
    proxy,
    auth: config.webUser === undefined ? undefined : { user: config.webUser, password: password ?? '' },
  });
}
