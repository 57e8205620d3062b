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
import { usage, type Command } from '../io';
import { numberOf, parse, storeHelp, storeOptions } from '../options';
import { chooser } from '../store-choice';
import { runForTerminal } from '../words';
import { Clients } from './clients';
import { isRunnable, listed } from './list';
import { publish, reporterNames, reportersOf, styleOf } from './reporters';
import { requestFiles } from './request-files';
import { givenVariables, tellMisspelled } from './variables';

/** More tries than these help nobody. */
const MAX_RETRIES = 100;

/** Of an answer only so much is kept, in bytes: reports show its beginning. */
const KEEP_BYTES = 64 * 1024;

/** `maho-soap run`: runs request files. */
export const run: Command = {
  summary: 'Run request files and check what is expected of the answers',
  help: `Usage: maho-soap run FILES… [--store NAME | --url URL --user USER] [options]

Runs the requests of *.maho.json files, in order within a file. Folders stand for all such files in them,
patterns such as "requests/**/*.maho.json" for those that match, on every shell, and - for one on standard input.
Without --store and --url, each file names its store itself. The API key is read from MAHO_SOAP_KEY, or for a named
store from a variable of its own, such as MAHO_SOAP_KEY_STAGING_DE for "Staging DE".

A store of the settings gets the key only when its host is named in --allow-host or in MAHO_SOAP_HOSTS: everyone who
can change a file of the repository could otherwise send the key elsewhere. readOnly and production of the settings
hold for --url too.

  --store NAME       store of the settings: mahoSoap.stores in .vscode/settings.json, here or above in the repository
  --settings FILE    other file with these settings
  --allow-host HOST  host that may get the key though a file gives its address, such as shop.example.com or
                     127.0.0.1:8190; may be given several times. MAHO_SOAP_HOSTS takes several with commas
  --env FILE         environment file: variables that win over those of the request files, in JSON or as lines of
                     NAME=value (*.env); may be given several times. base.env.json is read before NAME.env.json beside
                     it, and local.env.json after it
  --var NAME=VALUE   one such variable; wins over files
  --only PATTERN     only requests whose name contains this; * stands for anything. tag:WORD chooses by tag. May be
                     given several times. What they need runs too
  --list             list what would run, and send nothing; with --reporter json as JSON
  --bail             end the run at the first request that does not pass; what cleans up ("after") still runs
  --retry N          send a request that only reads again up to N times when it does not pass
  --reporter NAME[=FILE]
                     ${reporterNames.join(', ')} (pretty), to a file or to the terminal; may be given several
                     times. github marks what did not pass at its line of a pull request
  --out FILE         the file of the report that names none; a summary is still printed
  --verbose          show each exchange in the reports, secrets masked
  --parallel N       files at the same time (1)
  --confirm NAME     allow writes to the production store of this name

${storeHelp}

Exit codes: 0 all well, 1 an expectation did not hold, 2 something could not be run, 130 stopped with Ctrl+C (143 with
SIGTERM), 141 when what reads its output ends early, as in maho-soap run ... | head: whether all went well is then not known.

Examples:
  maho-soap run requests/ --store "Staging DE" --allow-host staging.example.com
  maho-soap run customers.maho.json --url http://127.0.0.1:8190 --user apiUser --reporter pretty --reporter junit=report.xml
`,

  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...storeOptions,
      store: { type: 'string' },
      settings: { type: 'string' },
      'allow-host': { type: 'string', multiple: true },
      env: { type: 'string', multiple: true },
      var: { type: 'string', multiple: true },
      only: { type: 'string', multiple: true },
      list: { type: 'boolean' },
      reporter: { type: 'string', multiple: true },
      verbose: { type: 'boolean' },
      bail: { type: 'boolean' },
      retry: { type: 'string' },
      out: { type: 'string' },
      parallel: { type: 'string' },
      confirm: { type: 'string' },
    });
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
    for (const { path, place, file } of files) jobs.push({ path, place, file, client: await clients.for(file) });
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
