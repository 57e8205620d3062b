import type { ToolkitError } from '../../api/errors';
import type { RequestRun } from '../../requests';
import { requestsModule } from '../lazy/requests-module';

/** A file of which nothing ran, and why. */
export interface UnrunFile {
  /** As people know it: its path in the workspace. */
  readonly path: string;
  readonly error: ToolkitError;
}

/**
 * How a run ended, as a line such as `11 passed, 1 failed, 2 files did not run`. The first of those files is named, with what is wrong with
 * it.
 */
export async function summary(runs: readonly RequestRun[], files: readonly UnrunFile[] = []): Promise<string> {
  const { countRuns } = await requestsModule();
  const { passed, failed, error, skipped, cancelled } = countRuns(runs);
  const [first, ...more] = files;
  const parts = [
    runs.length > 0 || first === undefined ? `${passed} passed` : '',
    failed > 0 ? `${failed} failed` : '',
    error > 0 ? `${error} could not run` : '',
    skipped > 0 ? `${skipped} skipped` : '',
    cancelled > 0 ? `${cancelled} cancelled` : '',
    first === undefined ? '' : more.length === 0 ? '1 file did not run' : `${files.length} files did not run`,
  ];
  const line = parts.filter((part) => part !== '').join(', ');
  if (first === undefined) return line;
  // Most of these name their file; those that do not are about its store.
  const { what } = first.error.words;
  return `${line}. ${what.includes(first.path) ? what : `${first.path}: ${what}`}`.replace(/\.$/, '');
}
