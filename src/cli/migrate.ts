import type { MigrationFormat } from '../migration';
import type { Command, Options } from './command';
import { usage } from './io';
import { parse } from './options';

const formats = ['md', 'json', 'html'] as const satisfies readonly MigrationFormat[];

const options = {
  format: {
    type: 'string',
    value: 'F',
    choices: formats,
    doc: 'md, json or html. Default: md. html is a single file that loads nothing from the internet.',
  },
} as const satisfies Options;

/** `maho-soap migrate`: reports whether each SOAP call in code and request files can move to REST v2. */
export const migrate: Command = {
  summary: 'Report which SOAP calls in your code can move to REST v2 of Maho 26.7',
  usage: '[PATHS…] [--format md|json|html]',
  about: [
    'Reads PHP, TypeScript, JavaScript and request files (*.maho.json) and finds each call of the customer family. The ' +
      'report says whether the call can move to REST v2, can move with a difference, or must stay on SOAP, why, and ' +
      'what to do. It begins with a summary. The methods with their differences follow, and then each call with its ' +
      'line. Nothing is sent anywhere.',
    'node_modules, vendor, hidden folders, links, files over 4 MiB and type declarations are not read. Values of ' +
      'variables are not followed through functions. Such calls are rated by their method, and the report says so.',
    'OpenMage and Magento 1 do not have REST v2, so code for them stays on SOAP. ' +
      'docs/rest.md has the table behind the report and its sources.',
  ],
  positionals: [{ name: 'PATHS', doc: 'Files and folders. Default: the current folder.' }],
  options,
  exit: 'The exit code is 0 if a report was created, regardless of its content, and 2 if nothing could be read.',
  examples: [
    { doc: 'A report on the code of a project', line: 'maho-soap migrate src' },
    { doc: 'As a web page for colleagues', line: 'maho-soap migrate src --format html > migration.html' },
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
  if (found === undefined) throw usage(`"${name ?? ''}" is not a format.`, `Use one of ${formats.join(', ')}.`);
  return found;
}
