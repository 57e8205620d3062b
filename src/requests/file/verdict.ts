import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import { type Diagnostic, type RequestFile, type SavedRequest } from './model';
import { Positions } from './positions';

/** What keeps a file, or requests of it, from being run. */
interface Verdict {
  /** The first error outside the requests; then nothing of the file is run, since what it says is never ignored. */
  readonly around: Diagnostic | undefined;
  /** The first errors in each request that has some, by its index. */
  readonly requests: ReadonlyMap<number, readonly Diagnostic[]>;
  readonly positions: Positions;
}

/** Found once for a file, however many of its requests are asked about. */
const verdicts = new WeakMap<RequestFile, Verdict>();

/** Errors of a request that are told: a key that is misspelled says more than that the one that was meant is missing. */
const MAX_TOLD = 3;

/** Errors that leave nothing of a file to be run, wherever they stand. */
const fatal = new Set(['json-syntax', 'file-empty', 'file-too-large', 'file-too-deep']);

function verdictOf(file: RequestFile): Verdict {
  const known = verdicts.get(file);
  if (known !== undefined) return known;
  const errors = file.problems.filter(({ severity }) => severity === 'error').sort((a, b) => a.range.offset - b.range.offset);
  const requests = new Map<number, Diagnostic[]>();
  let around = errors.find(({ code }) => fatal.has(code));
  const placed = file.all.filter(({ origin }) => origin === undefined).toSorted((a, b) => a.range.offset - b.range.offset);
  let next = 0;
  for (const each of errors) {
    for (
      let range = placed[next]?.range;
      range !== undefined && range.offset + range.length <= each.range.offset;
      range = placed[next]?.range
    )
      next++;
    const request = placed[next];
    if (request === undefined || each.range.offset < request.range.offset) around ??= each;
    else requests.set(request.index, [...(requests.get(request.index) ?? []), each].slice(0, MAX_TOLD));
  }
  const made = { around, requests, positions: new Positions(file.text) };
  verdicts.set(file, made);
  return made;
}

/**
 * Why nothing of a file can be run: it is not text or not JSON, or something around its requests is wrong, such as an unknown key or
 * dialect. Requests that are not well written are told by {@link unrunnable}.
 * @param path of the file, for the error
 */
export function unreadable(path: string, file: RequestFile): ToolkitError | undefined {
  if (file.failure !== undefined) return file.failure;
  const { around, positions } = verdictOf(file);
  if (around === undefined) return undefined;
  return new ToolkitError('input', {
    code: around.code,
    what: t('{path} cannot be run.', { path }),
    why: placed(around, positions),
    next: t('Correct the file and run it again.'),
  });
}

/** Why a request of a file cannot be run: the first errors that reading it brought, with their places, as an editor tells them. */
export function unrunnable(file: RequestFile, request: SavedRequest): ToolkitError | undefined {
  if (request.origin !== undefined) return unrunnable(request.origin.file, request.origin.request);
  const { requests, positions } = verdictOf(file);
  const found = requests.get(request.index);
  if (found === undefined) return undefined;
  return new ToolkitError('input', {
    code: 'request-invalid',
    what:
      request.name === ''
        ? t('Request {number} is not written as a request.', { number: request.index + 1 })
        : t('The request "{name}" is not written as a request.', { name: request.name }),
    why: found.map((each) => placed(each, positions)).join(' '),
    next: t('Correct it and run it again.'),
  });
}

function placed({ message, range }: Diagnostic, positions: Positions): string {
  const { line, column } = positions.at(range.offset);
  return t('Line {line}, column {column}: {message}', { line, column, message });
}
