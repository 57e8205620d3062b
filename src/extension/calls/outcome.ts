import type { Dialect } from '../../api/dialect';
import type { ToolkitError } from '../../api/errors';
import type { ArgFix } from '../../api/traps';
import type { SoapList, SoapRecord, SoapValue } from '../../api/value';
import type { Exchange } from '../../store/wire/exchange';
import type { Store } from '../stores/store';

/** A call as the user wrote it: with a path or operation and arguments by name or in order, or as a raw envelope. */
export interface Call {
  readonly method: string;
  readonly args?: SoapRecord | SoapList | undefined;
  /** The dialect of the call. Defaults to the store's own. */
  readonly dialect?: Dialect | undefined;
  /**
   * For code: attributes that rows of the list must not have a value for, which the API cannot filter by. {@link dialect} is then the only
   * one that returns them, where there is one.
   */
  readonly empty?: readonly string[] | undefined;
  /** A raw envelope instead of method and arguments. Secrets and the session are masked. {@link method} is then only a name. */
  readonly envelope?: string | undefined;
}

/** The outcome of a call, for every view that shows it: the response view, the history, the sheet's "Show exchange". */
export interface CallOutcome {
  /** Its title: the name of the saved request, or the method. */
  readonly title: string;
  readonly call: Call;
  readonly store: Store;
  /** The dialect that was used. `undefined` when the call failed before one was chosen. */
  readonly dialect: Dialect | undefined;
  /** `undefined` when the call failed. */
  readonly value: SoapValue | undefined;
  readonly error: ToolkitError | undefined;
  /** The exchange of messages. `undefined` when nothing was sent. */
  readonly exchange: Exchange | undefined;
  /** Whether a list was stopped. {@link value} then has the rows that had arrived. */
  readonly stopped?: boolean | undefined;
  /** Rows of a list that arrived before its response broke off, with their types. */
  readonly rows?: SoapList | undefined;
  /** Notes about the outcome, one or two sentences each. */
  readonly notes?: readonly string[] | undefined;
  /**
   * "Run again", where that is more than sending {@link call} again: for example, a saved request is read from its file again. Asks before
   * it writes.
   * @returns `undefined` when the user cancelled it
   */
  readonly again?: ((signal: AbortSignal) => Promise<CallOutcome | undefined>) | undefined;
  /** Whether {@link again} itself shows the outcome and returns nothing. */
  readonly againShowsItself?: boolean | undefined;
  /** "Fix in Request": changes the request in its file before it is run again. Without it, the call itself is changed and run. */
  readonly fix?: ((fix: ArgFix) => Promise<void>) | undefined;
}

/** Keeps single calls that the user asked for. Implemented by the history. */
export interface ExchangeKeeper {
  /** @param value the result, for comparisons. `undefined` when there is none */
  record(exchange: Exchange, value: SoapValue | undefined): void;
}

/** Shows the outcome of a call, beside the editor it came from. */
export interface OutcomePresenter {
  show(outcome: CallOutcome): void;
}
