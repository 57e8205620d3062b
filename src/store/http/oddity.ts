/** A mistake in the HTTP of an answer that was read even so. */
export interface Oddity {
  /** Short and stable, for programs. */
  readonly code: OddityCode;
  /** One sentence for users. */
  readonly text: string;
}

/** Codes of {@link Oddity}. */
export type OddityCode =
  | 'lengths-differ'
  | 'length-repeated'
  | 'length-unreadable'
  | 'length-too-short'
  | 'length-too-long'
  | 'length-beside-chunks'
  | 'end-unsaid'
  | 'chunks-missing'
  | 'chunks-broken'
  | 'header-odd'
  | 'head-large'
  | 'compression-missing'
  | 'compression-other'
  | 'compression-unsaid';

/** The error of an answer whose HTTP is so wrong that it could not be read. `network-failure.ts` has texts for each code. */
export class HttpError extends Error {
  constructor(
    readonly code: 'NOT_HTTP' | 'SPEAKS_TLS' | 'HEAD_TOO_LARGE' | 'CHUNKS_BROKEN',
    message: string,
  ) {
    super(message);
  }
}
