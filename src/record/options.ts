import type { ToolkitError } from '../api/errors';
import type { ResourceRegistry } from '../api/resources';
import type { SoapValue } from '../api/value';
import type { StoreConfig } from '../store/settings/config';
import type { Exchange, Headers } from '../store/wire/exchange';
import type { Transport } from '../store/wire/transport';
import type { KeptBody } from './kept-body';
import type { RecordedCall } from './meaning';

/** One exchange that was passed on. */
export interface PassedExchange {
  /** Everything in it is masked. */
  readonly exchange: Exchange;
  readonly place: string;
  readonly isWsdl: boolean;
  readonly asked: RecordedCall;
  /** The decoded answer of the store, not masked; `undefined` when it is not a result. */
  readonly value: SoapValue | undefined;
  /** Status of the answer; `undefined` when there is none. */
  readonly status: number | undefined;
  /** Whether the answer was cut off. */
  readonly broken: boolean;
  /** Headers of the answer, masked. `{{address}}` replaces the store's address as the program saw it. Empty when there is no answer. */
  readonly headers: Headers;
  /** Returns the body of the answer, masked, with `{{address}}` as in {@link headers}. This takes time, so it is done only when called. */
  readonly body: () => KeptBody;
}

/** Options of a recorder. */
export interface RecorderOptions {
  readonly config: StoreConfig;
  /** The transport to the store. It is closed with the recorder. */
  readonly transport: Transport;
  /** Port to listen on; 0 for a free one. */
  readonly port: number;
  /** Whether the user allowed writes for this recording although the store is read-only or production. */
  readonly allowWrites?: boolean | undefined;
  /** Receives each exchange when no call passes, in their order. The next exchange waits for the returned promise. */
  readonly onPassed: (passed: PassedExchange) => void | Promise<void>;
  /** Receives each call that the policy refused, in its order, as an exchange without an answer of the store. */
  readonly onRefused?: ((exchange: Exchange, error: ToolkitError) => void) | undefined;
  /**
   * How long an exchange may wait at most to be reported while a program continues to call, in milliseconds. Without it, exchanges wait
   * until the program pauses, so that only passing on bytes takes the program's time.
   */
  readonly tellWithinMs?: number | undefined;
  /** How much of all answers is kept at a time, in bytes; 160 MB by default. Answers beyond that are passed on and not kept. */
  readonly maxKeptBytes?: number | undefined;
  /** `false` if the values of answers are not needed: lists are then read to their end and not kept, which takes less time. */
  readonly keepsValues?: boolean | undefined;
  readonly registry?: ResourceRegistry | undefined;
}
