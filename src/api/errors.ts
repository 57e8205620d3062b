import { t } from '../l10n/texts';

/**
 * All kinds of errors.
 * - `fault`: the store answered with a SOAP fault.
 * - `transport`: there was no complete HTTP answer, or it was not from the API (refused, time-out, redirect, HTML page).
 * - `decode`: the bytes of the answer are not readable SOAP (cut off, malformed, a DTD, too deep, too large).
 * - `policy`: the toolkit refused to send the call (read-only store, production not confirmed, untrusted workspace).
 * - `input`: the caller's request is invalid (unknown method, wrong argument, missing key).
 */
export type ErrorKind = 'fault' | 'transport' | 'decode' | 'policy' | 'input';

/** The words of an error, in the order in which people read them. */
export interface ErrorWords {
  /** Short and stable, for programs: a fault code such as `102`, or a word such as `connection-refused`. */
  readonly code: string;
  /** One sentence that says what happened. The store's own words are in `said` only. */
  readonly what: string;
  /** The reason, if known. */
  readonly why?: string | undefined;
  /** What to do next. */
  readonly next?: string | undefined;
  /** The store's own words, exactly. */
  readonly said?: string | undefined;
  /** Heading in `docs/faults.md` that explains it, if there is one. */
  readonly topic?: string | undefined;
}

/** The only error class of the product. Its `message` joins the parts of {@link words}. */
export class ToolkitError extends Error {
  override readonly name = 'ToolkitError';
  #words: ErrorWords;

  constructor(
    readonly kind: ErrorKind,
    words: ErrorWords,
    options?: { readonly cause?: unknown },
  ) {
    super(describe(words), options);
    this.#words = words;
  }

  get words(): ErrorWords {
    return this.#words;
  }

  /**
   * Changes all words except the code, before anyone has seen the error: a quoted page or message may have secrets.
   * @param hide removes secrets from a text
   */
  conceal(hide: (text: string) => string): this {
    const { code, what, why, next, said, topic } = this.#words;
    const change = (text: string | undefined): string | undefined => (text === undefined ? undefined : hide(text));
    this.#words = { code, what: hide(what), why: change(why), next: change(next), said: change(said), topic };
    this.message = describe(this.#words);
    // A stack begins with the original message.
    if (this.stack !== undefined) this.stack = hide(this.stack);
    return this;
  }

  /** See {@link ErrorWords.code}. */
  get code(): string {
    return this.words.code;
  }
}

/** A SOAP fault as received, not yet explained. */
export interface Fault {
  /** `faultcode` as sent: a bare number such as `102`, or `SOAP-ENV:Server`, `Sender`, `WSDL`, `env:Sender` (facts §2). */
  readonly code: string;
  /** `faultstring` (1.1) or the reason text (1.2), exactly. */
  readonly message: string;
  /** `detail`, if the store sent one. */
  readonly detail?: string | undefined;
}

/** The error for an answer that is a SOAP fault. */
export class FaultError extends ToolkitError {
  constructor(
    readonly fault: Fault,
    words: Omit<ErrorWords, 'code' | 'said'>,
  ) {
    super('fault', { ...words, code: fault.code, said: fault.message });
  }
}

/** Converts any thrown value to a {@link ToolkitError}. A programming error keeps its message and becomes the cause. */
export function toToolkitError(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error;
  const what = error instanceof Error ? error.message : String(error);
  return new ToolkitError(
    'input',
    { code: 'unexpected', what, next: t('This is a bug in the toolkit. Please report it with the log.') },
    { cause: error },
  );
}

function describe({ what, why, next, said }: ErrorWords): string {
  return [what, said === undefined ? undefined : t('The store said: {said}', { said }), why, next]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}
