// The steps of `npm test`. Each results in a list of test events. A step without any test has failed.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { prepareBrowser } from '../../test/workbench/browser';
import { removeFolder, runHostSuite } from '../../test/workbench/host-suite';
import { installVsix } from '../../test/workbench/server';
import { runNode } from './command';
import { changedFiles, quickTests } from './fast-tests';
import { bundleHostSuite } from './host-bundle';
import { packageExtension } from './package';
import { out, root, vsix } from './project';
import { bundleTests } from './test-bundle';
import type { TestEvent } from './test-event';
import { freshReport, HANGS_AFTER, readReport, runTestFile } from './test-file';
import type { Turns } from './turns';

export type StepName = 'build' | 'lint' | 'types' | 'unit' | 'wire' | 'php' | 'host' | 'e2e';

export interface Step {
  readonly name: StepName;
  readonly heading: string;
  /** Starts VS Code. Skipped by `--no-vscode` and `--fast`. */
  readonly heavy?: true;
  /** Skipped by `--fast`. */
  readonly long?: true;
  /** Only reads sources, so it need not wait for the build. */
  readonly reading?: true;
  run(selection: Selection, take: Take): Promise<TestEvent[]>;
}

/** Runs an action that starts this many processes when its turn comes. All steps are started at once. */
export type Take = Turns['take'];

/** The tests of a step to run. */
export interface Selection {
  /** Only test files whose path contains one of these; all files when empty. */
  readonly files: readonly string[];
  /** Only tests whose name matches this regular expression. */
  readonly grep?: string | undefined;
  /** Skip slow tests, unless they test a changed file. */
  readonly fast?: boolean;
  /** Save all screenshots of end-to-end tests, not only those of failures. */
  readonly screenshots?: boolean;
}

export const steps: readonly Step[] = [
  { name: 'build', heading: 'Build and package', run: async (_, take) => [await take(1, () => attempt('build', packageExtension))] },
  {
    name: 'lint',
    heading: 'Lint',
    reading: true,
    run: (_, take) =>
      Promise.all([
        take(1, () => check('oxlint', 'lint', ['node_modules/oxlint/bin/oxlint', '--deny-warnings', '.'])),
        take(1, () => check('oxfmt', 'format', ['node_modules/oxfmt/bin/oxfmt', '--check', '.'])),
      ]),
  },
  { name: 'types', heading: 'Types', reading: true, run: (_, take) => take(1, checkTypes) },
  { name: 'unit', heading: 'Unit tests', run: (selection, take) => nodeTests('unit', selection, take) },
  { name: 'wire', heading: 'Recorded wire', run: (selection, take) => nodeTests('wire', selection, take) },
  { name: 'php', heading: "With PHP's own SOAP client", long: true, run: (selection, take) => nodeTests('php', selection, take) },
  { name: 'host', heading: 'Tests in the extension host', heavy: true, run: (selection, take) => take(1, () => hostTests(selection)) },
  { name: 'e2e', heading: 'End-to-end tests in the workbench', heavy: true, run: endToEndTests },
];

/** Runs an action that may throw, as one event. */
async function attempt(name: string, action: () => Promise<unknown>): Promise<TestEvent> {
  try {
    await action();
    return { kind: 'passed', name };
  } catch (error) {
    return { kind: 'failed', name, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Runs a program. It passes with exit code 0; otherwise its output is the message. */
async function check(name: string, log: string, args: readonly string[]): Promise<TestEvent> {
  const result = await runNode(args, { limit: HANGS_AFTER, logFile: path.join(out, `${log}.log`) });
  return result.code === 0
    ? { kind: 'passed', name }
    : { kind: 'failed', name, message: result.output + (result.late ? '\nIt did not end within 30 minutes.' : '') };
}

/** The native compiler is several times faster. The one in JavaScript is installed too, because tests compile with it. */
const COMPILER = 'node_modules/typescript-native/bin/tsc';

const projects = [
  { name: 'tsc', project: '.', log: 'types' },
  { name: 'tsc, webview', project: 'src/webview', log: 'types-webview' },
  { name: 'tsc, scripts and end-to-end tests', project: 'test/e2e', log: 'types-e2e' },
] as const;

/**
 * Checks each part of the project with its own configuration, because they run in different places (Node and VS Code, a webview, the page
 * of a test).
 */
async function checkTypes(): Promise<TestEvent[]> {
  const events: TestEvent[] = [];
  for (const { name, project, log } of projects) {
    if (await hasSources(project)) events.push(await check(name, log, [COMPILER, '--noEmit', '--project', project]));
  }
  return events;
}

/** The compiler reports a project without source files as an error. */
async function hasSources(project: string): Promise<boolean> {
  return project === '.' || (await readdir(path.join(root, project), { recursive: true })).some((file) => file.endsWith('.ts'));
}

/** How many cores to use. More than a few workbenches at once would slow each other down. */
const CORES = Math.max(2, Math.min(os.availableParallelism(), 4));

/**
 * How many processes of all steps run at once: one more than there are cores, because a workbench waits for a sixth of its time, and the
 * other tests for half of it.
 */
export const PLACES = CORES + 1;

/**
 * Runs the `*.test.ts` files under `test/KIND`, each in a process that takes its turn by itself: while the last ones of a step run, those
 * of the next step begin.
 */
async function nodeTests(kind: 'unit' | 'wire' | 'php', selection: Selection, take: Take): Promise<TestEvent[]> {
  const files = await testFiles(path.join(root, 'test', kind), selection);
  if (files.length === 0) return [];
  const compiled = await take(1, () => bundleTests(kind, files));
  const chosen = selection.fast === true ? quickTests(compiled, await changedFiles()) : compiled;
  // Built by the step before.
  const env = { MAHO_SOAP_BUILT: path.join(root, 'dist') };
  const runs = chosen.map(({ file, name }) =>
    take(1, () => runTestFile(file, { name: path.join(kind, name.replace(/\.test\.ts$/, '')), grep: selection.grep, env })),
  );
  return (await Promise.all(runs)).flat();
}

/** Each file has its own process and workbench. No test is repeated after a failure, so that unreliable tests are found and fixed. */
async function endToEndTests(selection: Selection, take: Take): Promise<TestEvent[]> {
  const files = await testFiles(path.join(root, 'test/e2e'), selection);
  if (files.length === 0) return [];
  const installed = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-installed-'));
  try {
    const waiting = await take(1, async () => {
      await prepareBrowser();
      await installVsix(installed, vsix);
      return (await bundleTests('e2e', await longestFirst(files))).map(({ file }) => file);
    });
    const runs = waiting.map((file) => take(1, () => endToEndFile(file, installed, selection)));
    return (await Promise.all(runs)).flat();
  } finally {
    await removeFolder(installed);
  }
}

/** @param installed data folder with the installed extension */
async function endToEndFile(file: string, installed: string, selection: Selection): Promise<TestEvent[]> {
  const name = path.basename(file, '.test.mjs');
  const env = { MAHO_SOAP_INSTALLED: installed, ...(selection.screenshots === true && { MAHO_SOAP_SCREENSHOTS: '1' }) };
  return await runTestFile(file, { name: `e2e-${name}`, grep: selection.grep, env });
}

/** Files that take long although they are short, because they repeat the same tests over each dialect. */
const LONG_FILES = ['dialects.test.ts'];

/** Ordered by file size, which is a good estimate of the duration: a long file that starts last would keep one core waiting. */
async function longestFirst(files: readonly string[]): Promise<string[]> {
  const sizes = await Promise.all(
    files.map(async (file) => ({
      file,
      size: LONG_FILES.includes(path.basename(file)) ? Number.MAX_SAFE_INTEGER : (await stat(file)).size,
    })),
  );
  return sizes.sort((a, b) => b.size - a.size).map(({ file }) => file);
}

/** Bundles the suite of `test/host` and runs it inside a real VS Code. */
async function hostTests(selection: Selection): Promise<TestEvent[]> {
  const { tests, extension } = await bundleHostSuite();
  const report = await freshReport('host');
  const logFile = path.join(out, 'host.log');
  await rm(logFile, { force: true });
  const workspace = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-workspace-'));
  const env = { MAHO_SOAP_TEST_REPORT: report, MAHO_SOAP_GREP: selection.grep ?? '' };
  const run = await attempt('host suite', async () => {
    const code = await runHostSuite({ extension, tests, workspace, env, logFile, limit: HANGS_AFTER });
    if (code !== 0) throw new Error(`The suite ended with exit code ${code}.`);
  });
  await removeFolder(workspace);
  const events = await readReport(report);
  // The exit code is a separate failure only if the report contains no failure.
  return run.kind === 'failed' && !events.some(({ kind }) => kind === 'failed') ? [...events, run] : events;
}

async function testFiles(folder: string, { files }: Selection): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const found = (await readdir(folder, { recursive: true }))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join(folder, file))
    .sort();
  return files.length === 0 ? found : found.filter((file) => files.some((part) => path.relative(root, file).includes(part)));
}
