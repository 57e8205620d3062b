import { lint, parseEnvironment, parseRequestFile, Resolver } from '../../src/requests';
import { match } from '../../src/requests/expect/match';
import { answerCases } from './growth-answers';
import { codeCases } from './growth-code';
import { fileCases } from './growth-files';
import { textCases } from './growth-text';
import { lowerIsBetter, type BenchRow } from './report';

/** One piece of work on other people's input, which must not take more than about twice the time for twice the input. */
export interface GrowthCase {
  readonly name: string;
  /** Size of the smaller input, in whatever the case counts: rows, names, characters. */
  readonly size: number;
  /** Work on an input of a size, which may take turns with others (a promise); making the input is not measured. */
  readonly make: (size: number) => () => unknown;
}

/** Most times the time that doubling the input may take. */
const MOST_GROWTH = 2.2;

/** Each work is repeated until it took so long, since short times are noise. */
const MEASURED_MS = 200;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const requestCases: readonly GrowthCase[] = [
  { name: 'lint of a chain of variables', size: 8000, make: (size) => linting({ variables: chain(size), requests: [] }) },
  { name: 'lint of a circle of variables', size: 8000, make: (size) => linting({ variables: { ...chain(size), [`v${size - 1}`]: '{{v0}}' }, requests: [] }) },
  { name: 'lint of placeholders in one text with escapes', size: 16_000, make: (size) => linting({ variables: { a: 1 }, requests: [request('\n{{a}}'.repeat(size))] }) },
  { name: 'lint of unknown names', size: 8000, make: (size) => linting({ variables: Object.fromEntries(numbers(size).map((index) => [`right${index}`, 1])), requests: [request(numbers(size).map((index) => `{{rihgt${index}}}`))] }) },
  { name: 'lint of unknown keys and attributes', size: 1000, make: (size) => linting({ requests: [{ name: 'A', method: 'customer.list', args: { filters: Object.fromEntries(numbers(size).map((index) => [`lastnme${index}`, { gteg: 1 }])) } }] }) },
  { name: 'working out a chain of variables', size: 20_000, make: (size) => resolving(chain(size)) },
  { name: 'reading an environment file', size: 20_000, make: (size) => { const text = JSON.stringify(chain(size)); return () => parseEnvironment(text, 'a'); } },
  { name: '$regex ^(a+)+$ on a text that does not match', size: 50_000, make: (size) => { const text = `${'a'.repeat(size)}!`; return () => match({ $regex: '^(a+)+$' }, text, 'result'); } },
];

/** Rounds in which the two sizes take turns, so that what else the machine does falls on both. */
const ROUNDS = 4;

/** `npm run bench -- --only growth`: how the time of each work grows when its input doubles. */
export async function benchGrowth(cases: readonly GrowthCase[] = [...requestCases, ...answerCases, ...fileCases, ...codeCases, ...textCases]): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { name, size, make } of cases) {
    const value = await growthOf(make(size), make(2 * size));
    process.stderr.write(`${name}: ${value.toFixed(2)}\n`);
    const what = `${name}, ${size.toLocaleString('en')} and twice that`;
    rows.push(lowerIsBetter({ area: 'growth', case: what, unit: 'times', value, peer: 'goal', peerValue: MOST_GROWTH }));
  }
  return rows;
}

async function growthOf(small: () => unknown, large: () => unknown): Promise<number> {
  // Each once before, so that neither is measured while it is being compiled.
  await small();
  await large();
  let [least, most] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    least = Math.min(least, await timeOf(small));
    most = Math.min(most, await timeOf(large));
  }
  return most / least;
}

/** Milliseconds of the processor that the fastest of some runs takes: what disturbs a run only makes it slower. */
async function timeOf(work: () => unknown): Promise<number> {
  let least = Infinity;
  const begun = performance.now();
  for (let runs = 0; runs < 2 || performance.now() - begun < MEASURED_MS / ROUNDS; runs++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
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
