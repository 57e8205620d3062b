import { ToolkitError, toToolkitError } from '../api/errors';
import { printable, type Annotation } from '../api/printable';
import { forTerminal } from './words';

/** The terminal as the process has it. */
export interface Terminal {
  /** Writes to standard output; resolves when more may be written. */
  readonly out: (text: string) => Promise<void>;
  /** Writes to standard error. */
  readonly err: (text: string) => Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All of standard input. */
  readonly input: () => Promise<string>;
  /** Aborted by Ctrl+C and by termination. */
  readonly stop: AbortSignal;
  /** Says how long this command may take to clean up after it was stopped, in ms. */
  readonly needsGrace?: (ms: number) => void;
}

/** The terminal as commands see it: what they write to it commands nothing. */
export interface Io extends Terminal {
  /** Marks a place in a file for the build server that runs this. */
  readonly annotate: (annotation: Annotation) => Promise<void>;
}

/** A mistake in the arguments of a command. */
export function usage(what: string, next = 'See --help.'): ToolkitError {
  return new ToolkitError('input', { code: 'usage', what, next });
}

/** An error as people read it in a terminal: what, the store's words, why, what to do. */
export function errorText(thrown: unknown): string {
  const { kind, words } = forTerminal(toToolkitError(thrown));
  const label = kind === 'fault' ? `Fault ${words.code}: ` : '';
  const lines = [
    `${label}${words.what}`,
    words.said === undefined ? undefined : `  The store said: ${words.said}`,
    words.why === undefined ? undefined : `  Why:            ${words.why}`,
    words.next === undefined ? undefined : `  What to do:     ${words.next}`,
  ];
  return `${lines
    .filter((line) => line !== undefined)
    .map(printable)
    .join('\n')}\n`;
}

/** The same as data. */
export function errorData(thrown: unknown): object {
  const { kind, words } = forTerminal(toToolkitError(thrown));
  return { kind, code: words.code, what: words.what, said: words.said, why: words.why, next: words.next };
}
