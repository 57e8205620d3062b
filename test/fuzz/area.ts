import { Random } from '../support/random';

/** A kind of input from outside that is tested with random data. */
export interface FuzzArea {
  readonly name: string;
  /** Why the area cannot be tested on this machine, or `false`. */
  readonly skip: string | false;
  /** How many inputs are tested together: one at a time is slow if each needs a process. */
  readonly batch: number;
  /**
   * Tests the inputs that these seeds generate.
   * @returns how many inputs were tested; fewer than seeds if some seeds generate no input of this area
   * @throws {FuzzFailure} at the first input with a wrong result
   */
  readonly tryAll: (seeds: readonly number[]) => Promise<number>;
}

/** An input with a wrong result. */
export class FuzzFailure extends Error {
  constructor(
    /** Index of the input in the batch, from 0. */
    readonly index: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause), { cause });
  }
}

/** Maximum processor time for one input, in ms. Inputs are small: an input that takes longer never ends, or its cost grows too fast. */
const MAX_CPU_MS = 10_000;

/** The seed of an input of a run. The same two numbers always result in the same seed. */
export function inputSeed(seed: number, index: number): number {
  return (Math.imul(seed, 0x9e3779b1) + index) >>> 0;
}

/** Tests inputs one after the other, each with its own random numbers and within a time limit. */
export function each(check: (random: Random, seed: number) => void | Promise<void>): FuzzArea['tryAll'] {
  return async (seeds) => {
    for (const [index, seed] of seeds.entries()) {
      const before = process.cpuUsage();
      try {
        await check(new Random(seed), seed);
      } catch (error) {
        throw new FuzzFailure(index, error);
      }
      const { user, system } = process.cpuUsage(before);
      const spent = (user + system) / 1000;
      if (spent > MAX_CPU_MS) throw new FuzzFailure(index, new Error(`One input took ${Math.round(spent)} ms of the processor.`));
    }
    return seeds.length;
  };
}
