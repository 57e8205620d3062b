import {
  CLEANUP_MS,
  exitCode,
  namePattern,
  prettyFile,
  runFiles,
  withNeeds,
  type FileJob,
  type RequestFile,
  type SavedRequest,
} from '../../requests';
import type { Command, Options } from '../command';
import { usage } from '../io';
import { numberOf, parse, storeOptions } from '../options';
import { chooser } from '../store-choice';
import { runForTerminal } from '../words';
import { Clients } from './clients';
import { isRunnable, listed } from './list';
import { publish, reporterNames, reportersOf, styleOf } from './reporters';
import { requestFiles } from './request-files';
import { givenVariables, tellMisspelled } from './variables';

/** A higher value of --retry is lowered to this: more attempts do not help. */
const MAX_RETRIES = 100;

/** How many bytes of each answer are kept: reports show only the beginning. */
const KEEP_BYTES = 64 * 1024;

const options = {
  ...storeOptions,
  env: {
    type: 'string',
    multiple: true,
    value: 'FILE',
    doc:
      'environment file: variables that win over those of the request files, in JSON or as lines of NAME=value ' +
      '(*.env); base.env.json is read before NAME.env.json beside it, and local.env.json after it',
  },
  var: { type: 'string', multiple: true, value: 'NAME=VALUE', doc: 'one such variable; wins over files' },
  only: {
    type: 'string',
    multiple: true,
    value: 'PATTERN',
    doc: 'only requests whose name contains this, and what they need; * stands for anything, tag:WORD chooses by tag',
  },
  list: { type: 'boolean', doc: 'list what would run, and send nothing; with --reporter json as JSON' },
  bail: { type: 'boolean', doc: 'end the run at the first request that does not pass; what cleans up ("after") still runs' },
  retry: { type: 'string', value: 'N', doc: 'send a request that only reads again up to N times when it does not pass' },
  reporter: {
    type: 'string',
    multiple: true,
    value: 'NAME[=FILE]',
    choices: reporterNames,
    doc: `${reporterNames.join(', ')} (pretty), to a file or to the terminal; github marks what did not pass at its line of a pull request`,
  },
  out: { type: 'string', value: 'FILE', doc: 'the file of the report that names none; a summary is still printed' },
  verbose: { type: 'boolean', doc: 'show each exchange in the reports, secrets masked' },
  parallel: { type: 'string', value: 'N', doc: 'files at the same time (1)' },
  confirm: { type: 'string', value: 'NAME', doc: 'allow writes to the production store of this name' },
} as const satisfies Options;

/** `maho-soap run`: runs request files and checks the answers. */
export const run: Command = {
  summary: 'Run request files and check what is expected of the answers',
  usage: 'FILES… [--store NAME | --url URL --user USER] [options]',
  about: [
    'Runs the requests of *.maho.json files, in order within a file. Without --store and --url, each file names its ' +
      'store itself. The API key is read from MAHO_SOAP_KEY, or for a named store from a variable of its own, such as ' +
      'MAHO_SOAP_KEY_STAGING_DE for "Staging DE".',
    'A store of the settings gets the key only when its host is named in --allow-host or in MAHO_SOAP_HOSTS: ' +
      'everyone who can change a file of the repository could otherwise send the key elsewhere. readOnly and ' +
      'production of the settings hold for --url too.',
  ],
  positionals: [
    {
      name: 'FILES',
      doc:
        'request files; folders stand for all *.maho.json files in them, patterns such as "requests/**/*.maho.json" for ' +
        'those that match, on every shell, and - for one on standard input',
    },
  ],
  options,
  exit:
    'Exit codes: 0 all well, 1 an expectation did not hold, 2 something could not be run, 130 stopped with Ctrl+C ' +
    '(143 with SIGTERM), 141 when what reads its output ends early, as in maho-soap run ... | head: whether all went ' +
    'well is then not known.',
  examples: [
    {
      doc: 'All requests of a folder on a store of the settings',
      line: 'maho-soap run requests/ --store "Staging DE" --allow-host staging.example.com',
    },
    {
      doc: 'With a report for the build server',
      line: 'maho-soap run customers.maho.json --url https://shop.example.com --user api --reporter pretty --reporter junit=report.xml',
    },
    { doc: 'What would run, without sending anything', line: 'maho-soap run "requests/**/*.maho.json" --only tag:smoke --list' },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals.length === 0) throw usage('No request file is named.', 'Name files, folders, patterns or -, such as requests/.');
    if (values.store !== undefined && values.url !== undefined) throw usage('--store and --url exclude each other.');
    const reporters = reportersOf(values.reporter ?? [], values.out);
    const parallel = values.parallel === undefined ? 1 : Math.max(1, Math.floor(numberOf('--parallel', values.parallel)));
    const retries = values.retry === undefined ? 0 : Math.min(MAX_RETRIES, Math.floor(numberOf('--retry', values.retry)));
    const given = await givenVariables(values.env ?? [], values.var ?? [], io);
    const files = await requestFiles(positionals, io);
    const patterns = values.only?.map(namePattern);
    const only = patterns === undefined ? undefined : (request: SavedRequest): boolean => patterns.some((fits) => fits(request));
    if (only !== undefined && !files.some(({ file }) => file.all.some(only)))
      throw usage(`No request is called like "${values.only?.join('" or "') ?? ''}".`);
    await tellMisspelled(
      given,
      files.map(({ file }) => file),
      io,
    );
    if (values.list === true) {
      const chosen = (file: RequestFile): readonly SavedRequest[] => (only === undefined ? file.all : withNeeds(file.all, only));
      await io.out(
        listed(
          files,
          chosen,
          reporters.some(({ name }) => name === 'json'),
        ),
      );
      return isRunnable(files) ? 0 : 2;
    }

    if (files.some(({ file }) => file.after.length > 0)) io.needsGrace?.(CLEANUP_MS);
    const clients = new Clients(io, await chooser(io.env, values), KEEP_BYTES);
    const jobs: FileJob[] = [];
    for (const { path, place, file } of files) jobs.push({ path, place, file, client: clients.for(file) });
    const streaming = reporters.some(({ name, file }) => name === 'pretty' && file === undefined);
    const style = styleOf(io);
    let printed: Promise<void> = Promise.resolve();
    try {
      const report = await runFiles(
        jobs,
        {
          environment: given.variables,
          env: io.env,
          trusted: true,
          signal: io.stop,
          only,
          exchanges: values.verbose,
          bail: values.bail,
          retries,
          confirm: ({ store }) => Promise.resolve(store === values.confirm),
          onEvent: (event) => {
            if (streaming && event.kind === 'file-finished' && (event.run.runs.length > 0 || event.run.error !== undefined))
              printed = printed.then(() => io.out(prettyFile(runForTerminal(event.run), style)));
          },
        },
        parallel,
      );
      await printed;
      await publish(io, { ...report, files: report.files.map(runForTerminal) }, reporters, style);
      return exitCode(report);
    } finally {
      await clients.close();
    }
  },
};
