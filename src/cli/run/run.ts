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
      'Environment file with variables, as JSON or as lines of NAME=value (*.env). They override those of the request ' +
      'files. base.env.json is read before NAME.env.json in the same folder, and local.env.json after it.',
  },
  var: { type: 'string', multiple: true, value: 'NAME=VALUE', doc: 'Set one variable. It overrides the files.' },
  only: {
    type: 'string',
    multiple: true,
    value: 'PATTERN',
    doc: 'Run only requests whose name contains this, and the requests they need. * matches any text, tag:WORD selects by tag.',
  },
  list: { type: 'boolean', doc: 'List the requests that would run, without sending anything. With --reporter json, as JSON.' },
  bail: { type: 'boolean', doc: 'Stop at the first request that does not pass. The requests in "after" still run.' },
  retry: { type: 'string', value: 'N', doc: 'Repeat a request that does not pass up to N times, if it only reads.' },
  reporter: {
    type: 'string',
    multiple: true,
    value: 'NAME[=FILE]',
    choices: reporterNames,
    doc:
      `${reporterNames.slice(0, -1).join(', ')} or ${reporterNames.at(-1) ?? ''}, to a file or to the terminal. Default: pretty. ` +
      'github marks each failure at its line in a pull request.',
  },
  out: { type: 'string', value: 'FILE', doc: 'File for the report that has no file. A summary is still printed.' },
  verbose: { type: 'boolean', doc: 'Include the exchanges in the reports, with masked secrets.' },
  parallel: { type: 'string', value: 'N', doc: 'Number of files to run at the same time. Default: 1.' },
  confirm: { type: 'string', value: 'NAME', doc: 'Allow writes to the production store of this name.' },
} as const satisfies Options;

/** `maho-soap run`: runs request files and checks the answers. */
export const run: Command = {
  summary: 'Run request files and check the responses',
  usage: 'FILES… [--store NAME | --url URL --user USER] [options]',
  about: [
    'Runs the requests of *.maho.json files. The requests of a file run in order. Without --store and --url, each file ' +
      'runs on the store that it names. The API key is read from MAHO_SOAP_KEY. A named store can have its own variable, ' +
      'such as MAHO_SOAP_KEY_STAGING_DE for "Staging DE".',
    'A store from the settings gets the API key only if its host is in --allow-host or MAHO_SOAP_HOSTS. Otherwise, ' +
      'anyone who can change a file in the repository could send the API key elsewhere. readOnly and production in the ' +
      'settings also apply to --url.',
  ],
  positionals: [
    {
      name: 'FILES',
      doc:
        'Request files. A folder stands for all *.maho.json files in it, a pattern such as "requests/**/*.maho.json" for ' +
        'the files that match (in every shell), and - for a file on standard input.',
    },
  ],
  options,
  exit:
    'The exit code is 0 if everything passed, 1 if an expectation was not met, 2 if something could not run, 130 if you ' +
    'stopped it with Ctrl+C (143 for SIGTERM), and 141 if the reader of the output ended early, as in maho-soap run ... ' +
    '| head. Then the result is unknown.',
  examples: [
    {
      doc: 'All requests in a folder, on a store from the settings',
      line: 'maho-soap run requests/ --store "Staging DE" --allow-host staging.example.com',
    },
    {
      doc: 'With a report for the build server',
      line: 'maho-soap run customers.maho.json --url https://shop.example.com --user api --reporter pretty --reporter junit=report.xml',
    },
    {
      doc: 'List the requests that would run, without sending anything',
      line: 'maho-soap run "requests/**/*.maho.json" --only tag:smoke --list',
    },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals.length === 0) throw usage('No request file was given.', 'Add files, folders, patterns or -, such as requests/.');
    if (values.store !== undefined && values.url !== undefined)
      throw usage('--store and --url cannot be used together.', 'Remove one of them.');
    const reporters = reportersOf(values.reporter ?? [], values.out);
    const parallel = values.parallel === undefined ? 1 : Math.max(1, Math.floor(numberOf('--parallel', values.parallel)));
    const retries = values.retry === undefined ? 0 : Math.min(MAX_RETRIES, Math.floor(numberOf('--retry', values.retry)));
    const given = await givenVariables(values.env ?? [], values.var ?? [], io);
    const files = await requestFiles(positionals, io);
    const patterns = values.only?.map(namePattern);
    const only = patterns === undefined ? undefined : (request: SavedRequest): boolean => patterns.some((fits) => fits(request));
    if (only !== undefined && !files.some(({ file }) => file.all.some(only)))
      throw usage(`No request matches "${values.only?.join('" or "') ?? ''}".`);
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
