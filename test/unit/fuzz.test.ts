import { test } from 'node:test';
import { FuzzFailure, inputSeed } from '../fuzz/area';
import { areas } from '../fuzz/areas';
import { rounds } from '../support/rounds';

/** Always the same, so that a failure is caused by a change. `npm run fuzz` uses other seeds. */
const SEED = 20261128;

/** Number of inputs of an area that is tested in this process. Inputs that need a compiler or a program take longer. */
const INPUTS = rounds(200);
const SLOW_INPUTS = rounds(30);

/** test/php tests more inputs of these areas. */
const withPrograms = new Set(['envelopes-php', 'programs-sh', 'programs-php', 'programs-node', 'types-php', 'types-typescript']);

for (const { name, skip, batch, tryAll } of areas) {
  const count = withPrograms.has(name) || name === 'wsdls' ? SLOW_INPUTS : INPUTS;
  test(`${count} random inputs: ${name}`, { skip, timeout: 240_000 }, async () => {
    for (let at = 0; at < count; at += batch) {
      const seeds = Array.from({ length: Math.min(batch, count - at) }, (_none, index) => inputSeed(SEED, at + index));
      try {
        await tryAll(seeds);
      } catch (error) {
        const index = error instanceof FuzzFailure ? error.index : 0;
        throw new Error(`npm run fuzz -- --seed ${SEED} --only ${name} --at ${at + index}`, { cause: error });
      }
    }
  });
}
