import { FaultError, ToolkitError, type ErrorWords } from '../api/errors';
import type { FileRun } from '../requests';

/** What to do on the command line, by error code, where the error's own advice is for the editor. */
const advice: Readonly<Record<string, (words: ErrorWords) => string | undefined>> = {
  'not-confirmed': ({ next }) => next?.replace(/^Type (".*") to confirm\.$/s, 'Confirm with --confirm $1.'),
  'variable-missing': () => 'Set it and run the command again.',
  'url-secret': () =>
    'Remove it from the URL and set the user of the web server with --web-user. Its password is read from MAHO_SOAP_WEB_PASSWORD.',
  'ca-file': () => 'Correct --ca, or caFile in the settings.',
  unexpected: () => 'This is a bug in the toolkit. Please report it.',
};

/** The same error with advice for the command line. */
export function forTerminal(error: ToolkitError): ToolkitError {
  const advise = Object.hasOwn(advice, error.code) ? advice[error.code] : undefined;
  if (advise === undefined || error instanceof FaultError) return error;
  return new ToolkitError(error.kind, { ...error.words, next: advise(error.words) }, { cause: error });
}

/** The run of a file with advice for the command line in each of its errors. */
export function runForTerminal(run: FileRun): FileRun {
  return {
    ...run,
    error: run.error === undefined ? undefined : forTerminal(run.error),
    runs: run.runs.map((each) => (each.error === undefined ? each : { ...each, error: forTerminal(each.error) })),
  };
}
