import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import type { Diagnostic, FileVariable, IncludedName, RequestFile, RequestList, SavedRequest } from './model';
import { NamedFiles } from './named-files';
import { readRequestFile } from './read';
import { fileError } from './verdict';

/** The most files that can be included. */
const MAX_FILES = 200;

/** The place of a file that includes others. */
export interface IncludingPlace {
  /** Path for reports. */
  readonly path: string;
  /** Path on disk; `undefined` for a file that is not on disk. */
  readonly place: string | undefined;
  /** Text of a file that is open in the editor, saved or not; `undefined` for a file that must be read from disk. */
  readonly open?: ((place: string) => string | undefined) | undefined;
}

/**
 * A request file with the requests and variables of the files that it includes. Their `before` and `requests` run before its own, their
 * `after` runs after its own. Each included request has an {@link SavedRequest.origin}. Never throws: a file that cannot be included is a
 * problem at its name, and then nothing of the file runs. Without `include` it returns the file itself.
 */
export function withIncluded(file: RequestFile, at: IncludingPlace): RequestFile {
  if (file.include === undefined || file.include.length === 0) return file;
  const gathering = new Gathering(file, at);
  return gathering.whole(file.include);
}

interface Found {
  readonly path: string;
  readonly place: string;
  readonly file: RequestFile;
}

class Gathering {
  readonly #lists: Record<RequestList, SavedRequest[]> = { before: [], requests: [], after: [] };
  readonly #variables = new Map<string, FileVariable>();
  readonly #problems: Diagnostic[] = [];
  /** Paths of the files that are already included. */
  readonly #seen = new Set<string>();
  /** The file that each request name comes from, for the message about a duplicate name. */
  readonly #names = new Map<string, string>();

  constructor(
    private readonly file: RequestFile,
    private readonly at: IncludingPlace,
  ) {}

  whole(include: readonly IncludedName[]): RequestFile {
    const { file, at } = this;
    for (const { name } of file.all) if (name !== '') this.#names.set(name, at.path);
    if (at.place === undefined)
      this.#tell(
        include[0],
        new ToolkitError('input', { code: 'include-place', what: t('No file can be included, because this file is not saved on a disk.') }),
      );
    else {
      const files = new NamedFiles(at.place);
      for (const each of include) {
        try {
          this.#add(each.name, { path: at.path, files, chain: [realPlace(at.place)] });
        } catch (error) {
          if (!(error instanceof ToolkitError)) throw error;
          this.#tell(each, error);
        }
      }
    }
    for (const variable of file.variables) this.#variables.set(variable.name, variable);
    const numbered = (requests: readonly SavedRequest[], from: number): readonly SavedRequest[] =>
      requests.map((request, place) => ({ ...request, index: from + place }));
    const before = numbered([...this.#lists.before, ...file.before], 0);
    const requests = numbered([...this.#lists.requests, ...file.requests], before.length);
    const after = numbered([...file.after, ...this.#lists.after], before.length + requests.length);
    return {
      ...file,
      variables: [...this.#variables.values()],
      before,
      requests,
      after,
      all: [...before, ...requests, ...after],
      problems: [...file.problems, ...this.#problems],
    };
  }

  /** Adds a file, and before it the files that it includes. */
  #add(name: string, from: { readonly path: string; readonly files: NamedFiles; readonly chain: readonly string[] }): void {
    const place = from.files.pathOf(name);
    if (from.chain.includes(place)) throw cycle(name, from.path);
    if (this.#seen.has(place)) return;
    this.#seen.add(place);
    if (this.#seen.size > MAX_FILES)
      throw new ToolkitError('input', { code: 'include-too-many', what: t('More than {count} files are included.', { count: MAX_FILES }) });
    const path = join(dirname(from.path), name);
    const text = this.at.open?.(place);
    const file = readRequestFile(text === undefined ? from.files.read(name) : Buffer.from(text, 'utf8'), path);
    const broken = fileError(path, withoutItsLack(file));
    if (broken !== undefined) throw included(path, broken);
    const files = new NamedFiles(place, from.files);
    for (const each of file.include ?? []) {
      try {
        this.#add(each.name, { path, files, chain: [...from.chain, place] });
      } catch (error) {
        throw error instanceof ToolkitError ? included(path, error) : error;
      }
    }
    this.#take({ path, place, file });
  }

  #take({ path, place, file }: Found): void {
    const own = this.file.store?.name;
    if (file.store !== undefined && file.store.name !== own)
      throw new ToolkitError('input', {
        code: 'include-store',
        what:
          own === undefined
            ? t('{path} is for the store "{store}", and this file names no store.', { path, store: file.store.name })
            : t('{path} is for the store "{store}", and this file is for "{own}".', { path, store: file.store.name, own }),
        next: t('All requests of a run of a file go to one store. Name the same store here, or none in the included file.'),
      });
    for (const { name } of file.all) {
      const other = this.#names.get(name);
      if (name !== '' && other !== undefined && other !== path)
        throw new ToolkitError('input', {
          code: 'include-name',
          what: t('Two requests are named "{name}": one in {other}, one in {path}.', { name, other, path }),
          next: t('Results and reports refer to requests by name. Rename one of them.'),
        });
      this.#names.set(name, path);
    }
    for (const variable of file.variables) this.#variables.set(variable.name, { ...variable, home: place });
    const after: SavedRequest[] = [];
    for (const request of file.all)
      (request.list === 'after' ? after : this.#lists[request.list]).push({ ...request, origin: { path, place, file, request } });
    // Cleanup runs in the reverse order of preparation.
    this.#lists.after.unshift(...after);
  }

  #tell(at: IncludedName | undefined, error: ToolkitError): void {
    const { code, what, why, next } = error.words;
    this.#problems.push({
      code,
      message: what,
      why: [why, next].filter((part) => part !== undefined).join(' '),
      severity: 'error',
      range: at?.range ?? { offset: 0, length: 0 },
      fixes: [],
    });
  }
}

/** A file that is only included may consist of variables alone. */
function withoutItsLack(file: RequestFile): RequestFile {
  return file.problems.some(({ code }) => code === 'no-requests')
    ? { ...file, problems: file.problems.filter(({ code }) => code !== 'no-requests') }
    : file;
}

function realPlace(place: string): string {
  try {
    return realpathSync.native(resolve(place));
  } catch {
    // Standard input is not a file on disk.
    return resolve(place);
  }
}

function included(path: string, error: ToolkitError): ToolkitError {
  const { code, what, why, next } = error.words;
  return new ToolkitError(
    error.kind,
    { code, what: t('{path} cannot be included: {why}', { path, why: what }), why, next },
    { cause: error },
  );
}

function cycle(name: string, path: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'include-cycle',
    what: t('{path} includes {name}, which includes it again.', { path, name }),
    next: t('Move what both need into a third file.'),
  });
}
