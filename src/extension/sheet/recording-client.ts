import { toToolkitError } from '../../api/errors';
import type { CallOptions, CallResult, StoreClient } from '../../store/calls/client';
import type { Caller } from '../../store/customers/customer-save';
import { noteOf } from '../../store/wire/note';
import { isWrite } from '../../store/calls/policy';
import type { CallArguments } from '../../store/soap/tasks';
import type { CallOutcome, ExchangeKeeper } from '../calls/outcome';
import type { Store } from '../stores/store';

/** How the calls of a client are kept. */
export interface RecordingOptions {
  readonly history: ExchangeKeeper;
  /** The user opens a customer: reading it is the call that was asked for, and not a step of a write. */
  readonly opening?: boolean | undefined;
}

/**
 * A client that remembers the outcome of its last call for "Show exchange". It adds to the history what the user asked for: writes, and the
 * customer that is opened. Reads after a write do not replace its outcome.
 */
export class RecordingClient implements Caller {
  #latest: CallOutcome | undefined;

  constructor(
    private readonly store: Store,
    private readonly client: StoreClient,
    private readonly options: RecordingOptions,
  ) {}

  get dialect(): StoreClient['dialect'] {
    return this.client.dialect;
  }
  /** The outcome of the last call. If there was a write, the outcome of the last write. */
  get latest(): CallOutcome | undefined {
    return this.#latest;
  }

  async call(method: string, args: CallArguments = {}, options: CallOptions = {}): Promise<CallResult> {
    const base = { title: method, call: { method, args, dialect: options.dialect }, store: this.store };
    try {
      const result = await this.client.call(method, args, options);
      this.#keep({ ...base, dialect: result.dialect, value: result.value, error: undefined, exchange: result.exchange });
      return result;
    } catch (error) {
      const { exchange } = noteOf(error);
      this.#keep({ ...base, dialect: exchange?.dialect, value: undefined, error: toToolkitError(error), exchange });
      throw error;
    }
  }

  #keep(outcome: CallOutcome): void {
    const {
      call: { method },
      exchange,
      value,
    } = outcome;
    const asked = isWrite(method) || (this.options.opening === true && method === 'customer.info');
    if (asked && exchange !== undefined) this.options.history.record(exchange, value);
    const kept = this.#latest;
    if (kept === undefined || isWrite(method) || !isWrite(kept.call.method)) this.#latest = outcome;
  }
}
