import { formatNumber, plural, t } from '../l10n/texts';
import { equivalents, type Equivalent, type TranslatedRequest, type Verdict } from '../rest-equivalent';
import type { MovedCall } from './calls';

/** Maximum number of calls that a report lists. The others are counted. */
export const MAX_REPORTED_CALLS = 20_000;

/** Maximum number of skipped files that a report names. The others are counted. */
const MAX_SKIPPED_FILES = 1_000;

/** A file with calls. */
export interface FileMoves {
  /** The path as it was found, with slashes. */
  readonly path: string;
  readonly calls: readonly MovedCall[];
}

/** A file or folder that was not read. */
export interface Skipped {
  readonly path: string;
  readonly why: string;
}

/** Number of calls by verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

/** The translation of the calls in some files. */
export interface MigrationReport {
  /** Files with calls, in the order in which they were read. */
  readonly files: readonly FileMoves[];
  /** Number of files that were read, including those without calls. */
  readonly read: number;
  readonly counts: Counts;
  /** Calls beyond {@link MAX_REPORTED_CALLS}, which are counted and not listed. */
  readonly unlisted: number;
  /** For each method that is called: the number of calls, and how many of them stay. */
  readonly methods: readonly { readonly equivalent: Equivalent; readonly calls: number; readonly staying: number }[];
  readonly skipped: readonly Skipped[];
  /** Number of skipped files that are not named. */
  readonly moreSkipped: number;
}

/** Builds a report file by file, with limited memory. */
export class ReportBuilder {
  readonly #files: FileMoves[] = [];
  readonly #counts: Record<Verdict, number> = { moves: 0, difference: 0, stays: 0 };
  readonly #methods = new Map<Equivalent, { calls: number; staying: number }>();
  readonly #skipped: Skipped[] = [];
  #read = 0;
  #listed = 0;
  #moreSkipped = 0;

  /** Adds a file that was read. */
  add(path: string, calls: readonly MovedCall[]): void {
    this.#read += 1;
    for (const { translation } of calls) {
      const { equivalent, verdict } = translation;
      const of = this.#methods.get(equivalent) ?? { calls: 0, staying: 0 };
      of.calls += 1;
      if (verdict === 'stays') of.staying += 1;
      this.#methods.set(equivalent, of);
      this.#counts[verdict] += 1;
    }
    const listed = calls.slice(0, MAX_REPORTED_CALLS - this.#listed);
    this.#listed += listed.length;
    if (listed.length > 0) this.#files.push({ path: path.replaceAll('\\', '/'), calls: listed });
  }

  /** Adds a file or folder that was not read. @param why one sentence */
  skip(path: string, why: string): void {
    if (this.#skipped.length < MAX_SKIPPED_FILES) this.#skipped.push({ path: path.replaceAll('\\', '/'), why });
    else this.#moreSkipped += 1;
  }

  /** The report on everything that was added so far. */
  report(): MigrationReport {
    return {
      files: [...this.#files],
      read: this.#read,
      counts: { ...this.#counts },
      unlisted: total(this.#counts) - this.#listed,
      methods: equivalents.flatMap((equivalent) => {
        const of = this.#methods.get(equivalent);
        return of === undefined ? [] : [{ equivalent, ...of }];
      }),
      skipped: [...this.#skipped],
      moreSkipped: this.#moreSkipped,
    };
  }
}

/** Number of all calls. */
export function total(counts: Counts): number {
  return counts.moves + counts.difference + counts.stays;
}

/** "21 calls in 9 files: 11 move, 6 with a difference, 4 stay". */
export function summaryOf({ counts, files, read, unlisted }: Pick<MigrationReport, 'counts' | 'files' | 'read' | 'unlisted'>): string {
  const all = total(counts);
  if (all === 0)
    return plural(read, 'No calls of the SOAP customer API in {count} file', 'No calls of the SOAP customer API in {count} files');
  return t('{calls} in {files}: {moves}, {different} with a difference, {stays}', {
    calls: plural(all, '{count} call', '{count} calls'),
    files:
      unlisted > 0
        ? plural(files.length, 'more than {count} file', 'more than {count} files')
        : plural(files.length, '{count} file', '{count} files'),
    moves: plural(counts.moves, '{count} can move', '{count} can move'),
    different: formatNumber(counts.difference),
    stays: plural(counts.stays, '{count} cannot move', '{count} cannot move'),
  });
}

/** A request on one line: `GET /customers?email=…`. */
export function requestLine({ http, path, query }: Pick<TranslatedRequest, 'http' | 'path' | 'query'>): string {
  const asked = query
    .map(([name, value]) => `${name}=${/^\{\w+\}$/.test(value) ? value : encodeURIComponent(wellFormed(value))}`)
    .join('&');
  return `${http} ${path}${asked === '' ? '' : `?${asked}`}`;
}

function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** One sentence that says what the moving calls need; `undefined` if nothing moves. */
export function needsSentence(report: Pick<MigrationReport, 'methods'>): string | undefined {
  const { permissions, since } = needsOf(report);
  if (since === undefined) return undefined;
  return permissions.length === 0
    ? t('Calls that can move need Maho {version} or later.', { version: since })
    : t('Calls that can move need Maho {version} or later, and a role with {permissions}.', {
        version: since,
        permissions: permissions.join(', '),
      });
}

/** The permissions that the role of the API user needs for the moving calls, and the first version of Maho that has all their requests. */
export function needsOf({ methods }: Pick<MigrationReport, 'methods'>): {
  readonly permissions: readonly string[];
  readonly since: string | undefined;
} {
  const moving = methods.filter(({ calls, staying }) => staying < calls);
  const requests = moving.flatMap(({ equivalent: { request } }) => (request === undefined ? [] : [request]));
  const permissions = [...new Set(requests.flatMap(({ permission }) => (permission === undefined ? [] : [permission])))].sort();
  return {
    permissions,
    since: requests
      .map(({ since }) => since)
      .sort()
      .at(-1),
  };
}
