import { ToolkitError, toToolkitError } from '../api/errors';
import { printable, type Annotation } from '../api/printable';
import { forTerminal } from './words';

/** The terminal of the process. */
export interface Terminal {
  /** Writes to standard output. Resolves when the stream can take more. */
  readonly out: (text: string) => Promise<void>;
  /** Writes to standard error. */
  readonly err: (text: string) => Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads all of standard input. */
  readonly input: () => Promise<string>;
  /** Aborted by Ctrl+C and by a termination signal. */
  readonly stop: AbortSignal;
  /** Sets how long this command may take to clean up after it was stopped, in ms. */
  readonly needsGrace?: (ms: number) => void;
}

/** The terminal of the commands. Control characters are made visible, so that no text of a store can control the user's terminal. */
export interface Io extends Terminal {
  /** Attaches a message to a place in a file, in the syntax of the build server that runs this. */
  readonly annotate: (annotation: Annotation) => Promise<void>;
}

/** The error for a mistake in the arguments of a command. */
export function usage(what: string, next = 'See --help.'): ToolkitError {
  return new ToolkitError('input', { code: 'usage', what, next });
}

/** An error as text for the terminal: what happened, the store's words, why, and what to do. */
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

/** An error as data, for JSON output. */
export function errorData(thrown: unknown): object {
  const { kind, words } = forTerminal(toToolkitError(thrown));
  return { kind, code: words.code, what: words.what, said: words.said, why: words.why, next: words.next };
}
