import type { Dialect } from '../../api/dialect';
import type { SoapList, SoapRecord, SoapValue } from '../../api/value';
import type { Junk } from '../../soap/decoding/decode';
import type { Exchange } from '../wire/exchange';

/** Arguments of a call: by name, or in V1's order for methods that the catalogue does not know. */
export type CallArguments = SoapRecord | SoapList;

/** Options of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Receives each row of a list as it arrives. The value is then an empty list. */
  readonly onRow?: ((row: SoapValue, index: number) => void) | undefined;
  /** Use this dialect instead of the store's, at the address beside it if there is one. */
  readonly dialect?: Dialect | undefined;
  /** The user confirmed this write to a production store. */
  readonly confirmed?: boolean | undefined;
  /** For ordered lists (`DialectFacets.paged`): `newest` begins with the highest ID, otherwise the lowest ID comes first. */
  readonly order?: 'newest' | 'oldest' | undefined;
  /** For lists that come in pages: called after each page with the number of rows checked so far. Returns whether no more are wanted. */
  readonly isEnough?: ((looked: number) => boolean) | undefined;
  /** The caller read the same before and asks whether it changed: a store that can answer "no" need not send it again. */
  readonly again?: boolean | undefined;
}

/** The result of a call. */
export interface CallResult {
  /** Without WS-I's wrappers: a list is a plain list in every dialect. */
  readonly value: SoapValue;
  /** Number of rows given to `onRow`. */
  readonly rows: number;
  readonly dialect: Dialect;
  /** The exchange with the answer. If there were several, the last one. */
  readonly exchange: Exchange;
  /** For a list that came in pages: the range of IDs that was checked, whether or not the rows passed the filters. */
  readonly settled?: { readonly from: number; readonly to: number } | undefined;
  /** Bytes around the XML that should not be there. */
  readonly junk: readonly Junk[];
}
