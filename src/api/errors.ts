import { t } from '../l10n/texts';

/**
 * The closed set of things that can go wrong, for every room.
 *
 * - `fault`: the store answered with a SOAP fault.
 * - `transport`: no complete HTTP answer, or one that is not the API (refused, time-out, redirect, HTML page).
 * - `decode`: bytes came that are not a readable SOAP answer (cut off, malformed, a DTD, too deep, too large).
 * - `policy`: we refused to send (read-only store, production not confirmed, untrusted workspace).
 * - `input`: what the caller asked for makes no sense (unknown method, wrong argument, missing key).
 */
export type ErrorKind = 'fault' | 'transport' | 'decode' | 'policy' | 'input';

/** What every error says, in the order people read it. */
export interface ErrorWords {
  /** Short and stable, for machines: a fault code such as `102`, or a word such as `connection-refused`. */
  readonly code: string;
  /** What happened, one sentence. The store's own words are quoted in `said`, never mixed in here. */
  readonly what: string;
  /** Why, as far as it is known. */
  readonly why?: string | undefined;
  /** What to do next. */
  readonly next?: string | undefined;
  /** The store's own words, exactly. */
  readonly said?: string | undefined;
  /** Heading in `docs/faults.md` that explains it, where there is one. */
  readonly topic?: string | undefined;
}

/** The one error class of the product. Its `message` is what, why and next joined; `words` keeps them apart. */
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
   * Changes what the error says, apart from its code, where it is born, before anybody saw it: a page or a message may quote secrets.
   * @param hide a text without them
   */
  conceal(hide: (text: string) => string): this {
    const { code, what, why, next, said, topic } = this.#words;
    const change = (text: string | undefined): string | undefined => (text === undefined ? undefined : hide(text));
    this.#words = { code, what: hide(what), why: change(why), next: change(next), said: change(said), topic };
    this.message = describe(this.#words);
    // A stack begins with the message as it was.
    if (this.stack !== undefined) this.stack = hide(this.stack);
    return this;
  }

  /** See {@link ErrorWords.code}. */
  get code(): string {
    return this.words.code;
  }
}

/** A SOAP fault as it stood in the answer, before anything is made of it. */
export interface Fault {
  /** `faultcode` as sent: a bare number such as `102`, or `SOAP-ENV:Server`, `Sender`, `WSDL`, `env:Sender` (facts §2). */
  readonly code: string;
  /** `faultstring` (1.1) or the reason text (1.2), exactly. */
  readonly message: string;
  /** `detail`, where a store sends one. */
  readonly detail?: string | undefined;
}

/** A store's answer was a SOAP fault. */
export class FaultError extends ToolkitError {
  constructor(
    readonly fault: Fault,
    words: Omit<ErrorWords, 'code' | 'said'>,
  ) {
    super('fault', { ...words, code: fault.code, said: fault.message });
  }
}

/** Turns anything thrown into a {@link ToolkitError}; a programming error keeps its message and its stack as cause. */
export function toToolkitError(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error;
  const what = error instanceof Error ? error.message : String(error);
  return new ToolkitError(
    'input',
    { code: 'unexpected', what, next: t('This is a mistake in the toolkit. Please report it with the log.') },
    { cause: error },
  );
}

function describe({ what, why, next, said }: ErrorWords): string {
  return [what, said === undefined ? undefined : t('The store said: {said}', { said }), why, next]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}
