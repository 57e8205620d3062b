import type { TestEvent } from './test-event';

/** The results of all steps in one run. */
export interface RunResult {
  readonly events: readonly TestEvent[];
  /** Duration of the run. */
  readonly seconds: number;
}

/** Two Markdown tables for `--repeat`: the results of each run, and the runs in which each failed test failed. */
export function repeatedRuns(runs: readonly RunResult[]): string {
  const numbers = runs.map((_, index) => String(index + 1));
  const failed = new Map<string, Set<number>>();
  for (const [index, { events }] of runs.entries())
    for (const { kind, name } of events)
      if (kind === 'failed') {
        const failedIn = failed.get(name) ?? new Set<number>();
        failed.set(name, failedIn.add(index));
      }
  const totals = table([
    ['Run', 'Passed', 'Failed', 'Skipped', 'Seconds'],
    ...runs.map(({ events, seconds }, index) => [
      String(index + 1),
      ...(['passed', 'failed', 'skipped'] as const).map((kind) => String(events.filter((event) => event.kind === kind).length)),
      seconds.toFixed(0),
    ]),
  ]);
  if (failed.size === 0) return `${totals}\n\nNothing failed in ${runs.length} runs.`;
  const failures = table([
    ['Failed', ...numbers, 'Runs'],
    ...[...failed].map(([name, failedIn]) => [
      name.replaceAll('|', '\\|'),
      ...runs.map((_, index) => (failedIn.has(index) ? 'x' : '')),
      `${failedIn.size} of ${runs.length}`,
    ]),
  ]);
  return `${totals}\n\n${failures}`;
}

/** @param rows the first row is the head */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const [head, ...body] = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n');
}
