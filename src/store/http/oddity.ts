/** Something that is wrong with the HTTP of an answer that was read in spite of it. */
export interface Oddity {
  /** Short and stable, for machines. */
  readonly code: OddityCode;
  /** One sentence for people. */
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

/** What is wrong with an answer that could not be read in spite of it. `network-failure.ts` has words for each code. */
export class HttpError extends Error {
  constructor(
    readonly code: 'NOT_HTTP' | 'SPEAKS_TLS' | 'HEAD_TOO_LARGE' | 'CHUNKS_BROKEN',
    message: string,
  ) {
    super(message);
  }
}
