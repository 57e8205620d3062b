/** The error of a proxy that did not let a connection through. */
export class ProxyError extends Error {
  constructor(
    /** Host and port, without the login that its URL may contain. */
    readonly proxy: string,
    /** HTTP status of its answer; `undefined` when it did not answer. */
    readonly status: number | undefined,
    reason: string,
    options?: { readonly cause?: unknown },
  ) {
    super(reason, options);
  }
}
