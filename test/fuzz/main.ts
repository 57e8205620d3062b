/**
 * Tests input from outside with random data. `npm run fuzz` runs and watches this process (scripts/lib/fuzz.ts). `--seed N`, `--minutes N`
 * or `--count N` inputs of each area, `--only area,…`, `--at N` the first input.
 */
import { parseArgs } from 'node:util';
import { FuzzFailure, inputSeed, type FuzzArea } from './area';
import { areas } from './areas';

const whole = (text: string | undefined, fallback: number): number => (text === undefined ? fallback : Number(text));
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string' },
    count: { type: 'string' },
    only: { type: 'string' },
    at: { type: 'string' },
  },
});
const seed = whole(values.seed, Date.now() % 1_000_000);
const minutes = whole(values.minutes, 1);
const at = whole(values.at, 0);
const most = whole(values.count, values.at === undefined ? Infinity : 1);
const names = values.only?.split(',') ?? areas.map(({ name }) => name);
for (const name of names)
  if (!areas.some((area) => area.name === name))
    throw new Error(`There is no area "${name}"; there are ${areas.map((area) => area.name).join(', ')}.`);
if ([seed, minutes, at].some((number) => !(number >= 0)) || !(most > 0))
  throw new Error('--seed, --minutes, --count and --at are numbers.');

/** The progress of an area. */
interface Progress {
  readonly area: FuzzArea;
  next: number;
  tried: number;
  spentMs: number;
}

const progress: Progress[] = areas.filter(({ name }) => names.includes(name)).map((area) => ({ area, next: at, tried: 0, spentMs: 0 }));
for (const { area } of progress) if (area.skip !== false) console.log(`${area.name} is left out: ${area.skip}`);
const end = most === Infinity ? performance.now() + minutes * 60_000 : Infinity;

console.log(`Seed ${seed}, ${most === Infinity ? `${minutes} minutes` : `${most} inputs of each area`}.`);
for (;;) {
  // Each area gets the same time, no matter how long its inputs take.
  const [one] = progress.filter(({ area, next }) => area.skip === false && next < at + most).sort((a, b) => a.spentMs - b.spentMs);
  if (one === undefined || performance.now() > end) break;
  await batch(one);
}
for (const { area, tried } of progress)
  if (area.skip === false) console.log(`${area.name.padEnd(18)}${tried.toLocaleString('en').padStart(10)} inputs`);

async function batch(one: Progress): Promise<void> {
  const { area, next } = one;
  const size = Math.min(area.batch, at + most - next);
  const seeds = Array.from({ length: size }, (_none, index) => inputSeed(seed, next + index));
  // The message says where to look if this batch never ends.
  process.send?.({ area: area.name, at: next, count: size, seed });
  const started = performance.now();
  try {
    one.tried += await area.tryAll(seeds);
  } catch (error) {
    const index = error instanceof FuzzFailure ? error.index : undefined;
    const which = index === undefined ? `--at ${next} --count ${size}` : `--at ${next + index}`;
    console.error(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    for (let cause = error instanceof Error ? error.cause : undefined; cause instanceof Error; cause = cause.cause)
      console.error(`caused by ${cause.stack}`);
    console.error(`\n${area.name} failed. This repeats it: npm run fuzz -- --seed ${seed} --only ${area.name} ${which}`);
    process.exit(1);
  }
  one.spentMs += performance.now() - started;
  one.next = next + size;
}
