import { later } from '../../l10n/texts';
import { answerFailures } from './answer';
import { networkFailures } from './network';
import type { FailureEntry } from './entry';

export type { FailureEntry } from './entry';

/** Failures of decoding an answer. */
const decodeFailures = {
  'cut-off': {
    phase: 'decode',
    what: later('The response is incomplete.'),
    why: later('The server stopped sending, usually because of a PHP error or a time limit.'),
    next: later('Check the logs of PHP and the web server, or request less data.'),
  },
  malformed: {
    phase: 'decode',
    what: later('The response is not well-formed XML.'),
    why: later('An extension of the store, or a server in between, added other text to it.'),
    next: later('Check the response at this position.'),
  },
  dtd: {
    phase: 'decode',
    what: later('The response contains a document type definition, which SOAP forbids.'),
    why: later('Such definitions can make a small response huge or read local files, so they are never followed.'),
    next: later('Find out who sent it. Maho, OpenMage and Magento 1 never do.'),
  },
  'processing-instruction': {
    phase: 'decode',
    what: later('The response contains a processing instruction, which SOAP forbids.'),
    next: later('Find out who sent it. Maho, OpenMage and Magento 1 never do.'),
  },
  'too-deep': {
    phase: 'decode',
    what: later('The response is nested too deeply.'),
    why: later('No regular response is nested this deeply.'),
    next: later('Find out who sent it.'),
  },
  charset: {
    phase: 'decode',
    what: later('The response uses a character set that cannot be read.'),
    why: later('The shop\'s setting "Default Response Charset" under {settings} sets it.'),
    next: later('Set it to UTF-8.'),
  },
  unreadable: {
    phase: 'decode',
    what: later('The response could not be read.'),
    why: later('This is a bug in the toolkit, not in the store.'),
    next: later('Please report it with the log and the response.'),
  },
  circular: {
    phase: 'decode',
    what: later('The response refers to itself.'),
    next: later('Find out who sent it. Maho, OpenMage and Magento 1 never do.'),
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
