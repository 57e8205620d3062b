import { printable, printableJson } from '../../api/printable';
import { Places, fileError, requestError, type RequestFile, type SavedRequest } from '../../requests';

/** A request file with its path. */
export interface ListedFile {
  readonly path: string;
  readonly file: RequestFile;
}

/** The requests that would run, as lines for people or as JSON. Nothing is sent. */
export function listed(files: readonly ListedFile[], chosen: (file: RequestFile) => readonly SavedRequest[], json: boolean): string {
  const all = files.map(({ path, file }) => {
    const places = new Places({ path, file });
    const error = fileError(path, file)?.message;
    const requests = chosen(file).map((request) => ({
      name: request.name,
      list: request.list,
      method: request.method ?? 'envelope',
      tags: request.tags,
      ...(request.origin === undefined ? {} : { from: request.origin.path }),
      line: places.ofName({ request }).line,
      error: requestError(file, request)?.message,
    }));
    return { path, store: file.store?.name, error, requests };
  });
  if (json) return `${printableJson({ files: all }, 2)}\n`;
  const lines = all.flatMap(({ path, error, requests }) => [
    path,
    ...(error === undefined ? [] : [`  ${error}`]),
    ...requests.map(({ name, list, method, tags, line, from, error: wrong }) => {
      const about = [
        from === undefined ? undefined : `of ${from}`,
        list === 'requests' ? undefined : list,
        ...tags.map((tag) => `tag:${tag}`),
        wrong,
      ].filter((part) => part !== undefined);
      return `  ${String(line).padStart(5)}  ${name.padEnd(34)} ${method.padEnd(24)} ${about.join('  ')}`.trimEnd();
    }),
  ]);
  return lines.map((line) => `${printable(line)}\n`).join('');
}

/** Whether every listed request can run. */
export function isRunnable(files: readonly ListedFile[]): boolean {
  return files.every(
    ({ path, file }) => fileError(path, file) === undefined && file.all.every((each) => requestError(file, each) === undefined),
  );
}
