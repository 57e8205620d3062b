// One file of tests in a process of its own.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { runNode } from './command';
import { out, root } from './project';
import { parseReport, type TestEvent } from './test-event';

const MINUTE = 60_000;
/** A step that takes longer hangs, in milliseconds. Steps take a few minutes on an idle machine, but must also pass on a busy one. */
export const HANGS_AFTER = 30 * MINUTE;

/** How many lines of what a process wrote are shown when it says nothing else about why it failed. */
const SHOWN_LINES = 40;

/**
 * Lets V8 optimize only what runs much longer than usually. In a process that lives for a second or two, a fifth of the time is optimizing
 * what does not run again. V8 11 is that of Node 20; later ones have other options.
 */
const lateOptimizing = process.versions.v8.startsWith('11.') ? ['--interrupt-budget=1000000'] : [];

export interface TestFileOptions {
  /** Of its report and its log in `out`, without an ending. */
  readonly name: string;
  /** Only tests whose name matches this regular expression. */
  readonly grep?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a compiled test file. Not with `node --test`, which would start a second process for it and hand each event from one to the other.
 * @param file absolute; `x.test.mjs` is called `x.test.ts` in what it returns
 * @returns what its tests came to, and one failure more where it could not be run to its end or holds no test
 */
export async function runTestFile(file: string, { name, grep, env = {} }: TestFileOptions): Promise<TestEvent[]> {
  const report = await freshReport(name);
  const result = await runNode(
    [
      '--enable-source-maps',
      ...lateOptimizing,
      `--test-reporter=${path.join(root, 'scripts/lib/node-reporter.mjs')}`,
      `--test-reporter-destination=${report}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      ...(grep === undefined ? [] : [`--test-name-pattern=${grep}`]),
      file,
    ],
    // A test runner that finds itself inside another one would report to that one.
    { limit: HANGS_AFTER, logFile: path.join(out, `${name}.log`), env: { ...env, NODE_TEST_CONTEXT: '' } },
  );
  const source = path.basename(file).replace(/\.mjs$/, '.ts');
  const failed = (message: string): TestEvent => ({ kind: 'failed', name: source, message });
  const tail = result.output.split('\n').slice(-SHOWN_LINES).join('\n');
  const reported = await readReport(report);
  // A helper registers some tests, so Node reports them with the helper's file.
  const events = reported.map((event) => (event.kind === 'passed' ? { ...event, file: source } : event));
  if (result.late) return [...events, failed(`Its tests did not end within ${HANGS_AFTER / MINUTE} minutes.\n${tail}`)];
  if (result.leftRunning) return [...events, failed('A process that it started went on after it had ended.')];
  if (result.code !== 0 && !events.some(({ kind }) => kind === 'failed'))
    return [...events, failed(`It ended with exit code ${result.code}.\n${tail}`)];
  // With a pattern, most files hold no test that is meant.
  return events.length > 0 || grep !== undefined ? events : [failed('This file holds no test.')];
}

/** The place of a report in `out`, where nothing is left of the run before. @param name without the ending */
export async function freshReport(name: string): Promise<string> {
  const report = path.join(out, `${name}.jsonl`);
  await mkdir(path.dirname(report), { recursive: true });
  await rm(report, { force: true });
  return report;
}

/** What a report says; nothing when no process wrote it. */
export async function readReport(report: string): Promise<TestEvent[]> {
  return existsSync(report) ? parseReport(await readFile(report, 'utf8')) : [];
}
