import { later } from '../../l10n/texts';
import { answerFailures } from './answer';
import { networkFailures } from './network';
import type { FailureEntry } from './entry';

export type { FailureEntry } from './entry';

/** Failures of decoding an answer. */
const decodeFailures = {
  'cut-off': {
    phase: 'decode',
    what: later('The answer ends in the middle.'),
    why: later('The server stopped sending: mostly a PHP error or a time limit.'),
    next: later('Look into the logs of PHP and the web server, or ask for less.'),
  },
  malformed: {
    phase: 'decode',
    what: later('The answer is not well-formed XML.'),
    why: later('An extension of the store or something on the way put other text into it.'),
    next: later('Look at the response at the place named.'),
  },
  dtd: {
    phase: 'decode',
    what: later('The answer holds a document type definition, which SOAP forbids.'),
    why: later('Such definitions can make a small answer huge or read local files; they are never followed.'),
    next: later('Find out who sent it: a store of this family never does.'),
  },
  'processing-instruction': {
    phase: 'decode',
    what: later('The answer holds a processing instruction, which SOAP forbids.'),
    next: later('Find out who sent it: a store of this family never does.'),
  },
  'too-deep': {
    phase: 'decode',
    what: later('The answer is nested too deep.'),
    why: later('No honest answer is.'),
    next: later('Find out who sent it.'),
  },
  charset: {
    phase: 'decode',
    what: later('The answer is in a character set that cannot be read.'),
    why: later('The shop’s setting "Default Response Charset" under {settings} names it.'),
    next: later('Set it to UTF-8.'),
  },
  unreadable: {
    phase: 'decode',
    what: later('The answer could not be read.'),
    why: later('This is a mistake in the toolkit, not of the store.'),
    next: later('Please report it with the log and the response.'),
  },
  circular: {
    phase: 'decode',
    what: later('The answer refers to itself.'),
    next: later('Find out who sent it: a store of this family never does.'),
  },
} as const satisfies Record<string, FailureEntry>;

/**
 * All failures without a SOAP answer: on the way to the store, an answer that is not from the API, and an answer that cannot be decoded.
 */
export const failures = { ...networkFailures, ...answerFailures, ...decodeFailures } as const satisfies Record<string, FailureEntry>;

/** Code of a {@link failures} entry. */
export type FailureCode = keyof typeof failures;

/** Whether a text is the code of a known failure. */
export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(failures, code);
}
