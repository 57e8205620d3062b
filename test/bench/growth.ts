import { lint, parseEnvironment, parseRequestFile, Resolver } from '../../src/requests';
import { match } from '../../src/requests/expect/match';
import { answerCases } from './growth-answers';
import type { GrowthCase } from './growth-case';
import { codeCases } from './growth-code';
import { fileCases } from './growth-files';
import { helperCases } from './growth-helpers';
import { textCases } from './growth-text';
import { lowerIsBetter, type BenchRow } from './report';

/** The largest factor by which the time may grow when the input doubles. */
const MAX_GROWTH = 2.2;

/** Minimum processor time of a run on the smaller input, in ms, so that a single garbage collection does not matter. */
const LEAST_MS = 40;

/** How often the size of a case may be doubled to reach that time. Cases that are still faster are run several times. */
const MAX_DOUBLINGS = 4;

/** Rounds in which the two sizes take turns, so that other load affects both. */
const ROUNDS = 3;

/** Maximum number of rounds. More rounds are measured while the growth seems too large, because the fastest run of each size is used. */
const MAX_ROUNDS = 20;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const requestCases: readonly GrowthCase[] = [
  { name: 'lint of a chain of variables', size: 4000, make: (size) => linting({ variables: chain(size), requests: [] }) },
  {
    name: 'lint of a circle of variables',
    size: 4000,
    make: (size) => linting({ variables: { ...chain(size), [`v${size - 1}`]: '{{v0}}' }, requests: [] }),
  },
  {
    name: 'lint of placeholders in one text with escapes',
    size: 16_000,
    make: (size) => linting({ variables: { a: 1 }, requests: [request('\n{{a}}'.repeat(size))] }),
  },
  {
    name: 'lint of unknown names',
    size: 4000,
    make: (size) =>
      linting({
        variables: Object.fromEntries(numbers(size).map((index) => [`right${index}`, 1])),
        requests: [request(numbers(size).map((index) => `{{rihgt${index}}}`))],
      }),
  },
  {
    name: 'lint of unknown keys and attributes',
    size: 500,
    make: (size) =>
      linting({
        requests: [
          {
            name: 'A',
            method: 'customer.list',
            args: { filters: Object.fromEntries(numbers(size).map((index) => [`lastnme${index}`, { gteg: 1 }])) },
          },
        ],
      }),
  },
  { name: 'working out a chain of variables', size: 10_000, make: (size) => resolving(chain(size)) },
  {
    name: 'reading an environment file',
    size: 10_000,
    make: (size) => {
      const text = JSON.stringify(chain(size));
      return () => parseEnvironment(text, 'a');
    },
  },
  {
    name: '$regex ^(a+)+$ on a text that does not match',
    size: 50_000,
    make: (size) => {
      const text = `${'a'.repeat(size)}!`;
      return () => match({ $regex: '^(a+)+$' }, text, 'result');
    },
  },
];

/** All work on foreign input, one row each. */
export const growthCases: readonly GrowthCase[] = [
  ...requestCases,
  ...answerCases,
  ...fileCases,
  ...codeCases,
  ...textCases,
  ...helperCases,
];

/** `npm run bench -- --only growth`: how the time of each case grows when its input doubles. */
export async function benchGrowth(cases: readonly GrowthCase[] = growthCases): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const growthCase of cases) {
    const { size, ms, growth } = await growthOf(growthCase);
    process.stderr.write(`${growthCase.name}: ${growth.toFixed(2)} (${ms.toFixed(0)} ms)\n`);
    const what = `${growthCase.name}, ${size.toLocaleString('en')} and twice that`;
    rows.push(lowerIsBetter({ area: 'growth', case: what, unit: 'times', value: growth, peer: 'goal', peerValue: MAX_GROWTH }));
  }
  return rows;
}

/** The growth of the time when the size doubles, the size at which it was measured, and the milliseconds of one run at that size. */
async function growthOf({
  size: first,
  most = Infinity,
  make,
}: GrowthCase): Promise<{ readonly size: number; readonly ms: number; readonly growth: number }> {
  let size = first;
  let small = make(size);
  // The first run is slower, because it includes compilation.
  await small();
  let ms = await timeOf(small, 1);
  for (let doubled = 0; ms < LEAST_MS && doubled < MAX_DOUBLINGS && 4 * size <= most; doubled++) {
    size *= 2;
    small = make(size);
    await small();
    ms = await timeOf(small, 1);
  }
  const times = Math.ceil(LEAST_MS / Math.max(ms, 0.01));
  const large = make(2 * size);
  await large();
  let [least, longest] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS || (round < MAX_ROUNDS && longest / least > MAX_GROWTH); round++) {
    least = Math.min(least, await timeOf(small, times));
    longest = Math.min(longest, await timeOf(large, times));
  }
  return { size, ms: least / times, growth: longest / least };
}

/** Processor time of some runs in milliseconds, after a garbage collection. */
async function timeOf(work: () => unknown, times: number): Promise<number> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  for (let run = 0; run < times; run++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function chain(size: number): Record<string, string> {
  return Object.fromEntries(numbers(size).map((index) => [`v${index}`, index + 1 === size ? 'end' : `{{v${index + 1}}}`]));
}

function request(args: unknown): object {
  return { name: 'A', method: 'customer.list', args: [args] };
}

function linting(file: object): () => unknown {
  const text = JSON.stringify(file);
  return () => lint(parseRequestFile(text));
}

function resolving(variables: Record<string, string>): () => unknown {
  return () => new Resolver({ file: variables, trusted: true }).resolve('{{v0}}');
}
