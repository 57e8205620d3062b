import type { Annotation } from '../../api/printable';
import type { RunReport } from '../run/model';
import { differences, isSaidElsewhere, nameOf, Places, trapLines, troubled } from './about';

/** Differences that one annotation tells. */
const MAX_DIFFERENCES = 5;

/**
 * What did not pass, as annotations at its file and line. What a request only shares with an earlier one, such as a host that is down, is
 * said at that one alone.
 * @param pathOf turns the path of a file into what the build server knows it by
 */
export function annotations({ files }: RunReport, pathOf: (path: string) => string): readonly Annotation[] {
  const ofFiles = files.flatMap(({ path, error }): Annotation[] =>
    error === undefined ? [] : [{ level: 'error', file: pathOf(path), line: 1, column: 1, title: path, lines: [error.message] }],
  );
  const places = new Map(files.map((file) => [file, new Places(file)]));
  const ofRequests = troubled(files).flatMap(({ file, run }): Annotation[] => {
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
