import { answerFailures } from './answer';
import { networkFailures } from './network';
import type { FailureEntry } from './entry';

export type { FailureEntry } from './entry';

/** What is wrong with the bytes of an answer. */
const decodeFailures = {
  'cut-off': {
    phase: 'decode',
    what: 'The answer ends in the middle.',
    why: 'The server stopped sending: mostly a PHP error or a time limit.',
    next: 'Look into the logs of PHP and the web server, or ask for less.',
  },
  malformed: {
    phase: 'decode',
    what: 'The answer is not well-formed XML.',
    why: 'An extension of the store or something on the way put other text into it.',
    next: 'Look at the response at the place named.',
  },
  dtd: {
    phase: 'decode',
    what: 'The answer holds a document type definition, which SOAP forbids.',
    why: 'Such definitions can make a small answer huge or read local files; they are never followed.',
    next: 'Find out who sent it: a store of this family never does.',
  },
  'processing-instruction': {
    phase: 'decode',
    what: 'The answer holds a processing instruction, which SOAP forbids.',
    next: 'Find out who sent it: a store of this family never does.',
  },
  'too-deep': { phase: 'decode', what: 'The answer is nested too deep.', why: 'No honest answer is.', next: 'Find out who sent it.' },
  charset: {
    phase: 'decode',
    what: 'The answer is in a character set that cannot be read.',
    why: 'The shop’s setting "Default Response Charset" under {settings} names it.',
    next: 'Set it to UTF-8.',
  },
  unreadable: {
    phase: 'decode',
    what: 'The answer could not be read.',
    why: 'This is a mistake in the toolkit, not of the store.',
    next: 'Please report it with the log and the response.',
  },
  circular: { phase: 'decode', what: 'The answer refers to itself.', next: 'Find out who sent it: a store of this family never does.' },
} as const satisfies Record<string, FailureEntry>;

/** Every failure between us and a SOAP answer: the way there, what stands there instead of the API, and what cannot be read. */
export const failures = { ...networkFailures, ...answerFailures, ...decodeFailures } as const satisfies Record<string, FailureEntry>;

/** Code of a {@link failures} entry. */
export type FailureCode = keyof typeof failures;

/** Whether a text is the code of a known failure. */
export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(failures, code);
}
