import type { Dialect } from '../../api/dialect';
import type { SoapValue } from '../../api/value';
import type { Junk } from '../../soap/decoding/decode';
import type { Exchange } from '../wire/exchange';

/** Options of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told each row of a list as it arrives; the value is then an empty list. */
  readonly onRow?: ((row: SoapValue, index: number) => void) | undefined;
  /** Speak this dialect instead of the store's, at the address beside it where there is one. */
  readonly dialect?: Dialect | undefined;
  /** The user confirmed this write to a production store. */
  readonly confirmed?: boolean | undefined;
}

/** What a call brought. */
export interface CallResult {
  /** WS-I's wrappers are gone: lists are lists in every dialect. */
  readonly value: SoapValue;
  /** Rows given to `onRow`. */
  readonly rows: number;
  readonly dialect: Dialect;
  readonly exchange: Exchange;
  /** Bytes around the XML that should not be there. */
  readonly junk: readonly Junk[];
}
