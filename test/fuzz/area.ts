import { Random } from '../support/random';

/** One kind of input that other people make, tried at random. */
export interface FuzzArea {
  readonly name: string;
  /** Why it cannot be tried on this machine, or `false`. */
  readonly skip: string | false;
  /** Inputs that are tried together: one at a time is slow where each needs a process. */
  readonly batch: number;
  /**
   * Tries the inputs that these seeds make.
   * @returns how many inputs were tried; fewer than seeds where some make nothing of this area
   * @throws {FuzzFailure} at the first input that does not do what it should
   */
  readonly tryAll: (seeds: readonly number[]) => Promise<number>;
}

/** An input that does not do what it should. */
export class FuzzFailure extends Error {
  constructor(
    /** Which of the batch, from 0. */
    readonly index: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause), { cause });
  }
}

/** Most time of the processor that one input may take, in ms. Inputs are small: what takes so long does not end, or grows too fast. */
const MAX_CPU_MS = 10_000;

/** The seed of one input of a run: the same two numbers always give the same. */
export function inputSeed(seed: number, index: number): number {
  return (Math.imul(seed, 0x9e3779b1) + index) >>> 0;
}

/** Tries inputs one after the other, each with numbers of its own, and within a limit of time. */
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
