import type { ResourceRegistry } from '../../api/resources';
import type { ProxyWay } from '../http/request';
import type { Exchange } from '../wire/exchange';
import type { DescriptionCache } from '../soap/services';
import type { RetryPolicy } from './retry';

/** A pause that a store asked for. */
export interface Wait {
  readonly store: string;
  /** The call that waits: `login`, or the path of a method. */
  readonly method: string;
  /** Length of the pause in milliseconds. */
  readonly ms: number;
}

/** The functions and options that a client needs from its host besides the settings of the store. */
export interface ClientPorts {
  /** The API key, asked for at the first login. */
  readonly key: () => Promise<string>;
  /** Password of {@link StoreConfig.webUser}. */
  readonly webPassword?: (() => Promise<string>) | undefined;
  /** Receives every exchange, also of logins and WSDLs, as soon as it has ended, whether or not it succeeded. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  readonly retry?: RetryPolicy | undefined;
  /** Called when the store asked for fewer requests, with the time until the next attempt. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
  /** The proxy for an address, and how to connect to it. Without this function no proxy is used. */
  readonly proxy?: ((url: URL) => URL | ProxyWay | undefined) | undefined;
  /** Keeps service descriptions between runs. */
  readonly descriptions?: DescriptionCache | undefined;
  /** Resources whose methods are known. Without this option, those of the customer family. */
  readonly registry?: ResourceRegistry | undefined;
  /** Maximum number of bytes of an answer that an exchange keeps. Without this option, 16 MB. */
  readonly keepBytes?: number | undefined;
}

/** Maximum number of bytes of an answer that an exchange keeps if the host gives no limit. */
export const KEEP_BYTES = 16 * 1024 * 1024;
