import type { Dialect } from '../../api/dialect';
import type { ToolkitError } from '../../api/errors';
import type { ArgFix } from '../../api/traps';
import type { SoapList, SoapRecord, SoapValue } from '../../api/value';
import type { Exchange } from '../../store/wire/exchange';
import type { Store } from '../stores/store';

/** A call as somebody wrote it: by path or operation, with arguments by name or in order; or a raw envelope. */
export interface Call {
  readonly method: string;
  readonly args?: SoapRecord | SoapList | undefined;
  /** The dialect it was asked for in; the store's own when not given. */
  readonly dialect?: Dialect | undefined;
  /**
   * For code: attributes that rows of the list must lack, which the API cannot be asked for. {@link dialect} is then the only one that
   * returns them, where there is one.
   */
  readonly empty?: readonly string[] | undefined;
  /** A raw envelope in place of method and arguments, masked, its session as well. {@link method} only names it then. */
  readonly envelope?: string | undefined;
}

/** What came of a call, for every view that shows it: the response view, the history, the sheet's "Show exchange". */
export interface CallOutcome {
  /** What it is called where it came from: the name of the saved request, or the method. */
  readonly title: string;
  readonly call: Call;
  readonly store: Store;
  /** Dialect that was spoken; `undefined` when the call failed before one was chosen. */
  readonly dialect: Dialect | undefined;
  /** `undefined` when it failed. */
  readonly value: SoapValue | undefined;
  readonly error: ToolkitError | undefined;
  /** What went over the wire; `undefined` when nothing was sent. */
  readonly exchange: Exchange | undefined;
  /** Whether a list was stopped: {@link value} then has the rows that had come. */
  readonly stopped?: boolean | undefined;
  /** Rows of a list that came before its answer broke off, with their types. */
  readonly rows?: SoapList | undefined;
  /** What is to be known about it besides, a sentence or two each. */
  readonly notes?: readonly string[] | undefined;
  /**
   * "Run again", where that is more than sending {@link call} once more: a saved request is read from its file anew. Asks
   * before it writes.
   * @returns `undefined` when the user did not want it after all
   */
  readonly again?: ((signal: AbortSignal) => Promise<CallOutcome | undefined>) | undefined;
  /** Whether {@link again} shows by itself what comes of it, and returns nothing. */
  readonly againShowsItself?: boolean | undefined;
  /**
   * "Fix in the request": changes the request where it is written, before it is run again. Without it, the call itself is fixed and run.
   */
  readonly fix?: ((fix: ArgFix) => Promise<void>) | undefined;
}

/** Keeps what somebody asked for, one by one: the history. */
export interface ExchangeKeeper {
  /** @param value the result, for comparing; `undefined` when there is none */
  record(exchange: Exchange, value: SoapValue | undefined): void;
}

/** Shows what came of a call, beside the place it came from. */
export interface OutcomePresenter {
  show(outcome: CallOutcome): void;
}
