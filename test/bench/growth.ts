import { lint, parseEnvironment, parseRequestFile, Resolver } from '../../src/requests';
import { match } from '../../src/requests/expect/match';
import { answerCases } from './growth-answers';
import { codeCases } from './growth-code';
import { lowerIsBetter, type BenchRow } from './report';

/** One piece of work on other people's input, which must not take more than about twice the time for twice the input. */
export interface GrowthCase {
  readonly name: string;
  /** Size of the smaller input, in whatever the case counts: rows, names, characters. */
  readonly size: number;
  /** Work on an input of a size; making the input is not measured. */
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

/** `npm run bench -- --only growth`: how the time of each work grows when its input doubles. */
export function benchGrowth(cases: readonly GrowthCase[] = [...requestCases, ...answerCases, ...codeCases]): BenchRow[] {
  return cases.map(({ name, size, make }) => {
    const [small, large] = [make(size), make(2 * size)];
    // Each once before, so that neither is measured while it is being compiled.
    small();
    large();
    return lowerIsBetter({ area: 'growth', case: `${name}, ${size.toLocaleString('en')} and twice that`, unit: 'times', value: timeOf(large) / timeOf(small), peer: 'goal', peerValue: MOST_GROWTH });
  });
}

/** Milliseconds of the fastest of some runs: what disturbs a run only makes it slower. */
function timeOf(work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  const begun = performance.now();
  for (let runs = 0; runs < 3 || performance.now() - begun < MEASURED_MS; runs++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
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
