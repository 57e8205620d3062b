// `npm test`: runs the steps, prints failed and skipped tests with their reasons, and counts.
import path from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { alone } from './alone';
import { out } from './project';
import { repeatedRuns, type RunResult } from './repeated';
import { PLACES, type Selection, type Step, steps, type Take } from './steps';
import type { TestEvent } from './test-event';
import { Turns } from './turns';

/**
 * @param installWorkbench called before steps that need VS Code and a browser
 * @returns the exit code
 */
export async function test(args: readonly string[], installWorkbench: () => void): Promise<number> {
  const { chosen, selection, repeat } = choose(args);
  if (chosen.some(({ heavy }) => heavy)) installWorkbench();
  const runs: RunResult[] = [];
  const run = async (): Promise<void> => {
    for (let round = 1; round <= repeat; round++) {
      if (repeat > 1) console.log(`\n${styleText('bold', `Run ${round} of ${repeat}`)}`);
      runs.push(await runSteps(chosen, selection));
    }
  };
  // Two runs with a build step would overwrite each other's dist/.
  await (chosen.some(({ name }) => name === 'build') ? alone(path.join(out, 'running'), waiting, run) : run());
  if (repeat > 1) console.log(`\n${repeatedRuns(runs)}`);
  const all = runs.flatMap(({ events }) => events);
  console.log(`\n${summary(all)}`);
  return count(all, 'failed') > 0 ? 1 : 0;
}

function waiting(): void {
  console.log('Another test run works in this folder. This one begins when that one has ended.');
}

/** Starts all steps at once; each waits for its turns. Prints the results in the order of the steps. */
async function runSteps(chosen: readonly Step[], selection: Selection): Promise<RunResult> {
  const started = performance.now();
  const turns = new Turns(PLACES);
  const build = chosen.find(({ name }) => name === 'build');
  const building = build && timed(build, selection, turns);
  const runs = chosen.map((step) => ({
    step,
    done:
      step === build && building ? building : step.reading ? timed(step, selection, turns) : afterBuild(step, building, selection, turns),
  }));
  const all: TestEvent[] = [];
  for (const { step, done } of runs) {
    console.log(`\n${styleText('bold', step.heading)}`);
    const { events, seconds } = await done;
    all.push(...events);
    print(events);
    console.log(`  ${summary(events)} (${seconds.toFixed(1)} s)${slowest(events)}`);
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(`\nAll steps together took ${seconds.toFixed(1)} s.`);
  return { events: all, seconds };
}

interface Outcome {
  readonly events: TestEvent[];
  /** Duration from its first turn. */
  readonly seconds: number;
}

async function afterBuild(step: Step, building: Promise<Outcome> | undefined, selection: Selection, turns: Turns): Promise<Outcome> {
  const broken = (await building)?.events.some(({ kind }) => kind === 'failed') ?? false;
  return step.heavy && broken ? { events: notRun(step), seconds: 0 } : timed(step, selection, turns);
}

/**
 * `--no-vscode`: skip what starts VS Code. `--fast`: also skip slow tests, unless they test a changed file.
 * `--full`: all random inputs, of which a usual run tries some (test/support/rounds.ts).
 * `--only unit,wire`: only these steps. `--grep REGEX` and file names select tests.
 * `--repeat N`: run everything N times and print which test failed in which run, to find unreliable tests.
 * `--screenshots`: save all screenshots of the end-to-end tests in out/screens, not only those of failed tests.
 */
function choose(args: readonly string[]): { chosen: Step[]; selection: Selection; repeat: number } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      fast: { type: 'boolean' },
      'no-vscode': { type: 'boolean' },
      full: { type: 'boolean' },
      only: { type: 'string' },
      grep: { type: 'string' },
      repeat: { type: 'string', default: '1' },
      screenshots: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  if (values.full === true) process.env['MAHO_SOAP_FULL'] = '1';
  const names: ReadonlySet<string> | undefined =
    values.only === undefined ? undefined : new Set(values.only.split(',').map((name) => name.trim()));
  const known = steps.map(({ name }) => name as string);
  for (const name of names ?? []) {
    if (!known.includes(name)) throw new Error(`There is no step "${name}". Steps: ${known.join(', ')}.`);
  }
  const chosen = steps.filter((step) =>
    names
      ? names.has(step.name) || (step.name === 'build' && needsBuild(names))
      : !(step.heavy && (values.fast || values['no-vscode'])) && !(step.long && values.fast),
  );
  const repeat = Number(values.repeat);
  if (!Number.isInteger(repeat) || repeat < 1) throw new Error(`--repeat takes a number of runs, such as 10; ${values.repeat} is not one.`);
  return {
    chosen,
    selection: { files: positionals, grep: values.grep, fast: values.fast ?? false, screenshots: values.screenshots ?? false },
    repeat,
  };
}

/** Every step may use the build, except those that only read sources. */
function needsBuild(names: ReadonlySet<string>): boolean {
  return steps.some(({ name, reading }) => names.has(name) && !reading);
}

async function timed(step: Step, selection: Selection, turns: Turns): Promise<Outcome> {
  let started: number | undefined;
  const take: Take = (places, action) =>
    turns.take(places, () => {
      started ??= performance.now();
      return action();
    });
  const events = await outcome(step, selection, take);
  return { events, seconds: started === undefined ? 0 : (performance.now() - started) / 1000 };
}

async function outcome(step: Step, selection: Selection, take: Take): Promise<TestEvent[]> {
  try {
    const events = await step.run(selection, take);
    return events.length > 0 ? events : [{ kind: 'failed', name: step.name, message: 'No test ran.' }];
  } catch (error) {
    return [{ kind: 'failed', name: step.name, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }];
  }
}

/** After a failed build, dist does not match the sources. */
function notRun(step: Step): TestEvent[] {
  return [{ kind: 'failed', name: step.name, message: 'Not run, because the build failed.' }];
}

function print(events: readonly TestEvent[]): void {
  for (const event of events) {
    if (event.kind === 'failed')
      console.log(`  ${styleText('red', 'failed')}  ${event.name}\n${event.message.trim().replace(/^/gm, '      ')}`);
    if (event.kind === 'skipped') console.log(`  ${styleText('yellow', 'skipped')} ${event.name}: ${event.reason}`);
  }
}

/** How many of the slowest files are printed after each step. */
const SLOWEST_FILES = 3;

/** The files with the longest total time, in words; empty if no test has a time. */
function slowest(events: readonly TestEvent[]): string {
  const times = new Map<string, number>();
  for (const event of events) {
    if (event.kind === 'passed' && event.file !== undefined) times.set(event.file, (times.get(event.file) ?? 0) + (event.ms ?? 0));
  }
  const first = [...times].sort(([, a], [, b]) => b - a).slice(0, SLOWEST_FILES);
  return first.length === 0 ? '' : `; slowest: ${first.map(([file, ms]) => `${file} ${(ms / 1000).toFixed(1)} s`).join(', ')}`;
}

function summary(events: readonly TestEvent[]): string {
  return `${count(events, 'passed')} passed, ${count(events, 'failed')} failed, ${count(events, 'skipped')} skipped`;
}

function count(events: readonly TestEvent[], kind: TestEvent['kind']): number {
  return events.filter((event) => event.kind === kind).length;
}
