import { plural } from '../../l10n/texts';
import type { ToolkitError } from '../../api/errors';
import type { RequestRun } from '../../requests';
import { requestsModule } from '../lazy/requests-module';

/** A file that could not be run, and the reason. */
export interface UnrunFile {
  /** Its path in the workspace. */
  readonly path: string;
  readonly error: ToolkitError;
}

/** The result of a run in one line, such as `11 passed, 1 failed, 2 files did not run`. Names the first of these files and its problem. */
export async function summary(runs: readonly RequestRun[], files: readonly UnrunFile[] = []): Promise<string> {
  const { countRuns } = await requestsModule();
  const { passed, failed, error, skipped, cancelled } = countRuns(runs);
  const [first] = files;
  const parts = [
    runs.length > 0 || first === undefined ? plural(passed, '{count} passed', '{count} passed') : '',
    failed > 0 ? plural(failed, '{count} failed', '{count} failed') : '',
    error > 0 ? plural(error, '{count} could not run', '{count} could not run') : '',
    skipped > 0 ? plural(skipped, '{count} skipped', '{count} skipped') : '',
    cancelled > 0 ? plural(cancelled, '{count} cancelled', '{count} cancelled') : '',
    first === undefined ? '' : plural(files.length, '{count} file did not run', '{count} files did not run'),
  ];
  const line = parts.filter((part) => part !== '').join(', ');
  if (first === undefined) return line;
  // Most messages name their file. The others are about its store.
  const { what } = first.error.words;
  return `${line}. ${what.includes(first.path) ? what : `${first.path}: ${what}`}`.replace(/\.$/, '');
}
