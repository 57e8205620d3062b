import { ToolkitError } from '../../api/errors';

/** What was masked would arrive as dots. */
export function masked(): ToolkitError {
  return new ToolkitError('input', {
    code: 'history-masked',
    what: 'This call cannot be sent as it stands.',
    why: 'It held secrets, which the history does not keep.',
    next: 'Save the exchange of the history as a request file and fill in what is missing.',
  });
}

/** An envelope that was written by hand is written for one dialect, and only a request file fills its session in. */
export function onlyFromFile(): ToolkitError {
  return new ToolkitError('input', {
    code: 'raw-envelope',
    what: 'A raw envelope cannot be sent again from here, or over another dialect.',
    next: 'Run it from its request file. An exchange of the history can be saved as one.',
  });
}
