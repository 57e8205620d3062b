import type { MigrationFormat } from '../migration';
import type { Command, Options } from './command';
import { usage } from './io';
import { parse } from './options';

const formats = ['md', 'json', 'html'] as const satisfies readonly MigrationFormat[];

const options = {
  format: { type: 'string', value: 'F', choices: formats, doc: 'md, json or html (md); html is one file that loads nothing' },
} as const satisfies Options;

/** `maho-soap migrate`: reports whether each SOAP call in code and request files can move to REST v2. */
export const migrate: Command = {
  summary: 'Say what becomes of each SOAP call in your code over REST v2 of Maho 26.7',
  usage: '[PATHS…] [--format md|json|html]',
  about: [
    'Reads PHP, TypeScript, JavaScript and request files (*.maho.json), finds each call of the customer family, and ' +
      'says whether it moves to REST v2, moves with a difference, or stays; why, and what to do instead. A summary ' +
      'comes first, then the methods with what to know about them, then each call with its line. Nothing is sent ' +
      'anywhere.',
    'node_modules, vendor, hidden folders, links, files over 4 MiB and declarations of types are not read. Values in ' +
      'variables are not followed through functions: such calls are judged by their method, and the report says so.',
    'OpenMage and Magento 1 have no REST v2: their code stays as it is. docs/rest.md has the table behind the report, with its sources.',
  ],
  positionals: [{ name: 'PATHS', doc: 'files and folders; the working folder otherwise' }],
  options,
  exit: 'The exit code is 0 when a report was made, whatever it says, and 2 when nothing could be read.',
  examples: [
    { doc: 'A report on the code of a project, to read', line: 'maho-soap migrate src' },
    { doc: 'As a page for colleagues', line: 'maho-soap migrate src --format html > migration.html' },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    const format = formatOf(values.format);
    // Loaded here so that the other commands start sooner.
    const { migrationText, readPaths, ReportBuilder } = await import('../migration');
    const report = new ReportBuilder();
    await readPaths(positionals.length === 0 ? ['.'] : positionals, report, { stop: io.stop });
    if (io.stop.aborted) return 2;
    await io.out(migrationText(report.report(), format));
    return 0;
  },
};

function formatOf(name: string | undefined): MigrationFormat {
  const found = formats.find((format) => format === (name ?? 'md').toLowerCase());
  if (found === undefined) throw usage(`"${name ?? ''}" is not a format.`, `Formats are ${formats.join(', ')}.`);
  return found;
}
