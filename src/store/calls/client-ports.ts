import type { ResourceRegistry } from '../../api/resources';
import type { ProxyWay } from '../http/request';
import type { Exchange } from '../wire/exchange';
import type { DescriptionCache } from '../soap/services';
import type { RetryPolicy } from './retry';

/** A pause that a store asked for. */
export interface Wait {
  readonly store: string;
  /** What is waiting: `login`, or the path of a method. */
  readonly method: string;
  /** How long, in milliseconds. */
  readonly ms: number;
}

/** What a client needs from its host besides the settings of the store. */
export interface ClientPorts {
  /** The API key, asked for at the first login. */
  readonly key: () => Promise<string>;
  /** Password of {@link StoreConfig.webUser}. */
  readonly webPassword?: (() => Promise<string>) | undefined;
  /** Told every exchange, of logins and WSDLs too, as soon as it is over, whatever came of it. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  readonly retry?: RetryPolicy | undefined;
  /** Told that the store asked for fewer requests, and how long is waited before the next attempt. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
  /** The proxy for an address, and how it is spoken to; without this no proxy is used. */
  readonly proxy?: ((url: URL) => URL | ProxyWay | undefined) | undefined;
  /** Keeps service descriptions between runs. */
  readonly descriptions?: DescriptionCache | undefined;
  /** Resources whose methods are known; those of the customer family otherwise. */
  readonly registry?: ResourceRegistry | undefined;
  /** How much of an answer an exchange keeps, in bytes; 16 MB otherwise. */
  readonly keepBytes?: number | undefined;
}

/** How much of an answer an exchange keeps where its host does not say. */
export const KEEP_BYTES = 16 * 1024 * 1024;
