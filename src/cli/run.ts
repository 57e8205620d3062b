import { readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError, toToolkitError } from '../api/errors';
import { printable, printableJson } from '../api/printable';
import {
  exitCode,
  jsonReport,
  junitReport,
  misspelledVariables,
  namePattern,
  prettyFile,
  prettySummary,
  readEnvironment,
  readRequestFile,
  runFiles,
  type FileJob,
  type RequestFile,
  type RunReport,
  type Style,
} from '../requests';
import { StoreClient } from '../store/calls/client';
import { bytesOf } from './files';
import { usage, type Command, type Io } from './io';
import { numberOf, parse, portsOf, storeHelp, storeOptions, warnOfKey } from './options';
import { chooser, type Chooser } from './store-choice';
import { runForTerminal } from './words';

const reporters = ['pretty', 'json', 'junit'] as const;

type Reporter = (typeof reporters)[number];

/** Of an answer only so much is kept: reports show none of it. */
const KEEP_BYTES = 4096;

/** `maho-soap run`: runs request files. */
export const run: Command = {
  summary: 'Run request files and check what is expected of the answers',
  help: `Usage: maho-soap run FILES… [--store NAME | --url URL --user USER] [options]

Runs the requests of *.maho.json files, in order within a file. Folders stand for all such files in them.
Without --store and --url, each file names its store itself. The API key is read from MAHO_SOAP_KEY, or for a named
store from a variable of its own, such as MAHO_SOAP_KEY_STAGING_DE for "Staging DE".

A store of the settings gets the key only when its host is named in --allow-host or in MAHO_SOAP_HOSTS: everyone who
can change a file of the repository could otherwise send the key elsewhere. readOnly and production of the settings
hold for --url too.

  --store NAME       store of the settings: mahoSoap.stores in .vscode/settings.json, here or above in the repository
  --settings FILE    other file with these settings
  --allow-host HOST  host that may get the key though a file gives its address, such as shop.example.com or
                     127.0.0.1:8190; may be given several times. MAHO_SOAP_HOSTS takes several with commas
  --env FILE         environment file: variables that win over those of the request files
  --only PATTERN     only requests whose name contains this; * stands for anything. What they need runs too
  --reporter NAME    ${reporters.join(', ')} (pretty)
  --out FILE         write the report to a file; a summary is still printed
  --parallel N       files at the same time (1)
  --confirm NAME     allow writes to the production store of this name

${storeHelp}

Exit codes: 0 all well, 1 an expectation did not hold, 2 something could not be run, 130 stopped with Ctrl+C.

Examples:
  maho-soap run requests/ --store "Staging DE" --allow-host staging.example.com
  maho-soap run customers.maho.json --url http://127.0.0.1:8190 --user apiUser --reporter junit --out report.xml
`,

  async run(args, io) {
    const { values, positionals } = parse(args, {
      ...storeOptions,
      store: { type: 'string' },
      settings: { type: 'string' },
      'allow-host': { type: 'string', multiple: true },
      env: { type: 'string' },
      only: { type: 'string' },
      reporter: { type: 'string' },
      out: { type: 'string' },
      parallel: { type: 'string' },
      confirm: { type: 'string' },
    });
    if (positionals.length === 0) throw usage('No request file is named.', 'Name files or folders, such as requests/.');
    if (values.store !== undefined && values.url !== undefined) throw usage('--store and --url exclude each other.');
    const reporter = reporterOf(values.reporter);
    const parallel = values.parallel === undefined ? 1 : Math.max(1, Math.floor(numberOf('--parallel', values.parallel)));
    const environment = values.env === undefined ? undefined : await readEnvironment(values.env);
    const paths = await requestFiles(positionals);
    const files = await Promise.all(paths.map(async (path) => ({ path, file: readRequestFile(await bytesOf(path), path) })));
    const only = values.only === undefined ? undefined : namePattern(values.only);
    if (only !== undefined && !files.some(({ file }) => file.requests.some(only)))
      throw usage(`No request is called like "${values.only ?? ''}".`);
    const loaded = files.map(({ file }) => file);
    for (const { name, meant } of environment === undefined ? [] : misspelledVariables(environment, loaded))
      await io.err(`Note: nothing uses "${printable(name)}" of ${printable(values.env ?? '')}. Was "${printable(meant)}" meant?\n`);

    const clients = new Clients(io, await chooser(io.env, values));
    const jobs: FileJob[] = [];
    for (const { path, file } of files) jobs.push({ path, file, client: await clients.for(file) });
    const streaming = reporter === 'pretty' && values.out === undefined;
    const style = styleOf(io, streaming || reporter === 'pretty');
    let printed: Promise<void> = Promise.resolve();
    try {
      const report = await runFiles(
        jobs,
        {
          environment,
          env: io.env,
          trusted: true,
          signal: io.stop,
          only,
          confirm: ({ store }) => Promise.resolve(store === values.confirm),
          onEvent: (event) => {
            if (streaming && event.kind === 'file-finished' && (event.run.runs.length > 0 || event.run.error !== undefined))
              printed = printed.then(() => io.out(prettyFile(runForTerminal(event.run), style)));
          },
        },
        parallel,
      );
      await printed;
      await publish(io, { ...report, files: report.files.map(runForTerminal) }, reporter, values.out, style);
      return exitCode(report);
    } finally {
      await clients.close();
    }
  },
};

/** One client for each store, shared by the files that are for it. */
class Clients {
  readonly #clients = new Map<string, StoreClient>();

  constructor(
    private readonly io: Io,
    private readonly choose: Chooser,
  ) {}

  async for(file: RequestFile): Promise<StoreClient | ToolkitError> {
    try {
      const { config, keyVariable } = this.choose(file);
      const known = this.#clients.get(config.name);
      if (known !== undefined) return known;
      const ports = portsOf(this.io);
      const own = this.io.env[keyVariable];
      if (own !== undefined) await warnOfKey(this.io, keyVariable, own);
      const client = new StoreClient(config, {
        ...ports,
        key: own === undefined || own === '' ? ports.key : () => Promise.resolve(own),
        keepBytes: KEEP_BYTES,
      });
      this.#clients.set(config.name, client);
      return client;
    } catch (error) {
      return toToolkitError(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  }
}

async function publish(io: Io, report: RunReport, reporter: Reporter, out: string | undefined, style: Style): Promise<void> {
  const plain: Style = (_, text) => text;
  const text =
    reporter === 'json'
      ? `${printableJson(jsonReport(report), 2)}\n`
      : reporter === 'junit'
        ? junitReport(report)
        : report.files.map((file) => prettyFile(file, plain)).join('') + prettySummary(report, plain);
  if (out !== undefined) {
    try {
      await writeFile(out, text);
    } catch (error) {
      throw new ToolkitError(
        'input',
        { code: 'out', what: `The report cannot be written to ${out}.`, why: error instanceof Error ? error.message : undefined },
        { cause: error },
      );
    }
    await io.out(prettySummary(report, style));
  } else {
    await io.out(reporter === 'pretty' ? prettySummary(report, style) : text);
  }
}

function reporterOf(text: string | undefined): Reporter {
  const known = reporters.find((name) => name === (text ?? 'pretty'));
  if (known === undefined) throw usage(`"${text ?? ''}" is not a reporter.`, `Reporters are ${reporters.join(', ')}.`);
  return known;
}

/** The request files that names of files and folders stand for, in order; each once, however often and however it is named. */
async function requestFiles(names: readonly string[]): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const name of names) {
    const folder = await isFolder(name);
    const files = folder ? await filesIn(name) : [name];
    if (files.length === 0) throw usage(`There are no *.maho.json files in ${name}.`);
    for (const file of files) {
      const real = await realpath(file);
      if (!found.has(real)) found.set(real, file);
    }
  }
  return [...found.values()];
}

async function isFolder(name: string): Promise<boolean> {
  try {
    return (await stat(name)).isDirectory();
  } catch (error) {
    throw new ToolkitError(
      'input',
      { code: 'file', what: `There is no file ${name}.`, why: error instanceof Error ? error.message : undefined },
      { cause: error },
    );
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter(({ name }) => name !== 'node_modules' && !name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async (entry) =>
        entry.isDirectory() ? await filesIn(join(folder, entry.name)) : entry.name.endsWith('.maho.json') ? [join(folder, entry.name)] : [],
      ),
  );
  return nested.flat();
}

/** Colours on terminals only, and as NO_COLOR and FORCE_COLOR want it. */
function styleOf(io: Io, pretty: boolean): Style {
  const wanted = io.env['NO_COLOR'] === undefined && (io.env['FORCE_COLOR'] !== undefined || process.stdout.isTTY);
  if (!pretty || !wanted) return (_, text) => text;
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
