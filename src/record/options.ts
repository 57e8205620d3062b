import type { ToolkitError } from '../api/errors';
import type { ResourceRegistry } from '../api/resources';
import type { SoapValue } from '../api/value';
import type { StoreConfig } from '../store/settings/config';
import type { Exchange, Headers } from '../store/wire/exchange';
import type { Transport } from '../store/wire/transport';
import type { KeptBody } from './kept-body';
import type { Asked } from './meaning';

/** One exchange that passed through. */
export interface Passed {
  /** Everything in it is masked. */
  readonly exchange: Exchange;
  readonly place: string;
  readonly isWsdl: boolean;
  readonly asked: Asked;
  /** What the store answered, decoded, not masked; `undefined` when it is not a result. */
  readonly value: SoapValue | undefined;
  /** Status of the answer; `undefined` when none came. */
  readonly status: number | undefined;
  /** Whether the answer broke off. */
  readonly broken: boolean;
  /** Headers of the answer, masked; `{{address}}` stands for the address of the store as the program saw it. None when no answer came. */
  readonly headers: Headers;
  /** The body of the answer, masked, with `{{address}}` as in {@link headers}. Made when it is asked for, which takes its time. */
  readonly body: () => KeptBody;
}

/** What a recorder needs. */
export interface RecorderOptions {
  readonly config: StoreConfig;
  /** How the store is reached. It is closed with the recorder. */
  readonly transport: Transport;
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether a person allowed writes for this recording although the store is read-only or production. */
  readonly allowWrites?: boolean | undefined;
  /** Told each exchange when nothing passes, in their order; the next one waits for what it returns. */
  readonly onPassed: (passed: Passed) => void | Promise<void>;
  /** Told each call that policy refused, in its turn: an exchange without an answer of the store. */
  readonly onRefused?: ((exchange: Exchange, error: ToolkitError) => void) | undefined;
  /**
   * How long at most an exchange waits to be told of while a program goes on asking, in milliseconds. Without it, it waits until the
   * program pauses, so that nothing but passing bytes on takes time from it.
   */
  readonly tellWithinMs?: number | undefined;
  /** How much of all answers is held at a time, in bytes; 160 MB when missing. Answers beyond that pass and are not kept. */
  readonly maxKeptBytes?: number | undefined;
  /** `false` where nobody wants the values of answers: lists are read to their end and not kept, which takes less time. */
  readonly keepsValues?: boolean | undefined;
  readonly registry?: ResourceRegistry | undefined;
}
