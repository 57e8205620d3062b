import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import { type Diagnostic, type RequestFile, type SavedRequest } from './model';
import { Positions } from './positions';

/** The errors that prevent a file, or some of its requests, from running. */
interface Verdict {
  /** The first error outside of the requests. It prevents the whole file from running, because its content must not be ignored. */
  readonly around: Diagnostic | undefined;
  /** By the index of the request, the first errors in it. */
  readonly requests: ReadonlyMap<number, readonly Diagnostic[]>;
  readonly positions: Positions;
}

/** Found once for each file, because every request asks for it. */
const verdicts = new WeakMap<RequestFile, Verdict>();

/** The most errors reported for a request. More than one, because a misspelled key says more than the missing key that was meant. */
const MAX_REPORTED_ERRORS = 3;

/** Errors that prevent the whole file from running, anywhere in it. */
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
    else requests.set(request.index, [...(requests.get(request.index) ?? []), each].slice(0, MAX_REPORTED_ERRORS));
  }
  const made = { around, requests, positions: new Positions(file.text) };
  verdicts.set(file, made);
  return made;
}

/**
 * The error that prevents a whole file from running: it is not text or not JSON, or something around its requests is wrong, such as an
 * unknown key or dialect. For an invalid request see {@link requestError}.
 * @param path path of the file, for the error
 */
export function fileError(path: string, file: RequestFile): ToolkitError | undefined {
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

/** The error that prevents a request from running. It has the first problems of the request and their places. */
export function requestError(file: RequestFile, request: SavedRequest): ToolkitError | undefined {
  if (request.origin !== undefined) return requestError(request.origin.file, request.origin.request);
  const { requests, positions } = verdictOf(file);
  const found = requests.get(request.index);
  if (found === undefined) return undefined;
  return new ToolkitError('input', {
    code: 'request-invalid',
    what:
      request.name === ''
        ? t('Request {number} is not a valid request.', { number: request.index + 1 })
        : t('The request "{name}" is not a valid request.', { name: request.name }),
    why: found.map((each) => placed(each, positions)).join(' '),
    next: t('Correct it and run it again.'),
  });
}

function placed({ message, range }: Diagnostic, positions: Positions): string {
  const { line, column } = positions.at(range.offset);
  return t('Line {line}, column {column}: {message}', { line, column, message });
}
