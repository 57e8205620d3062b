import type { Annotation } from '../../api/printable';
import type { RunReport } from '../run/model';
import { differences, isSaidElsewhere, nameOf, Places, trapLines, failedRuns } from './about';

/** The most differences in one annotation. */
const MAX_DIFFERENCES = 5;

/**
 * Annotations at the file and line of each request that did not pass. A shared cause, such as a host that is down, is reported at the first
 * request only.
 * @param pathOf converts the path of a file to the one that the build server uses
 */
export function annotations({ files }: RunReport, pathOf: (path: string) => string): readonly Annotation[] {
  const ofFiles = files.flatMap(({ path, error }): Annotation[] =>
    error === undefined ? [] : [{ level: 'error', file: pathOf(path), line: 1, column: 1, title: path, lines: [error.message] }],
  );
  const places = new Map(files.map((file) => [file, new Places(file)]));
  const ofRequests = failedRuns(files).flatMap(({ file, run }): Annotation[] => {
    const place = places.get(file)?.of(run);
    if (place === undefined || isSaidElsewhere(run)) return [];
    const told = differences(run);
    const lines = [
      ...told.slice(0, MAX_DIFFERENCES),
      ...(told.length > MAX_DIFFERENCES ? [`… ${told.length - MAX_DIFFERENCES} more differences`] : []),
      ...(run.error === undefined ? [] : [run.error.message]),
      ...trapLines(run),
    ];
    const title = `${nameOf(run)}${run.request.method === undefined ? '' : ` (${run.request.method})`}`;
    return [{ level: 'error', file: pathOf(place.path), line: place.line, column: place.column, title, lines }];
  });
  return [...ofFiles, ...ofRequests];
}
