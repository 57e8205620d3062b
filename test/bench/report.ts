/** One measured row of the benchmark. A `ratio` above 1 means that this code is better than the peer. */
export interface BenchRow {
  readonly area: string;
  readonly case: string;
  readonly unit: string;
  readonly value: number;
  readonly peer?: string;
  readonly peerValue?: number;
  readonly ratio?: number;
}

/** A row in which more is better, such as MB/s; `ratio` is our value divided by the peer's. */
export function higherIsBetter(row: Omit<BenchRow, 'ratio'>): BenchRow {
  return row.peerValue === undefined ? row : { ...row, ratio: row.value / row.peerValue };
}

/** A row in which less is better, such as ms; `ratio` is the peer's value divided by ours. */
export function lowerIsBetter(row: Omit<BenchRow, 'ratio'>): BenchRow {
  return row.peerValue === undefined ? row : { ...row, ratio: row.peerValue / row.value };
}

/** The rows as a Markdown table, which is also readable in a terminal. */
export function table(rows: readonly BenchRow[]): string {
  const header = ['area', 'case', 'value', 'unit', 'peer', 'peer value', 'ratio'];
  const lines = rows.map((row) => [
    row.area,
    // A vertical bar would begin the next cell.
    row.case.replaceAll('|', '\\|'),
    number(row.value),
    row.unit,
    row.peer ?? '',
    row.peerValue === undefined ? '' : number(row.peerValue),
    row.ratio === undefined ? '' : `${number(row.ratio)} ×`,
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const padded = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return [2, 5, 6].includes(column) ? cell.padStart(width) : cell.padEnd(width);
  };
  const write = (cells: readonly string[]): string => `| ${cells.map(padded).join(' | ')} |`;
  const rule =
    '|' +
    `${widths.map((width, column) => ([2, 5, 6].includes(column) ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}` +
    '|';
  return [write(header), rule, ...lines.map(write)].join('\n');
}

function number(value: number): string {
  return value >= 100
    ? value.toLocaleString('en', { maximumFractionDigits: 0 })
    : value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** Runs something several times and returns the fastest time in ms: other load can only make a run slower. */
export function fastest(times: number, action: () => void): number {
  let best = Infinity;
  for (let round = 0; round < times; round++) {
    const start = performance.now();
    action();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/**
 * Processor time of this process for an action, including its threads, in ms. Other load on the machine affects it far less than wall-clock
 * time.
 */
export function processorTime(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
