import type { Dialect } from '../../api/dialect';
import type { SoapList, SoapRecord, SoapValue } from '../../api/value';
import type { Junk } from '../../soap/decoding/decode';
import type { Exchange } from '../wire/exchange';

/** Arguments of a call: by name, or in V1's order for methods that the catalogue does not know. */
export type CallArguments = SoapRecord | SoapList;

/** Options of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told each row of a list as it arrives; the value is then an empty list. */
  readonly onRow?: ((row: SoapValue, index: number) => void) | undefined;
  /** Speak this dialect instead of the store's, at the address beside it where there is one. */
  readonly dialect?: Dialect | undefined;
  /** The user confirmed this write to a production store. */
  readonly confirmed?: boolean | undefined;
  /** For lists that come in an order (`DialectFacets.paged`): the highest ID first, otherwise the lowest. */
  readonly order?: 'newest' | 'oldest' | undefined;
  /** For lists that come in pages: asked after each page, with the rows that were looked at so far, whether no more are wanted. */
  readonly enough?: ((looked: number) => boolean) | undefined;
  /** The caller read the same before and asks whether it changed: a store that can say "no" need not send it again. */
  readonly again?: boolean | undefined;
}

/** What a call brought. */
export interface CallResult {
  /** WS-I's wrappers are gone: lists are lists in every dialect. */
  readonly value: SoapValue;
  /** Rows given to `onRow`. */
  readonly rows: number;
  readonly dialect: Dialect;
  /** The exchange that brought it; the last one where it took several. */
  readonly exchange: Exchange;
  /** Of a list that came in pages: the IDs that were looked through, whether or not they passed the filters. */
  readonly settled?: { readonly from: number; readonly to: number } | undefined;
  /** Bytes around the XML that should not be there. */
  readonly junk: readonly Junk[];
}
