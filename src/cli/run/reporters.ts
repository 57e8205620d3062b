import { writeFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { ToolkitError } from '../../api/errors';
import { printableJson, printableXml } from '../../api/printable';
import { annotations, htmlReport, jsonReport, junitReport, prettyFile, prettySummary, type RunReport, type Style } from '../../requests';
import { usage, type Io } from '../io';

/** Kinds of reports. */
export const reporterNames = ['pretty', 'json', 'junit', 'html', 'github'] as const;

type ReporterName = (typeof reporterNames)[number];

const githubToFile = 'The github report cannot be written to a file, because GitHub reads it from the log.';

/** A report that was asked for. */
export interface Reporter {
  readonly name: ReporterName;
  /** File of the report; the terminal when it is `undefined`. */
  readonly file: string | undefined;
}

/** Reports made of lines for people. The terminal can take several of them. */
const inLines: ReadonlySet<ReporterName> = new Set(['pretty', 'github']);

/**
 * The reports that the options name, such as `junit` or `junit=report.xml`.
 * @param out the file of `--out`, for the only report that names no file
 * @throws {ToolkitError} of kind `input`, `usage`, for unknown reports, and for several that would be mixed in one output
 */
export function reportersOf(options: readonly string[], out: string | undefined): readonly Reporter[] {
  const asked = (options.length === 0 ? ['pretty'] : options).map(reporterOf);
  const open = asked.filter(({ file }) => file === undefined);
  if (out !== undefined) {
    const [only, another] = open;
    if (only === undefined || another !== undefined)
      throw usage('--out can be used for one report only.', 'Add a file to each report instead, such as --reporter junit=report.xml.');
    if (only.name === 'github') throw usage(githubToFile, 'Remove --out.');
    return asked.map((reporter) => (reporter === only ? { ...reporter, file: out } : reporter));
  }
  const documents = open.filter(({ name }) => !inLines.has(name));
  if (documents.length > 0 && open.length > 1)
    throw usage(
      `${open.map(({ name }) => name).join(' and ')} cannot be printed on standard output together.`,
      `Add a file to all but one, such as --reporter ${documents[0]?.name ?? ''}=FILE.`,
    );
  const files = asked.flatMap(({ file }) => (file === undefined ? [] : [resolve(file)]));
  if (new Set(files).size < files.length || new Set(open.map(({ name }) => name)).size < open.length)
    throw usage('Two reports are written to the same place.', 'Use another file for one of them.');
  return asked;
}

function reporterOf(text: string): Reporter {
  const at = text.indexOf('=');
  const word = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? undefined : text.slice(at + 1);
  const name = reporterNames.find((known) => known === word);
  if (name === undefined) throw usage(`"${word}" is not a reporter.`, `Use one of ${reporterNames.join(', ')}.`);
  if (file === '') throw usage(`--reporter ${name}= has no file name.`);
  if (name === 'github' && file !== undefined) throw usage(githubToFile, 'Use --reporter github without a file.');
  return { name, file };
}

/**
 * Writes all reports of a run, the summary last.
 * @param style colours for the terminal
 * @throws {ToolkitError} of kind `input`, `out`, when a file cannot be written
 */
export async function publish(io: Io, report: RunReport, reporters: readonly Reporter[], style: Style): Promise<void> {
  for (const { name, file } of reporters) if (file !== undefined) await toFile(file, document(name, report));
  const open = reporters.filter(({ file }) => file === undefined);
  if (open.some(({ name }) => name === 'github'))
    for (const annotation of annotations(report, (path) => inRepository(path, io.env))) await io.annotate(annotation);
  const [alone] = open;
  // A document is all of standard output, so that another program can read it.
  if (alone === undefined || inLines.has(alone.name)) await io.out(prettySummary(report, style));
  else await io.out(document(alone.name, report));
}

function document(name: ReporterName, report: RunReport): string {
  const plain: Style = (_, text) => text;
  switch (name) {
    case 'json':
      return `${printableJson(jsonReport(report), 2)}\n`;
    case 'junit':
      return junitReport(report);
    case 'html':
      // Character references are the same in HTML as in XML.
      return printableXml(htmlReport(report));
    case 'pretty':
    case 'github':
      return report.files.map((file) => prettyFile(file, plain)).join('') + prettySummary(report, plain);
  }
}

async function toFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new ToolkitError(
      'input',
      {
        code: 'out',
        what: `The report cannot be written to ${file}.`,
        why: error instanceof Error ? error.message : undefined,
        next: 'Use another file.',
      },
      { cause: error },
    );
  }
}

/** A path for GitHub: relative to the root of the checkout, which may differ from the working folder. */
function inRepository(path: string, env: Io['env']): string {
  const root = env['GITHUB_WORKSPACE'];
  return relative(root === undefined || root === '' ? process.cwd() : root, resolve(path))
    .split(sep)
    .join('/');
}

/** Colours on terminals, unless NO_COLOR or FORCE_COLOR says otherwise. */
export function styleOf(io: Io): Style {
  const wanted = io.env['NO_COLOR'] === undefined && (io.env['FORCE_COLOR'] !== undefined || process.stdout.isTTY);
  if (!wanted) return (_, text) => text;
  const codes: Readonly<Record<Parameters<Style>[0], number>> = {
    passed: 32,
    failed: 31,
    error: 31,
    skipped: 33,
    cancelled: 33,
    dim: 2,
    bold: 1,
  };
  return (kind, text) => `\u001b[${codes[kind]}m${text}\u001b[0m`;
}
