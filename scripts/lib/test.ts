// `npm test`: runs the steps, says what failed or was skipped and why, and counts.
import { parseArgs, styleText } from 'node:util';
import { type Selection, type Step, steps } from './steps';
import type { TestEvent } from './test-event';

/**
 * @param installWorkbench called before a step that needs VS Code and a browser
 * @returns the exit code
 */
export async function test(args: readonly string[], installWorkbench: () => void): Promise<number> {
  const { chosen, selection } = choose(args);
  if (chosen.some(({ heavy }) => heavy)) installWorkbench();
  const all: TestEvent[] = [];
  for (const group of groups(chosen)) {
    const broken = all.some(({ kind, name }) => kind === 'failed' && name === 'build');
    const runs = group.map((step) => ({ step, done: step.heavy && broken ? Promise.resolve({ events: notRun(step), seconds: 0 }) : timed(step, selection) }));
    for (const { step, done } of runs) {
      console.log(`\n${styleText('bold', step.heading)}`);
      const { events, seconds } = await done;
      all.push(...events);
      print(events);
      console.log(`  ${summary(events)} (${seconds.toFixed(1)} s)`);
    }
  }
  console.log(`\n${summary(all)}`);
  return count(all, 'failed') > 0 ? 1 : 0;
}

/** `--fast`: nothing that starts VS Code. `--only unit,wire`: these steps. `--grep REGEX` and file names narrow the tests down. */
function choose(args: readonly string[]): { chosen: Step[]; selection: Selection } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { fast: { type: 'boolean' }, only: { type: 'string' }, grep: { type: 'string' } },
    allowPositionals: true,
  });
  const names: ReadonlySet<string> | undefined = values.only === undefined ? undefined : new Set(values.only.split(',').map((name) => name.trim()));
  const known = steps.map(({ name }) => name as string);
  for (const name of names ?? []) {
    if (!known.includes(name)) throw new Error(`There is no step "${name}". Steps: ${known.join(', ')}.`);
  }
  const chosen = steps.filter((step) => (names ? names.has(step.name) || (step.name === 'build' && needsBuild(names)) : !(values.fast && step.heavy)));
  return { chosen, selection: { files: positionals, grep: values.grep } };
}

/** Lint and types look at sources only; every other step may start a bundle. */
function needsBuild(names: ReadonlySet<string>): boolean {
  return [...names].some((name) => name !== 'lint' && name !== 'types');
}

/** Steps that only read sources run side by side; every other one has the machine to itself. */
function groups(chosen: readonly Step[]): Step[][] {
  const reading = chosen.filter(({ name }) => !needsBuild(new Set([name])));
  const first = chosen.findIndex((step) => reading.includes(step));
  return chosen.flatMap((step, index) => (!reading.includes(step) ? [[step]] : index === first ? [reading] : []));
}

async function timed(step: Step, selection: Selection): Promise<{ readonly events: TestEvent[]; readonly seconds: number }> {
  const started = performance.now();
  const events = await outcome(step, selection);
  return { events, seconds: (performance.now() - started) / 1000 };
}

async function outcome(step: Step, selection: Selection): Promise<TestEvent[]> {
  try {
    const events = await step.run(selection);
    return events.length > 0 ? events : [{ kind: 'failed', name: step.name, message: 'No test ran.' }];
  } catch (error) {
    return [{ kind: 'failed', name: step.name, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }];
  }
}

/** What is in dist would not be what is in the sources. */
function notRun(step: Step): TestEvent[] {
  return [{ kind: 'failed', name: step.name, message: 'Not run, because the build failed.' }];
}

function print(events: readonly TestEvent[]): void {
  for (const event of events) {
    if (event.kind === 'failed') console.log(`  ${styleText('red', 'failed')}  ${event.name}\n${event.message.trim().replace(/^/gm, '      ')}`);
    if (event.kind === 'passed' && event.failedBefore !== undefined) console.log(`  ${styleText('yellow', 'again')}   ${event.name}: failed first, passed when its file ran once more\n${event.failedBefore.trim().replace(/^/gm, '      ')}`);
    if (event.kind === 'skipped') console.log(`  ${styleText('yellow', 'skipped')} ${event.name}: ${event.reason}`);
  }
}

function summary(events: readonly TestEvent[]): string {
  return `${count(events, 'passed')} passed, ${count(events, 'failed')} failed, ${count(events, 'skipped')} skipped`;
}

function count(events: readonly TestEvent[], kind: TestEvent['kind']): number {
  return events.filter((event) => event.kind === kind).length;
}
