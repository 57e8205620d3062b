import { test } from 'node:test';
import { requestFileFuzz } from '../../fuzz/request-files';
import { Random } from '../../support/random';

const ROUNDS = 500;

for (const { name, make, check } of requestFileFuzz) {
  test(`Hostile ${name} result in typed errors only`, { timeout: 120_000 }, () => {
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const input = make(new Random(seed));
      try {
        check(input);
      } catch (error) {
        throw new Error(`Seed ${seed}: ${Buffer.from(input).toString().slice(0, 500)}`, { cause: error });
      }
    }
  });
}
